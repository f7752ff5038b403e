"""The texts of the demo: all taken, every figure sourced, no dead link."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from guide.core.imports.content.reader import markdown_files
from guide.core.models import ImportRun
from guide.editorial.figures_check import bare_figures
from guide.editorial.models import KeyFigure, Page
from tests.editorial.crawl import dead_links
from tests.markup import parsed
from tests.shared_rows import loaded_for_the_module

FOLDER = settings.FIXTURES_DIR / "centre-val-de-loire" / "contenu"
SHEETS = [entry for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for entry in markdown_files(folder, FOLDER)]


@pytest.mark.parametrize("entry", SHEETS, ids=lambda entry: entry.name)
def test_every_figure_of_a_text_has_its_source(entry):
    assert entry.fault is None
    assert [bare.text for bare in bare_figures(entry.body)] == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Vers 2020, 105 maisons de santé.", True),
        ("Vers 2020, 105 maisons de santé [@region-2020].", False),
        ("Depuis le 1er janvier 2017, la loi du 26 janvier 2016, l'article 44 quindecies A.", False),
        ("La CPTS Sud 28 répond au 02 54 00 00 00, à 18 h 30.", False),
        ("## 12 structures\n\nRien.", False),
        ("On trouvait [@a] :\n\n- 3 cliniques ;\n- 4 équipes.", False),
        ("On trouvait :\n\n- 3 cliniques ;\n- 4 équipes.", True),
        ("On trouvait [@a].\n\n- 3 cliniques", True),
        ("| Aide | Montant |\n|---|---|\n| Bourse | 400 € |", True),
        ("| Aide | Montant |\n|---|---|\n| Bourse | 400 € [@a] |", False),
        ("En 2018 € rien, 55 % des généralistes", True),
        ("La région compte une dizaine d'écoles.", True),
        ("Un jour chaque quinzaine.", False),
        ("Le département a trois cliniques.", True),
        ("Le département a trois cliniques [@a].", False),
        ("Trois portes et deux agendas.", False),
        ("Voir [le guide](/pages/12-guides/) et https://example.org/44.", False),
    ],
)
def test_a_figure_is_told_from_a_date_a_law_or_a_name(text, bare):
    assert bool(bare_figures(text)) is bare


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for the tests of this file and taken back after them."""
    with loaded_for_the_module(django_db_blocker, lambda: call_command("load_demo", verbosity=0)):
        yield


@pytest.mark.django_db
def test_the_demo_holds_every_text_and_none_of_its_links_is_dead(demo, client):
    run = ImportRun.objects.get(importer="content")
    assert [str(reject) for reject in run.rejects.all()] == []
    assert Page.objects.live().count() == sum(entry.name.startswith("pages/") for entry in SHEETS)
    assert KeyFigure.objects.live().filter(on_home=True).exists()
    assert dead_links(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/", "/exercer/", "/exercer/cpts/", "/exercer/comparer/", "/structures/", "/carte/", "/temoignages/",
        "/agenda/", "/pages/documents/", "/pages/questions-reponses/", "/pages/exercer-dans-l-indre/", "/actualites/",
        "/contact/?departement=36", "/territoires/indre/", "/territoires/bassin-de-vie-vendome/",
        "/territoires/dreux-28134/", "/territoires/comparer/?t=indre&t=loches-37132",
    ],
)  # fmt: skip
def test_no_line_can_end_before_a_french_mark(demo, client, path):
    texts = list(parsed(client.get(path)).strings(without=("script", "style", "svg")))
    assert len(texts) > 20
    assert [text for text in texts if re.search(r" [:;?!»](?!\w)|« |\d [€%]|’", text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["indre", "la-chatre-36046", "bassin-de-vie-maintenon"])
def test_every_figure_of_a_place_has_its_year_and_its_source(demo, client, slug):
    html = parsed(client.get(f"/territoires/{slug}/"))
    cells = [cell for cell in html.all("td[data-label]") if cell.all("strong")]
    assert cells
    sources = {f"#{anchor}" for anchor in html.values('[id^="source-"]', "id")}
    for cell in cells:
        notes = cell.all(".note")
        assert len(notes) == len(cell.all("strong")), cell
        assert all(re.search(r"\b(19|20)\d\d\b", note.text) and sources & set(note.links()) for note in notes), cell


@pytest.mark.django_db
def test_every_figure_of_a_comparison_has_its_source_beside_it_or_under_its_table(demo, client):
    html = parsed(client.get("/territoires/comparer/?t=la-chatre-36046&t=loches-37132&profil=jeune-diplome"))
    groups = html.all(".compare tbody")
    assert len(groups) > 4
    for group in groups:
        cells = [cell for cell in group.all("td") if re.search(r"\d", "".join(cell.texts("strong")))]
        bare = [cell for cell in cells if not cell.all('a[href^="#source-"]')]
        assert not bare or any("source" in note.lower() for note in group.texts("tr.compare__note")), bare

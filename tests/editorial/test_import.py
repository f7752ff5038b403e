"""Content files become sheets, and what an editor changed stays."""

import pytest
from django.core.management import CommandError, call_command

from guide.core.enums import ImportOutcome, Status
from guide.core.models import ContentVersion
from guide.editorial.actions import save_content
from guide.editorial.models import Document, Event, GlossaryTerm, KeyFigure, NewsItem, Page, Partner, Reference
from tests.editorial.folder import PAGE, SOURCES, load, write
from tests.factories import DepartmentFactory, UserFactory

LISTS = {
    "glossaire": "- abbreviation: MSP\n  expansion: maison de santé\n",
    "chiffres": "- label: maîtres de stage\n  value: 408\n  year: vers 2020\n  source: indre-2022\n  on_home: true\n",
    "partenaires": "- name: ARS\n  role: Agence\n  url: https://example.org/\n",
    "documents": "- title: Guide\n  url: https://example.org/g.pdf\n  year: 2022\n  source: indre-2022\n  pages: 12\n",
}
NEWS = "---\ntitle: Charte\nkind: initiative\ndate: 2024-10\nplace: Normandie\n---\nUn texte.\n"
EVENT = "---\ntitle: Soirée\ndate: 2026-06-12 18:30\nend: 2026-06-12 22:00\nrecurrence: Chaque été\n---\n"


@pytest.fixture
def folder(db, tmp_path):
    DepartmentFactory(code="36", name="Indre")
    sheets = {"pages__indre-hopitaux": PAGE, "actualites__charte": NEWS, "agenda__soiree": EVENT}
    return write(tmp_path, sources=SOURCES, **LISTS, **sheets)


def test_every_kind_of_file_makes_its_sheet(folder):
    run, report = load(folder)
    assert run.outcome == ImportOutcome.APPLIED
    assert (report.created, report.rejects) == (8, [])
    page = Page.objects.live().get(slug="indre-hopitaux")
    assert page.body == "<p>Vers 2022, neuf hôpitaux [@indre-2022].</p>"
    assert (page.section, page.territory.code, page.position) == ("departement", "36", 31)
    item = NewsItem.objects.get()
    assert (item.slug, item.partial_date(), item.precision) == ("charte", "2024-10", "month")
    event = Event.objects.get()
    assert (event.starts_at.isoformat(), event.all_day) == ("2026-06-12T16:30:00+00:00", False)
    assert KeyFigure.objects.live().filter(on_home=True).get().reference == Reference.objects.get()
    assert Document.objects.live().get().pages == 12
    assert Partner.objects.live().get().slug == "ars"
    assert GlossaryTerm.objects.get().slug == "msp"


def test_a_second_run_changes_nothing(folder):
    load(folder)
    before = ContentVersion.objects.get().number
    _, report = load(folder)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 8)
    assert ContentVersion.objects.get().number == before


def test_a_dry_run_writes_nothing(folder):
    run, report = load(folder, apply=False)
    assert run.outcome == ImportOutcome.PREVIEWED
    assert report.created == 8
    assert not Page.objects.exists()


def test_what_an_editor_changed_is_kept_and_reported(folder):
    load(folder)
    page = Page.objects.get()
    page.title, page.body = "Mon titre", "<p>Mon texte.</p>"
    save_content(sheet=page, by=UserFactory())
    write(folder, **{"pages__indre-hopitaux": PAGE.replace("neuf", "dix").replace("Neuf hôpitaux.", "Dix.")})
    _, report = load(folder)
    page.refresh_from_db()
    assert (page.title, page.body, page.summary) == ("Mon titre", "<p>Mon texte.</p>", "Dix.")
    assert {kept.field for kept in report.kept} == {"title", "body"}
    assert report.kept[0].identifier == "pages/indre-hopitaux"


def test_an_archived_sheet_stays_archived(folder):
    load(folder)
    Page.objects.update(status=Status.ARCHIVED)
    write(folder, **{"pages__indre-hopitaux": PAGE.replace("neuf", "dix")})
    load(folder)
    assert Page.objects.get().status == Status.ARCHIVED


def test_a_file_that_has_gone_is_marked_once_and_stays_published(folder):
    load(folder)
    (folder / "pages/indre-hopitaux.md").unlink()
    _, report = load(folder)
    assert report.missing == ["pages/indre-hopitaux"]
    assert Page.objects.live().get().missing_since is not None
    assert load(folder)[1].missing == []
    write(folder, **{"pages__indre-hopitaux": PAGE})
    load(folder)
    assert Page.objects.get().missing_since is None


def test_a_list_may_go_on_in_other_files(folder):
    write(folder, **{"sources-2": SOURCES.replace("indre-2022", "autre")})
    load(folder)
    assert set(Reference.objects.values_list("code", flat=True)) == {"indre-2022", "autre"}


def test_content_that_no_reader_knows_is_told(folder):
    write(folder, recettes="- a: 1\n")
    assert [notice.identifier for notice in load(folder)[1].notices] == ["recettes.yaml"]


def test_a_figure_without_a_source_is_taken_and_pointed_out(folder):
    write(folder, pages__autre=PAGE + "\nEt 12 cliniques.\n")
    (notice,) = load(folder)[1].notices
    assert (notice.line, notice.identifier) == (11, "pages/autre.md")
    assert notice.message == "chiffre sans source : Et 12 cliniques."


def test_the_command_is_a_dry_run_unless_asked(folder, capsys):
    call_command("import_content", str(folder))
    assert "Simulation" in capsys.readouterr().out
    assert not Page.objects.exists()
    call_command("import_content", str(folder), apply=True, verbosity=0)
    assert Page.objects.count() == 1


def test_a_folder_that_does_not_exist_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="dossier introuvable"):
        call_command("import_content", str(tmp_path / "rien"), verbosity=0)

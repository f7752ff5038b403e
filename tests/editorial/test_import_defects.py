"""One defect per file: rejected with its file, its line and the reason, and the rest goes on."""

import pytest

from guide.core.enums import ImportOutcome, RejectReason
from guide.editorial.models import Page
from tests.editorial.folder import PAGE, SOURCES, load, write
from tests.factories import DepartmentFactory

GOOD = PAGE.replace("Les hôpitaux", "La page")
FIGURE = '- label: maîtres de stage\n  value: "408"\n  year: "2020"\n  source: indre-2022\n'
NEWS = "---\ntitle: Charte\nkind: actualite\ndate: 2024-10-08\n---\nUn texte.\n"
EVENT = "---\ntitle: Soirée\ndate: 2026-06-12\nend: 2026-06-13\n---\n"

SHEETS = [
    ("pages", PAGE.replace("---\ntitle", "title", 1), 1, RejectReason.BAD_VALUE, "en-tête absent"),
    ("pages", PAGE.replace("position: 31", "position: [31"), 7, RejectReason.BAD_VALUE, "YAML illisible"),
    ("pages", "---\n- a\n- b\n---\nTexte\n", 2, RejectReason.BAD_VALUE, "clé: valeur"),
    ("pages", PAGE.replace("position: 31", "positon: 31"), 6, RejectReason.BAD_VALUE, "clé inconnue : « positon »"),
    ("pages", PAGE.replace("position: 31", "position: haut"), 6, RejectReason.BAD_VALUE, "entier"),
    ("pages", PAGE.replace('title: "Les hôpitaux de l\'Indre"\n', ""), 1, RejectReason.MISSING_VALUE, "title"),
    ("pages", PAGE.replace("section: departement", "section: partout"), 4, RejectReason.BAD_VALUE, "partout"),
    ("pages", PAGE.replace('"36"', '"99"'), 5, RejectReason.BAD_VALUE, "département « 99 » inconnu"),
    ("pages", PAGE.replace("2026-11-22", "22/11/2026"), 7, RejectReason.BAD_DATE, "verified_on"),
    ("pages", PAGE.replace("[@indre-2022]", "[@indre-1922]"), 9, RejectReason.UNKNOWN_REFERENCE, "« indre-1922 »"),
    ("pages", PAGE.replace("[@indre-2022]", "[@Indre 2022]"), 9, RejectReason.UNKNOWN_REFERENCE, "mal écrite"),
    ("pages", PAGE.replace("position: 31", "sources: [rien]"), 6, RejectReason.UNKNOWN_REFERENCE, "« rien »"),
    ("pages", PAGE.replace("position: 31", "sources: rien"), 6, RejectReason.BAD_VALUE, "attendu une liste"),
    ("pages", PAGE.replace("Neuf hôpitaux.", "x" * 401), 3, RejectReason.BAD_VALUE, "401 signes, 400 au plus"),
    ("actualites", NEWS.replace("2024-10-08", "octobre 2024"), 4, RejectReason.BAD_VALUE, "signes"),
    ("actualites", NEWS.replace("2024-10-08", "2024-13"), 4, RejectReason.BAD_DATE, "« 2024-13 »"),
    ("actualites", NEWS.replace("date: 2024-10-08\n", ""), 1, RejectReason.MISSING_VALUE, "date"),
    ("agenda", EVENT.replace("2026-06-13", "2026-06-11"), 4, RejectReason.BAD_DATE, "la fin suit le début"),
    ("agenda", EVENT.replace("date: 2026-06-12\n", ""), 3, RejectReason.BAD_DATE, "la fin suit le début"),
    ("agenda", EVENT.replace("2026-06-12", "demain"), 3, RejectReason.BAD_DATE, "« demain »"),
]
LISTS = [
    ("chiffres", FIGURE.replace("source: indre-2022", "source: rien"), 4, RejectReason.UNKNOWN_REFERENCE, "« rien »"),
    ("chiffres", FIGURE.replace("  source: indre-2022\n", ""), 1, RejectReason.MISSING_VALUE, "source"),
    ("chiffres", FIGURE.replace('  year: "2020"\n', ""), 1, RejectReason.MISSING_VALUE, "year"),
    ("chiffres", FIGURE + FIGURE, 5, RejectReason.DUPLICATE, "déjà lu à la ligne 1"),
    ("chiffres", FIGURE + "  on_home: peut-être\n", 5, RejectReason.BAD_VALUE, "true ou false"),
    ("chiffres", "chiffre: 3\n", 1, RejectReason.BAD_VALUE, "attendu une liste"),
    ("chiffres", "- trois\n", 1, RejectReason.BAD_VALUE, "clé: valeur"),
    ("chiffres", "- label: [x\n", 2, RejectReason.BAD_VALUE, "YAML illisible"),
    ("documents", "- title: Guide\n  year: 2018\n", 1, RejectReason.MISSING_VALUE, "url ou source"),
    ("partenaires", "- name: ARS\n  url: ars.fr\n", 2, RejectReason.BAD_VALUE, "adresse web"),
    ("partenaires", "- role: agence\n", 1, RejectReason.MISSING_VALUE, "slug"),
    ("partenaires", "- name: {a: 1}\n", 1, RejectReason.BAD_VALUE, "attendu un texte"),
]


@pytest.fixture
def folder(db, tmp_path):
    DepartmentFactory(code="36", name="Indre")
    return write(tmp_path, sources=SOURCES, pages__bonne=GOOD)


@pytest.mark.parametrize(("kind", "content", "line", "reason", "words"), SHEETS)
def test_a_bad_sheet_is_left_out_and_the_rest_goes_on(folder, kind, content, line, reason, words):
    write(folder, **{f"{kind}__mauvaise": content})
    run, report = load(folder)
    assert run.outcome == ImportOutcome.APPLIED
    (reject,) = report.rejects
    assert (reject.identifier, reject.line, reject.reason) == (f"{kind}/mauvaise.md", line, reason)
    assert words in reject.message
    assert list(Page.objects.values_list("slug", flat=True)) == ["bonne"]


@pytest.mark.parametrize(("kind", "content", "line", "reason", "words"), LISTS)
def test_a_bad_item_of_a_list_is_left_out_and_the_rest_goes_on(folder, kind, content, line, reason, words):
    write(folder, **{kind: content})
    _, report = load(folder)
    (reject,) = report.rejects
    assert reject.identifier.startswith(f"{kind}.yaml")
    assert (reject.line, reject.reason) == (line, reason)
    assert words in reject.message
    assert Page.objects.count() == 1


def test_a_file_in_another_encoding_is_left_out(folder):
    (folder / "pages/latin.md").write_bytes(PAGE.encode("latin-1"))
    (folder / "partenaires.yaml").write_bytes("- name: Région\n".encode("latin-1"))
    assert [reject.message for reject in load(folder)[1].rejects] == [
        "fichier illisible : enregistrez-le en UTF-8"
    ] * 2


def test_a_sheet_that_became_bad_keeps_what_it_was_and_is_not_missing(folder):
    load(folder)
    write(folder, pages__bonne=GOOD.replace("section: departement", "section: partout"))
    _, report = load(folder)
    assert report.missing == []
    assert Page.objects.live().get().missing_since is None

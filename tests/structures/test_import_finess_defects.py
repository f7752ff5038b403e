import pytest

from guide.core.enums import RejectReason
from guide.core.models import ImportRun
from guide.territories.models import Territory
from structures.importers import writes
from structures.models import Structure
from tests.structures.helpers import import_finess, reasons, snapshot

pytestmark = pytest.mark.usefixtures("communes")


@pytest.mark.parametrize(
    ("file", "line", "reason", "told"),
    [
        ("etalab-commune-inconnue.csv", 2, RejectReason.UNKNOWN_COMMUNE, "36999"),
        ("etalab-en-mer.csv", 2, RejectReason.OUT_OF_AREA, "La Châtre"),
        ("etalab-inversees.csv", 2, RejectReason.SWAPPED_COORDINATES, "La Châtre"),
        ("etalab-coordonnees-illisibles.csv", 2, RejectReason.BAD_VALUE, "abc"),
        ("etalab-numero-mal-forme.csv", 2, RejectReason.BAD_IDENTIFIER, "36999"),
        ("etalab-date-illisible.csv", 2, RejectReason.BAD_DATE, "2015-13-01"),
        ("etalab-doublon.csv", 3, RejectReason.DUPLICATE, "ligne 2"),
    ],
)
def test_a_wrong_row_is_rejected_by_line_and_the_others_go_on(file, line, reason, told):
    run, report = import_finess(file)
    assert reasons(report) == [(line, reason)]
    assert told in report.rejects[0].message
    assert run.outcome == "applied"
    assert Structure.objects.filter(finess="369999902").exists()
    assert run.rejects.get().reason == reason


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("etalab-utf16.csv", "UTF-16"),
        ("etalab-accents-abimes.csv", "accents abîmés"),
        ("etalab-tronque.csv", "ligne 3"),
        ("avec-entete-sans-colonne.csv", "categetab"),
        ("finess-plus-tronque.json", "tronqué"),
        ("finess-plus-tronque.json.gz", "gzip"),
        ("finess-plus-sans-pmej.json", "pmej"),
        ("finess-plus-accents-abimes.json", "accents abîmés"),
        ("liste.csv", "nofinesset"),
    ],
)
def test_a_wrong_file_is_refused_whole(file, told):
    before = snapshot()
    run, _ = import_finess(file)
    assert run.outcome == "refused"
    assert told in run.message
    assert snapshot() == before


def test_swapped_degrees_are_told_from_strays():
    run, report = import_finess("finess-plus-inversees.json")
    assert reasons(report) == [(1, RejectReason.SWAPPED_COORDINATES)]
    assert run.outcome == "refused"


def test_without_communes_the_import_says_what_to_do_first():
    Territory.objects.filter(kind="commune").update(missing_since="2026-01-01")
    run, _ = import_finess("etalab.csv")
    assert run.outcome == "refused"
    assert "territoires" in run.message


def test_a_file_of_another_region_is_refused():
    Territory.objects.filter(kind="commune").exclude(code__startswith="37").update(missing_since="2026-01-01")
    run, _ = import_finess("finess-plus-sans-coordonnees.json")
    assert run.outcome == "refused"


def test_far_fewer_rows_are_refused_unless_accepted():
    import_finess("etalab.csv")
    before = snapshot()
    run, _ = import_finess("finess-plus-fermes.json")
    assert run.outcome == "refused"
    assert snapshot() == before
    run, report = import_finess("finess-plus-fermes.json", accept_fewer=True)
    assert (run.outcome, report.missing) == ("applied", ["369999902", "379999903"])


def test_a_crash_in_the_middle_leaves_the_database_as_it_was(monkeypatch):
    import_finess("finess-plus-fermes.json")
    before, runs = snapshot(), ImportRun.objects.count()

    def crash(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(writes, "note_sources", crash)
    with pytest.raises(RuntimeError):
        import_finess("etalab.csv")
    assert snapshot() == before
    assert ImportRun.objects.count() == runs

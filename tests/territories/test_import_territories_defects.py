import pytest

from guide.core.enums import ImportOutcome, RejectReason
from guide.core.models import ImportReject
from guide.territories.models import Territory
from tests.territories.helpers import FILES, SMALL_REGION, import_places, place, reasons, snapshot

pytestmark = pytest.mark.django_db

REFUSED_FILES = [
    ({"communes": "communes-latin1.geojson"}, "n'est pas en UTF-8"),
    ({"communes": "communes-sans-region.geojson"}, "propriétés absentes (codeRegion)"),
    ({"communes": "communes-tronque.geojson.gz"}, "archive gzip tronquée"),
    ({"communes": "communes-tronque.geojson"}, "JSON tronqué après 9 communes"),
    ({"communes": "communes-autre-region.geojson"}, "Aucune commune de la région 24 (Centre-Val de Loire)"),
    ({"communes": "epci.json"}, "aucune commune"),
    ({**SMALL_REGION, "epci": "communes.geojson"}, "attendu la liste JSON des EPCI"),
    ({**SMALL_REGION, "epci": "bassins.csv"}, "JSON illisible"),
    ({**SMALL_REGION, "bassins": "bassins-sans-colonne.csv"}, "BV2022 et LIBBV2022"),
]


@pytest.mark.parametrize(("files", "message"), REFUSED_FILES, ids=[message for _, message in REFUSED_FILES])
def test_file_is_refused_whole(files, message):
    import_places()
    before = snapshot()
    run, _ = import_places(files)
    assert run.outcome == ImportOutcome.REFUSED
    assert message in run.message
    assert snapshot() == before


REJECTED_ROWS = [
    ("communes-mairie-inversee.geojson", RejectReason.SWAPPED_COORDINATES),
    ("communes-mairie-en-mer.geojson", RejectReason.OUT_OF_AREA),
    ("communes-mairie-lointaine.geojson", RejectReason.OUT_OF_AREA),
    ("communes-contour-inverse.geojson", RejectReason.SWAPPED_COORDINATES),
    ("communes-contour-invalide.geojson", RejectReason.BAD_GEOMETRY),
    ("communes-chevauchement.geojson", RejectReason.BAD_GEOMETRY),
]


@pytest.mark.parametrize(("file", "reason"), REJECTED_ROWS)
def test_row_is_rejected_by_name_and_line_and_the_rest_goes_on(file, reason):
    run, report = import_places({**SMALL_REGION, "communes": file, "bassins": "bassins.csv"})
    assert run.outcome == ImportOutcome.APPLIED
    assert (2, reason) in reasons(report)
    assert ImportReject.objects.filter(line=2, message__contains="La Ferté (18102)").exists()
    assert not Territory.objects.filter(kind="commune", code="18102").exists()
    assert place("commune", "18101").population == 900


@pytest.mark.parametrize(("file", "reason"), REJECTED_ROWS)
def test_rejected_row_leaves_what_was_known_of_the_commune(file, reason):
    import_places()
    before = snapshot()
    _, report = import_places({**SMALL_REGION, "communes": file})
    assert reasons(report) == [(2, reason)]
    assert (report.updated, report.missing) == (0, [])
    assert snapshot() == before


def test_duplicate_code_is_rejected_and_the_first_one_kept():
    _, report = import_places({**SMALL_REGION, "communes": "communes-doublon.geojson"})
    assert reasons(report) == [(4, RejectReason.DUPLICATE)]
    assert "déjà lu à la ligne 2" in report.rejects[0].message
    assert place("commune", "18102").name == "La Ferté"


def test_malformed_code_is_rejected():
    _, report = import_places({"communes": "communes-code-mal-forme.geojson"})
    assert reasons(report) == [(2, RejectReason.BAD_IDENTIFIER)]


def test_misplaced_town_hall_is_set_aside_with_a_remark():
    _, report = import_places({**SMALL_REGION, "communes": "communes-mairie-ailleurs.geojson"})
    assert not report.rejects
    (notice,) = report.notices
    assert (notice.line, notice.identifier) == (2, "18102")
    assert "mairie hors du contour" in notice.message
    commune = place("commune", "18102")
    assert 2.1 < commune.longitude < 2.2
    assert 47.0 < commune.latitude < 47.1


def test_living_area_of_an_unknown_commune_is_rejected_and_other_regions_are_left_out():
    _, report = import_places({**SMALL_REGION, "bassins": "bassins-commune-inconnue.csv"})
    assert reasons(report) == [(2, RejectReason.UNKNOWN_COMMUNE)]
    _, report = import_places()
    assert report.skipped == 1


def test_malformed_siren_is_rejected():
    _, report = import_places({**SMALL_REGION, "epci": "epci-siren-mal-forme.json"})
    assert reasons(report) == [(2, RejectReason.BAD_IDENTIFIER)]
    assert not Territory.objects.filter(kind="epci", name="CC des Prés").exists()
    assert [notice.identifier for notice in report.notices] == ["200000002"]


def test_hole_in_the_region_is_pointed_out(tmp_path):
    path = tmp_path / "communes.geojson"
    lines = (FILES / "communes.geojson").read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"18102"' not in line), "utf-8")
    _, report = import_places({"communes": path, "epci": "epci.json"})
    (notice,) = report.notices
    assert "trou de" in notice.message
    assert "Épineuil" in notice.message

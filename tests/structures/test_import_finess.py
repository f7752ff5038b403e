import pytest

from structures.enums import CoordinateSource, Kind, Rank
from structures.models import Structure, StructureSource
from tests.structures.helpers import facts, import_finess, snapshot

pytestmark = pytest.mark.usefixtures("communes")
SAME_CONTENT = ["etalab.csv", "etalab-cp1252.csv", "avec-entete.csv", "finess-plus.json", "finess-plus.json.gz"]


def test_a_row_becomes_a_readable_sheet():
    run, report = import_finess("etalab.csv")
    assert (run.outcome, report.created, report.skipped, report.rejects) == ("applied", 3, 2, [])
    msp = Structure.objects.get(finess="369999901")
    assert (msp.kind, msp.name, msp.slug) == (Kind.MSP, "MSP Essai de La Châtre", "msp-essai-de-la-chatre")
    assert (msp.address, msp.postal_code, msp.phone) == (
        "12 bis rue de la République, BP 12",
        "36400",
        "02 54 00 00 01",
    )
    assert (msp.opened_on.isoformat(), msp.opened_precision) == ("2015-09-01", "day")
    assert (msp.latitude, msp.longitude, msp.coordinate_source) == (46.58214, 1.98765, CoordinateSource.ADDRESS)
    assert (msp.commune.code, msp.finess_legal, msp.siret) == ("36046", "369999801", "00000000000001")
    assert (msp.status, msp.verified_on, msp.source_date) == ("published", None, "2025-11-12")
    assert msp.search_text == "msp essai de la chatre la chatre 369999901"


def test_without_coordinates_a_site_stands_at_its_commune_and_cedex_gives_way():
    import_finess("etalab.csv")
    hospital = Structure.objects.get(finess="369999902")
    assert (hospital.latitude, hospital.longitude) == (46.8103, 1.6913)
    assert hospital.coordinate_source == CoordinateSource.COMMUNE
    assert (hospital.postal_code, hospital.opened_on) == ("36000", None)


def test_a_psychiatric_maison_de_sante_is_a_clinic_and_a_commune_point_is_approximate():
    import_finess("etalab.csv")
    clinic = Structure.objects.get(finess="379999903")
    assert (clinic.kind, clinic.rank, clinic.name) == (Kind.CLINIC, Rank.PSYCHIATRY, 'Clinique "Essai"')
    assert (clinic.latitude, clinic.coordinate_source) == (47.39012, CoordinateSource.COMMUNE)


@pytest.mark.parametrize("file", SAME_CONTENT)
def test_every_format_gives_the_same_structures(file, django_assert_max_num_queries):
    import_finess("etalab.csv")
    expected = facts()
    Structure.objects.all().delete()
    import_finess(file)
    assert facts() == expected


@pytest.mark.parametrize("file", SAME_CONTENT)
def test_another_format_of_the_same_rows_changes_nothing(file):
    import_finess("etalab.csv")
    _, report = import_finess(file)
    assert (report.created, report.updated, report.unchanged, report.kept) == (0, 0, 3, [])


@pytest.mark.parametrize("file", SAME_CONTENT)
def test_a_second_run_writes_nothing(file):
    import_finess(file)
    before = snapshot()
    _, report = import_finess(file)
    assert (report.created, report.updated, report.unchanged, report.missing) == (0, 0, 3, [])
    assert snapshot() == before


def test_an_unchanged_row_is_not_converted_again(monkeypatch):
    import_finess("etalab.csv")

    def refuse(*args):
        raise AssertionError("converted")

    monkeypatch.setattr("structures.importers.finess._convert", refuse)
    _, report = import_finess("etalab.csv")
    assert report.unchanged == 3


def test_a_dry_run_reports_and_writes_nothing():
    before = snapshot()
    run, report = import_finess("etalab.csv", apply=False)
    assert (run.outcome, report.created) == ("previewed", 3)
    assert snapshot() == before


def test_closed_sites_are_left_out():
    _, report = import_finess("finess-plus-fermes.json")
    assert (report.created, report.skipped) == (1, 2)
    assert Structure.objects.get().finess == "369999901"


def test_of_several_addresses_the_one_of_the_place_is_kept():
    import_finess("finess-plus-plusieurs-adresses.json")
    structure = Structure.objects.get()
    assert structure.address == "12 bis rue de la République, BP 12"
    assert structure.coordinate_source == CoordinateSource.ADDRESS


def test_null_coordinates_fall_back_on_the_commune():
    import_finess("finess-plus-sans-coordonnees.json")
    assert Structure.objects.get().coordinate_source == CoordinateSource.COMMUNE


def test_keys_are_read_leniently():
    import_finess("finess-plus-cles-variables.json")
    structure = Structure.objects.get()
    assert (structure.finess, structure.finess_legal, structure.kind) == ("369999901", "369999801", Kind.MSP)


def test_a_file_without_coordinates_does_not_lose_those_found_before():
    import_finess("etalab.csv")
    _, report = import_finess("etalab-sans-coordonnees.csv")
    assert (report.updated, report.unchanged) == (1, 2)  # the clinic moves from the file's commune point to ours
    assert Structure.objects.get(finess="369999901").coordinate_source == CoordinateSource.ADDRESS


def test_two_sheets_of_one_name_get_addresses_of_their_own(tmp_path):
    path = tmp_path / "deux.csv"
    from tests.structures.helpers import FILES

    text = (FILES / "etalab.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    twin = lines[1].replace("369999901", "369999911")
    third = lines[1].replace("369999901", "369999912")
    path.write_text("\n".join([*lines, twin, third, ""]), encoding="utf-8")
    import_finess(path)
    slugs = set(Structure.objects.filter(kind=Kind.MSP).values_list("slug", flat=True))
    name = "msp-essai-de-la-chatre"
    assert slugs == {name, f"{name}-la-chatre", f"{name}-la-chatre-369999912"}


def test_identity_is_kept_by_source_and_number():
    import_finess("etalab.csv")
    rows = StructureSource.objects.order_by("external_id").values_list("source", "external_id")
    assert list(rows) == [("finess", "369999901"), ("finess", "369999902"), ("finess", "379999903")]

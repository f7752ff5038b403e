"""What editors write survives imports, and what disappears is marked."""

import pytest
from django.utils import timezone

from structures.enums import CoordinateSource
from structures.models import Structure, StructureSource
from tests.structures.helpers import FILES, import_finess, import_list, snapshot

pytestmark = pytest.mark.usefixtures("communes")


def edit(finess="369999901", **values):
    Structure.objects.filter(finess=finess).update(**values)


def test_a_phone_changed_by_hand_is_kept_and_reported_at_every_import():
    import_finess("etalab.csv")
    edit(phone="02 54 99 99 99")
    for _ in range(3):
        _, report = import_finess("etalab.csv")
        assert Structure.objects.get(finess="369999901").phone == "02 54 99 99 99"
        assert [(kept.field, kept.current, kept.offered) for kept in report.kept] == [
            ("téléphone", "02 54 99 99 99", "02 54 00 00 01")
        ]
        assert (report.updated, report.unchanged) == (0, 3)


def test_the_other_fields_of_an_edited_sheet_still_follow_the_source(tmp_path):
    import_finess("etalab.csv")
    edit(phone="02 54 99 99 99")
    path = tmp_path / "etalab.csv"
    text = (FILES / "etalab.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("12;R;DE LA REPUBLIQUE", "14;R;DE LA REPUBLIQUE"), encoding="utf-8")
    _, report = import_finess(path)
    structure = Structure.objects.get(finess="369999901")
    assert (structure.address, structure.phone) == ("14 bis rue de la République, BP 12", "02 54 99 99 99")
    assert (report.updated, len(report.kept)) == (1, 1)


def test_a_point_placed_by_hand_is_kept_whole():
    import_finess("etalab.csv")
    edit(latitude=46.5, longitude=1.9, coordinate_source=CoordinateSource.HAND)
    _, report = import_finess("etalab.csv")
    structure = Structure.objects.get(finess="369999901")
    assert (structure.latitude, structure.coordinate_source) == (46.5, CoordinateSource.HAND)
    assert [kept.field for kept in report.kept] == ["position"]


def test_a_hand_edit_taken_back_ends_the_report():
    import_finess("etalab.csv")
    edit(phone="02 54 99 99 99")
    import_finess("etalab.csv")
    edit(phone="02 54 00 00 01")
    for _ in range(2):
        _, report = import_finess("etalab.csv")
        assert (report.kept, report.unchanged) == ([], 3)


def test_fields_that_no_source_offers_are_never_written():
    import_finess("etalab.csv")
    edit(presentation="Écrit par la rédaction.", status="archived", recruiting=True, slug="adresse-choisie")
    edit(phone="")
    import_finess("etalab.csv")
    structure = Structure.objects.get(finess="369999901")
    assert (structure.presentation, structure.status, structure.slug) == (
        "Écrit par la rédaction.",
        "archived",
        "adresse-choisie",
    )


def test_a_missing_row_is_marked_and_cleared_when_it_comes_back():
    import_finess("etalab.csv")
    _, report = import_finess("finess-plus-fermes.json", accept_fewer=True)
    assert report.missing == ["369999902", "379999903"]
    assert Structure.objects.count() == 3
    gone = Structure.objects.get(finess="369999902")
    assert gone.missing_since == timezone.localdate()
    assert gone.sources.get().missing_since == timezone.localdate()
    _, report = import_finess("etalab.csv")
    assert report.updated == 2
    assert not Structure.objects.exclude(missing_since=None).exists()
    assert not StructureSource.objects.exclude(missing_since=None).exists()


def test_a_row_missing_from_one_source_is_not_missing_while_another_holds_it():
    import_list("liste.csv")
    import_finess("etalab.csv")
    import_finess("finess-plus-fermes.json", accept_fewer=True)
    hospital = Structure.objects.get(finess="369999902")
    assert hospital.missing_since is None
    assert [row.missing_since is None for row in hospital.sources.order_by("source")] == [True, False]


def test_a_structure_known_by_its_number_is_the_same_in_both_sources():
    import_list("liste.csv")
    _, report = import_finess("etalab.csv")
    assert (report.created, report.updated, report.kept) == (2, 1, [])
    hospital = Structure.objects.get(finess="369999902")
    assert sorted(hospital.sources.values_list("source", flat=True)) == ["essai", "finess"]
    assert hospital.name == "Centre hospitalier d’essai"  # written by a person, against FINESS's capitals
    assert (hospital.coordinate_source, hospital.emergency) == (CoordinateSource.SITE, "générales")
    assert hospital.source.startswith("FINESS")


@pytest.mark.parametrize("first", [import_list, import_finess])
def test_two_sources_settle_whatever_the_order(first):
    files = {import_list: "liste.csv", import_finess: "etalab.csv"}
    second = next(run for run in files if run is not first)
    first(files[first])
    second(files[second])
    first(files[first])
    before = snapshot()
    for run, file in files.items():
        _, report = run(file)
        assert (report.created, report.updated, report.kept) == (0, 0, [])
    assert snapshot() == before


def test_a_sheet_made_by_hand_is_joined_by_its_number_and_keeps_its_words():
    import_finess("finess-plus-fermes.json")
    structure = Structure.objects.get()
    Structure.objects.update(provenance={}, phone="02 54 99 99 99")
    StructureSource.objects.all().delete()
    _, report = import_finess("finess-plus-fermes.json")
    assert Structure.objects.get().pk == structure.pk
    assert Structure.objects.get().phone == "02 54 99 99 99"
    assert [kept.field for kept in report.kept] == ["téléphone"]


def test_a_possible_double_is_pointed_out_and_both_sheets_stay():
    import_list("liste.csv")
    _, report = import_finess("etalab.csv")
    (notice,) = report.notices
    assert (notice.line, notice.identifier) == (2, "369999901")
    assert "MSP d’essai" in notice.message
    assert Structure.objects.filter(kind="msp").count() == 2


def test_a_double_is_joined_by_giving_its_number_first():
    import_list("liste.csv")
    Structure.objects.filter(kind="msp").update(finess="369999901")
    _, report = import_finess("etalab.csv")
    assert (report.created, report.updated, report.notices) == (1, 2, [])
    assert Structure.objects.filter(kind="msp").count() == 1

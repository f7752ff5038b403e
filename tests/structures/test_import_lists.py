import pytest
from openpyxl import Workbook

from guide.core.enums import RejectReason
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.enums import Kind
from structures.models import Structure
from tests.structures.helpers import FILES, import_list, reasons, snapshot

pytestmark = pytest.mark.usefixtures("communes")


def test_the_documented_columns_make_full_sheets():
    run, report = import_list("liste.csv")
    assert (run.outcome, report.created, report.rejects) == ("applied", 5, [])
    bus = Structure.objects.get(kind=Kind.MOBILE)
    assert (bus.phone, bus.email, bus.recruiting, bus.welcomes_interns) == (
        "02 54 00 00 09",
        "bus@exemple.fr",
        True,
        False,
    )
    assert list(bus.modes.values_list("mode", flat=True)) == ["salarie"]
    staff = bus.staff.order_by("speciality").values_list("speciality", "label", "headcount")
    assert list(staff) == [("infirmier", "infirmier", None), ("medecin-generaliste", "médecin généraliste", 1)]
    stops = bus.stops.order_by("schedule").values_list("commune__code", "place", "schedule")
    assert list(stops) == [
        ("36046", "Champ de foire", "jeudi"),
        ("36044", "Place de la République", "mardi 9 h-12 h"),
    ]
    assert (bus.source, bus.source_url, bus.source_date, bus.confidence) == (
        "Essai",
        "https://exemple.fr/bus",
        "2026-03",
        "high",
    )


def test_partial_dates_keep_their_precision():
    import_list("liste.csv")
    msp = Structure.objects.get(kind=Kind.MSP)
    assert (msp.opened_on.isoformat(), msp.opened_precision) == ("2015-01-01", "year")
    assert msp.closed_on.isoformat() == "2024-06-30"
    ght = Structure.objects.get(kind=Kind.GHT)
    assert (ght.opened_on.isoformat(), ght.opened_precision, ght.website) == (
        "2016-07-01",
        "month",
        "https://ghtessai.fr",
    )
    assert Structure.objects.get(kind=Kind.CPTS).opened_on.isoformat() == "2019-06-13"


def test_groups_may_stand_after_their_members():
    import_list("liste.csv")
    link = Structure.objects.get(kind=Kind.HOSPITAL).memberships.get()
    assert (link.group.kind, link.is_support) == (Kind.GHT, True)
    assert Structure.objects.get(kind=Kind.MOBILE).memberships.get().group.kind == Kind.CPTS


def test_coverage_is_a_territory_of_its_own_or_an_existing_one():
    import_list("liste.csv")
    area = Structure.objects.get(kind=Kind.CPTS).coverage
    assert area.kind == TerritoryKind.CPTS_AREA
    inside = Territory.objects.within(area).filter(kind="commune").values_list("code", flat=True)
    assert sorted(inside) == ["36044", "36046"]
    assert area.population == 2400
    outers = Territory.objects.filter(inner_links__inner=area)
    assert set(outers.values_list("kind", flat=True)) == {"cpts_area", "department", "region"}
    assert Structure.objects.get(kind=Kind.MOBILE).coverage.code == "36"


def test_a_second_run_writes_nothing():
    import_list("liste.csv")
    before = snapshot()
    _, report = import_list("liste.csv")
    assert (report.created, report.updated, report.unchanged, report.kept) == (0, 0, 5, [])
    assert snapshot() == before


def test_stops_are_the_same_whatever_the_order_of_their_communes():
    Territory.objects.filter(code="36046").update(search_name="a")
    import_list("liste.csv")
    _, report = import_list("liste.csv")
    assert (report.updated, report.unchanged, report.kept) == (0, 5, [])


def test_lists_changed_by_hand_are_kept_and_reported():
    import_list("liste.csv")
    bus = Structure.objects.get(kind=Kind.MOBILE)
    bus.stops.filter(schedule="jeudi").delete()
    bus.memberships.all().delete()
    bus.staff.filter(speciality="infirmier").update(headcount=3)
    for _ in range(2):
        _, report = import_list("liste.csv")
        assert sorted(kept.field for kept in report.kept) == ["arrêts", "membre de", "professions exercées"]
    assert bus.stops.count() == 1
    assert not bus.memberships.exists()


def test_a_changed_cell_changes_its_list_only(tmp_path):
    import_list("liste.csv")
    path = tmp_path / "liste.csv"
    text = (FILES / "liste.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("jeudi", "vendredi").replace("36046; 36044", "36046"), encoding="utf-8")
    _, report = import_list(path)
    assert (report.updated, report.unchanged) == (2, 3)
    assert Structure.objects.get(kind=Kind.MOBILE).stops.filter(schedule="vendredi").exists()
    area = Structure.objects.get(kind=Kind.CPTS).coverage
    assert list(Territory.objects.within(area).filter(kind="commune").values_list("code", flat=True)) == ["36046"]


def test_two_lists_are_two_sources():
    import_list("liste.csv")
    _, report = import_list("liste-doublon.csv", name="autre")
    assert (report.created, report.missing) == (1, [])


@pytest.mark.parametrize(
    ("name", "reason", "told"),
    [
        ("type-inconnu", RejectReason.BAD_VALUE, "epicerie"),
        ("commune-inconnue", RejectReason.UNKNOWN_COMMUNE, "36999"),
        ("doublon", RejectReason.DUPLICATE, "ligne 2"),
        ("finess-double", RejectReason.DUPLICATE, "« bon »"),
        ("sans-source", RejectReason.MISSING_VALUE, "source"),
        ("sans-nom", RejectReason.MISSING_VALUE, "nom"),
        ("date-illisible", RejectReason.BAD_DATE, "printemps"),
        ("fermee-avant", RejectReason.BAD_DATE, "fermeture"),
        ("telephone", RejectReason.BAD_VALUE, "12345"),
        ("groupe-inconnu", RejectReason.UNKNOWN_REFERENCE, "ght-absent"),
        ("couverture-inconnue", RejectReason.UNKNOWN_TERRITORY, "99999"),
        ("en-mer", RejectReason.OUT_OF_AREA, "La Châtre"),
        ("inversees", RejectReason.SWAPPED_COORDINATES, "inversées"),
        ("demi-position", RejectReason.MISSING_VALUE, "longitude"),
    ],
)
def test_a_wrong_row_is_rejected_by_line_and_the_other_goes_on(name, reason, told):
    run, report = import_list(f"liste-{name}.csv")
    assert reasons(report) == [(3, reason)]
    assert told in report.rejects[0].message
    assert (run.outcome, Structure.objects.count()) == ("applied", 1)


def test_missing_columns_refuse_the_file():
    run, _ = import_list("liste-sans-colonne.csv")
    assert run.outcome == "refused"
    assert "code_commune" in run.message


def test_the_name_of_the_register_cannot_name_a_list():
    run, _ = import_list("liste.csv", name="finess")
    assert run.outcome == "refused"


def test_a_number_held_by_another_sheet_is_rejected_with_its_name():
    import_list("liste-finess-double.csv")
    import_list("liste-doublon.csv", name="autre")
    _, report = import_list("liste-finess-double.csv", name="autre")
    assert reasons(report) == [(2, RejectReason.DUPLICATE), (3, RejectReason.DUPLICATE)]
    assert "MSP d’essai" in report.rejects[0].message


def test_a_workbook_with_a_tail_of_empty_rows_is_read(tmp_path):
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Structures de l’essai"])
    sheet.append(["identifiant", "type", "nom", "code_commune", "source", "source_date"])
    sheet.append(["msp", "MSP", "MSP d’essai", 36046, "Essai", 2024.0])
    sheet.append(["cds", "centre-de-sante", "Centre d’essai", "36044", "Essai", "2024"])
    sheet.cell(row=200_000, column=1, value="")
    workbook.save(tmp_path / "liste.xlsx")
    run, report = import_list(tmp_path / "liste.xlsx")
    assert (run.outcome, report.created, report.rejects) == ("applied", 2, [])
    assert Structure.objects.get(kind=Kind.MSP).source_date == "2024"

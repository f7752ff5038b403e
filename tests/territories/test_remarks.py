import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from guide.core.enums import ImportOutcome, RejectReason
from guide.territories.models import TerritoryRemark
from tests.factories import IndicatorFactory, TerritoryRemarkFactory
from tests.markup import parsed
from tests.territories.helpers import import_remarks, reasons
from tests.territories.places import Country

pytestmark = pytest.mark.django_db
SOURCES = (
    "- {code: presse-2025, title: Un titre, publisher: La Presse, label: P, year: mai 2025, url: 'https://a.fr/'}\n"
)
ROWS = """
- {territory: la-chatre-36046, kind: atout, source: presse-2025, text: "Un marché de 1 200 places : le samedi."}
- {department: "36", kind: point-de-vigilance, source: presse-2025, text: Peu de trains.}
"""


@pytest.fixture
def country():
    return Country()


@pytest.fixture
def content(tmp_path):
    (tmp_path / "sources-2.yaml").write_text(SOURCES, "utf-8")

    def write(text):
        path = tmp_path / "atouts.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_rows_become_remarks_with_the_source_that_they_name(country, content):
    _, report = import_remarks(content(ROWS))
    assert (report.created, report.rejects) == (2, [])
    remark = TerritoryRemark.objects.get(kind="atout")
    assert (remark.territory, remark.source, remark.year) == (country.commune, "La Presse", "mai 2025")
    assert remark.text == "Un marché de 1\u202f200 places\u00a0: le samedi."
    assert TerritoryRemark.objects.get(kind="vigilance").territory == country.department


def test_a_dry_run_writes_nothing_and_a_second_run_changes_nothing(country, content):
    import_remarks(content(ROWS), apply=False)
    assert not TerritoryRemark.objects.exists()
    call_command("import_remarks", str(content(ROWS)), "--apply", verbosity=0)
    _, report = import_remarks(content(ROWS))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)


def test_what_an_editor_changed_is_kept_and_what_left_the_list_is_hidden(client, country, content):
    import_remarks(content(ROWS))
    TerritoryRemark.objects.filter(kind="atout").update(text="Corrigé.")
    _, report = import_remarks(content(ROWS))
    assert len(report.kept) == 1
    assert TerritoryRemark.objects.get(kind="atout").text == "Corrigé."
    import_remarks(content(ROWS.strip().splitlines()[0] + "\n"), apply=True)
    html = client.get(country.commune.get_absolute_url()).content.decode()
    assert "Corrigé." in html
    assert "Peu de trains." in html  # fewer rows than before: the delivery was refused
    TerritoryRemark.objects.filter(kind="vigilance").update(missing_since="2026-01-01")
    assert not TerritoryRemark.objects.live().filter(kind="vigilance").exists()
    import_remarks(content(ROWS))
    assert TerritoryRemark.objects.live().filter(kind="vigilance").exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{territory: nulle-part, kind: atout, source: presse-2025, text: T}", RejectReason.UNKNOWN_TERRITORY),
        ("{territory: indre, kind: autre, source: presse-2025, text: T}", RejectReason.BAD_VALUE),
        ("{territory: indre, kind: atout, source: inconnue, text: T}", RejectReason.UNKNOWN_REFERENCE),
        ("{territory: indre, kind: atout, source: presse-2025}", RejectReason.MISSING_VALUE),
        (f"{{territory: indre, kind: atout, source: presse-2025, text: {'x' * 401}}}", RejectReason.BAD_VALUE),
    ],
)
@pytest.mark.usefixtures("country")
def test_a_wrong_row_is_rejected_and_the_rest_goes_on(content, row, reason):
    _, report = import_remarks(content(f"{ROWS}- {row}\n"))
    assert (report.created, reasons(report)) == (2, [(3, reason)])


@pytest.mark.parametrize("text", ["a: 1", "- [1]", "- {a: ]"])
@pytest.mark.usefixtures("country")
def test_a_file_that_is_not_a_list_is_refused(content, text):
    run, _ = import_remarks(content(text))
    assert run.outcome == ImportOutcome.REFUSED


def test_a_remark_needs_its_source_and_its_year(country):
    for missing in ({"source": ""}, {"year": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TerritoryRemarkFactory(territory=country.commune, **missing)


def test_a_page_shows_its_remarks_those_of_its_department_and_what_its_figures_say(client, country):
    TerritoryRemarkFactory(territory=country.commune, text="Un théâtre.", source="La Ville", year="2024-05")
    TerritoryRemarkFactory(territory=country.department, text="Peu de trains.", kind="vigilance")
    country.figure(country.commune, indicator=IndicatorFactory(code="distance_urgences", unit="km"), value=42)
    html = parsed(client.get(country.commune.get_absolute_url()))
    assert "Un théâtre." in html
    assert "(La Ville, mai\u00a02024)" in html
    assert any("Indre\u00a0: Peu de trains." in text for text in html.texts(".remarks li"))
    assert "Indre\u00a0:" in html.texts(".remarks strong")
    assert "Règle\u00a0: plus de 30\u00a0km." in html


def test_a_place_without_remark_has_no_empty_section(client, country):
    assert "a-savoir" not in client.get(country.commune.get_absolute_url()).content.decode()

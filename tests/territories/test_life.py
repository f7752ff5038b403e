import csv
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from guide.core.enums import ImportOutcome, RejectReason
from guide.territories import life
from guide.territories.enums import AmenityKind, TravelMode
from guide.territories.models import Amenity, TravelTime
from tests.factories import AmenityFactory, TravelTimeFactory
from tests.markup import parsed
from tests.territories.helpers import FILES, import_amenities, import_places, import_times, reasons
from tests.territories.places import Country

pytestmark = pytest.mark.django_db
DEMO = Path(project.BASE_DIR) / "fixtures" / "centre-val-de-loire" / "territories"


@pytest.fixture
def places(settings):
    settings.REGION = "24"
    import_places()


@pytest.fixture
def country():
    return Country()


def plain(text):
    return text.replace("\u00a0", " ")


def render(territory):
    return parsed(plain(render_to_string("territories/_life.html", told(territory))))


def told(territory):
    return life.context(territory)


def stored(model):
    return sorted(map(repr, model.objects.values_list()))


@pytest.mark.usefixtures("places")
def test_places_are_imported_with_their_source_and_other_regions_are_skipped():
    run, report = import_amenities("lieux.csv")
    assert (run.outcome, report.created, report.skipped) == (ImportOutcome.APPLIED, 3, 1)
    school = Amenity.objects.get(kind=AmenityKind.HIGH_SCHOOL)
    assert (school.commune.code, school.details, school.source_date) == ("18102", "horticulture", "vers 2017")
    assert (school.source, school.confidence) == ("GIP RECIA", "medium")
    assert Amenity.objects.get(kind=AmenityKind.NATURE_PARK).commune is None


@pytest.mark.usefixtures("places")
def test_times_are_imported_one_row_for_each_train():
    _, report = import_times("trajets.csv")
    assert report.created == 3
    assert set(TravelTime.objects.values_list("mode", "minutes")) == {("train", 80), ("train", 90), ("car", 150)}


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("load", "file", "model"), [(import_amenities, "lieux.csv", Amenity), (import_times, "trajets.csv", TravelTime)]
)
def test_a_second_run_changes_nothing_and_a_dry_run_writes_nothing(load, file, model):
    load(file, apply=False)
    assert not model.objects.exists()
    load(file)
    before = stored(model)
    _, report = load(file)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert stored(model) == before


@pytest.mark.usefixtures("places")
def test_a_corrected_row_is_updated_and_comes_back_when_it_was_missing(tmp_path):
    import_amenities("lieux.csv")
    Amenity.objects.update(missing_since="2026-01-01")
    path = tmp_path / "lieux.csv"
    path.write_text((FILES / "lieux.csv").read_text("utf-8").replace("horticulture", "agriculture"), "utf-8")
    _, report = import_amenities(path)
    assert (report.created, report.updated) == (0, 3)
    assert Amenity.objects.get(details="agriculture").missing_since is None


@pytest.mark.usefixtures("places")
def test_a_file_speaks_for_the_kinds_that_it_holds(tmp_path):
    import_amenities("lieux.csv")
    path = tmp_path / "gares.csv"
    path.write_text("kind,name,commune_code\ngare,Charenton,18102\ngare,Vallon,18101\n", "utf-8")
    run, report = import_amenities(path)
    assert (run.outcome, report.created, len(report.missing)) == (ImportOutcome.APPLIED, 2, 1)
    assert set(Amenity.objects.filter(missing_since=None).values_list("name", flat=True)) == {
        "Charenton",
        "Vallon",
        "Lycée polyvalent George Sand",
        "Parc de la Brenne",
    }
    assert Amenity.objects.get(name="Vallon").source == "Essai"


REJECTED = [
    (import_amenities, "lieux-commune-inconnue.csv", 2, RejectReason.UNKNOWN_COMMUNE, "18999"),
    (import_amenities, "lieux-nom-absent.csv", 2, RejectReason.MISSING_VALUE, "nom absent"),
    (import_amenities, "lieux-type-inconnu.csv", 2, RejectReason.BAD_VALUE, "soucoupe"),
    (import_amenities, "lieux-sans-source.csv", 2, RejectReason.MISSING_VALUE, "source absente"),
    (import_amenities, "lieux-doublon.csv", 3, RejectReason.DUPLICATE, "ligne 2"),
    (import_times, "trajets-duree-illisible.csv", 2, RejectReason.BAD_VALUE, "une heure"),
    (import_times, "trajets-duree-nulle.csv", 2, RejectReason.BAD_VALUE, "« 0 »"),
    (import_times, "trajets-commune-inconnue.csv", 2, RejectReason.UNKNOWN_COMMUNE, "18999"),
    (import_times, "trajets-arrivee-absente.csv", 2, RejectReason.MISSING_VALUE, "to_place"),
    (import_times, "trajets-moyen-inconnu.csv", 2, RejectReason.BAD_VALUE, "fusée"),
]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(("load", "file", "line", "reason", "words"), REJECTED)
def test_a_row_is_rejected_by_line_and_the_rest_goes_on(load, file, line, reason, words):
    run, report = load(file, source="")
    assert (run.outcome, report.created) == (ImportOutcome.APPLIED, 1)
    assert reasons(report) == [(line, reason)]
    assert words in report.rejects[0].message


@pytest.mark.usefixtures("places")
def test_commands_import():
    call_command("import_amenities", str(FILES / "lieux.csv"), "--apply", verbosity=0)
    call_command("import_travel_times", str(FILES / "trajets.csv"), "--apply", verbosity=0)
    assert (Amenity.objects.count(), TravelTime.objects.count()) == (3, 3)


def test_a_place_without_commune_is_unique_too():
    AmenityFactory(kind=AmenityKind.NATURE_PARK, name="Brenne", commune=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        AmenityFactory(kind=AmenityKind.NATURE_PARK, name="Brenne", commune=None)


def test_the_files_of_the_demo_load_whole_and_read_well(settings):
    settings.REGION = "24"
    import_places({"communes": DEMO / "communes.geojson.gz"})
    for load, file, count in [(import_amenities, "lieux-de-vie.csv", 425), (import_times, "temps-de-trajet.csv", 15)]:
        _, report = load(DEMO / file)
        assert (report.created, report.rejects, report.skipped) == (count, [], 0)
        with (DEMO / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                shown = row.get("name", "") + row["details"] + row["source"]
                assert row["source"]
                assert not any(word in shown for word in ("github", "latitude", "UIC", "UAI", "segment", "’"))
    assert not TravelTime.objects.filter(confidence="low").exists()


def test_a_commune_shows_its_places_by_kind_and_times_as_ranges(country):
    AmenityFactory(commune=country.commune, name="La Châtre-Gare", source="SNCF", confidence="high")
    AmenityFactory(commune=country.commune, name="Musée George Sand", kind=AmenityKind.MUSEUM, source_date="")
    AmenityFactory(commune=country.commune, name="Gare fermée", missing_since="2026-01-01")
    for minutes in (78, 60):
        TravelTimeFactory(commune=country.commune, minutes=minutes, source_date="2025-10")
    TravelTimeFactory(commune=country.commune, minutes=150, mode=TravelMode.CAR)
    text = render(country.commune)
    assert "La Châtre → Paris en train : 60 à 78 minutes" in text
    assert "La Châtre → Paris en voiture : 150 minutes" in text
    assert "Presse, octobre 2025" in text
    assert "Source : SNCF, 2025 (confiance haute)." in text
    assert "Source : SNCF, date non renseignée." in text
    titles = text.texts("h3")
    assert titles.index("Gares") < titles.index("Musées")
    assert "liste est incomplète" in text
    assert "Gare fermée" not in text


def test_a_bassin_names_the_communes_and_joins_those_of_one_park(country):
    other = country.add_commune("36012", "Azay", "azay-36012")
    for commune in (country.commune, other):
        AmenityFactory(commune=commune, kind=AmenityKind.PARK_COMMUNE, name="Parc de la Brenne")
    AmenityFactory(commune=other, name="Azay")
    AmenityFactory(commune=other, name="Azay-Plage", details="l’été")
    text = render(country.basin)
    assert "Parc de la Brenne (Azay, La Châtre)" in text
    assert "Azay" in text.texts("li")
    assert "Azay-Plage (Azay) : l’été" in text.texts("li")
    assert ": l’été" in text.texts("li .note")
    assert "quelques trains" in text
    assert "(Azay" not in render(other)


def test_a_place_without_facts_shows_nothing(country):
    assert render_to_string("territories/_life.html", told(country.commune)).strip() == ""


def test_the_section_stands_on_the_page(client, country):
    AmenityFactory(commune=country.commune, name="La Châtre-Gare")
    for territory in (country.commune, country.basin, country.department):
        html = parsed(client.get(territory.get_absolute_url()))
        order = html.values("main h2", "id")
        assert order.index("structures") < order.index("vivre-ici") < order.index("chiffres")
        assert "La Châtre-Gare" in html
    assert "vivre-ici" not in client.get(country.region.get_absolute_url()).content.decode()


def test_a_department_folds_its_long_lists_and_says_their_number(country):
    AmenityFactory.create_batch(life.FOLDED, commune=country.commune, kind=AmenityKind.MUSEUM)
    AmenityFactory.create_batch(life.FOLDED + 1, commune=country.commune, kind=AmenityKind.STATION)
    shown = render(country.department)
    assert f"Voir les {life.FOLDED + 1}" in shown.one("details summary")
    assert render(country.basin).all("details") == []


@pytest.mark.parametrize("number", [1, 50])
def test_two_queries_whatever_the_rows(country, number, django_assert_num_queries):
    AmenityFactory.create_batch(number, commune=country.commune)
    TravelTimeFactory.create_batch(number, commune=country.commune)
    with django_assert_num_queries(2):
        told(country.basin)


def test_every_kind_has_a_heading():
    assert all(kind.heading for kind in AmenityKind)


@pytest.mark.parametrize(
    ("minutes", "text"), [([90], "90 minutes"), ([1], "1 minute"), ([78, 60, 78], "60 à 78 minutes")]
)
def test_times_are_a_range_and_never_a_mean(minutes, text):
    assert plain(life.span(minutes)) == text

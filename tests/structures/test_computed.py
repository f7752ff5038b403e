import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from guide.core import content_version
from guide.territories.models import Indicator, IndicatorValue
from guide.territories.positions import great_circle_km
from structures.computed.definitions import CODES
from structures.computed.update import Nearest, Point, compute_indicators, count_within, nearest, weighted_mean
from structures.enums import Kind, Rank
from structures.models import NearestStructure, Structure
from tests.factories import StructureFactory
from tests.territories.places import Country

db = pytest.mark.django_db
SPOTS = st.lists(st.tuples(st.floats(45, 49), st.floats(0, 3)), max_size=30)


@given(SPOTS, st.floats(45, 49), st.floats(0, 3), st.floats(1, 80))
def test_the_band_of_latitudes_loses_nothing(spots, latitude, longitude, radius):
    points = sorted(Point(*spot, pk) for pk, spot in enumerate(spots))
    here = Point(latitude, longitude, 0)
    far = [Nearest(great_circle_km(latitude, longitude, p.latitude, p.longitude), p.pk) for p in points]
    found = nearest(here, points)
    assert (found is None) if not far else found.km == pytest.approx(min(far).km)
    assert count_within(here, points, radius) == sum(one.km <= radius for one in far)


def test_a_mean_is_weighted_by_the_population_that_is_known():
    assert weighted_mean([(10, 300), (20, 100), (99, None), (99, 0)]) == 12.5
    assert weighted_mean([(10, None)]) is None


def test_paris_is_392_km_from_lyon():
    assert great_circle_km(48.8566, 2.3522, 45.764, 4.8357) == pytest.approx(391.5, abs=1)


@db
def test_both_forms_of_the_distance_agree():
    country = Country()
    StructureFactory(commune=country.commune, latitude=46.81, longitude=1.69, coordinate_source="site")
    (km,) = Structure.objects.near(46.58, 1.98, 100).values_list("distance_km", flat=True)
    assert great_circle_km(46.58, 1.98, 46.81, 1.69) == pytest.approx(km)


@pytest.fixture
def care(db):
    """La Châtre (46.58, 1.98) with a MSP; hospitals of several ranks farther north."""
    country = Country()
    at = {"commune": country.commune, "longitude": 1.98, "coordinate_source": "site"}
    StructureFactory(kind=Kind.MSP, latitude=46.58, source="Presse", **at)
    StructureFactory(kind=Kind.HOSPITAL, rank=Rank.PSYCHIATRY, latitude=46.6, source="DREES, SAE 2023", **at)
    StructureFactory(kind=Kind.HOSPITAL, rank=Rank.CH, latitude=46.7, source="DREES, SAE 2023", **at)
    emergency = {"emergency": "générales", "source": "DREES, SAE 2023, site"}
    StructureFactory(kind=Kind.CLINIC, latitude=46.8, **(at | emergency))
    StructureFactory(kind=Kind.CLINIC, latitude=46.62, **(at | emergency | {"emergency": "pédiatriques"}))
    StructureFactory(kind=Kind.HOSPITAL, rank=Rank.CHU, latitude=46.9, source="DREES, SAE 2023", **at)
    StructureFactory(kind=Kind.HOSPITAL, rank=Rank.CHU, latitude=47.0, **(at | emergency))
    StructureFactory(kind=Kind.MSP, latitude=46.581, status="draft", **at)
    return country


def value(territory, code):
    return IndicatorValue.objects.get(territory=territory, indicator__code=code)


def test_each_distance_looks_at_its_own_structures(care):
    compute_indicators(apply=True)
    found = {code: value(care.commune, code).value for code in CODES}
    assert found == {
        "distance_hopital": 13.3,  # neither psychiatry
        "distance_urgences": 24.5,  # nor the emergency service for children
        "distance_msp": 0.0,
        "distance_chu": 46.7,  # nor a site of the university hospital without emergency service
        "structures_20_km": 4.0,
    }
    assert value(care.commune, "distance_hopital").source == "Calcul de ce guide, d'après DREES, SAE 2023"


def test_a_wider_place_has_the_mean_of_its_communes(care):
    other = care.add_commune("36100", "Nord", "nord-36100")
    type(other).objects.filter(pk=other.pk).update(latitude=46.7, population=3600)
    compute_indicators(apply=True)
    assert value(care.department, "distance_hopital").value == pytest.approx(13.3 / 4, abs=0.1)


def test_a_dry_run_writes_nothing_and_a_second_run_changes_nothing(care):
    call_command("compute_indicators", verbosity=0)
    assert not IndicatorValue.objects.exists()
    before = content_version.current()
    assert compute_indicators(apply=True).changed
    after = content_version.current()
    assert before != after
    assert not compute_indicators(apply=True).changed
    assert content_version.current() == after


def test_a_new_structure_changes_the_figures_and_an_old_year_gives_way(care):
    compute_indicators(apply=True)
    IndicatorValue.objects.filter(indicator__code="distance_msp").update(year=2020)
    Structure.objects.filter(kind=Kind.MSP).delete()
    report = compute_indicators(apply=True)
    assert report.removed == IndicatorValue.objects.filter(indicator__code="distance_hopital").count()
    assert not IndicatorValue.objects.filter(indicator__code="distance_msp").exists()
    assert not NearestStructure.objects.filter(indicator="distance_msp").exists()


def test_the_words_of_an_editor_are_kept(care):
    compute_indicators(apply=True)
    Indicator.objects.filter(code="distance_msp").update(label="Maison de santé la plus proche")
    assert not compute_indicators(apply=True).changed
    assert Indicator.objects.get(code="distance_msp").label == "Maison de santé la plus proche"


def test_an_empty_database_computes_nothing(db):
    assert compute_indicators(apply=True).computed == 0


def test_the_page_of_a_commune_names_the_nearest_and_gives_the_method(client, care):
    compute_indicators(apply=True)
    html = client.get(care.commune.get_absolute_url()).content.decode()
    assert "47\u00a0km" in html
    assert "Comment ces distances sont calculées" in html
    assert "Sur place" in html
    Structure.objects.filter(kind=Kind.MSP).update(closed_on="2020-01-01")
    content_version.bump()
    closed = client.get(care.commune.get_absolute_url()).content.decode()
    assert "MSP" in closed
    assert client.get(care.department.get_absolute_url()).content.decode().count("À quelle distance") == 1

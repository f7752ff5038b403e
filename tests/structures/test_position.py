"""A structure stands in or near its commune: the rule, and the form that says it."""

import pytest
from django.urls import reverse

from structures.enums import CoordinateSource
from structures.forms import distance_from, problem
from structures.models import Structure
from tests.aids.editing import posted
from tests.factories import StructureFactory, TerritoryFactory, UserFactory

BOX = (1.95, 46.55, 2.03, 46.62)
PLACE = {"commune": "La Châtre", "box": BOX, "centre": (46.58, 1.99)}


def test_a_point_of_the_box_is_at_no_distance():
    assert distance_from(46.6, 2.0, BOX) == 0


@pytest.mark.parametrize("spot", [(46.58, 1.99), (46.65, 2.0), (46.58, 1.90)])
def test_a_position_in_the_commune_or_just_beside_it_is_right(spot):
    assert problem(*spot, **PLACE) == ""


def test_a_position_in_the_atlantic_is_refused_with_its_distance():
    message = problem(46.5, -8.0, **PLACE)
    assert "km de La Châtre" in message
    assert "761" in message


def test_swapped_degrees_are_recognised():
    assert problem(1.99, 46.58, **PLACE) == "La latitude et la longitude semblent inversées."


def test_without_a_box_the_centre_decides():
    place = PLACE | {"box": None}
    assert problem(46.7, 2.1, **place) == ""
    assert problem(47.5, 2.1, **place)


def test_nothing_known_of_the_commune_refuses_nothing():
    assert problem(46.5, -8.0, commune="Ailleurs", box=None, centre=None) == ""


# --- the form ---------------------------------------------------------------------------------

form_tests = pytest.mark.usefixtures("editor")


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory())


@pytest.fixture
def structure(db):
    commune = TerritoryFactory(name="La Châtre", latitude=46.58, longitude=1.99, bbox=list(BOX))
    return StructureFactory(commune=commune)


def send(client, structure, **changes):
    page = reverse("admin:structures_structure_change", args=[structure.pk])
    return client.post(page, posted(client.get(page)) | changes | {"_save": "1"})


@form_tests
@pytest.mark.admin_templates
def test_the_atlantic_is_refused_at_the_field_and_nothing_is_saved(client, structure):
    response = send(client, structure, latitude="46.5", longitude="-8", phone="02 54 11 11 11")
    assert "km de La Châtre" in str(response.context["adminform"].form.errors["latitude"])
    structure.refresh_from_db()
    assert (structure.longitude, structure.phone) == (1.99, "")


@form_tests
@pytest.mark.admin_templates
def test_a_position_far_away_that_an_import_gave_does_not_hinder_another_correction(client, structure):
    Structure.objects.filter(pk=structure.pk).update(latitude=46.75)
    assert send(client, structure, phone="02 54 11 11 11").status_code == 302


@form_tests
@pytest.mark.admin_templates
def test_a_position_without_origin_was_placed_by_hand(client, structure):
    assert send(client, structure, latitude="46.581", coordinate_source="").status_code == 302
    structure.refresh_from_db()
    assert structure.coordinate_source == CoordinateSource.HAND


@form_tests
@pytest.mark.admin_templates
def test_a_position_can_be_taken_away(client, structure):
    assert send(client, structure, latitude="", longitude="").status_code == 302
    structure.refresh_from_db()
    assert (structure.latitude, structure.coordinate_source) == (None, "")


@form_tests
@pytest.mark.admin_templates
def test_half_a_position_is_refused_at_the_other_half(client, structure):
    response = send(client, structure, longitude="")
    assert "longitude" in response.context["adminform"].form.errors


@form_tests
@pytest.mark.admin_templates
def test_an_address_that_another_sheet_has_is_refused_at_the_field(client, structure):
    StructureFactory(slug="deja-prise")
    response = send(client, structure, slug="deja-prise")
    assert "existe déjà" in str(response.context["adminform"].form.errors["slug"])


@form_tests
@pytest.mark.admin_templates
def test_an_end_of_publication_before_its_start_is_refused(client, structure):
    dates = {
        "publish_at_0": "01/03/2026",
        "publish_at_1": "10:00",
        "unpublish_at_0": "01/02/2026",
        "unpublish_at_1": "10:00",
    }
    response = send(client, structure, **dates)
    assert "La fin de publication doit suivre son début." in response.context["adminform"].form.errors.as_text()

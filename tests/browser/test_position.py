"""An editor places a structure on the map of its form: by a click, by the keyboard, by a search, by figures."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from guide.territories.models import Territory
from structures.models import Structure
from tests.browser.region import make_region
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.admin_templates, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_form(page, live_server, traffic):
    make_region()
    client = Client()
    client.force_login(UserFactory())
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])

    def go(structure):
        page.goto(live_server.url + reverse("admin:structures_structure_change", args=[structure.pk]))
        page.locator("[data-map-frame]").scroll_into_view_if_needed()
        page.locator("[data-map-frame][data-ready]").wait_for()
        return page

    return go


def place(page) -> tuple[float, float]:
    return float(page.locator("#id_latitude").input_value()), float(page.locator("#id_longitude").input_value())


def test_a_click_places_the_structure_and_the_save_keeps_it(open_form):
    structure = Structure.objects.get(name="Laboratoire de La Châtre")
    page = open_form(structure)
    box = page.locator(".position-map .map-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 + 40)
    latitude, longitude = place(page)
    assert latitude < structure.latitude
    assert longitude > structure.longitude
    expect(page.locator("#id_coordinate_source")).to_have_value("hand")
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    page.wait_for_url("**/admin/structures/structure/**")
    structure.refresh_from_db()
    assert (structure.latitude, structure.longitude, structure.coordinate_source) == (latitude, longitude, "hand")


def test_the_arrows_move_the_marker_and_the_figures_too(open_form):
    structure = Structure.objects.get(name="Laboratoire de La Châtre")
    page = open_form(structure)
    marker = page.locator(".position-map__marker")
    marker.focus()
    page.keyboard.press("ArrowUp")
    latitude, longitude = place(page)
    assert latitude > structure.latitude
    assert longitude == pytest.approx(structure.longitude, abs=1e-4)
    before = marker.bounding_box()
    page.locator("#id_latitude").fill(str(latitude + 0.002))
    page.locator("#id_latitude").blur()
    assert marker.bounding_box()["y"] < before["y"]


def test_the_search_brings_a_commune_into_view_without_saving(open_form):
    page = open_form(Structure.objects.get(name="Laboratoire de La Châtre"))
    search = page.get_by_role("combobox", name="Aller à une commune (nom ou code postal)")
    search.press_sequentially("bourg")
    page.get_by_role("option", name="Bourges").wait_for()
    search.press("Enter")
    expect(page.locator(".map-label", has_text="Bourges")).to_be_visible()
    assert page.url.endswith("/change/")


def test_the_commune_chosen_in_the_form_brings_the_map_there(open_form):
    page = open_form(Structure.objects.get(name="Laboratoire de La Châtre"))
    page.locator(".field-commune .select2-selection").click()
    page.keyboard.type("bourg")
    page.get_by_role("option", name="Bourges").click()
    expect(page.locator(".map-label", has_text="Bourges")).to_be_visible()


def test_the_map_of_a_new_structure_opens_on_the_commune_already_chosen(open_form, live_server):
    page = open_form(Structure.objects.get(name="Laboratoire de La Châtre"))
    page.goto(live_server.url + reverse("admin:structures_structure_add"))
    page.locator(".field-commune .select2-selection").click()
    page.keyboard.type("bourg")
    page.get_by_role("option", name="Bourges").click()
    page.locator("[data-map-frame]").scroll_into_view_if_needed()
    page.locator("[data-map-frame][data-ready]").wait_for()
    box = page.locator(".position-map .map-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    bourges = Territory.objects.get(name="Bourges", kind="commune")
    assert place(page) == pytest.approx((bourges.latitude, bourges.longitude), abs=0.2)

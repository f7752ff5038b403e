"""The map of /aides/carte/ in a real browser: the server's drawing, laid on Leaflet."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.region import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def aid_map(page, live_server, traffic):
    make_region()
    page.goto(f"{live_server.url}/aides/carte/?profil=interne&specialite=medecine-generale")
    page.locator("[data-map-frame][data-ready]").wait_for()
    return page


def test_the_drawing_is_laid_on_a_map_that_zooms(aid_map):
    drawing = aid_map.locator(".map-canvas svg.map")
    before = drawing.bounding_box()["width"]
    aid_map.get_by_role("button", name="Zoomer", exact=True).click()
    expect(aid_map.locator("svg.map path.aidmap__area").first).to_be_attached()
    aid_map.wait_for_function(
        "before => document.querySelector('.map-canvas svg.map').getBoundingClientRect().width > before * 1.3",
        arg=before,
    )


def test_a_commune_found_by_keyboard_leads_to_its_result(aid_map):
    search = aid_map.get_by_role("combobox", name="Aller à une commune")
    search.focus()
    search.press_sequentially("La Ch")
    aid_map.get_by_role("option").first.wait_for()
    search.press("ArrowDown")
    search.press("Enter")
    link = aid_map.get_by_role("link", name="Mes aides à La Châtre")
    assert "profil=interne" in link.get_attribute("href")
    assert "commune=36046" in link.get_attribute("href")


def test_the_page_is_accessible_and_quiet(aid_map):
    assert Axe().run(aid_map).response["violations"] == []


def test_without_javascript_the_drawing_and_the_tables_are_there(browser, live_server):
    make_region()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/aides/carte/?profil=interne")
    expect(page.locator("figure svg.map")).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
    context.close()

"""The map by keyboard alone, without JavaScript, on a phone, and before it is in view."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.region import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server):
    make_region()
    return f"{live_server.url}/carte/"


def ready(page):
    page.locator("[data-map-frame][data-ready]").wait_for()


def test_place_is_searched_reached_and_left_by_keyboard(page, address, traffic):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    ready(page)
    search = page.get_by_role("combobox", name="Aller à une commune")
    search.focus()
    page.keyboard.type("chât")
    options = page.locator("#lieu-carte-choix").get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.locator("[data-place-status]")).to_contain_text("2\u00a0communes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert search.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("Enter")
    expect(search).to_have_value("La Châtre (36046)")
    expect(page.locator("#compte")).to_contain_text("3\u00a0résultats")

    marker = page.get_by_role("button", name="Hôpital", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if marker.evaluate("node => node === document.activeElement"):
            break
    expect(marker).to_be_focused()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog")
    expect(popup).to_be_focused()
    page.keyboard.press("Tab")
    expect(popup.get_by_role("link", name="Hôpital de La Châtre")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(marker).to_be_focused()


def test_row_button_opens_the_popup_and_gets_the_focus_back(page, address, traffic):
    page.goto(f"{address}?q=hopital")
    ready(page)
    button = page.get_by_role("button", name="Voir sur la carte")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_only_markers_in_view_are_tab_stops(page, address, traffic):
    page.goto(f"{address}?bbox=1.96,46.57,2.02,46.6")
    ready(page)
    inside = page.locator(".leaflet-marker-icon[tabindex='0']")
    frame = page.locator(".map-canvas").bounding_box()
    expect(inside).to_have_count(2)
    for box in [marker.bounding_box() for marker in inside.all()]:
        assert frame["x"] <= box["x"] + box["width"] / 2 <= frame["x"] + frame["width"]
        assert frame["y"] <= box["y"] + box["height"] / 2 <= frame["y"] + frame["height"]


def test_skip_link_passes_the_map(page, address, traffic):
    page.goto(address)
    page.get_by_role("link", name="Passer la carte").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#resultats")).to_be_focused()


def test_arrows_and_signs_move_the_map(page, address, traffic):
    page.goto(address)
    ready(page)
    page.get_by_role("region", name="Carte interactive des structures").focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("bbox="))
    before = page.url
    page.wait_for_timeout(400)
    page.keyboard.press("ArrowLeft")
    expect(page).not_to_have_url(before)


def test_escape_closes_the_suggestions_and_keeps_the_words(page, address, traffic):
    page.goto(address)
    ready(page)
    search = page.get_by_role("combobox")
    search.press_sequentially("36")
    expect(page.locator("#lieu-carte-choix").get_by_role("option")).to_have_count(3)
    search.press("Escape")
    expect(page.locator("#lieu-carte-choix")).to_be_hidden()
    expect(search).to_have_value("36")
    expect(search).to_have_attribute("aria-expanded", "false")


def test_without_javascript_the_page_is_its_list_and_a_drawing(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.locator(".row")).to_have_count(30)
    expect(page.get_by_role("img", name="Carte des structures")).to_be_visible()
    expect(page.get_by_text("Mettre à jour la liste")).to_be_hidden()
    page.get_by_label("Aller à une commune").fill("La Châtre")
    page.get_by_role("search", name="Chercher un lieu").get_by_role("button", name="Chercher").click()
    expect(page.locator("#compte")).to_contain_text("3\u00a0résultats")
    page.context.close()


def test_leaflet_is_not_asked_for_before_the_map_is_in_view(page, address, traffic):
    page.set_viewport_size({"width": 800, "height": 200})
    page.goto(address)
    page.wait_for_timeout(500)
    data = [address for address in traffic.addresses(".json") if not address.endswith("/speculation.json")]
    assert traffic.addresses("leaflet") == data == []
    page.locator("[data-map-frame]").scroll_into_view_if_needed()
    ready(page)
    assert len(traffic.addresses("leaflet")) == 4


def test_focus_on_the_place_search_starts_the_map(page, address, traffic):
    page.set_viewport_size({"width": 800, "height": 200})
    page.goto(address)
    page.get_by_label("Aller à une commune").focus()
    ready(page)


def test_page_asks_no_third_party_and_sets_no_cookie(page, address, traffic, live_server):
    page.goto(address)
    ready(page)
    assert [request.url for request in traffic.requests if not request.url.startswith(live_server.url)] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(page, address, traffic, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}?bbox=1.96,46.57,2.02,46.6")
    ready(page)
    page.get_by_role("button", name="Hôpital", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("link")).to_be_visible()
    page.get_by_text("Légende").click()
    page.get_by_text("Filtrer les structures").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_overflows_sideways(page, address, traffic, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    ready(page)
    page.get_by_text("Filtrer les structures").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_on_a_phone_one_finger_scrolls_the_page_and_the_list_waits(phone, address):
    phone.goto(address)
    ready(phone)
    canvas = phone.locator(".map-canvas")
    assert canvas.evaluate("node => getComputedStyle(node).touchAction") == "pan-x pan-y"
    button = phone.get_by_role("button", name="Déplacer à un doigt")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert canvas.evaluate("node => getComputedStyle(node).touchAction") == "none"
    expect(phone.get_by_role("checkbox", name="Mettre à jour la liste")).not_to_be_checked()


def test_reduced_motion_turns_animations_off(page, address, traffic):
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    ready(page)
    assert page.locator(".leaflet-cluster-anim, .leaflet-zoom-anim").count() == 0
    page.locator(".map-cluster", has_text="40").click()
    expect(page.locator(".map-cluster", has_text="40")).to_have_count(0)

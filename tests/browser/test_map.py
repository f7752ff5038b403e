"""The map of /carte/ in a real browser: what it shows, and how it keeps in step with its list."""

import re

import pytest
from playwright.sync_api import expect

from structures import map_data
from tests.browser.region import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHATRE = "bbox=1.96,46.57,2.02,46.6"

COVERS_NO_MARKER = """(town) => {
  const name = [...document.querySelectorAll(".map-label--town")].find((label) => label.textContent === town);
  const words = name?.getBoundingClientRect();
  return words && [...document.querySelectorAll(".map-marker")].every((marker) => {
    const { left, right, top, bottom } = marker.getBoundingClientRect();
    return words.left >= right || words.right <= left || words.top >= bottom || words.bottom <= top;
  });
}"""


@pytest.fixture
def open_map(page, live_server, traffic):
    make_region()

    def go(query=""):
        page.goto(f"{live_server.url}/carte/{query}")
        page.locator("[data-map-frame][data-ready]").wait_for()
        return page

    return go


def titles(page):
    return page.locator("#resultats .row__title").all_inner_texts()


def test_map_shows_clusters_over_its_own_ground(open_map):
    page = open_map()
    cluster = page.locator(".map-cluster", has_text="40")
    expect(cluster).to_have_attribute("aria-label", re.compile("40.structures dans ce secteur"))
    expect(page.locator("path.map-ground__department")).to_have_count(2)
    expect(page.locator(".map-label", has_text="Indre")).to_be_visible()
    assert page.locator(".map-live > figure").count() == 0


def test_cluster_opens_when_it_is_pressed(open_map):
    page = open_map()
    page.locator(".map-cluster", has_text="40").click()
    expect(page.locator(".map-cluster", has_text="40")).to_have_count(0)
    expect(page.locator(".map-cluster, .map-marker").first).to_be_visible()


def test_marker_opens_a_popup_with_the_structures_of_the_place(open_map):
    page = open_map(f"?{CHATRE}")
    page.get_by_role("button", name="2\u00a0structures\u00a0: Laboratoire, MSP").click()
    popup = page.get_by_role("dialog", name="Structures à cet endroit")
    expect(popup.get_by_role("link")).to_have_text(["Maison de santé de La Châtre", "Laboratoire de La Châtre"])
    expect(popup).to_contain_text("Position approximative")
    expect(popup.get_by_role("link").last).to_have_attribute("href", "/structures/laboratoire-de-la-chatre/")


def test_a_town_under_a_marker_is_named_beside_it(open_map):
    page = open_map(f"?{CHATRE}")
    expect(page.locator(".map-marker").first).to_be_visible()
    expect(page.locator(".map-label--town", has_text="La Châtre")).to_be_visible()
    page.wait_for_function(COVERS_NO_MARKER, arg="La Châtre")  # names are drawn again once the markers are there


def test_marker_of_one_structure_carries_its_kind(open_map):
    page = open_map(f"?{CHATRE}")
    marker = page.get_by_role("button", name="Hôpital", exact=True)
    expect(marker.locator(".kind--hopital use")).to_have_attribute("href", re.compile(r"pictos.*\.svg#hopital$"))


def test_filters_change_list_and_map_together(open_map):
    page = open_map()
    page.get_by_text("Filtrer les structures").click()
    page.get_by_role("checkbox", name="Laboratoire").check()
    expect(page.locator("#compte")).to_contain_text("1\u00a0résultat")
    assert titles(page) == ["Laboratoire de La Châtre"]
    expect(page.locator(".map-marker, .map-cluster")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/carte/\?type=laboratoire$"))
    page.get_by_role("link", name="Retirer le filtre Laboratoire").click()
    expect(page.locator("#compte")).to_contain_text("43\u00a0résultats")
    expect(page.get_by_role("checkbox", name="Laboratoire")).not_to_be_checked()
    expect(page.locator(".map-cluster", has_text="40")).to_be_visible()


def test_back_restores_list_map_and_form(open_map):
    page = open_map()
    page.get_by_text("Filtrer les structures").click()
    page.locator("input[value=hopital]").check()
    expect(page.locator("#compte")).to_contain_text("1\u00a0résultat")
    page.go_back()
    expect(page.locator("#compte")).to_contain_text("43\u00a0résultats")
    expect(page.locator("input[value=hopital]")).not_to_be_checked()


def test_box_taken_off_shows_everything_again_and_back_restores_it(open_map):
    page = open_map(f"?{CHATRE}")
    expect(page.locator("#compte")).to_contain_text("3\u00a0résultats")
    page.get_by_role("link", name="Retirer le filtre Cadre de la carte").click()
    expect(page.locator("#compte")).to_contain_text("43\u00a0résultats")
    expect(page.locator(".map-cluster", has_text="40")).to_be_visible()
    page.go_back()
    expect(page.locator("#compte")).to_contain_text("3\u00a0résultats")
    expect(page.get_by_role("button", name="Hôpital", exact=True)).to_be_visible()


def test_words_are_searched_while_they_are_typed(open_map):
    page = open_map()
    page.get_by_text("Filtrer les structures").click()
    page.get_by_label("Nom, commune ou numéro FINESS").press_sequentially("hôpital", delay=20)
    expect(page.locator("#compte")).to_contain_text("1\u00a0résultat")


def test_moving_the_map_narrows_the_list_and_the_address_keeps_it(open_map):
    page = open_map()
    page.locator(".map-cluster", has_text="40").click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("#compte")).to_contain_text("40\u00a0résultats")
    kept, shown = page.url, titles(page)
    view = page.locator(".map-label--town").all_inner_texts()
    page.reload()
    page.locator("[data-map-frame][data-ready]").wait_for()
    assert page.url == kept
    assert titles(page) == shown
    assert page.locator(".map-label--town").all_inner_texts() == view


def test_without_following_a_button_offers_to_search_here(open_map):
    page = open_map()
    page.get_by_role("checkbox", name="Mettre à jour la liste en déplaçant la carte").uncheck()
    page.locator(".map-cluster", has_text="40").click()
    here = page.get_by_role("button", name="Rechercher dans cette zone")
    expect(here).to_be_visible()
    assert "bbox" not in page.url
    here.click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(here).to_be_hidden()


def test_pages_of_the_list_turn_without_reload(open_map, traffic):
    page = open_map()
    page.get_by_role("link", name="Suivante").click()
    expect(page).to_have_url(re.compile("page=2"))
    assert len(titles(page)) == 13
    assert len(traffic.addresses("leaflet.js")) == 1


def test_row_lights_its_marker_and_shows_it(open_map):
    page = open_map(f"?{CHATRE}")
    row = page.locator(".row", has_text="Hôpital de La Châtre")
    row.hover()
    expect(page.locator(".map-marker--active")).to_have_attribute("aria-label", "Hôpital")
    row.get_by_role("button", name="Voir sur la carte").click()
    expect(page.get_by_role("dialog")).to_contain_text("Hôpital de La Châtre")


def test_refused_filter_shows_its_message_and_an_empty_map(page, live_server):
    make_region()
    page.goto(f"{live_server.url}/carte/?type=chateau")
    expect(page.get_by_role("alert")).to_contain_text("Type de structure inconnu")


def test_links_of_sheets_leave_the_map(open_map):
    page = open_map(f"?{CHATRE}")
    page.get_by_role("link", name="Hôpital de La Châtre").click()
    expect(page).to_have_url(re.compile("/structures/hopital-de-la-chatre/"))


def test_more_structures_than_can_be_sent_come_as_groups_of_the_view(open_map, monkeypatch, traffic):
    monkeypatch.setattr(map_data, "LIMIT", 20)
    monkeypatch.setattr(map_data, "BOX_LIMIT", 20)
    page = open_map()
    group = page.get_by_role("button", name=re.compile("^40.structures"))
    assert "bbox" not in traffic.addresses("points.json")[0]
    group.click()
    expect(page).to_have_url(re.compile("bbox="))
    page.wait_for_function("performance.getEntriesByType('resource').some(({name}) => /points.json.*bbox/.test(name))")


def test_map_that_cannot_load_leaves_the_drawing_and_says_so(page, live_server):
    make_region()
    page.route("**/fond.json", lambda route: route.abort())
    page.goto(f"{live_server.url}/carte/")
    expect(page.get_by_text("La carte n'a pas pu être chargée.")).to_be_visible()
    expect(page.get_by_role("img", name="Carte des structures")).to_be_visible()

"""What a doctor comes to do, by keyboard alone; where the focus goes when a list is renewed, and what is announced."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.auditing import tab_to
from tests.whole_site import make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server):
    make_site()
    return live_server.url


def test_the_way_from_the_skip_link_through_the_menu_of_a_phone(page, site, traffic):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(site)
    tab_to(page, page.get_by_role("button", name="Menu", exact=True))
    page.keyboard.press("Enter")
    aids = page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Aides", exact=True)
    expect(aids).to_be_visible()
    page.keyboard.press("Escape")
    expect(aids).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, aids)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/aides/")


def test_a_filter_keeps_the_focus_and_announces_the_count(page, site, traffic):
    page.goto(f"{site}/structures/")
    box = page.get_by_role("checkbox", name=re.compile("^Hôpital"))
    count = page.locator("#compte")
    expect(count).to_have_role("status")
    expect(count).to_contain_text("43")
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(count).to_contain_text("1\u00a0")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    page.goto(f"{site}/contact/")
    choice = page.locator("select[name=departement]")
    tab_to(page, choice)
    page.keyboard.type("Indre")
    expect(page).to_have_url(re.compile("departement=36"))
    expect(choice).to_be_focused()
    expect(page.locator("#resultats")).to_contain_text("CPAM de l'Indre")


def test_the_simulator_is_answered_and_its_result_reached(page, site, traffic):
    page.goto(f"{site}/aides/simulateur/")
    for label, typed in (("profil", "Interne"), ("specialite", "Médecine g")):
        tab_to(page, page.locator(f"select[name={label}]"))
        page.keyboard.type(typed)
    tab_to(page, page.get_by_role("button", name="Voir mes aides"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("profil=interne.*specialite=medecine-generale"))
    expect(page.get_by_role("heading", name="En bref")).to_be_visible()
    fold = page.locator(".aids-folds summary").first
    tab_to(page, fold)
    page.keyboard.press("Enter")
    expect(page.locator(".aids-folds details[open]")).to_have_count(1)
    why = page.locator(".verdict__why > summary").first
    tab_to(page, why)
    page.keyboard.press("Enter")
    expect(page.locator(".verdict__why[open]")).to_have_count(1)


def test_two_places_are_compared(page, site, traffic):
    page.goto(f"{site}/territoires/comparer/")
    for words in ("La Châtre", "Bourges"):
        tab_to(page, page.get_by_role("search", name="Ajout d'un lieu à comparer").locator("input[name=lieu]"))
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        link = page.locator("main").get_by_role("link", name=words)
        expect(link.first).to_be_visible()
        if page.get_by_text("Quel lieu pour").is_visible():
            tab_to(page, page.get_by_role("link", name=re.compile(f"{words}.*ommune")))
            page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Tableau de comparaison")
    tab_to(page, table)
    expect(table.get_by_role("columnheader")).to_have_count(2)

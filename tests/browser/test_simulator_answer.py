"""The result of the simulator stays short before anything is unfolded, with the aids of the real file."""

import pytest
from playwright.sync_api import expect

from guide.core import content_version
from tests.aids.pages import DOCTOR, small_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = {
    "a young doctor in ZIP": DOCTOR | {"commune": "36901"},
    "a young doctor where the zoning is unknown": DOCTOR | {"commune": "36903"},
    "an intern": {"profil": "interne", "specialite": "medecine-generale", "departement": "36", "etudes": "36"},
    "an intern without much to say": {"profil": "interne", "commune": "36903"},
    "a retired doctor": {"profil": "retraite", "mode": "cumul-emploi-retraite", "departement": "36"},
    "a local authority": {"profil": "porteur-de-projet", "commune": "36903"},
    "an aid of every kind": {"departement": "36", "date": "2026-12-01"},
}
# (width, height of the screen): the tallest page, and where the summary must end.
BOUNDS = {(1440, 900): (3000, 900), (390, 844): (5000, 1688)}


def bottom(page, selector: str) -> float:
    return page.evaluate(
        "selector => document.querySelector(selector).getBoundingClientRect().bottom + window.scrollY", selector
    )


@pytest.mark.parametrize("screen", BOUNDS)
def test_the_answer_is_on_top_and_the_page_short(page, live_server, traffic, screen):
    small_region()
    content_version.bump()
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    tallest, end = BOUNDS[screen]
    heights, summaries = {}, {}
    for name, answers in PEOPLE.items():
        query = "&".join(f"{key}={value}" for key, value in answers.items())
        page.goto(f"{live_server.url}/aides/simulateur/?{query}")
        expect(page.get_by_text("Premier pas")).to_be_visible()
        heights[name] = page.evaluate("document.documentElement.scrollHeight")
        summaries[name] = bottom(page, ".answer")
    assert {name: height for name, height in heights.items() if height > tallest} == {}
    assert {name: height for name, height in summaries.items() if height > end} == {}


def test_an_unknown_zoning_is_answered_and_changes_the_result(page, live_server, traffic):
    small_region()
    content_version.bump()
    query = "&".join(f"{key}={value}" for key, value in {**DOCTOR, "commune": "36903"}.items())
    page.goto(f"{live_server.url}/aides/simulateur/?{query}")
    page.get_by_role("combobox", name="Comment votre commune est-elle classée").select_option("ZIP")
    page.get_by_role("button", name="Préciser le résultat").click()
    page.wait_for_url("**zonage=ZIP**")
    expect(page.locator(".answer__sum").first).to_contain_text("10 000 €")
    expect(page.locator(".page__lead")).to_contain_text("selon vous")

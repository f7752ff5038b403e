"""An abbreviation explained in the text: by key, pointer and finger; nothing appears by itself (WCAG 2.2, 1.4.13)."""

import pytest
from playwright.sync_api import expect

from tests.browser.auditing import tab_to
from tests.whole_site import make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server):
    make_site()
    return f"{live_server.url}/exercer/msp/"


def parts(page):
    """The button of the first term, and its explanation."""
    term = page.locator(".term").first
    return term, page.locator(f"#{term.get_attribute('popovertarget')}")


def test_a_term_is_explained_by_key_and_the_way_goes_on_from_there(page, address, traffic):
    page.goto(address)
    term, note = parts(page)
    tab_to(page, term)
    expect(note).to_be_hidden()
    expect(term).to_have_accessible_description(note.locator("p").first.text_content())
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note.get_by_role("link", name="Glossaire")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()


def test_a_pointer_that_passes_opens_nothing_and_closes_nothing(page, address, traffic):
    page.goto(address)
    term, note = parts(page)
    term.hover()
    expect(note).to_be_hidden()
    term.click()
    expect(note).to_be_visible()
    expect(term).to_be_in_viewport()
    note.get_by_role("link").hover()
    page.mouse.move(5, 5)
    page.wait_for_timeout(300)
    expect(note).to_be_visible()
    page.mouse.click(5, 5)
    expect(note).to_be_hidden()


def test_a_finger_opens_and_shuts_it_without_hiding_the_term(browser, address):
    page = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True).new_page()
    page.goto(address)
    term, note = parts(page)
    term.evaluate("node => node.scrollIntoView({ block: 'end', behavior: 'instant' })")
    term.tap()
    expect(note).to_be_visible()
    covered = page.evaluate(
        """() => {
          const { left, top, width, height } = document.querySelector(".term").getBoundingClientRect();
          return document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".term-note") !== null;
        }"""
    )
    assert not covered
    page.get_by_role("heading", level=1).tap()
    expect(note).to_be_hidden()
    page.context.close()

"""How long the pages of the demo region are, and what of them stays in view."""

import pytest
from django.core.management import call_command

from guide.core import content_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
HEIGHT = "document.documentElement.scrollHeight"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LAY_OUT = """() => document.querySelectorAll(".row").forEach((row) => { row.style.contentVisibility = "visible"; })"""
COMMUNES = ("la-chatre-36046", "chateaudun-28088", "bourges-18033", "tours-37261")
COMPARED = "/territoires/comparer/?t=la-chatre-36046&t=chateaudun-28088"


def bottom(page, selector: str) -> float:
    return page.locator(selector).first.evaluate("(node) => node.getBoundingClientRect().bottom")


def top(page, selector: str) -> float:
    return page.locator(selector).first.evaluate("(node) => node.getBoundingClientRect().top")


def test_pages_of_the_demo_keep_their_bounds(page, live_server, traffic):
    call_command("load_demo", verbosity=0)
    content_version.bump()

    def see(path: str, size: dict) -> None:
        page.set_viewport_size(size)
        page.goto(live_server.url + path)
        page.evaluate(LAY_OUT)

    for slug in COMMUNES:
        see(f"/territoires/{slug}/", DESKTOP)
        assert page.evaluate(HEIGHT) <= 4_500, slug

    see("/", PHONE)
    assert page.evaluate(HEIGHT) <= 6_000
    assert bottom(page, "#recherche-lieu") <= PHONE["height"]
    lines = page.locator(".site-header__brand").evaluate(
        "(node) => { const words = document.createRange(); words.selectNodeContents(node.lastChild);"
        " return words.getClientRects().length; }"
    )
    assert lines == 1

    see("/structures/", PHONE)
    page.evaluate("scrollTo({ top: 3000, behavior: 'instant' })")
    assert bottom(page, ".drawer__label") <= PHONE["height"]
    page.locator(".drawer__label").click()
    assert page.get_by_label("MSP", exact=False).first.is_visible()

    see(COMPARED, DESKTOP)
    page.evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    assert top(page, ".compare__table thead") == 0

    see(COMPARED, PHONE)
    below = page.locator(".compare").evaluate(
        "(node) => { node.scrollTo({ top: 900, behavior: 'instant' });"
        " return node.querySelector('thead').getBoundingClientRect().top - node.getBoundingClientRect().top; }"
    )
    assert below <= 2

    for width in (768, 1024):
        see("/exercer/comparer/", {"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) <= 1, width

"""What a page takes on paper, in A4 as a browser prints it."""

import pytest

from tests.browser.region import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE_OF_PDF = b"/Type /Page\n"


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("/territoires/la-chatre-36046/", 4),
        ("/aides/simulateur/?profil=interne&commune=36046", 3),
        ("/aides/simulateur/?profil=jeune-diplome&specialite=medecine-generale&commune=36046", 3),
    ],
)
def test_a_page_takes_few_sheets(page, live_server, path, sheets):
    make_region()
    page.goto(f"{live_server.url}{path}")
    assert 1 <= page.pdf(format="A4", prefer_css_page_size=True).count(PAGE_OF_PDF) <= sheets


def test_what_is_folded_stays_folded_and_controls_are_left_out(page, live_server):
    make_region()
    page.goto(f"{live_server.url}/territoires/la-chatre-36046/")
    page.emulate_media(media="print")
    assert not page.locator("details:not([open]) > .accordion__body").filter(visible=True).count()
    assert not page.locator(".button, .local-nav, .site-header").filter(visible=True).count()

"""From the home page to "I know which two places I want to visit, and whom to call": five clicks, by links alone."""

import pytest
from playwright.sync_api import expect

from guide.core import content_version
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from tests.aids.factories import AidFactory
from tests.browser.region import make_region
from tests.desk.factories import ContactBodyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def bordering(name: str, other: str) -> None:
    one, two = (Territory.objects.get(kind=TerritoryKind.COMMUNE, name=town) for town in (name, other))
    one.neighbours.add(two)


def test_two_places_their_aids_and_whom_to_call_in_five_clicks(page, live_server, traffic):
    make_region()
    bordering("Châteauroux", "La Châtre")
    indre = Territory.objects.get(kind=TerritoryKind.DEPARTMENT, name="Indre")
    ContactBodyFactory(name="Agence de l'Indre", kind="agence", phone="02 54 00 00 00", territories=[indre])
    AidFactory(code="prime", name="Prime pour tous")
    content_version.bump()
    page.goto(live_server.url)
    clicks = 0

    def click(link) -> None:
        nonlocal clicks
        clicks += 1
        link.click()
        page.wait_for_load_state()

    click(page.locator(".map a", has_text="Indre").first)
    click(page.get_by_role("main").get_by_role("link", name="Châteauroux", exact=False).first)
    click(page.get_by_role("link", name="Ajouter à la comparaison"))
    click(page.get_by_role("link", name="+ La Châtre", exact=False))
    page.locator('select[name="profil"]').select_option("jeune-diplome")
    click(page.get_by_role("button", name="Calculer"))
    assert clicks <= 5
    table = page.locator(".compare__table")
    for town in ("Châteauroux", "La Châtre"):
        expect(table.get_by_role("columnheader", name=town, exact=False)).to_be_visible()
    expect(table.get_by_text("Aides pour ce profil")).to_be_visible()
    calls = page.get_by_role("region", name="Qui appeler en premier")
    expect(calls.get_by_role("heading", name="Agence de l'Indre")).to_have_count(2)
    expect(calls.get_by_role("link", name="02 54 00 00 00").first).to_be_visible()

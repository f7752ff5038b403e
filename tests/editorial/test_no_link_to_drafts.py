"""No page of the site leads to a sheet that is not published."""

import pytest

from guide.core import content_version
from tests.desk.factories import ContactBodyFactory
from tests.editorial.crawl import START
from tests.editorial.factories import NewsItemFactory, PageFactory, TestimonialFactory
from tests.editorial.practice import PracticeOptionFactory
from tests.factories import StructureFactory
from tests.markup import parsed
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_no_link_leads_to_an_unpublished_sheet(client, status):
    country = Country()
    place = country.department
    hidden = {"slug": "cachee", "status": status}
    structure = StructureFactory(commune=country.commune, **hidden)
    option = PracticeOptionFactory(kinds=["msp"], **hidden)
    PageFactory(section="departement", territory=place, **hidden)
    NewsItemFactory(territory=place, **hidden)
    TestimonialFactory(territory=place, **hidden)
    ContactBodyFactory(code="cachee", name="Caché", status=status)
    PageFactory(slug="indre", section="departement", territory=place)
    NewsItemFactory(slug="seen", territory=place)
    TestimonialFactory(slug="seen", territory=place, structure=structure, option=option)
    PracticeOptionFactory(slug="seen", kinds=["msp"])
    StructureFactory(commune=country.commune, slug="seen")
    content_version.bump()
    seen = ("/pages/indre/", "/actualites/seen/", "/temoignages/seen/", "/exercer/seen/", "/structures/seen/")
    for address in (*START, *seen, country.department.get_absolute_url(), country.commune.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200, address
        html = parsed(response)
        assert [link for link in html.values("[href]", "href") if "cachee" in link] == [], address
        assert "Caché" not in html, address

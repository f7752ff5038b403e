"""What the editorial content adds to pages of other floors, and to the sitemap."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from guide.core import content_version
from tests.editorial.factories import KeyFigureFactory, NewsItemFactory, PageFactory, PartnerFactory, ReferenceFactory
from tests.factories import DepartmentFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db


def printed(tag: str, rf, **values) -> str:
    request = rf.get("/")
    request.content_version = content_version.current()
    template = Template(f"{{% load editorial frame %}}{{% {tag} %}}")
    return template.render(Context({"request": request, **values}))


def test_key_figures_of_the_home_page_say_their_year_and_their_source(rf):
    source = ReferenceFactory(publisher="Région", url="https://example.org/")
    KeyFigureFactory(label="maîtres de stage", on_home=True, reference=source)
    KeyFigureFactory(label="autre")
    KeyFigureFactory(label="caché", on_home=True, status="draft")
    html = parsed(printed("key_figures", rf))
    assert "1\u202f408" in html.text
    assert "Région, vers 2020" in html.text
    assert html.one('a[rel="noopener"]', "Région")["href"] == "https://example.org/"
    assert "autre" not in html
    assert "caché" not in html


def test_key_figures_of_a_place(rf):
    indre = DepartmentFactory()
    KeyFigureFactory(label="hôpitaux", territory=indre)
    KeyFigureFactory(label="ailleurs")
    html = printed("key_figures place", rf, place=indre)
    assert "hôpitaux" in html
    assert "ailleurs" not in html


def test_the_page_of_a_department_is_offered_on_every_place_inside(rf):
    indre, cher = DepartmentFactory(code="36"), DepartmentFactory(code="18")
    inside, outside = TerritoryFactory(inside=[indre]), TerritoryFactory(inside=[cher])
    PageFactory(slug="indre", section="departement", territory=indre, position=30)
    PageFactory(slug="indre-hopitaux", section="departement", territory=indre, position=31)
    for place in (indre, inside):
        assert "/pages/indre/" in parsed(printed("department_page place", rf, place=place)).links()
    assert printed("department_page place", rf, place=outside).strip() == ""


def test_partners_cost_a_query_once(rf):
    PartnerFactory(name="ARS")
    assert "ARS" in printed("footer", rf)
    with CaptureQueriesContext(connection) as captured:
        printed("footer", rf)
    assert len(captured) == 1
    assert "ARS" in Template("{% load frame %}{% footer %}").render(Context())


def test_the_foot_names_no_founder_as_a_partner(rf, client):
    PartnerFactory(name="URPS", is_founder=True)
    assert "URPS" not in printed("footer", rf)
    page = parsed(client.get("/pages/partenaires/"))
    assert "À l'origine de la démarche" in page.text
    assert "Partenaires du guide" not in page


def test_the_sitemap_holds_texts_and_news(client):
    PageFactory(slug="la-region")
    PageFactory(slug="cache", status="draft")
    NewsItemFactory(slug="charte")
    assert "/sitemap-textes.xml" in client.get("/sitemap.xml").content.decode()
    texts = client.get("/sitemap-textes.xml").content.decode()
    assert "/pages/la-region/" in texts
    assert "/pages/cache/" not in texts
    assert "/actualites/charte/" in client.get("/sitemap-actualites.xml").content.decode()
    assert "/agenda/" in client.get("/sitemap-pages.xml").content.decode()

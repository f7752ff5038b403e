"""Public pages of texts, glossary, documents and partners."""

import html5lib
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from guide.editorial.actions import save_content
from guide.editorial.models import Page
from tests.editorial.factories import (
    DocumentFactory,
    GlossaryTermFactory,
    NewsItemFactory,
    PageFactory,
    PartnerFactory,
    ReferenceFactory,
)
from tests.factories import DepartmentFactory, UserFactory
from tests.markup import Part, parsed
from tests.new_process import MOST_QUERIES, first_queries
from tests.writes import save_by_recipe

pytestmark = pytest.mark.django_db
LONG = "<h2>Un</h2><p>a</p><h2>Deux</h2><p>b</p><h2>Trois</h2><p>c [@indre-2022] une MSP.</p>"


def read(client, address: str) -> Part:
    response = client.get(address)
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    return parsed(response)


def test_a_long_page_has_its_contents_sources_and_terms(client):
    ReferenceFactory(code="indre-2022", url="https://example.org/")
    GlossaryTermFactory()
    PageFactory(title="CPTS : où ?", slug="cpts", body=LONG)
    html = read(client, "/pages/cpts/")
    assert html.one("h1").text == "CPTS\u00a0: où\u00a0?"
    assert html.link("Deux") == "#deux"
    source = html.one("li#source-indre-2022")
    assert source.text.startswith("Département de l'Indre, ")
    assert source.one('a[rel="noopener"]')["href"] == "https://example.org/"
    assert html.one("div.term-note#terme-msp[popover]").links() == ["/pages/glossaire/#msp"]
    assert html.one('link[rel="canonical"]')["href"] == "http://127.0.0.1:8000/pages/cpts/"


def test_a_short_page_has_no_table_of_contents(client):
    PageFactory(slug="court", body="<h2>Un</h2><p>a</p>")
    assert read(client, "/pages/court/").all("#sommaire") == []


def test_sources_that_the_text_does_not_cite_are_listed_too(client):
    page = PageFactory(slug="court")
    page.references.add(ReferenceFactory(code="autre", title="Un autre rapport"))
    assert "Un autre rapport" in read(client, "/pages/court/").one("#source-autre").text


def test_the_hub_of_a_section_lists_its_pages_and_they_lead_back_to_it(client):
    PageFactory(title="Ce que la région offre", slug="la-region")
    PageFactory(title="La recherche", slug="recherche", summary="Quinze unités.")
    PageFactory(slug="cache", status="draft")
    html = read(client, "/pages/la-region/")
    assert html.one("h3.card__title").link("La recherche") == "/pages/recherche/"
    assert "/pages/cache/" not in html
    links = read(client, "/pages/recherche/").all('li a[href="/pages/la-region/"]')
    assert "Ce que la région offre" in [link.text for link in links]


def test_pages_of_a_department_lead_to_its_place_and_to_one_another(client):
    indre, cher = DepartmentFactory(code="36", name="Indre"), DepartmentFactory(code="18", name="Cher")
    PageFactory(slug="indre", section="departement", territory=indre)
    PageFactory(slug="indre-hopitaux", section="departement", territory=indre)
    PageFactory(slug="cher", section="departement", territory=cher)
    html = read(client, "/pages/indre/")
    assert "/territoires/indre-36/" in html.links("main a")
    assert "/pages/indre-hopitaux/" in html.links("main a")
    assert "/pages/cher/" not in html


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_what_is_not_published_is_not_found(client, status):
    PageFactory(slug="cache", status=status)
    NewsItemFactory(slug="cache", status=status)
    DocumentFactory(title="Caché", status=status)
    assert client.get("/pages/cache/").status_code == 404
    assert client.get("/actualites/cache/").status_code == 404
    assert "Caché" not in read(client, "/pages/documents/")


def test_a_former_address_leads_to_the_new_one(client):
    page = PageFactory(slug="avant")
    page.slug = "apres"
    save_content(sheet=page, by=UserFactory())
    assert client.get("/pages/avant/").headers["Location"] == "/pages/apres/"
    assert client.get("/pages/avant/").status_code == 301


def test_a_page_asks_few_queries_and_as_many_for_a_large_site_as_for_a_small_one(client):
    ReferenceFactory(code="indre-2022")
    PageFactory(slug="une", body=LONG)
    few = len(first_queries(client, "/pages/une/"))
    PageFactory.create_batch(20, body=LONG)
    ReferenceFactory.create_batch(20)
    GlossaryTermFactory()
    assert len(first_queries(client, "/pages/une/")) == few <= MOST_QUERIES
    with CaptureQueriesContext(connection) as captured:
        client.get("/pages/une/")
    assert len(captured) == 1


def test_a_page_is_not_sent_again_until_something_changes(client):
    PageFactory(slug="une", body="<p>Avant</p>")
    etag = client.get("/pages/une/").headers["ETag"]
    assert client.get("/pages/une/", headers={"If-None-Match": etag}).status_code == 304
    page = Page.objects.get(slug="une")
    page.body = "<p>Après</p>"
    save_by_recipe(page, UserFactory())
    changed = client.get("/pages/une/", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "Après" in changed.content.decode()


def test_the_glossary_lists_terms_by_letter(client):
    GlossaryTermFactory()
    GlossaryTermFactory(abbreviation="ÉSP", expansion="équipe de soins primaires")
    html = read(client, "/pages/glossaire/")
    assert html.values(".glossary h2", "id") == ["lettre-e", "lettre-m"]
    assert html.one("div#msp").texts("dt") == ["MSP"]


def test_documents_say_their_year_size_and_pages_or_that_they_are_unknown(client):
    DocumentFactory(year="2025", size=2_400_000, pages=12, reference=ReferenceFactory(publisher="Insee"))
    DocumentFactory()
    html = read(client, "/pages/documents/")
    assert "2025 · 2,4\u00a0Mo · 12\u00a0pages" in html
    assert "année non renseignée · taille non renseignée · nombre de pages non renseigné" in html
    assert "Insee (chez l'éditeur)" in html


def test_a_page_of_a_site_is_no_pdf_and_a_document_without_address_names_whom_to_ask(client):
    DocumentFactory(title="Page", url="https://example.org/zonage", year="2026")
    DocumentFactory(title="Ancien", url="", year="2018", reference=ReferenceFactory(publisher="Comité"))
    DocumentFactory(title="Guide", url="", year="vers 2022", reference=ReferenceFactory(publisher="Indre"))
    html = read(client, "/pages/documents/")
    assert "2026 · page internet" in html
    asked = next(part for part in html.all("main section") if "À demander à leur éditeur" in part.texts("h2"))
    assert html.texts(".card__title").count("Guide") == 1
    assert asked.texts(".card__title") == ["Guide", "Ancien"]
    assert "nombre de pages non renseigné · adresse non renseignée" in asked.text
    assert asked.text.count("Indre") == 1


def test_a_document_is_somewhere():
    with pytest.raises(IntegrityError, match="editorial_document_somewhere"):
        DocumentFactory(url="")


def test_partners_are_listed(client):
    PartnerFactory(name="ARS & Cie", role="Agence")
    assert "ARS & Cie" in read(client, "/pages/partenaires/").text


@pytest.mark.parametrize(
    "address", ["/pages/glossaire/", "/pages/documents/", "/pages/partenaires/", "/actualites/", "/agenda/"]
)
def test_lists_of_an_empty_site_answer(client, address):
    assert read(client, address).all(".empty")

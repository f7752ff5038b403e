"""Public pages of texts, glossary, documents and partners."""

import html5lib
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from guide.core import content_version
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
from tests.markup import tight
from tests.new_process import MOST_QUERIES
from tests.writes import save_by_recipe

pytestmark = pytest.mark.django_db
LONG = "<h2>Un</h2><p>a</p><h2>Deux</h2><p>b</p><h2>Trois</h2><p>c [@indre-2022] une MSP.</p>"


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return tight(html)


def queries(client, address: str) -> int:
    content_version.bump()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_long_page_has_its_contents_sources_and_terms(client):
    ReferenceFactory(code="indre-2022", url="https://example.org/")
    GlossaryTermFactory()
    PageFactory(title="CPTS : où ?", slug="cpts", body=LONG)
    html = read(client, "/pages/cpts/")
    assert '<h1 class="page__title">CPTS\u00a0: où\u00a0?</h1>' in html
    assert '<a href="#deux">Deux</a>' in html
    assert (
        '<li id="source-indre-2022">Département de l&#x27;Indre, <a href="https://example.org/" rel="noopener">'
        in html
    )
    assert '<div class="term-note" id="terme-msp" popover>' in html
    assert 'href="/pages/glossaire/#msp"' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/pages/cpts/">' in html


def test_a_short_page_has_no_table_of_contents(client):
    PageFactory(slug="court", body="<h2>Un</h2><p>a</p>")
    assert 'id="sommaire"' not in read(client, "/pages/court/")


def test_sources_that_the_text_does_not_cite_are_listed_too(client):
    page = PageFactory(slug="court")
    page.references.add(ReferenceFactory(code="autre", title="Un autre rapport"))
    assert 'id="source-autre"' in read(client, "/pages/court/")


def test_the_hub_of_a_section_lists_its_pages_and_they_lead_back_to_it(client):
    PageFactory(title="Ce que la région offre", slug="la-region")
    PageFactory(title="La recherche", slug="recherche", summary="Quinze unités.")
    PageFactory(slug="cache", status="draft")
    html = read(client, "/pages/la-region/")
    assert '<h3 class="card__title"><a href="/pages/recherche/">La recherche</a></h3>' in html
    assert "/pages/cache/" not in html
    assert 'href="/pages/la-region/">Ce que la région offre</a></li>' in read(client, "/pages/recherche/")


def test_pages_of_a_department_lead_to_its_place_and_to_one_another(client):
    indre, cher = DepartmentFactory(code="36", name="Indre"), DepartmentFactory(code="18", name="Cher")
    PageFactory(slug="indre", section="departement", territory=indre)
    PageFactory(slug="indre-hopitaux", section="departement", territory=indre)
    PageFactory(slug="cher", section="departement", territory=cher)
    html = read(client, "/pages/indre/")
    assert 'href="/territoires/indre-36/"' in html
    assert 'href="/pages/indre-hopitaux/"' in html
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
    few = queries(client, "/pages/une/")
    PageFactory.create_batch(20, body=LONG)
    ReferenceFactory.create_batch(20)
    GlossaryTermFactory()
    assert queries(client, "/pages/une/") == few <= MOST_QUERIES
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
    assert html.index('id="lettre-e"') < html.index('id="lettre-m"')
    assert '<div id="msp"><dt>MSP</dt>' in html


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
    known, _, asked = html.partition("À demander à leur éditeur")
    assert ">Guide<" not in known
    assert asked.index(">Guide<") < asked.index(">Ancien<")
    assert "nombre de pages non renseigné · adresse non renseignée" in asked
    assert asked.count("Indre") == 1


def test_a_document_is_somewhere():
    with pytest.raises(IntegrityError, match="editorial_document_somewhere"):
        DocumentFactory(url="")


def test_partners_are_listed(client):
    PartnerFactory(name="ARS & Cie", role="Agence")
    assert "ARS &amp; Cie" in read(client, "/pages/partenaires/")


@pytest.mark.parametrize(
    "address", ["/pages/glossaire/", "/pages/documents/", "/pages/partenaires/", "/actualites/", "/agenda/"]
)
def test_lists_of_an_empty_site_answer(client, address):
    assert 'class="empty"' in read(client, address)

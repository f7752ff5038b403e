from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from guide.core.models import ContentVersion
from guide.portal import urls, views
from guide.portal.sitemaps import SECTIONS
from guide.wsgi import application
from tests.aids.factories import AidFactory
from tests.factories import StructureFactory
from tests.markup import inline_code, parsed
from tests.new_process import MOST_QUERIES, first_queries
from tests.territories.places import Country

pytestmark = pytest.mark.django_db
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def boom(request):
    raise RuntimeError("secret detail")


urlpatterns = [*urls.urlpatterns, path("panne/", boom)]


@pytest.fixture
def country():
    return Country()


def locations(response):
    return [node.text for node in ElementTree.fromstring(response.content).iterfind(".//s:loc", NAMESPACE)]


def test_the_home_page_says_what_the_guide_knows(client, country):
    StructureFactory(commune=country.commune)
    html = parsed(client.get("/"))
    assert html.one("h1").text
    assert html.all('form[action="/territoires/"]')
    named = {"/territoires/indre/", "/structures/?type=msp", "/carte/", "/structures/", "/territoires/"}
    assert named <= set(html.links())
    assert inline_code(html) == []


def test_every_count_of_the_home_page_has_its_source(client, country):
    figures = parsed(client.get("/")).all("li.figure")
    assert len(figures) == 4
    assert all(figure.one(".figure__source").text for figure in figures)


def test_the_home_page_of_an_empty_database_answers(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "Le guide est encore vide" in response.content.decode()


def test_the_map_of_the_home_page_is_small(client, country):
    figure = parsed(client.get("/")).all("figure")[0]
    assert figure.all("svg")
    assert len(figure.markup) < 12_000


def test_queries_of_the_home_page_do_not_grow(client, country, django_assert_max_num_queries):
    StructureFactory(commune=country.commune)
    few = first_queries(client, "/")
    for number in range(50):
        StructureFactory(commune=country.add_commune(f"{50000 + number}", f"Bourg {number}", f"bourg-{number}"))
    assert len(first_queries(client, "/")) == len(few) <= MOST_QUERIES
    with django_assert_max_num_queries(1):
        client.get("/")


@pytest.mark.parametrize("address", ["/", "/territoires/", "/robots.txt", "/sitemap.xml", "/sitemap-structures.xml"])
def test_public_addresses_set_no_cookie_and_answer_304(client, country, address, django_assert_num_queries):
    first = client.get(address)
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_sitemap_leads_to_every_section(client, country):
    StructureFactory(commune=country.commune, slug="msp-la-chatre")
    StructureFactory(commune=country.commune, slug="brouillon", status="draft")
    AidFactory(code="aide-close", time_state="close")
    AidFactory(code="aide-brouillon", status="draft")
    country.add_commune("36100", "Montgivray", "montgivray-36100")
    index = client.get("/sitemap.xml")
    assert index["Content-Type"].startswith("application/xml")
    found = [address for one in locations(index) for address in locations(client.get(one))]
    base = "http://127.0.0.1:8000"
    assert f"{base}/structures/msp-la-chatre/" in found
    assert f"{base}/structures/brouillon/" not in found
    assert f"{base}/aides/aide-close/" in found
    assert f"{base}/aides/aide-brouillon/" not in found
    assert f"{base}/territoires/montgivray-36100/" in found
    assert {f"{base}{territory.get_absolute_url()}" for territory in country.all()} <= set(found)
    assert {f"{base}/", f"{base}/carte/", f"{base}/structures/", f"{base}/territoires/", f"{base}/aides/"} <= set(
        found
    )


def test_a_long_section_is_cut_in_pages(client, country, monkeypatch):
    monkeypatch.setattr(SECTIONS["structures"], "limit", 2)
    for number in range(5):
        StructureFactory(commune=country.commune, slug=f"msp-{number}")
    pages = [one for one in locations(client.get("/sitemap.xml")) if "structures" in one]
    assert len(pages) == 3
    assert sum(len(locations(client.get(one))) for one in pages) == 5


@pytest.mark.parametrize("address", ["/sitemap-inconnu.xml", "/sitemap-structures.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_wrong_section_or_page_of_the_sitemap_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_robots_names_the_sitemap_and_hides_the_admin(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_the_health_check_asks_the_database_once_and_is_never_cached(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_the_health_check_fails_with_the_database(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(ContentVersion.objects, "exists", broken)
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize("address", ["/nulle-part/", "/territoires/", "/%00/", "/a/b/c.php", "/" + "x" * 3000])
def test_an_unknown_address_never_fails(client, address, country):
    assert client.get(address).status_code in (200, 404)


def test_the_page_not_found_suggests_what_resembles(client, country):
    StructureFactory(commune=country.commune, name="MSP de La Châtre", slug="msp-de-la-chatre")
    html = parsed(client.get("/structures/msp-chatre/"))
    assert "/structures/msp-de-la-chatre/" in html.links("main a")
    assert "Vous cherchiez peut-être" in client.get("/villes/chatre").content.decode()


def test_one_wrong_word_does_not_hide_what_resembles(country):
    assert ("La Châtre (Commune)", "/territoires/la-chatre-36046/") in views.look_alikes(
        "/territoires/chatre-mairie-/"
    )


def test_an_address_without_words_suggests_nothing(country, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert views.look_alikes("/a/12/") == []


@pytest.mark.urls("tests.portal.test_site")
def test_a_failure_gives_a_page_in_french_without_detail():
    response = Client(raise_request_exception=False).get("/panne/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Le site a rencontré une panne" in html
    assert "secret detail" not in html


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "500.html"])
def test_error_pages_need_neither_context_nor_database(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string(template)
    assert parsed(html).one("h1").text
    assert inline_code(parsed(html)) == []


@pytest.mark.parametrize("charset", ["hex", "utf-16", "idna", "unknown"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_charset_that_a_request_names_is_not_believed(db, client, charset, method):
    """Python has codecs that decode no text: one header made any page fail."""
    environ = client._base_environ(
        REQUEST_METHOD=method,
        PATH_INFO="/admin/login/",
        QUERY_STRING="next=/admin/",
        CONTENT_TYPE=f"application/x-www-form-urlencoded; charset={charset}",
        **{"wsgi.input": BytesIO(b"username=x&password=%ff"), "CONTENT_LENGTH": "23"},
    )
    started = []
    list(application(environ, lambda status, headers: started.append(status)))
    assert started == ["200 OK" if method == "GET" else "403 Forbidden"]


def test_a_form_sent_from_elsewhere_gets_a_page_in_french():
    response = Client(enforce_csrf_checks=True).post("/temoignages/proposer/", {"nom": "Dr C"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in html
    assert "css/site.css" in html
    assert "CSRF" not in html


def head(html: str) -> dict[str, str]:
    """What the head says of the page, by name: title, canonical, description and the properties of shared links."""
    page = parsed(html)
    found = {one["name"]: one["content"] for one in page.all("meta[name]")}
    found |= {one["property"]: one["content"] for one in page.all("meta[property]")}
    canonical = page.values('link[rel="canonical"]', "href")
    return {**found, "title": page.one("head title").text, "canonical": "".join(canonical)}


SHARED = (
    "/", "/aides/", "/aides/bourse/", "/aides/simulateur/", "/aides/carte/", "/structures/", "/structures/msp/",
    "/carte/", "/territoires/", "/territoires/indre/", "/exercer/", "/exercer/comparer/", "/temoignages/",
    "/temoignages/proposer/", "/actualites/", "/agenda/", "/contact/", "/pages/glossaire/", "/pages/documents/",
    "/pages/partenaires/",
)  # fmt: skip


@pytest.mark.parametrize("path", SHARED)
def test_every_page_can_be_shared(client, country, path):
    StructureFactory(commune=country.commune, slug="msp")
    AidFactory(code="bourse", name="Bourse", summary="Une bourse.")
    html = client.get(path).content.decode()
    said = head(html)
    assert said["canonical"] == said["og:url"] == f"http://127.0.0.1:8000{path}"
    assert said["og:description"] == said["description"]
    assert 40 < len(said["description"]) < 260 or path == "/aides/bourse/"
    assert said["og:title"].replace("’", "'") == said["title"].removesuffix(" · Exercer en Centre-Val de Loire")
    assert said["og:image"].startswith("http://127.0.0.1:8000/static/img/share")
    assert len(said["title"]) <= 70
    assert html.count('type="application/atom+xml"') == 2


@pytest.mark.parametrize(
    ("path", "figure"),
    [
        ("/territoires/indre/", "(département, 1\u202f200\u00a0habitants)"),
        ("/structures/", "1\u00a0résultat"),
        ("/aides/", "1\u00a0aide\u00a0:"),
        ("/territoires/", " communes, avec"),
    ],
)
def test_a_description_gives_its_figure(client, country, path, figure):
    StructureFactory(commune=country.commune)
    AidFactory(code="bourse")
    assert figure in head(client.get(path).content.decode())["description"]


def test_a_page_that_is_not_found_has_no_address_to_share(client):
    html = client.get("/nulle-part/").content.decode()
    assert "canonical" not in html
    assert "og:url" not in html


def test_the_icon_is_where_programs_look_for_it(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/img/favicon.ico")
    assert finders.find("img/favicon.ico")
    assert finders.find("img/touch-icon.png")

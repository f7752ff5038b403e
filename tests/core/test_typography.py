import re
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from guide import settings as served_settings
from guide.core.typography import in_french, typeset
from tests.aids.factories import AidFactory
from tests.factories import StructureFactory, TerritoryFactory
from tests.territories.places import Country


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<p>L'aide d'Orléans</p>", "<p>L’aide d’Orléans</p>"),
        ("<p>L&#x27;Île-d&#x27;Œuvre</p>", "<p>L’Île-d’Œuvre</p>"),
        ("<p>d'<a href='/x'>Orléans</a>, aujourd'hui</p>", "<p>d’<a href='/x'>Orléans</a>, aujourd’hui</p>"),
        ("<p>été'</p>", "<p>été’</p>"),
        ("<p>une peine de 5' et 'ceci</p>", "<p>une peine de 5' et 'ceci</p>"),
        ('<option value="l&#x27;un">l&#x27;un</option>', '<option value="l&#x27;un">l’un</option>'),
        ("<script>let a = b'c'</script><p>l'un</p>", "<script>let a = b'c'</script><p>l’un</p>"),
        ("<textarea>l&#x27;avis</textarea><code>l'un</code>", "<textarea>l&#x27;avis</textarea><code>l'un</code>"),
        ("<p>CA de Blois &#x27;&#x27;Agglopolys&#x27;&#x27;</p>", "<p>CA de Blois «\u00a0Agglopolys\u00a0»</p>"),
        ("<p>rien à changer</p>", "<p>rien à changer</p>"),
        ("", ""),
    ],
)
def test_text_is_set_and_nothing_else(typed, shown):
    assert typeset(typed.encode()).decode() == shown


class Reader(HTMLParser):
    """Tags with their attributes, and texts, apart."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, [pair for pair in attrs if tag != "meta" or pair[0] != "content"]))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/aides/", "/structures/", "/territoires/blois/", "/contact/", "/nulle-part/"])
def test_a_page_has_curved_apostrophes_and_the_same_tags(settings, path):
    country = Country()
    StructureFactory(commune=country.commune, name="Maison de l'Indre")
    AidFactory(code="bourse", name="Bourse de l'Indre")
    TerritoryFactory(kind="epci", name="CA de Blois ''Agglopolys''", slug="blois")
    typed = Reader(Client().get(path).content.decode())
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "guide.core.typography.in_french"]
    page = Reader(Client().get(path).content.decode())
    text = "".join(page.texts)
    assert page.tags == typed.tags
    assert not re.search(r"[^\W\d_]'|''", text)
    assert "’" in text
    assert path != "/territoires/blois/" or "CA de Blois «\u00a0Agglopolys\u00a0»" in text


@pytest.mark.parametrize(
    ("path", "kind", "shown"),
    [
        ("/aides/", "text/html; charset=utf-8", "<p>l’un</p>"),
        ("/admin/", "text/html; charset=utf-8", "<p>l'un</p>"),
        ("/aides.csv", "text/csv; charset=utf-8", "<p>l'un</p>"),
        ("/aides/flux.xml", "application/atom+xml", "<p>l'un</p>"),
    ],
)
def test_files_and_the_administration_are_left_as_they_are(rf, path, kind, shown):
    served = in_french(lambda request: HttpResponse("<p>l'un</p>", content_type=kind))
    assert served(rf.get(path)).content.decode() == shown


def test_the_site_serves_its_pages_so():
    assert "guide.core.typography.in_french" in served_settings.MIDDLEWARE

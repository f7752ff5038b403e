"""The design system: every component shown, every pictogram drawn, the weight of the style sheet."""

import gzip
import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from aids.vocabulary import Form
from guide.portal import gallery, static_files
from structures.enums import Kind
from tests.markup import inline_code, parsed
from tests.repository.tree import text

pytestmark = pytest.mark.django_db
CSS_LIMIT = 25_000
SHOWN = (
    *("row", "card", "lead-card", "quote", "contact-card", "stepper", "accordion", "figure", "alert", "chip", "field"),
    *("pagination", "badge", "tag", "empty", "illustration", "prose", "facts", "table"),
)


SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def symbols() -> list[ElementTree.Element]:
    return ElementTree.fromstring(text("static/img/pictos.svg")).findall(f"{SVG}symbol")


def test_the_page_of_the_components_shows_each_and_stays_out_of_search_engines(client):
    response = client.get("/pages/composants/")
    html = parsed(response)
    assert response.status_code == 200
    assert html.one('meta[name="robots"]')["content"] == "noindex"
    assert inline_code(html) == []
    for name in SHOWN:
        assert html.all(f".{name}"), name


def test_headings_of_the_page_of_the_components_have_no_gap(client):
    levels = parsed(client.get("/pages/composants/")).levels()
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_kind_and_each_form_of_aid_has_its_own_pictogram(symbols):
    names = [symbol.get("id") for symbol in symbols]
    assert len(names) == len(set(names))
    assert {*Kind.values, *Form.values} <= set(names)
    assert {*gallery.build()["pictos"], *Kind.values} == set(names)


def test_pictograms_of_kinds_are_all_different(symbols):
    drawn = {symbol.get("id"): b"".join(map(ElementTree.tostring, symbol)) for symbol in symbols}
    assert all(drawn.values())
    assert len({drawn[kind] for kind in Kind.values}) == len(Kind)


@pytest.mark.parametrize("name", ["loire", *(name for name, _ in gallery.ILLUSTRATIONS)])
def test_drawings_take_their_colours_from_the_tokens(name):
    drawing = text(f"static/img/illustrations/{name}.svg")
    assert ElementTree.fromstring(drawing).find(f".//{SVG}g[@id='dessin']") is not None
    assert not re.search(r'="#|style', drawing)
    used = set(re.findall(r"var\(--(ill-[\w-]+)\)", drawing))
    assert used
    assert all(f"--{token}:" in text("static/css/tokens.css") for token in used)


def test_the_style_sheet_is_within_its_budget():
    assert len(gzip.compress(static_files.build().read_bytes(), 9)) <= CSS_LIMIT


def test_pages_name_the_rules_of_what_may_be_fetched_ahead(client):
    address = client.get("/pages/composants/").headers["Speculation-Rules"].strip('"')
    response = client.get(address)
    assert response["Content-Type"] == "application/speculationrules+json"
    conditions = json.loads(response.content)["prefetch"][0]["where"]["and"]
    assert {"not": {"href_matches": "/admin/*"}} in conditions
    assert "Speculation-Rules" not in response.headers


def test_the_policy_lets_sprites_in_and_nothing_else(client):
    policy = client.get("/pages/composants/").headers["Content-Security-Policy"]
    for directive in ("default-src 'self'", "object-src 'none'", "frame-src 'none'", "worker-src 'none'"):
        assert directive in policy

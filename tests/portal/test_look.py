"""The design system: every component shown, every pictogram drawn, the weight of the style sheet."""

import gzip
import json
import re
from itertools import pairwise

import pytest

from aids.vocabulary import Form
from guide.portal import gallery, static_files
from structures.enums import Kind
from tests.repository.tree import text

pytestmark = pytest.mark.django_db
CSS_LIMIT = 25_000
SHOWN = (
    *("row", "card", "lead-card", "quote", "contact-card", "stepper", "accordion", "figure", "alert", "chip", "field"),
    *("pagination", "badge", "tag", "empty", "illustration", "prose", "facts", "table"),
)


@pytest.fixture(scope="module")
def symbols() -> list[str]:
    return re.findall(r'<symbol id="([\w-]+)"', text("static/img/pictos.svg"))


def test_the_page_of_the_components_shows_each_and_stays_out_of_search_engines(client):
    response = client.get("/pages/composants/")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", html)
    for name in SHOWN:
        assert re.search(rf'class="(?:[^"]* )?{name}[ "]', html), name


def test_headings_of_the_page_of_the_components_have_no_gap(client):
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get("/pages/composants/").content.decode())]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_kind_and_each_form_of_aid_has_its_own_pictogram(symbols):
    assert len(symbols) == len(set(symbols))
    assert {*Kind.values, *Form.values} <= set(symbols)
    assert {*gallery.build()["pictos"], *Kind.values} == set(symbols)


def test_pictograms_of_kinds_are_all_different():
    drawn = dict(re.findall(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', text("static/img/pictos.svg")))
    assert len({drawn[kind] for kind in Kind.values}) == len(Kind)


@pytest.mark.parametrize("name", ["loire", *(name for name, _ in gallery.ILLUSTRATIONS)])
def test_drawings_take_their_colours_from_the_tokens(name):
    drawing = text(f"static/img/illustrations/{name}.svg")
    assert '<g id="dessin">' in drawing
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

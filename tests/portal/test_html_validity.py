"""HTML of every type of public page: strict parser, identifiers, headings, landmarks, names of controls, drawings."""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.markup import Part, inline_code
from tests.shared_rows import loaded_for_the_module
from tests.whole_site import NAMES, make_site

# Without the mark pytest-django would leave the real database in place of that of the tests.
pytestmark = pytest.mark.django_db
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
NAMED = ("aria-label", "aria-labelledby")
ALONE = ("400", "403", "403_csrf", "500")  # rendered without anything of the site


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> dict[str, Element]:
    """The tree of each page by name: one small site for all the tests of this file."""
    with loaded_for_the_module(django_db_blocker, make_site) as addresses:
        client = Client()
        found = {name: client.get(address) for name, address in addresses.items()}
    assert {name: one.status_code for name, one in found.items() if one.status_code != 200} == {"not found": 404}
    texts = {name: one.content.decode() for name, one in found.items()}
    return {name: html5lib.HTMLParser(strict=True).parse(text) for name, text in texts.items()}


@pytest.fixture
def root(pages, name) -> Element:
    return pages[name]


def with_attribute(root, name) -> list[Element]:
    return [node for node in root.iter() if name in node.attrib]


def with_class(root, name) -> list[Element]:
    return [node for node in with_attribute(root, "class") if name in node.get("class").split()]


def text_of(node) -> str:
    return "".join(node.itertext()).strip()


def name_of(root, node) -> str:
    """The name that a node gives itself: its label, or the text of those that it names."""
    by_id = {one.get("id"): one for one in with_attribute(root, "id")}
    named = [text_of(by_id[one]) for one in node.get("aria-labelledby", "").split() if one in by_id]
    return node.get("aria-label", "").strip() or " ".join(named).strip()


each_page = pytest.mark.parametrize("name", NAMES)


@each_page
def test_language_title_and_description(root):
    assert root.get("lang") == "fr"
    assert len(text_of(root.find(f".//{HTML}title"))) > 10
    about = [node.get("content") for node in root.iter(f"{HTML}meta") if node.get("name") == "description"]
    assert [len(one) > 10 for one in about] == [True]


@each_page
def test_identifiers_are_unique_and_every_reference_leads_to_one(root):
    ids = [node.get("id") for node in with_attribute(root, "id")]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    lost = [
        f"{name}={one}"
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list", "headers")
        for node in with_attribute(root, name)
        for one in node.get(name).split()
        if one not in ids
    ]
    lost += [node.get("href") for node in root.iter(f"{HTML}a") if node.get("href", "")[:1] == "#"]
    assert [one for one in lost if not (one[0] == "#" and one[1:] in ids)] == []


@each_page
def test_headings_begin_with_one_first_level_and_jump_none(root):
    levels = Part(root).levels()
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == []
    assert all(text_of(node) for node in root.iter(f"{HTML}h2"))


@each_page
def test_landmarks_stand_once_and_have_names_of_their_own(root):
    for tag in ("header", "main", "footer"):
        assert len([node for node in root.find(f"{HTML}body") if node.tag == f"{HTML}{tag}"]) == 1
    for tag in ("nav", "aside"):
        names = [name_of(root, node) for node in root.iter(f"{HTML}{tag}")]
        assert all(names), tag
        assert len(names) == len(set(names)), names
    searches = [name_of(root, node) for node in with_attribute(root, "role") if node.get("role") == "search"]
    assert all(searches)
    assert len(searches) == len(set(searches))


@each_page
def test_every_control_has_a_name(root):
    labels = {node.get("for") for node in root.iter(f"{HTML}label")}
    wrapped = {id(inner) for label in root.iter(f"{HTML}label") if text_of(label) for inner in label.iter()}
    controls = [node for tag in ("input", "select", "textarea") for node in root.iter(f"{HTML}{tag}")]
    bare = [
        node.attrib
        for node in controls
        if node.get("type") != "hidden"
        and not (node.get("id") in labels or id(node) in wrapped or name_of(root, node))
    ]
    assert bare == []
    acting = [*root.iter(f"{HTML}button"), *root.iter(f"{HTML}a"), *root.iter(f"{HTML}summary")]
    drawn = [node.attrib for node in acting if not (text_of(node) or name_of(root, node) or has_alternative(node))]
    assert drawn == []
    assert all(text_of(node.find(f"{HTML}legend")) for node in root.iter(f"{HTML}fieldset"))


def has_alternative(node) -> bool:
    return any(image.get("alt") for image in node.iter(f"{HTML}img"))


@each_page
def test_pictures_say_what_they_show_or_are_hidden(root):
    assert [node.attrib for node in root.iter(f"{HTML}img") if node.get("alt") is None] == []
    hidden = {id(inner) for node in with_attribute(root, "aria-hidden") for inner in node.iter()}
    drawings = [node for node in root.iter(f"{SVG}svg") if id(node) not in hidden]
    silent = [
        node.attrib
        for node in drawings
        if not (node.get("role") in ("img", "group") and (name_of(root, node) or node.find(f"{SVG}title") is not None))
    ]
    assert silent == []


@each_page
def test_tables_have_headings_and_frames_have_none_but_named_regions(root):
    written = {id(node) for prose in with_class(root, "prose") for node in prose.iter()}
    for table in root.iter(f"{HTML}table"):
        assert table.find(f".//{HTML}th") is not None
        if id(table) not in written:  # an editor's table follows the sentence that presents it
            assert all(cell.get("scope") for cell in table.iter(f"{HTML}th"))
            assert table.find(f"{HTML}caption") is not None or any(table.get(one) for one in NAMED)
    assert [node.attrib for node in with_attribute(root, "tabindex") if int(node.get("tabindex")) > 0] == []
    stops = [node for node in with_attribute(root, "tabindex") if node.get("tabindex") == "0"]
    assert all(node.get("role") and name_of(root, node) for node in stops if node.tag.startswith(HTML))


@each_page
def test_no_inline_code_and_no_third_party(root):
    whole = Part(root)
    assert inline_code(whole) == []
    fetched = [part for tag in ("script", "img", "link", "iframe", "source") for part in whole.all(tag)]
    assert fetched
    addresses = [part.get(name, "") for part in fetched for name in ("src", "srcset", "href")]
    assert [one for one in addresses if re.search(r"https?://(?!127)", one)] == []


@pytest.mark.parametrize("name", ALONE)
def test_pages_of_failures_are_valid_too(name):
    root = html5lib.HTMLParser(strict=True).parse(render_to_string(f"{name}.html"))
    assert len(list(root.iter(f"{HTML}h1"))) == 1
    assert root.find(f".//{HTML}main") is not None
    assert root.get("lang") == "fr"

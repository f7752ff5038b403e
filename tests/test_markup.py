"""The tree that the tests read pages from: what its selectors find, and that a wrong one is no silent answer."""

import pytest

from tests.markup import inline_code, parsed

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><title>Essai</title></head><body>
<main id="contenu"><h1>Deux  mots</h1>
<p class="note small">L&#x27;un<b>, l'autre</b></p><!-- <p>caché</p> -->
<form><label for="q">Nom</label><input id="q" name="q"><input type="hidden" name="t" value="a b"></form>
<table><tr><th>Champ</th><td>1</td></tr></table><dl><dt>Âge</dt><dd>3 ans</dd></dl>
<svg><a href="/carte/"><path class="dot dot--msp" d="M0"/></a></svg></main>
<footer class="note"><a href="/a/?b=1&amp;c=2">Pied</a></footer></body></html>"""


@pytest.mark.parametrize(
    ("selector", "number"),
    [("p", 1), (".note", 2), ("main .note", 1), ("p.note.small", 1), (".not", 0), ("#contenu h1", 1), ("h1 main", 0),
     ("svg a path.dot--msp", 1), ('[d="M0"]', 1), ('a[href^="/a/?"]', 1), ('input[value="a b"]', 1),
     ("input[value]", 1)],
)  # fmt: skip
def test_a_selector_finds_its_parts(selector, number):
    assert len(parsed(PAGE).all(selector)) == number


@pytest.mark.parametrize("selector", ["main > h1", "h1, h2", "p:first-child", "[id=q]"])
def test_a_selector_that_is_not_understood_fails(selector):
    with pytest.raises(AssertionError):
        parsed(PAGE).all(selector)


def test_texts_are_those_of_a_reader():
    page = parsed(PAGE)
    assert page.one("h1").text == "Deux mots"
    assert page.one("p").text == "L'un, l'autre"
    assert "caché" not in page
    assert (page.rows(), page.facts()) == ([["Champ", "1"]], {"Âge": "3 ans"})


def test_links_and_fields_are_found_by_what_names_them():
    page = parsed(PAGE)
    assert (page.link("Pied"), page.links("svg a")) == ("/a/?b=1&c=2", ["/carte/"])
    assert (page.field("Nom")["name"], page.sent()) == ("q", [("t", "a b")])


def test_one_part_is_one_part():
    with pytest.raises(AssertionError):
        parsed(PAGE).one(".note")


@pytest.mark.parametrize("code", ["<p style='x'>", "<p onclick='x'>", "<style>a{}</style>", "<script>x</script>"])
def test_inline_code_is_found(code):
    assert len(inline_code(parsed(PAGE + code))) == 1
    assert inline_code(parsed(PAGE + '<script src="/x.js"></script>')) == []


def test_a_piece_is_no_whole_page():
    assert parsed(PAGE).is_whole()
    assert not parsed("<title>Essai</title><p>Un</p>").is_whole()

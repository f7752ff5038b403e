"""Rich text: nothing of an attack passes, the words of an editor do, and one text has one form."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from guide.core import rich_text
from guide.core.form_fields import ProseField
from guide.core.rich_text import clean, from_markdown

WORD_PASTE = """<!--[if gte mso 9]><xml><w:WordDocument>junk</w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {margin:0}</style><p class=MsoNormal style='mso-margin:1'><o:p>&nbsp;</o:p></p>
<h1 style="color:red">Un <span lang=FR style='mso-bidi:x'>titre</span></h1>
<p class="MsoListParagraph"><b>Gras</b> et <i>italique</i><o:p></o:p></p>
<table border=1><tr><td width=100><p class=MsoNormal>1</p></td></tr></table>"""


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<p onclick='alert(1)'>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' jAvA\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<a href='//evil.example/'>x</a>",
        "<a href='/\\evil.example/'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<iframe src='https://evil.example'></iframe>",
        "<p style='background:url(javascript:alert(1))' class='hero' id='contenu'>x</p>",
        "<form action='https://evil.example'><input name=q><button>x</button></form>",
        "<template><script>alert(1)</script></template>",
        "<p><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<base href='https://evil.example'><meta http-equiv=refresh content='0;url=x'>",
    ],
)
def test_nothing_of_an_attack_passes(attack):
    found = clean(f"<p>avant</p>{attack}").lower()
    assert found.startswith("<p>avant</p>")
    for trace in ("script", "onclick", "onerror", "evil", "style", "class", "id=", "<img", "<svg", "<form", "<input"):
        assert trace not in found
    assert "href" not in found


def test_text_pasted_from_a_word_processor_keeps_its_words_and_its_shape():
    assert clean(WORD_PASTE) == (
        "<h2>Un titre</h2><p><strong>Gras</strong> et <em>italique</em></p>"
        "<table><tbody><tr><td>1</td></tr></tbody></table>"
    )


def test_a_text_has_the_same_form_from_markdown_and_from_the_editor():
    typed = "Un **mot**\net un autre.\n\n- un\n- deux\n\n| a | b |\n|---|---|\n| 1 | [l](/aides/) |\n"
    edited = (
        "<p>Un <strong>mot</strong> et un autre.</p><ul><li><p>un</p></li><li><p>deux</p></li></ul>"
        '<table style="min-width:50px"><colgroup><col><col></colgroup><tbody><tr><th colspan="1" rowspan="1"><p>a</p>'
        '</th><th><p>b</p></th></tr><tr><td colspan="1"><p>1</p></td><td><p><a href="/aides/">l</a></p></td></tr>'
        "</tbody></table><p></p>"
    )
    assert from_markdown(typed) == clean(edited)


@pytest.mark.parametrize("piece", ["<em>", "<ul><li>", "<blockquote>", "<div>", "<table><tr><td>", "<a href='/x'>"])
def test_a_text_nested_too_deep_keeps_its_words_alone(piece):
    """A browser's clipboard or an attack: nested 50,000 times, the parser would take minutes."""
    text = f"<p>avant</p>{piece * 50_000}mot"
    assert rich_text.is_too_deep(text)
    assert clean(text).split() == ["avant", "mot"]


@pytest.mark.parametrize("name", ["em", "blockquote", "ul"])
def test_empty_elements_disappear_however_nested(name):
    assert clean(f"<p>a</p>{f'<{name}>' * 90}&nbsp;<br>{f'</{name}>' * 90}") == "<p>a</p>"


def test_formatting_that_is_never_closed_is_not_copied_without_end():
    """HTML opens again, in each paragraph, the elements that the last one left open."""
    left_open = "".join(f'<b title="{number}">' for number in range(90))
    assert rich_text.is_too_deep(f"<p>{left_open}" + "<p>x</p>" * 50_000)


def test_a_long_text_without_depth_keeps_its_shape():
    text = "<p>un <strong>mot</strong></p><ul><li>deux</li></ul>" * 5_000
    assert not rich_text.is_too_deep(text)
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p><abbr title="<p "><b>x</b></abbr></p>', '<p><abbr title="‹p "><strong>x</strong></abbr></p>'),
        ('<p><a href="https://a.fr/<em>">x</a></p>', '<p><a href="https://a.fr/%3Cem%3E">x</a></p>'),
        ('<table><tr><th scope="<p ">a</th></tr></table>', "<table><thead><tr><th>a</th></tr></thead></table>"),
        (
            f'<table><tr><td colspan="{"9" * 5000}">a</td></tr></table>',
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
    ],
)
def test_no_attribute_holds_what_could_be_read_as_an_element(text, expected):
    assert clean(text).replace("<tbody></tbody>", "") == expected


def test_the_field_says_that_a_text_is_nested_too_deep():
    with pytest.raises(ValidationError, match="sans sa mise en forme"):
        ProseField().clean("<p>" + "<em>" * 200 + "mot")


def test_html_typed_in_markdown_is_shown_as_text():
    assert from_markdown("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


@given(st.text(alphabet="<>/ab p\"'=&;h2ulitd[@]-\n\u00a0", max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


def test_citations_are_found_once_and_in_order():
    text = "<p>a [@b-2], [@a] et [@b-2]</p>"
    assert rich_text.citations(text) == ["b-2", "a"]
    assert rich_text.malformed_citations("<p>[@Indre 2022] [@ok]</p>") == ["[@Indre 2022]"]


def test_the_words_of_a_text_leave_markup_and_citations():
    text = from_markdown("## Titre\n\nUn &amp; deux [@a].\n\n- trois")
    assert rich_text.plain(text) == "Titre Un & deux . trois"

"""Texts made ready to print: headings, citations, terms, tables, links."""

import html5lib

from guide.core.rich_text import from_markdown
from guide.editorial.models import GlossaryTerm, Reference
from guide.editorial.rendering import Lexicon, Rendering

SOURCES = {
    "indre-2022": Reference(code="indre-2022", label="Indre & co, vers 2022", title="Guide", year="vers 2022"),
}
TERMS = {
    term.abbreviation: term
    for term in (
        GlossaryTerm(slug="esp", abbreviation="ESP", expansion="équipe de soins primaires"),
        GlossaryTerm(slug="esp-clap", abbreviation="ESP CLAP", expansion="équipe coordonnée localement"),
        GlossaryTerm(slug="msp", abbreviation="MSP", expansion="maison de santé"),
    )
}


def rendered(*texts: str) -> tuple[str, Rendering]:
    page = Rendering(Lexicon(SOURCES, TERMS))
    html = "".join(page.html(from_markdown(text)) for text in texts)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return html, page


def test_a_citation_leads_to_its_source_once_in_the_list():
    html, page = rendered("Six [@indre-2022] et neuf [@indre-2022].", "Dix [@inconnu].")
    assert html.count('<a class="cite" href="#source-indre-2022">(Indre &amp; co, vers 2022)</a>') == 2
    assert "Dix (source non renseignée)" in html
    assert [source.code for source in page.sources(["inconnu", "indre-2022"])] == ["indre-2022"]


def test_a_citation_inside_a_link_makes_no_link_in_the_link():
    html, _ = rendered("[guide [@indre-2022]](/pages/guide/)")
    assert html == '<p><a href="/pages/guide/">guide (Indre &amp; co, vers 2022)</a></p>'


def test_headings_have_one_address_each_over_the_page():
    html, page = rendered("## Sources\n\n## Qui appeler\n\n### Qui appeler", "## Qui appeler [@indre-2022]")
    assert [anchor for anchor, _ in page.contents] == ["sources-2", "qui-appeler", "qui-appeler-indre-co-vers-2022"]
    assert '<h3 id="qui-appeler-2">' in html


def test_an_abbreviation_is_explained_at_its_first_use_only():
    html, page = rendered("## MSP et ESP\n\n[MSP](/exercer/msp/), MSP puis MSP, l'ESP CLAP, MSPX.", "MSP, ESP")
    assert html.count("<button") == 3
    assert html.index("<button") > html.index("</a>")
    assert (
        '<button type="button" class="term" popovertarget="terme-msp" aria-describedby="sens-msp">MSP</button>' in html
    )
    assert [term.slug for term in page.terms()] == ["msp", "esp-clap", "esp"]


def test_no_line_ends_between_a_bracket_and_the_term_that_it_opens():
    html, _ = rendered("Une maison de santé (MSP) et une équipe (ESP, ou ESP CLAP).")
    assert '<span class="term-aside">(<button type="button" class="term" popovertarget="terme-msp"' in html
    assert "MSP</button>)</span> et une équipe (<button" in html


def test_a_table_scrolls_by_keyboard_and_its_cells_name_their_column():
    html, _ = rendered("## Aides\n\n| Aide | Montant |\n|---|---|\n| MSP | 400 € |")
    assert (
        '<div class="table-wrap" role="region" tabindex="0" aria-label="Tableau\u00a0: Aides"><table class="table">'
        in html
    )
    assert '<th scope="col">Montant</th>' in html
    assert '<td data-label="Montant"><div>400\u00a0€</div></td>' in html


def test_only_links_that_leave_the_site_say_so():
    html, _ = rendered("[a](/aides/) [b](https://example.org/?a=1&b=2) [c](#x)")
    assert '<a href="/aides/">' in html
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">' in html
    assert html.count("rel=") == 1


def test_french_spaces_do_not_break():
    html, _ = rendered("Oui : « non » ; 1 234 567 € et 55 % !")
    assert html == "<p>Oui\u00a0: «\u00a0non\u00a0»\u00a0; 1\u202f234\u202f567\u00a0€ et 55\u00a0%\u00a0!</p>"


def test_what_a_text_says_of_markup_stays_text():
    html, _ = rendered("`<b>` & `&lt;`")
    assert "<b>" not in html
    assert "&amp;" in html

"""The presentation of a structure: rich text, cleaned; plain text of the imports, kept as it is."""

import pytest
from django.urls import reverse

from guide.core.rich_text import as_markup, clean, printed
from structures.models import Structure
from tests.aids.editing import posted
from tests.factories import StructureFactory, UserFactory
from tests.markup import parsed

WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal{color:red}</style>"
    '<p class="MsoNormal" style="margin:0cm"><b><span style="font-size:12pt">Deux médecins</span></b><o:p></o:p></p>'
    '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
)


@pytest.fixture
def send(client, db):
    client.force_login(UserFactory())

    def go(structure: Structure, text: str | None = None, **changes) -> str:
        page = reverse("admin:structures_structure_change", args=[structure.pk])
        form = posted(client.get(page))
        response = client.post(
            page, form | changes | ({} if text is None else {"presentation": text}) | {"_save": "1"}
        )
        assert response.status_code == 302, response.context["errors"]
        structure.refresh_from_db()
        return structure.presentation

    return go


@pytest.mark.admin_templates
def test_a_script_is_taken_out_and_its_words_with_it(send):
    text = "<p>Bonjour<script>alert(1)</script> <img src=x onerror=alert(2)><a href='javascript:alert(3)'>ici</a></p>"
    assert send(StructureFactory(), text) == "<p>Bonjour ici</p>"


@pytest.mark.admin_templates
def test_what_is_pasted_from_word_keeps_its_words_and_loses_its_styles(send):
    assert send(StructureFactory(), WORD) == "<p><strong>Deux médecins</strong></p>"


@pytest.mark.admin_templates
def test_an_imported_plain_text_that_nobody_touched_stays_as_it_is(send):
    text = "Maison & cabinet < 5 km.\n\nOuverte en 2020."
    structure = StructureFactory(presentation=text)
    assert send(structure, phone="02 54 11 11 11") == text
    assert send(structure, "<p>Autre texte.</p>") == "<p>Autre texte.</p>"


def test_plain_text_is_printed_in_paragraphs_and_never_as_markup():
    assert (
        printed("Un & deux\nlignes\n\n<b>gras</b>") == "<p>Un &amp; deux<br>lignes</p><p>&lt;b&gt;gras&lt;/b&gt;</p>"
    )
    assert as_markup("") == ""


@pytest.mark.django_db
def test_a_stored_script_is_never_printed(client):
    structure = StructureFactory(presentation="<p>Bonjour</p><script>alert(1)</script>")
    page = parsed(client.get(structure.get_absolute_url()))
    assert "Bonjour" in page.texts(".prose p")
    assert "alert(1)" not in page


def test_cleaning_twice_changes_nothing():
    assert clean(clean(WORD)) == clean(WORD)

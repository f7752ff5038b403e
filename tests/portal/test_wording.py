"""The words of the administration: natural French, and no word of the trade of who wrote it."""

import gettext
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from guide.core.enums import Status
from guide.core.french import indefinite
from structures.models import Structure
from tests.factories import (
    DepartmentFactory,
    EditorFactory,
    StructureFactory,
    TerritoryFactory,
)
from tests.markup import parsed
from tests.portal.test_admin_pages import MAKERS, address

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
FOLDER = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES"


def test_the_compiled_words_are_those_of_the_source():
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(pairs) > 20
    for before, after in pairs:
        before, after = before.replace(r"\"", '"'), after.replace(r"\"", '"')
        assert compiled.gettext(before) == after


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_each_kind_and_each_row_of_a_form_has_an_article(model):
    page = admin.site._registry[model]
    for names in (model._meta, *(inline.model._meta for inline in page.inlines)):
        assert indefinite(str(names.verbose_name)).startswith(("un ", "une "))


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_no_page_speaks_of_objects(model, staff):
    row = MAKERS[model]()
    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", row.pk)):
        shown = staff.get(page).content.decode()
        assert not re.search(r"\bobjets? (?!Non)", shown, re.IGNORECASE), page


def test_a_form_adds_a_photograph_by_name(staff):
    shown = staff.get(reverse("admin:structures_structure_add")).content.decode()
    assert "Ajouter une photo" in shown
    assert "Ajouter une structure" in shown


def test_a_saved_row_is_said_in_plain_words(staff):
    response = staff.post(
        reverse("admin:aids_funder_add"), {"name": "Région", "code": "region-essai", "_save": "1"}, follow=True
    )
    assert "Ajout enregistré" in response.context["messages"]._loaded_data[0].message


def test_an_empty_list_says_so_and_a_search_without_answer_too(staff):
    empty = parsed(staff.get(reverse("admin:structures_structure_changelist")))
    assert "Rien ici pour l'instant." in empty.text
    StructureFactory()
    searched = staff.get(reverse("admin:structures_structure_changelist"), {"q": "introuvable"}).content.decode()
    assert "Rien ne répond à cette recherche" in searched


def test_a_filter_says_what_it_keeps(staff):
    shown = staff.get(reverse("admin:structures_structure_changelist")).content.decode()
    for words in ("Sans position", "Placée sur la carte", "Encore dans sa source"):
        assert words in shown
    assert "Non vide" not in shown


def test_the_entrance_offers_to_add_what_the_reader_may_add(client):
    client.force_login(EditorFactory(territories=[DepartmentFactory(code="36")]))
    found = dict(client.get("/admin/").context["addable"])
    assert found["une structure"] == reverse("admin:structures_structure_add")
    assert "un partenaire" not in found
    for form in found.values():
        assert client.get(form).status_code == 200


def test_a_published_sheet_leads_to_its_public_page(staff):
    for status, count in ((Status.PUBLISHED, 1), (Status.DRAFT, 0)):
        sheet = StructureFactory(status=status)
        shown = parsed(staff.get(address(Structure, "change", sheet.pk)))
        links = shown.all(f'li a[href="{sheet.get_absolute_url()}"]')
        assert [link.text for link in links].count("Voir sa page publique") == count


def test_the_choice_of_a_commune_begins_with_what_is_typed(staff):
    for name in ("Lureuil", "Preuilly-la-Ville", "Reuilly"):
        TerritoryFactory(name=name)
    asked = {"app_label": "structures", "model_name": "structure", "field_name": "commune", "term": "reuil"}
    results = staff.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [one["text"].partition(" (")[0] for one in results] == ["Reuilly", "Lureuil", "Preuilly-la-Ville"]

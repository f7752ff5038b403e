"""The French of the administration: whole sentences for people, where Django's own speaks of "objets"."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tests.editorial.factories import ReferenceFactory
from tests.factories import StructureFactory, UserFactory
from tests.markup import parsed

DJANGO = Path(admin.__file__).parent / "locale/fr/LC_MESSAGES/django.mo"
OWN = settings.LOCALE_PATHS[0] / "fr/LC_MESSAGES/django.po"
OBJECT = re.compile(r"\bobjets?\b", re.IGNORECASE)
# Columns of Django's own journal, which no page of ours shows.
UNSEEN = {"LogEntry Object", "object id", "object repr"}


def catalog(path: Path) -> dict:
    with path.open("rb") as file:
        return GNUTranslations(file)._catalog


def test_no_sentence_of_django_s_administration_speaks_of_objects():
    found = {
        key[0] if isinstance(key, tuple) else key
        for key, words in catalog(DJANGO).items()
        if OBJECT.search(words) and key not in UNSEEN
    }
    assert len(found) > 20
    assert not [key for key in found if OBJECT.search(gettext(key))]
    assert ngettext(
        "%(count)s %(name)s was changed successfully.", "%(count)s %(name)s were changed successfully.", 2
    ) == ("%(count)s %(name)s\u00a0: modifications enregistrées.")


def test_each_of_our_sentences_replaces_one_that_django_still_has():
    known = {key[0] if isinstance(key, tuple) else key for key in catalog(DJANGO)}
    assert {key[0] if isinstance(key, tuple) else key for key in catalog(OWN.with_suffix(".mo"))} - {""} <= known


def test_the_compiled_sentences_are_those_of_the_source():
    text = OWN.read_text()
    written = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', text, re.MULTILINE)
    compiled = [words for key, words in catalog(OWN.with_suffix(".mo")).items() if key]
    assert sorted(one.replace('\\"', '"') for one in written) == sorted(compiled)


@pytest.mark.django_db
@pytest.mark.admin_templates
def test_what_an_editor_reads_after_saving_and_on_the_form_is_plain_french(client):
    client.force_login(UserFactory())
    source = ReferenceFactory()
    values = {"title": "T", "publisher": "", "label": "Insee, 2024", "year": "2024", "url": ""}
    address = reverse("admin:editorial_reference_change", args=[source.pk])
    page = client.post(address, values, follow=True).content.decode()
    assert "Modification enregistrée\u00a0: source «" in page
    form = client.get(reverse("admin:structures_structure_change", args=[StructureFactory().pk])).content.decode()
    assert "Ajouter\\u00a0: " in form or "Ajouter\u00a0: " in form
    assert not OBJECT.search(form)


@pytest.mark.django_db
@pytest.mark.admin_templates
def test_a_form_that_is_refused_names_each_field_and_leads_to_it(client):
    client.force_login(UserFactory())
    inline = {f"{name}-{key}": "0" for name in ("photos", "memberships") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values = {
        "kind": "msp",
        "name": "MSP d'essai",
        "slug": "",
        **inline,
        "photos-TOTAL_FORMS": "1",
        "photos-0-credit": "X",
    }
    page = parsed(client.post(reverse("admin:structures_structure_add"), values))
    assert page.link("Commune") == "#id_commune"
    assert "Commune : Ce champ est obligatoire." in page.text
    assert page.one('a[href="#id_photos-0-alternative"]').text.startswith("Photo, ")
    assert "Rien n’est encore enregistré" in page

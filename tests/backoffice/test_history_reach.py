"""The history and the bin open no way around a perimeter or a role."""

import pytest
from django.urls import reverse

from aids.models import Aid, AidIncompatibility
from guide.backoffice.access import Role
from guide.backoffice.actions import move
from guide.backoffice.life_cycle import TRANSITIONS
from guide.backoffice.models import Action, Version
from guide.core.enums import Status
from guide.core.models import Publishable
from structures.models import Structure
from tests.aids.editing import posted
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory
from tests.portal.perimeter_rows import PLACED

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
BIN = "admin:backoffice_deletedsheet_changelist"


@pytest.fixture
def commune(indre):
    return TerritoryFactory(inside=[indre])


def page(structure, name="change", *args) -> str:
    return reverse(f"admin:structures_structure_{name}", args=[structure.pk, *args])


def change(client, structure, **values):
    response = client.post(page(structure), posted(client.get(page(structure))) | values)
    assert response.status_code == 302, response.context["errors"]


def test_a_step_leaves_a_version_with_its_author(commune):
    structure = StructureFactory(commune=commune, status=Status.DRAFT)
    user = EditorFactory(role=Role.REGION)
    move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=user)
    version = Version.objects.of(Structure, structure.pk).get()
    assert (version.action, version.by, version.before["fields"]["status"]) == (Action.STATUS, user, "draft")


def test_a_contributor_goes_back_to_a_version_without_publishing_it(client, commune, indre):
    structure = StructureFactory(commune=commune, phone="02 54 00 00 00")
    client.force_login(EditorFactory(role=Role.REGION))
    change(client, structure, phone="02 54 00 00 09", _transition="restore_to_draft")
    published = Version.objects.of(Structure, structure.pk).filter(before__fields__status="published").last()
    client.force_login(EditorFactory(role=Role.CONTRIBUTOR, territories=[indre]))
    assert client.post(page(structure, "revert", published.pk)).status_code == 302
    structure.refresh_from_db()
    assert (structure.phone, structure.status) == ("02 54 00 00 00", Status.DRAFT)


def test_nobody_goes_back_to_a_version_that_lies_outside(client, commune, indre):
    structure = StructureFactory()
    elsewhere = structure.commune
    client.force_login(EditorFactory(role=Role.REGION))
    change(client, structure, commune=commune.pk, _save="1")
    version = Version.objects.of(Structure, structure.pk).first()
    client.force_login(EditorFactory(territories=[indre]))
    text = client.post(page(structure, "revert", version.pk)).content.decode()
    assert "sort de votre périmètre" in text
    structure.refresh_from_db()
    assert structure.commune != elsewhere


def test_the_bin_shows_each_what_lay_in_the_perimeter(client, commune, indre):
    contributor = EditorFactory(role=Role.CONTRIBUTOR, territories=[indre])
    made = [
        StructureFactory(name="Fiche d'ici", commune=commune),
        StructureFactory(name="Fiche d'ailleurs"),
        StructureFactory(name="Brouillon", status=Status.DRAFT, created_by=contributor),
    ]
    client.force_login(EditorFactory(role=Role.REGION))
    for structure in made:
        client.post(page(structure, "delete"), {"post": "yes"})
    assert not Structure.objects.exists()
    seen = {
        EditorFactory(role=Role.REGION): [True, True, True],
        EditorFactory(territories=[indre]): [True, False, False],
        EditorFactory(): [False, False, False],
        contributor: [False, False, True],
    }
    for user, expected in seen.items():
        client.force_login(user)
        response = client.get(reverse(BIN))
        labels = {row.label for row in response.context["cl"].result_list} if response.status_code == 200 else set()
        assert [structure.name in labels for structure in made] == expected, user


# Aids are archived, and never deleted.
DELETED = [AidIncompatibility, *(model for model in PLACED if issubclass(model, Publishable) and model is not Aid)]


@pytest.mark.parametrize("model", DELETED, ids=lambda model: model._meta.label)
def test_a_departmental_editor_restores_what_lay_inside_and_sees_nothing_of_others(client, indre, model):
    cher = DepartmentFactory(code="18", name="Cher")
    inside, outside = PLACED[model](indre), PLACED[model](cher)
    client.force_login(EditorFactory(role=Role.REGION))
    opts = model._meta
    for row in (inside, outside):
        client.post(reverse(f"admin:{opts.app_label}_{opts.model_name}_delete", args=[row.pk]), {"post": "yes"})
    assert not model.objects.filter(pk__in=[inside.pk, outside.pk]).exists()
    client.force_login(EditorFactory(territories=[indre]))
    (deleted,) = client.get(reverse(BIN)).context["cl"].result_list
    assert deleted.object_id == inside.pk
    restored = client.post(reverse("admin:backoffice_deletedsheet_change", args=[deleted.pk]))
    assert restored.status_code == 302
    assert model.objects.filter(pk=inside.pk).exists()

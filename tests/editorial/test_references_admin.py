"""Sources in the administration: departments add those they cite, and leave those of others alone."""

import pytest
from django.urls import reverse

from guide.backoffice.access import Role
from guide.backoffice.models import Version
from guide.editorial.models import NewsItem, Reference
from tests.editorial.factories import NewsItemFactory, ReferenceFactory
from tests.factories import EditorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
VALUES = {
    "code": "indre-budget-2026", "title": "Budget primitif 2026", "publisher": "Département de l'Indre",
    "label": "Département de l'Indre, 2026", "year": "2026", "url": "",
}  # fmt: skip


def address(page: str, *args) -> str:
    return reverse(f"admin:editorial_reference_{page}", args=args)


def test_a_departmental_editor_adds_a_source_corrects_it_and_cites_it(client, signed_in_editor, indre):
    assert client.post(address("add"), VALUES).status_code == 302
    source = Reference.objects.get()
    assert source.created_by == signed_in_editor
    assert client.post(address("change", source.pk), VALUES | {"title": "Budget 2026"}).status_code == 302
    source.refresh_from_db()
    assert source.title == "Budget 2026"
    found = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "editorial", "model_name": "newsitem", "field_name": "references", "term": "budget"},
    )
    assert [one["id"] for one in found.json()["results"]] == [str(source.pk)]
    item = NewsItemFactory(territory=indre)
    item.references.add(source)
    assert NewsItem.objects.get().references.get() == source


def test_sources_of_others_are_read_and_neither_changed_nor_deleted(client, signed_in_editor):
    source = ReferenceFactory(created_by=EditorFactory(role=Role.REGION))
    assert client.get(address("change", source.pk)).status_code == 200
    for page in ("change", "delete"):
        assert client.post(address(page, source.pk), VALUES | {"post": "yes"}).status_code == 403
    assert client.post(address("changelist"), {"action": "delete_selected", "_selected_action": [source.pk]})
    assert Reference.objects.get().title == source.title


@pytest.mark.parametrize(("role", "territories"), [(Role.CONTRIBUTOR, True), (Role.DEPARTMENT, False)])
def test_a_contributor_and_an_editor_without_territory_add_none(client, indre, role, territories):
    client.force_login(EditorFactory(role=role, territories=[indre] if territories else []))
    assert client.post(address("add"), VALUES).status_code == 403
    assert not Reference.objects.exists()


def test_a_version_of_one_s_own_source_is_gone_back_to(client, signed_in_editor):
    client.post(address("add"), VALUES)
    source = Reference.objects.get()
    client.post(address("change", source.pk), VALUES | {"title": "Autre"})
    history = client.get(address("history", source.pk))
    version = max(one.pk for one in Version.objects.of(Reference, source.pk))
    assert history.status_code == 200
    assert client.post(address("revert", source.pk, version)).status_code == 302
    assert Reference.objects.get().title == VALUES["title"]

"""Each view and each action of the administration, tried across the perimeter of a departmental editor."""

import pytest
from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.auth.models import Permission
from django.urls import reverse

from guide.backoffice import previews
from guide.backoffice.access import Role
from guide.backoffice.models import EditorComment
from guide.backoffice.perimeter import within_perimeter
from guide.core.enums import Status
from guide.core.models import Publishable
from structures.models import Structure
from tests.factories import EditorFactory, StructureFactory, TerritoryFactory, UserFactory
from tests.portal.perimeter_rows import PLACED
from tests.portal.test_admin_pages import MAKERS, address

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

LOCAL = list(PLACED)
SHEETS = [model for model in LOCAL if issubclass(model, Publishable)]
OTHERS = [model for model in MAKERS if model not in PLACED]
by_label = {"ids": lambda model: model._meta.label}


def state(row):
    """Every value of the row, to see that nothing was written."""
    return type(row)._base_manager.filter(pk=row.pk).values().first()


def test_every_model_with_a_perimeter_is_tried_here():
    declared = {model for model, page in admin.site._registry.items() if getattr(page, "perimeter_path", None)}
    assert declared == set(PLACED)


@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_the_list_shows_the_perimeter_alone(client, signed_in_editor, indre, cher, model):
    inside, outside = PLACED[model](indre), PLACED[model](cher)
    response = client.get(address(model, "changelist"))
    assert [row.pk for row in response.context["cl"].result_list] == [inside.pk]
    assert outside.pk != inside.pk


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_no_page_of_a_row_outside_opens_or_writes(client, signed_in_editor, cher, model, page):
    row = PLACED[model](cher)
    before = state(row)
    refused = client.get(address(model, page, row.pk))
    assert refused.status_code == 403
    assert "hors de votre périmètre\u00a0: Indre" in refused.content.decode()
    for values in ({"post": "yes"}, {"_transition": "archive"}, {"_save": "1"}):
        assert client.post(address(model, page, row.pk), values).status_code == 403
    assert state(row) == before


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_the_pages_of_a_row_inside_open(client, signed_in_editor, indre, model, page):
    assert client.get(address(model, page, PLACED[model](indre).pk)).status_code == 200


@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_an_action_leaves_rows_outside_as_they_are(client, signed_in_editor, indre, cher, model):
    row = PLACED[model](cher, status=Status.DRAFT)
    PLACED[model](indre)
    before = state(row)
    page = admin.site._registry[model]
    request = client.get(address(model, "changelist")).wsgi_request
    actions = [*page.get_actions(request), "delete_selected"]
    for action in actions:
        values = {"action": action, "_selected_action": [row.pk], "post": "yes"}
        assert client.post(address(model, "changelist"), values).status_code in (200, 302, 403)
        assert state(row) == before, action


@pytest.mark.parametrize("model", SHEETS, **by_label)
def test_what_surrounds_a_sheet_outside_is_refused_too(client, signed_in_editor, cher, model):
    row = PLACED[model](cher, status=Status.DRAFT)
    place = [model._meta.app_label, model._meta.model_name, row.pk]
    refused = 403 if previews.has_preview(model) else 404
    assert client.get(reverse("backoffice:preview", args=place)).status_code == refused
    assert client.get(reverse("backoffice:partner_link", args=place)).status_code == refused
    assert client.post(reverse("admin:sheet_comments", args=place), {"text": "x"}).status_code == 403
    assert not EditorComment.objects.exists()


@pytest.mark.parametrize("model", SHEETS, **by_label)
def test_the_review_queue_and_exports_stay_inside(client, signed_in_editor, indre, cher, model):
    inside = PLACED[model](indre, status=Status.IN_REVIEW, name="Dedans")
    PLACED[model](cher, status=Status.IN_REVIEW, name="Dehors")
    page = client.get(reverse("admin:review_queue")).content.decode()
    assert "Dedans" in page
    assert "Dehors" not in page
    path = admin.site._registry[model].perimeter_path
    assert list(within_perimeter(signed_in_editor, model.objects.all(), path)) == [inside]


@pytest.mark.parametrize("model", OTHERS, **by_label)
def test_what_has_no_place_is_read_at_most(client, signed_in_editor, model):
    row = MAKERS[model]()
    before = state(row)
    assert client.get(address(model, "changelist")).status_code in (200, 403)
    for page in ("change", "delete"):
        response = client.post(address(model, page, row.pk), {"post": "yes", "_save": "1"})
        assert response.status_code in (302, 403, 404), page
    assert state(row) == before
    count = model.objects.count()
    client.post(address(model, "add"), {"post": "yes"})
    assert model.objects.count() == count


@pytest.mark.parametrize("model", list(admin.site._registry), **by_label)
def test_permissions_added_by_hand_open_nothing_to_who_has_no_role(client, indre, model):
    user = UserFactory(is_superuser=False)
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    row = PLACED[model](indre) if model in PLACED else MAKERS[model]()
    found = client.get(address(model, "changelist"))
    assert found.status_code == 403 or not list(found.context["cl"].result_list)
    assert client.post(address(model, "change", row.pk), {"_save": "1"}).status_code in (302, 403, 404)
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code in (302, 403, 404)
    assert state(row)


@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_a_departmental_editor_without_a_territory_sees_and_adds_nothing(client, indre, model):
    client.force_login(EditorFactory())
    row = PLACED[model](indre)
    assert list(client.get(address(model, "changelist")).context["cl"].result_list) == []
    assert client.get(address(model, "change", row.pk)).status_code == 403
    assert client.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REGION])
@pytest.mark.parametrize("model", LOCAL, **by_label)
def test_the_region_and_the_administrators_reach_everything(client, indre, cher, model, role):
    client.force_login(EditorFactory(role=role))
    rows = {PLACED[model](indre).pk, PLACED[model](cher).pk}
    found = client.get(address(model, "changelist")).context["cl"].result_list
    assert {row.pk for row in found} >= rows
    for pk in rows:
        assert client.get(address(model, "change", pk)).status_code == 200


def choices(client, field: str, term: str, model="structure") -> list[str]:
    about = {"app_label": "structures", "model_name": model, "field_name": field, "term": term}
    return [one["text"] for one in client.get(reverse("admin:autocomplete"), about).json()["results"]]


def test_the_place_of_a_new_sheet_is_chosen_inside(client, signed_in_editor, indre, cher):
    TerritoryFactory(name="Saint-Août", code="36180", inside=[indre])
    TerritoryFactory(name="Saint-Florent", code="18207", inside=[cher])
    assert choices(client, "commune", "saint") == ["Saint-Août (commune 36180)"]


def test_a_group_is_chosen_among_those_inside_and_those_that_visitors_see(client, signed_in_editor, indre, cher):
    kinds = {"kind": "cpts"}
    PLACED[Structure](indre, name="CPTS brouillon d'ici", status=Status.DRAFT, **kinds)
    PLACED[Structure](cher, name="CPTS publiée", **kinds)
    PLACED[Structure](cher, name="CPTS secrète", status=Status.DRAFT, **kinds)
    found = [text.partition(" (")[0] for text in choices(client, "group", "cpts", "membership")]
    assert found == ["CPTS brouillon d'ici", "CPTS publiée"]


def test_a_list_filter_never_names_rows_of_a_model_with_a_perimeter():
    for model, page in admin.site._registry.items():
        for name in page.list_filter:
            field = name if isinstance(name, str) else name[0] if isinstance(name, tuple) else None
            related = model._meta.get_field(field.partition("__")[0]).related_model if field else None
            listed = not isinstance(name, tuple) or issubclass(name[1], RelatedFieldListFilter)
            assert not (related in PLACED and listed), f"{page} : {name}"


def test_a_list_asks_as_many_queries_for_many_rows_as_for_few(
    client, signed_in_editor, indre, django_assert_max_num_queries
):
    commune = TerritoryFactory(inside=[indre])
    StructureFactory.create_batch(50, commune=commune)
    with django_assert_max_num_queries(25):
        client.get(address(Structure, "changelist"))

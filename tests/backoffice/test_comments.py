"""Editors talk about a sheet; visitors never read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guide.backoffice.models import EditorComment
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


@pytest.fixture
def structure(db):
    return StructureFactory(commune=TerritoryFactory(inside=[DepartmentFactory(code="36", name="Indre")]))


@pytest.fixture
def editor(client, structure):
    user = EditorFactory(role="region")
    client.force_login(user)
    return user


def address(structure) -> str:
    return reverse("admin:sheet_comments", args=["structures", "structure", structure.pk])


def page(structure) -> str:
    return reverse("admin:structures_structure_change", args=[structure.pk])


def test_a_comment_is_shown_escaped_with_its_author_until_it_is_resolved(client, editor, structure):
    response = client.post(address(structure), {"text": "<b>Téléphone</b> à vérifier"})
    assert response.url == f"{page(structure)}#commentaires"
    comment = EditorComment.objects.get()
    text = parsed(client.get(page(structure))).text
    assert "<b>Téléphone</b> à vérifier" in text
    assert editor.username in text
    client.post(address(structure), {"resolve": comment.pk})
    comment.refresh_from_db()
    assert comment.resolved_by == editor
    assert "réglé par" in client.get(page(structure)).content.decode()
    assert "vérifier" not in client.get(structure.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused_with_a_message(client, editor, structure, text):
    response = client.post(address(structure), {"text": text}, follow=True)
    assert "Un commentaire compte de 1 à 4000 caractères." in response.content.decode()
    assert not EditorComment.objects.exists()


def test_a_comment_of_another_sheet_is_not_resolved_from_here(client, editor, structure):
    client.post(address(StructureFactory()), {"text": "Ailleurs"})
    comment = EditorComment.objects.get()
    for key in (comment.pk, "x", "99999"):
        assert client.post(address(structure), {"resolve": key}).status_code == 404
    comment.refresh_from_db()
    assert comment.resolved_at is None


@pytest.mark.parametrize("place", [["structures", "stop", 1], ["a", "b", 1], ["structures", "structure", 99999]])
def test_what_is_not_a_sheet_has_no_comments(client, editor, structure, place):
    assert client.post(reverse("admin:sheet_comments", args=place), {"text": "x"}).status_code == 404


def test_comments_are_read_in_one_query_whatever_their_number(client, editor, structure):

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page(structure))
        return len(queries)

    EditorComment.objects.create(sheet=structure, author=editor, text="Un")
    few = count()
    for number in range(10):
        EditorComment.objects.create(sheet=structure, author=editor, text=str(number))
    assert count() == few

"""Values that no form offers, sent to the administration by hand: refused in words, nothing half-written."""

from datetime import timedelta

import pytest
from django import forms
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from guide.backoffice.models import EditorComment
from structures.forms import StructureForm
from structures.models import Structure
from tests.aids.editing import posted
from tests.factories import EditorFactory, StructureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
HUGE = "9" * 30


@pytest.fixture
def structure(client):
    client.force_login(EditorFactory(role="region"))
    return StructureFactory()


def save(client, structure, **values):
    page = reverse("admin:structures_structure_change", args=[structure.pk])
    return client.post(page, posted(client.get(page)) | values | {"_save": "1"})


def errors(response, name: str) -> str:
    return " ".join(response.context_data["adminform"].form.errors[name])


@pytest.mark.parametrize("name", ["publish_at", "unpublish_at"])
@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_moment_that_no_time_zone_reckons_with_is_refused_at_its_field(client, structure, name, day):
    response = save(client, structure, **{f"{name}_0": day, f"{name}_1": "00:00:00"})
    assert "Vérifiez l'année" in errors(response, name)
    assert getattr(Structure.objects.get(pk=structure.pk), name) is None


@pytest.mark.parametrize("name", ["opened_on", "verified_on"])
def test_a_year_that_nobody_means_is_refused_at_its_field(client, structure, name):
    assert "Vérifiez l'année" in errors(save(client, structure, **{name: "01/01/0026"}), name)


def test_a_check_is_not_made_in_the_future(client, structure):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = save(client, structure, verified_on=f"{tomorrow:%d/%m/%Y}")
    assert "pas encore venu" in errors(response, "verified_on")
    assert save(client, structure, verified_on=f"{timezone.localdate():%d/%m/%Y}").status_code == 302


@pytest.mark.parametrize("key", [HUGE, "x", "\x00"])
@pytest.mark.parametrize("action", ["export_csv", "export_xlsx", "mark_verified"])
def test_what_can_be_no_key_of_a_row_is_a_bad_request(client, structure, action, key):
    page = reverse("admin:structures_structure_changelist")
    assert client.post(page, {"action": action, "_selected_action": [key]}).status_code == 400


def test_an_address_taken_between_the_check_and_the_write_is_refused_at_its_field(client, structure, monkeypatch):
    """Two people add the same sheet at the same instant; nothing but the order of the calls differs here."""
    checks = []

    def check_late(form):
        checks.append(form)
        if len(checks) > 1:
            forms.ModelForm.validate_unique(form)

    monkeypatch.setattr(StructureForm, "validate_unique", check_late, raising=False)
    response = save(client, structure, slug=StructureFactory().slug)
    assert "existe déjà" in errors(response, "slug")
    assert len(checks) == 2


def test_a_comment_with_a_key_of_five_thousand_digits_is_not_found(client, structure):
    address = reverse("admin:sheet_comments", args=["structures", "structure", structure.pk])
    assert client.post(address, {"resolve": "9" * 5000}).status_code == 404


def test_a_comment_keeps_no_null_character(client, structure):
    address = reverse("admin:sheet_comments", args=["structures", "structure", structure.pk])
    client.post(address, {"text": "Numéro\x00 changé"})
    assert EditorComment.objects.get().text == "Numéro changé"


def test_a_null_character_in_a_search_is_never_an_error_of_the_server(client, structure):
    """SQLite compares it; PostgreSQL, which cannot hold it, refuses the request."""
    expected = 400 if connection.vendor == "postgresql" else 200
    assert client.get(reverse("admin:backoffice_proposal_add"), {"q": "a\x00b"}).status_code == expected

"""An editor corrects a sheet in the admin."""

import pytest
from django.urls import reverse

from guide.core import content_version
from guide.core.enums import Status
from structures.models import Structure
from tests.factories import DepartmentFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

INLINES = ("photos", "modes", "staff", "stops", "memberships", "sources")


def form_of(structure: Structure, **changes) -> dict:
    fields = [
        "kind", "name", "slug", "rank", "ownership", "presentation", "address", "postal_code", "latitude", "longitude",
        "coordinate_source", "phone", "email", "website", "recruiting", "welcomes_interns", "emergency", "maternity",
        "opened_precision", "finess_legal", "siret", "source", "source_url", "source_date", "confidence", "status",
        "verify_every",
    ]  # fmt: skip
    values = {name: getattr(structure, name) for name in fields}
    values |= {"commune": structure.commune_id, "recruiting": "unknown", "welcomes_interns": "unknown"}
    for inline in INLINES:
        values |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return values | changes


def test_a_corrected_phone_is_saved_with_its_author_and_said_to_be_kept(client, signed_in_administrator):
    structure = StructureFactory(phone="02 54 00 00 00", provenance={"phone": ["finess", "02 54 00 00 00"]})
    page = reverse("admin:structures_structure_change", args=[structure.pk])
    before = content_version.current()
    response = client.post(page, form_of(structure, phone="02 54 48 00 01"))
    assert response.status_code == 302, response.context["errors"]
    structure.refresh_from_db()
    assert (structure.phone, structure.updated_by) == ("02 54 48 00 01", signed_in_administrator)
    assert content_version.current() != before
    assert "téléphone" in parsed(client.get(page)).texts("div.readonly")


def test_a_closure_before_the_opening_is_refused_in_french(client, signed_in_administrator):
    structure = StructureFactory()
    page = reverse("admin:structures_structure_change", args=[structure.pk])
    response = client.post(page, form_of(structure, opened_on="2020-01-01", closed_on="2019-01-01"))
    assert "La fermeture doit suivre l'ouverture." in parsed(response).text


def test_chosen_sheets_are_archived_together(client, signed_in_administrator):
    StructureFactory.create_batch(2)
    pks = list(Structure.objects.values_list("pk", flat=True))
    action = {"action": "archive", "_selected_action": pks}
    response = client.post(reverse("admin:structures_structure_changelist"), action, follow=True)
    assert "2\u00a0fiches archivées." in response.content.decode()
    assert set(Structure.objects.values_list("status", flat=True)) == {Status.ARCHIVED}


def test_structures_are_filtered_by_department(client, signed_in_administrator):
    indre = DepartmentFactory(code="36", name="Indre")
    StructureFactory(name="Dedans", commune=TerritoryFactory(inside=[indre]))
    StructureFactory(name="Dehors")
    page = client.get(reverse("admin:structures_structure_changelist"), {"departement": "36"}).content.decode()
    assert "Dedans" in page
    assert "Dehors" not in page


def test_a_position_moved_by_hand_is_said_to_be_kept(client, signed_in_administrator):
    structure = StructureFactory(provenance={"position": ["sae", [46.0, 1.98, "commune"]], "staff": ["sae", []]})
    page = client.get(reverse("admin:structures_structure_change", args=[structure.pk]))
    assert "position" in parsed(page).texts("div.readonly")

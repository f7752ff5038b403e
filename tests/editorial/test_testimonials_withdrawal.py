"""Staff take a testimonial off the site at the request of its author: the same erasing as by the author's own link."""

import pytest
from django.urls import reverse

from guide.backoffice.access import Role
from guide.backoffice.models import Version
from guide.editorial.models import Testimonial
from guide.editorial.testimonials.actions import WITHDRAWN_TITLE, offer_testimonial
from tests.editorial.factories import TestimonialFactory
from tests.editorial.test_testimonials_offer import VALUES
from tests.factories import DepartmentFactory, EditorFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def address(page: str, *args) -> str:
    return reverse(f"admin:editorial_testimonial_{page}", args=args)


@pytest.fixture
def row(indre):
    return offer_testimonial(values=VALUES | {"territory": indre})


def login(client, role, *territories):
    user = EditorFactory(role=role, territories=territories)
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REGION, Role.DEPARTMENT])
def test_an_editor_confirms_and_everything_is_erased(client, row, indre, role):
    user = login(client, role, indre)
    assert address("withdraw", row.pk) in client.get(address("change", row.pk)).content.decode()
    asked = parsed(client.get(address("withdraw", row.pk)))
    assert "Personne ne peut revenir en arrière" in asked.text
    assert Testimonial.objects.get().withdrawn_at is None
    after = client.post(address("withdraw", row.pk), follow=True).content.decode()
    assert "Témoignage retiré" in after
    assert VALUES["name"] not in after
    found = Testimonial.objects.get()
    assert (found.title, found.name, found.body, found.contact_email) == (WITHDRAWN_TITLE, "", "", "")
    assert found.updated_by == user
    assert not Version.objects.of(Testimonial, row.pk).exists()
    assert address("withdraw", row.pk) not in after
    assert "déjà été retiré" in client.post(address("withdraw", row.pk), follow=True).content.decode()


def test_neither_a_contributor_nor_another_department_may(client, row, indre):
    login(client, Role.CONTRIBUTOR, indre)
    assert address("withdraw", row.pk) not in client.get(address("change", row.pk)).content.decode()
    assert client.post(address("withdraw", row.pk)).status_code == 403
    login(client, Role.DEPARTMENT, DepartmentFactory(code="18"))
    assert client.post(address("withdraw", row.pk)).status_code == 403
    assert Testimonial.objects.get().withdrawn_at is None


def test_one_that_came_from_a_file_is_also_to_be_taken_out_of_the_file(client):
    login(client, Role.REGION)
    reported = TestimonialFactory(provenance={"name": ["temoignages", "Dr A"]})
    assert "retirez-le aussi de ce fichier" in client.get(address("withdraw", reported.pk)).content.decode()


def test_one_that_does_not_exist_is_not_found(client):
    login(client, Role.REGION)
    assert client.get(address("withdraw", 999)).status_code == 404

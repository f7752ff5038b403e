"""How old the last check of a sheet is, day by day, and the write that says that it was checked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from guide.backoffice.access import Role
from guide.backoffice.actions import mark_verified
from guide.core import content_version
from guide.core.enums import Freshness, Status
from structures.models import Structure
from tests.factories import EditorFactory, StructureFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("verified_on", "verify_every", "expected"),
    [
        (None, 365, Freshness.NEVER),
        (DAY, 365, Freshness.FRESH),
        (DAY - timedelta(days=59), 90, Freshness.FRESH),
        (DAY - timedelta(days=60), 90, Freshness.SOON),
        (DAY - timedelta(days=90), 90, Freshness.SOON),  # due today: today is not late
        (DAY - timedelta(days=91), 90, Freshness.STALE),
        (date(2024, 2, 29), 365, Freshness.STALE),
        (DAY, 0, Freshness.SOON),
        (date(1990, 1, 1), 32767, Freshness.FRESH),
    ],
)
def test_a_sheet_has_one_freshness(verified_on, verify_every, expected):
    StructureFactory(verified_on=verified_on, verify_every=verify_every)
    found = [age for age in Freshness if Structure.objects.of_freshness(age, DAY).exists()]
    assert found == [expected]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
def test_only_published_sheets_grow_old(status):
    StructureFactory(status=status)
    assert not Structure.objects.of_freshness(Freshness.NEVER).exists()


def test_checking_dates_the_sheet_names_who_did_and_raises_the_version():
    editor = EditorFactory(role=Role.REGION)
    sheet = StructureFactory(verified_on=date(2020, 1, 1), name="Intacte")
    before = content_version.current()
    assert mark_verified(sheets=Structure.objects.all(), by=editor) == 1
    sheet.refresh_from_db()
    assert (sheet.verified_on, sheet.updated_by, sheet.name) == (timezone.localdate(), editor, "Intacte")
    assert content_version.current() != before


def test_a_contributor_cannot_say_that_a_sheet_is_up_to_date():
    StructureFactory()
    with pytest.raises(PermissionDenied):
        mark_verified(sheets=Structure.objects.all(), by=EditorFactory(role=Role.CONTRIBUTOR))


def test_a_list_keeps_the_sheets_in_charge_of_the_reader(client):
    reader = UserFactory()
    client.force_login(reader)
    mine, free = StructureFactory(responsible=reader), StructureFactory()
    StructureFactory(responsible=UserFactory())

    def listed(who: str) -> list:
        page = client.get(reverse("admin:structures_structure_changelist"), {"responsable": who})
        return list(page.context["cl"].result_list)

    assert listed("moi") == [mine]
    assert listed("personne") == [free]

"""Any sheet on its public template before it is public: for staff, and for a partner by a link."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from guide.backoffice import previews
from guide.backoffice.actions import move
from guide.backoffice.life_cycle import TRANSITIONS
from guide.core.enums import Status
from guide.core.models import Publishable
from guide.editorial.models import Document, Event, KeyFigure, Partner
from structures.models import Structure
from tests.aids.factories import AidFactory
from tests.factories import EditorFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(indre):
    return StructureFactory(commune=TerritoryFactory(inside=[indre]), name="MSP à venir", status=Status.DRAFT)


def preview(sheet) -> str:
    return reverse("backoffice:preview", args=[sheet._meta.app_label, sheet._meta.model_name, sheet.pk])


def partner(sheet) -> str:
    return reverse("backoffice:partner_preview", args=[previews.token_of(sheet)])


# Visitors read these in lists alone.
WITHOUT_PAGE = {Document, Event, KeyFigure, Partner}


def test_every_kind_of_sheet_that_has_a_page_has_a_preview():
    for model in admin.site._registry:
        if issubclass(model, Publishable) and model not in WITHOUT_PAGE:
            assert previews.has_preview(model), f"{model._meta.label}: register it in its app's editing.py"


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("make", [StructureFactory, AidFactory])
def test_staff_see_any_state_on_the_public_template_with_a_banner(client, make, status):
    client.force_login(EditorFactory(role="region"))
    sheet = make(status=status, name="Fiche d'essai")
    response = client.get(preview(sheet))
    shown = parsed(response)
    assert response.status_code == 200
    assert "Fiche d'essai" in shown.text
    assert f"fiche à l'état « {sheet.get_status_display()} »" in shown.plain
    assert "noindex, nofollow" in shown.values('meta[name="robots"]', "content")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_public_page_has_no_banner(client, draft):
    move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=EditorFactory(role="region"))
    assert "Aperçu" not in client.get(draft.get_absolute_url()).content.decode()


def test_a_visitor_is_sent_to_the_login(client, draft):
    response = client.get(preview(draft))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/?next=/apercu/")


@pytest.mark.parametrize(
    "address", ["/apercu/structures/structure/99/", "/apercu/structures/stop/1/", "/apercu/a/b/1/"]
)
def test_what_is_not_a_sheet_is_not_found(client, editor, address):
    client.force_login(editor)
    assert client.get(address).status_code == 404


def test_a_partner_opens_the_link_without_an_account_and_without_a_cookie(client, editor, draft):
    response = client.get(partner(draft))
    text = response.content.decode()
    assert response.status_code == 200
    assert "MSP à venir" in text
    assert "Ce lien s'ouvre jusqu'au" in text
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_the_link_is_over_after_seven_days(client, draft):
    address = partner(draft)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        response = client.get(address)
    assert response.status_code == 410
    assert "n'est plus valable" in response.content.decode()


def test_the_link_is_over_once_the_sheet_has_changed_state(client, draft):
    address = partner(draft)
    move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=EditorFactory(role="region"))
    assert client.get(address).status_code == 410


def test_a_link_that_was_tampered_with_is_not_found(client, draft):
    other = StructureFactory(status=Status.DRAFT)
    mine, theirs = previews.token_of(draft), previews.token_of(other)
    mixed = ":".join([theirs.split(":")[0], *mine.split(":")[1:]])
    for token in (mixed, mine[:-1], "x", "a:b:c"):
        assert client.get(reverse("backoffice:partner_preview", args=[token])).status_code == 404


@pytest.mark.admin_templates
def test_the_form_offers_the_preview_and_the_link(client, editor, draft):
    client.force_login(editor)
    page = client.get(reverse("admin:structures_structure_change", args=[draft.pk])).content.decode()
    assert preview(draft) in page
    shown = parsed(client.get(f"{preview(draft)}lien/"))
    assert shown.all(f'input[value^="http://127.0.0.1:8000{partner(draft)[:30]}"]')

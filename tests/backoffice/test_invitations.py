"""A structure or a funder confirms or corrects its own sheet by a signed link: once, that sheet alone, privately."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aids.models import Aid
from guide.backoffice import actions, proposals
from guide.backoffice.access import Role
from guide.backoffice.models import Invitation, InvitationState, Proposal, ProposalState
from guide.backoffice.upkeep import invitations
from guide.core.enums import Status
from guide.desk.models import ContactBody
from guide.desk.vocabulary import BodyKind
from structures.models import Structure
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed
from tests.portal.perimeter_rows import aid

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

WHO = {"votre_nom": "Dr Martin, coordinatrice"}


@pytest.fixture
def sheet(indre):
    commune = TerritoryFactory(inside=[indre], name="La Châtre")
    return StructureFactory(commune=commune, name="MSP de l'Indre", email="msp@example.org", phone="02 54 00 00 00")


def path_of(invitation) -> str:
    return "/" + invitations.link_of(invitation).split("/", 3)[3]


@pytest.fixture
def path(sheet, editor):
    return path_of(actions.invite(sheet=sheet, by=editor))


def form_of(sheet, **changes) -> dict[str, str]:
    """What a browser sends back when only `changes` were typed."""
    form = proposals.form_for(sheet)
    values = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    return values | WHO | changes


def test_an_editor_invites_from_the_sheet_and_the_link_is_mailed(client, editor, sheet, settings):
    settings.SITE_URL = "https://guide.example.org"
    client.force_login(editor)
    address = reverse("admin:sheet_invitations", args=["structures", "structure", sheet.pk])
    change = client.get(reverse("admin:structures_structure_change", args=[sheet.pk]))
    assert address in change.content.decode()
    assert parsed(client.get(address)).one('input[name="email"]')["value"] == "msp@example.org"
    assert client.post(address, {"email": "msp@example.org"}).status_code == 302
    (message,) = mail.outbox
    assert message.to == ["msp@example.org"]
    assert "MSP de l'Indre" in message.body
    link = next(line for line in message.body.splitlines() if line.startswith("https://"))
    assert Client().get(link.removeprefix("https://guide.example.org")).status_code == 200
    page = client.get(address)
    assert link in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_link_can_be_made_without_a_mail_and_a_wrong_address_is_said(client, editor, sheet):
    client.force_login(editor)
    address = reverse("admin:sheet_invitations", args=["structures", "structure", sheet.pk])
    assert client.post(address, {"email": "pas une adresse"}).context["form"].errors
    assert not Invitation.objects.exists()
    client.post(address, {"email": ""})
    assert Invitation.objects.get().author == editor
    assert not mail.outbox


def test_a_mail_that_does_not_go_leaves_no_link(client, editor, sheet, monkeypatch):
    def fail(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr(actions, "send_mail", fail)
    client.force_login(editor)
    address = reverse("admin:sheet_invitations", args=["structures", "structure", sheet.pk])
    page = client.post(address, {"email": "msp@example.org"})
    assert "n'est pas parti" in page.context["form"].errors["email"][0]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("model", [Structure, Aid])
def test_nobody_invites_outside_the_perimeter(client, editor, model):
    cher = DepartmentFactory(code="18")
    outside = {
        Structure: lambda: StructureFactory(commune=TerritoryFactory(inside=[cher])),
        Aid: lambda: aid(cher),
    }[model]()
    client.force_login(editor)
    address = reverse("admin:sheet_invitations", args=[model._meta.app_label, model._meta.model_name, outside.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"email": "x@example.org"}).status_code == 403
    assert not mail.outbox


def test_the_page_is_private_and_shows_that_sheet_alone(path, sheet, indre):
    StructureFactory(commune=sheet.commune, name="Autre MSP", phone="02 54 99 99 99")
    response = Client().get(path)
    page = parsed(response)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    # Not no-referrer: with it browsers send "Origin: null" and the form is refused.
    assert response["Referrer-Policy"] == "same-origin"
    assert set(response.cookies) == {"csrftoken"}
    assert "MSP de l'Indre" in page
    assert "02 54 00 00 00" in page
    assert "Autre MSP" not in page
    assert "02 54 99 99 99" not in page
    assert f"/admin/structures/structure/{sheet.pk}" not in page


def test_everything_is_right_becomes_a_proposal_that_dates_the_check(client, path, sheet, editor):
    before = Structure.objects.filter(pk=sheet.pk).values().get()
    assert Client().post(path, form_of(sheet, tout_est_juste="1", phone="ignoré")).status_code == 200
    assert Structure.objects.filter(pk=sheet.pk).values().get() == before
    proposal = Proposal.objects.get()
    assert (proposal.values, proposal.confirms, proposal.author) == ({}, True, None)
    assert proposal.contact == "Dr Martin, coordinatrice (lien transmis)"
    client.force_login(editor)
    address = reverse("admin:backoffice_proposal_change", args=[proposal.pk])
    assert "Accepter la confirmation" in client.get(address).content.decode()
    client.post(address, {"accept": "1"})
    sheet.refresh_from_db()
    assert (sheet.verified_on, sheet.updated_by) == (timezone.localdate(), editor)


def test_a_correction_is_accepted_field_by_field(client, path, sheet, editor):
    answer = form_of(sheet, phone="02 54 11 11 11", recruiting="true", remarque="Le FINESS est faux.", corriger="1")
    assert "Merci" in Client().post(path, answer).content.decode()
    proposal = Proposal.objects.get()
    assert proposal.values == {"phone": "02 54 11 11 11", "recruiting": "true"}
    assert proposal.text == "Le FINESS est faux."
    client.force_login(editor)
    client.post(
        reverse("admin:backoffice_proposal_change", args=[proposal.pk]), {"accept": "1", "champ-recruiting": "on"}
    )
    sheet.refresh_from_db()
    assert (sheet.recruiting, sheet.phone, sheet.verified_on) == (True, "02 54 00 00 00", timezone.localdate())


def test_a_refused_answer_dates_nothing(client, path, sheet, editor):
    Client().post(path, form_of(sheet, tout_est_juste="1"))
    actions.refuse(proposal=Proposal.objects.get(), by=editor, reason="Inconnu")
    sheet.refresh_from_db()
    assert sheet.verified_on is None
    assert Proposal.objects.get().state == ProposalState.REFUSED


def test_an_older_answer_does_not_take_the_date_back(path, sheet, editor):
    Client().post(path, form_of(sheet, tout_est_juste="1"))
    later = timezone.localdate() + timedelta(days=3)
    Structure.objects.filter(pk=sheet.pk).update(verified_on=later)
    actions.accept(proposal=Proposal.objects.get(), by=editor, fields=[])
    sheet.refresh_from_db()
    assert sheet.verified_on == later


def test_an_aid_is_confirmed_too(indre, editor):
    made = aid(indre, status=Status.PUBLISHED)
    made.contacts.create(name="Conseil départemental", email="aide@example.org")
    link = path_of(actions.invite(sheet=made, by=editor, email=invitations.email_of(made)))
    assert mail.outbox[0].to == ["aide@example.org"]
    assert "Conseil départemental" in Client().get(link).content.decode()
    assert Client().post(link, form_of(made, dates_note="Jusqu'en juin", corriger="1")).status_code == 200
    assert Proposal.objects.get().values == {"dates_note": "Jusqu'en juin"}


def test_a_body_to_call_confirms_its_hours(editor):
    body = ContactBody.objects.create(
        code="cpam", name="CPAM", kind=BodyKind.CPAM, source="Annuaire", status=Status.PUBLISHED
    )
    link = path_of(actions.invite(sheet=body, by=editor))
    assert "toute la région" in Client().get(link).content.decode()
    Client().post(link, form_of(body, hours="9 h à 12 h", corriger="1"))
    assert Proposal.objects.get().values == {"hours": "9 h à 12 h"}


@pytest.mark.parametrize(
    "changes",
    [
        {"votre_nom": ""},
        {"votre_nom": "x" * 151},
        {"remarque": "x" * 4001},
        {"website": "javascript:alert(1)"},
        {"email": "pas une adresse"},
        {"phone": "0" * 21},
        {"presentation": "nul\x00"},
    ],
)
def test_what_the_sheet_could_not_hold_is_said_at_its_field_and_the_link_stays(path, sheet, changes):
    response = Client().post(path, form_of(sheet, corriger="1", **changes))
    assert response.status_code == 422
    assert parsed(response).all(".errorlist")
    assert not Proposal.objects.exists()
    assert Client().get(path).status_code == 200


def test_only_the_fields_that_may_be_corrected_are_read(path, sheet):
    more = {"status": "archived", "name": "Piratée", "slug": "x", "finess": "1", "commune": "1", "verified_on": "2030"}
    Client().post(path, form_of(sheet, corriger="1", phone="02 54 11 11 11", **more))
    assert set(Proposal.objects.get().values) == {"phone"}


def test_a_script_is_shown_as_text(path, sheet, client, editor):
    Client().post(path, form_of(sheet, presentation="<script>alert(1)</script>", remarque="<b>x</b>", corriger="1"))
    client.force_login(editor)
    page = parsed(client.get(reverse("admin:backoffice_proposal_change", args=[Proposal.objects.get().pk])))
    assert page.all("b") == []
    assert [script for script in page.all("script") if "alert(1)" in script] == []
    assert "<b>x</b>" in page.text


def test_a_link_serves_once(path, sheet):
    Client().post(path, form_of(sheet, tout_est_juste="1"))
    for response in (Client().get(path), Client().post(path, form_of(sheet, tout_est_juste="1"))):
        assert response.status_code == 410
        assert "no-store" in response["Cache-Control"]
        assert sheet.name not in response.content.decode()
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("days", [30, 40, 400])
def test_a_link_ends_after_thirty_days(path, sheet, days):
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1)):
        assert Client().get(path).status_code == 410
        assert Client().post(path, form_of(sheet, tout_est_juste="1")).status_code == 410
    assert not Proposal.objects.exists()


def test_an_editor_revokes_a_link(client, path, sheet, editor):
    client.force_login(editor)
    client.post(reverse("admin:sheet_invitations", args=["structures", "structure", sheet.pk]), {"revoke": "1"})
    assert Client().get(path).status_code == 410
    assert Invitation.objects.get().state == InvitationState.REVOKED


def test_a_new_link_replaces_the_former(path, sheet, editor):
    newer = path_of(actions.invite(sheet=sheet, by=editor))
    assert Client().get(path).status_code == 410
    assert Client().get(newer).status_code == 200


@pytest.mark.parametrize("end", ["archived", "deleted"])
def test_a_sheet_that_left_the_site_is_no_longer_shown(path, sheet, end):
    if end == "deleted":
        sheet.delete()
    else:
        Structure.objects.filter(pk=sheet.pk).update(status=Status.ARCHIVED)
    assert Client().get(path).status_code == 410


def test_a_forged_link_opens_nothing(path, sheet, editor):
    invitation = Invitation.objects.get()
    token = path.split("/")[2]
    forged = [
        "x",
        f"{token}x",
        token[:-1],
        str(invitation.pk),
        signing.dumps(invitation.pk),
        signing.dumps(invitation.pk, salt="guide.preview"),
        signing.Signer(salt="guide.invitation", key="autre").sign_object([invitation.pk, ""]),
    ]
    for one in forged:
        assert Client().get(f"/confirmer/{one}/").status_code == 404, one
        assert Client().post(f"/confirmer/{one}/", WHO).status_code == 404, one
    assert Client().get(reverse("backoffice:partner_preview", args=[token])).status_code == 404


def test_the_form_is_protected_against_forged_requests(path, sheet):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, form_of(sheet, tout_est_juste="1")).status_code == 403
    token = strict.get(path).cookies["csrftoken"].value
    sent = form_of(sheet, tout_est_juste="1", csrfmiddlewaretoken=token)
    assert strict.post(path, sent, headers={"origin": "https://ailleurs.example.org"}).status_code == 403
    assert strict.post(path, sent, headers={"origin": "http://testserver"}).status_code == 200


def test_attempts_are_limited(path, sheet, monkeypatch):
    monkeypatch.setattr(invitations, "MAX_ANSWERS", 2)
    wrong = form_of(sheet, email="faux", corriger="1")
    assert [Client().post(path, wrong).status_code for _ in range(4)] == [422, 422, 429, 429]


def test_who_was_invited_is_told_to_the_editors_alone(sheet, editor):
    path = path_of(actions.invite(sheet=sheet, by=editor, email="secret@example.org"))
    assert "secret@example.org" not in Client().get(path).content.decode()
    Client().post(path, form_of(sheet, tout_est_juste="1"))
    assert "secret@example.org" in Proposal.objects.get().contact


def test_a_contributor_invites_nobody(client, sheet, indre):
    client.force_login(EditorFactory(role=Role.CONTRIBUTOR, territories=[indre]))
    address = reverse("admin:sheet_invitations", args=["structures", "structure", sheet.pk])
    assert client.post(address, {"email": "x@example.org"}).status_code == 403
    assert not Invitation.objects.exists()

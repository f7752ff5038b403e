"""From draft to archive: who may take which step, by which button, and what visitors see meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from guide.backoffice.access import Role
from guide.backoffice.actions import move
from guide.backoffice.life_cycle import TRANSITIONS, steps_from
from guide.core import content_version
from guide.core.enums import Status
from structures.models import Structure
from tests.aids.editing import posted
from tests.factories import EditorFactory, StructureFactory, TerritoryFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
D, R, P, A = Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.ARCHIVED


@pytest.fixture
def commune(indre):
    return TerritoryFactory(inside=[indre])


@pytest.fixture
def contributor(indre):
    return EditorFactory(role=Role.CONTRIBUTOR, territories=[indre])


def page(structure) -> str:
    return reverse("admin:structures_structure_change", args=[structure.pk])


def press(client, structure, step: str, **changes):
    return client.post(page(structure), posted(client.get(page(structure))) | {"_transition": step} | changes)


@pytest.mark.parametrize(
    ("step", "role", "moved"),
    [
        ("submit_for_review", Role.CONTRIBUTOR, {D: R}),
        ("submit_for_review", Role.DEPARTMENT, {D: R}),
        ("publish", Role.DEPARTMENT, {D: P, R: P}),
        ("publish", Role.REGION, {D: P, R: P}),
        ("publish", Role.CONTRIBUTOR, None),
        ("send_back", Role.DEPARTMENT, {R: D}),
        ("send_back", Role.CONTRIBUTOR, None),
        ("archive", Role.ADMINISTRATOR, {D: A, R: A, P: A}),
        ("archive", Role.CONTRIBUTOR, None),
        ("restore_to_draft", Role.DEPARTMENT, {P: D, A: D}),
        ("restore_to_draft", Role.CONTRIBUTOR, None),
    ],
)
def test_each_step_starts_from_its_states_for_its_roles(commune, step, role, moved):
    sheets = {status: StructureFactory(commune=commune, status=status) for status in Status}
    user = EditorFactory(role=role, territories=[commune])
    if moved is None:
        with pytest.raises(PermissionDenied):
            move(TRANSITIONS[step], sheets=Structure.objects.all(), by=user)
        return
    assert move(TRANSITIONS[step], sheets=Structure.objects.all(), by=user) == len(moved)
    for status, sheet in sheets.items():
        sheet.refresh_from_db()
        assert sheet.status == moved.get(status, status)
        assert (sheet.updated_by == user) == (status in moved)
        assert (sheet.status_since is not None) == (status in moved)


def test_a_contributor_takes_the_first_step_alone():
    assert [step.name for step in steps_from(D, Role.CONTRIBUTOR)] == ["submit_for_review"]
    assert steps_from(P, Role.CONTRIBUTOR) == []
    assert steps_from(D, None) == []


def test_visitors_see_a_sheet_from_its_publication_to_its_end(commune, editor, client):
    structure = StructureFactory(commune=commune, status=D)
    sheets = Structure.objects.filter(pk=structure.pk)
    address = structure.get_absolute_url()
    seen = [client.get(address).status_code]
    for step in ("submit_for_review", "publish", "archive"):
        before = content_version.current()
        move(TRANSITIONS[step], sheets=sheets, by=editor)
        assert content_version.current() != before
        seen.append(client.get(address).status_code)
    assert seen == [404, 404, 200, 404]


def test_a_publication_planned_for_later_waits_for_its_day(commune, editor, client):
    now = timezone.now()
    structure = StructureFactory(commune=commune, status=D, publish_at=now + timedelta(days=2))
    move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=editor)
    assert client.get(structure.get_absolute_url()).status_code == 404
    assert Structure.objects.live(now + timedelta(days=3)).exists()


def test_publishing_again_forgets_an_end_that_has_passed(commune, editor):
    StructureFactory(commune=commune, status=D, unpublish_at=timezone.now() - timedelta(days=1))
    move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=editor)
    assert Structure.objects.live().exists()


def test_an_end_before_the_start_is_refused_at_its_field(commune, editor, client):
    client.force_login(editor)
    structure = StructureFactory(commune=commune, status=D)
    dates = {"publish_at_0": "2026-05-02", "publish_at_1": "08:00:00"}
    dates |= {"unpublish_at_0": "2026-05-01", "unpublish_at_1": "08:00:00"}
    response = press(client, structure, "publish", **dates)
    errors = response.context["adminform"].form.errors
    assert errors == {"unpublish_at": ["La fin de publication doit suivre son début."]}
    assert Structure.objects.get().status == D


def test_a_button_saves_the_form_and_takes_the_step(commune, editor, client):
    client.force_login(editor)
    structure = StructureFactory(commune=commune, status=D)
    response = press(client, structure, "publish", phone="02 54 00 00 01")
    assert response.status_code == 302
    assert response.url == page(structure)
    structure.refresh_from_db()
    assert (structure.status, structure.phone) == (P, "02 54 00 00 01")
    assert "fiche publiée" in client.get(page(structure)).content.decode()


def test_the_state_is_not_a_field_of_the_form(commune, editor, client):
    client.force_login(editor)
    structure = StructureFactory(commune=commune, status=D)
    shown = posted(client.get(page(structure)))
    assert "status" not in shown
    client.post(page(structure), shown | {"status": "published", "_save": "1"})
    structure.refresh_from_db()
    assert structure.status == D


def test_a_step_from_a_state_that_has_moved_meanwhile_is_refused_whole(commune, editor, client):
    client.force_login(editor)
    structure = StructureFactory(commune=commune, status=P)
    assert press(client, structure, "send_back", phone="02 54 00 00 01").status_code == 403
    structure.refresh_from_db()
    assert (structure.status, structure.phone) == (P, "")


def test_a_new_sheet_is_published_from_its_first_form(commune, editor, client):
    client.force_login(editor)
    add = reverse("admin:structures_structure_add")
    form = client.get(add)
    assert [step.name for step in form.context["steps"]] == ["submit_for_review", "publish"]
    values = posted(form) | {"kind": "msp", "name": "MSP neuve", "slug": "msp-neuve", "commune": commune.pk}
    response = client.post(add, values | {"_transition": "publish"})
    assert response.status_code == 302, response.context["errors"]
    structure = Structure.objects.live().get()
    assert (structure.created_by, structure.name) == (editor, "MSP neuve")


def test_an_action_says_what_moved_and_what_did_not(commune, editor, client):
    client.force_login(editor)
    pks = [StructureFactory(commune=commune, status=status).pk for status in (D, D, A)]
    values = {"action": "publish", "_selected_action": pks}
    text = parsed(client.post(reverse("admin:structures_structure_changelist"), values, follow=True)).text
    assert "2\u00a0fiches publiées. 1\u00a0fiche n'était pas dans un état" in text


def test_a_contributor_drafts_submits_and_stops_there(commune, contributor, client):
    client.force_login(contributor)
    add = reverse("admin:structures_structure_add")
    values = posted(client.get(add)) | {"kind": "msp", "name": "MSP neuve", "slug": "msp-neuve", "commune": commune.pk}
    assert client.post(add, values | {"_transition": "publish"}).status_code == 403
    assert not Structure.objects.exists()
    assert client.post(add, values | {"_transition": "submit_for_review"}).status_code == 302
    structure = Structure.objects.get()
    assert (structure.status, structure.created_by) == (R, contributor)
    assert parsed(client.get(page(structure))).all('[name="_transition"]') == []
    assert client.post(page(structure), values | {"_save": "1"}).status_code == 403


@pytest.mark.parametrize("status", [R, P, A])
def test_a_contributor_never_writes_or_deletes_what_left_the_drafts(commune, contributor, client, status):
    client.force_login(contributor)
    structure = StructureFactory(commune=commune, status=status, created_by=contributor)
    assert client.get(page(structure)).status_code == 200
    assert client.post(page(structure), {"_save": "1"}).status_code == 403
    delete = reverse("admin:structures_structure_delete", args=[structure.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    values = {"action": "submit_for_review", "_selected_action": [structure.pk]}
    client.post(reverse("admin:structures_structure_changelist"), values)
    structure.refresh_from_db()
    assert structure.status == status


def test_a_contributor_deletes_a_draft_of_their_own_and_no_other(commune, contributor, client):
    client.force_login(contributor)
    own = StructureFactory(commune=commune, status=D, created_by=contributor)
    other = StructureFactory(commune=commune, status=D)
    for structure, answer in ((own, 302), (other, 403)):
        delete = reverse("admin:structures_structure_delete", args=[structure.pk])
        assert client.post(delete, {"post": "yes"}).status_code == answer
    assert list(Structure.objects.all()) == [other]


def test_a_contributor_without_a_perimeter_reaches_their_own_sheets_alone(commune, client):
    user = EditorFactory(role=Role.CONTRIBUTOR)
    client.force_login(user)
    own = StructureFactory(status=D, created_by=user)
    other = StructureFactory(commune=commune, status=D)
    assert client.get(page(own)).status_code == 200
    assert client.get(page(other)).status_code == 403


def test_a_place_outside_the_perimeter_is_refused_at_its_field(commune, editor, client):
    client.force_login(editor)
    structure = StructureFactory(commune=commune, status=D)
    elsewhere = TerritoryFactory()
    response = client.post(page(structure), posted(client.get(page(structure))) | {"commune": elsewhere.pk})
    errors = response.context["adminform"].form.errors
    assert errors == {"commune": ["Ce choix est hors de votre périmètre\u00a0: Indre."]}
    structure.refresh_from_db()
    assert structure.commune == commune


def test_the_review_queue_begins_with_the_oldest(commune, editor, client):
    client.force_login(editor)
    now = timezone.now()
    for name, days in (("Récente", 1), ("Ancienne", 9)):
        StructureFactory(commune=commune, status=R, name=name, status_since=now - timedelta(days=days))
    text = client.get(reverse("admin:review_queue")).content.decode()
    assert text.index("Ancienne") < text.index("Récente")


@pytest.mark.admin_templates
@pytest.mark.parametrize("planned", [False, True])
def test_publishing_leads_to_the_public_page_once_visitors_see_it(client, planned):
    client.force_login(EditorFactory(role=Role.REGION))
    later = timezone.now() + timedelta(days=9) if planned else None
    structure = StructureFactory(status=Status.DRAFT, publish_at=later)
    address = reverse("admin:structures_structure_change", args=[structure.pk])
    page = client.post(address, posted(client.get(address)) | {"_transition": "publish"}, follow=True).content.decode()
    assert "fiche publiée" in page
    link = f'<a href="{structure.get_absolute_url()}">Voir sa page publique</a>'
    assert (link in page) is not planned

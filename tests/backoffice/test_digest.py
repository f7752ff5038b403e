"""The weekly mail: what waits for each editor, once a week, and nothing outside the perimeter."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from guide.backoffice.access import Role
from guide.backoffice.models import Digest
from guide.core.background import actions
from guide.core.background.models import Task
from structures.models import Structure
from tests.background import work_off
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 5, 4, 8, tzinfo=UTC)
OLD = date(2020, 1, 1)


@pytest.fixture
def editor(indre):
    return EditorFactory(territories=[indre], email="indre@example.org", first_name="Zoé")


def stale(department, name="Une MSP d'été"):
    return StructureFactory(commune=TerritoryFactory(inside=[department]), name=name, verified_on=OLD)


def send(**options):
    call_command("send_digest", apply=True, verbosity=0, **options)


def test_the_mail_lists_what_waits_in_plain_french(editor, indre, settings):
    settings.SITE_URL = "https://guide.example.org"
    sheet = stale(indre)
    send()
    (message,) = mail.outbox
    assert message.to == ["indre@example.org"]
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert "FICHES PÉRIMÉES (1)" in message.body
    assert "Une MSP d'été" in message.body
    assert f"https://guide.example.org/admin/structures/structure/{sheet.pk}/change/" in message.body
    assert "Bonjour Zoé" in message.body
    assert not message.alternatives


def test_nothing_outside_the_perimeter_is_mailed(editor, indre):
    stale(indre)
    stale(DepartmentFactory(code="18"), name="Secrète")
    send()
    assert "Secrète" not in mail.outbox[0].body


def test_what_the_editor_is_in_charge_of_comes_first_then_the_rest_of_the_perimeter(editor, indre):
    for number in range(6):
        stale(indre, f"Autre {number}")
    mine = stale(indre, "La mienne")
    Structure.objects.filter(pk=mine.pk).update(responsible=editor, verified_on=date(2020, 6, 1))
    soon = timezone.now() + timedelta(days=20)
    StructureFactory(
        commune=TerritoryFactory(inside=[indre]), name="Finit", unpublish_at=soon, verified_on=timezone.localdate()
    )
    send()
    first, _, rest = mail.outbox[0].body.partition("=== Le reste de votre périmètre ===")
    assert "=== Ce dont vous avez la charge ===" in first
    assert "FICHES PÉRIMÉES (1)" in first
    assert "La mienne" in first
    assert "Autre" not in first
    assert "FICHES PÉRIMÉES (6)" in rest
    assert "La mienne" not in rest
    assert "et 2\u00a0autres" in rest
    assert "Finit" in rest


def test_without_anything_in_charge_the_mail_has_no_headings(editor, indre):
    stale(indre)
    send()
    assert "===" not in mail.outbox[0].body


def test_no_mail_when_nothing_waits(editor):
    send()
    assert not mail.outbox
    assert not Digest.objects.exists()


def test_one_mail_a_week(editor, indre):
    stale(indre)
    with time_machine.travel(MONDAY, tick=False) as clock:
        send()
        clock.shift(timedelta(days=6))
        send()
        assert len(mail.outbox) == 1
        clock.shift(timedelta(days=1))
        send()
    assert len(mail.outbox) == 2
    assert list(Digest.objects.order_by("week").values_list("week", flat=True)) == ["2026-W19", "2026-W20"]


def test_without_apply_it_prints_and_sends_nothing(editor, indre, capsys):
    stale(indre)
    call_command("send_digest")
    assert "À\u00a0: indre@example.org" in capsys.readouterr().out
    assert not mail.outbox
    assert not Digest.objects.exists()


def test_who_cannot_decide_or_has_no_address_is_left_alone(indre):
    EditorFactory(role=Role.CONTRIBUTOR, territories=[indre], email="contributeur@example.org")
    EditorFactory(territories=[indre])
    EditorFactory(territories=[indre], email="partie@example.org", is_active=False)
    UserFactory(is_superuser=False, email="sans-role@example.org")
    stale(indre)
    send()
    assert not mail.outbox


def test_a_mail_that_does_not_go_is_tried_again_and_stops_nobody_else(editor, indre, monkeypatch):
    other = EditorFactory(role=Role.REGION, email="region@example.org")
    stale(indre)
    sent = []

    def fail_once(subject, text, sender, recipients):
        if recipients == [editor.email]:
            raise ConnectionRefusedError("serveur de courriel absent")
        sent.append(recipients)

    monkeypatch.setattr("guide.backoffice.upkeep.digest.send_mail", fail_once)
    with pytest.raises(CommandError, match="serveur de courriel absent"):
        send()
    assert sent == [[other.email]]
    monkeypatch.undo()
    send()
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_the_background_work_of_monday_sends_later_what_did_not_go(editor, indre, monkeypatch):
    stale(indre)
    task = actions.enqueue("digest")

    def fail(*message):
        raise ConnectionRefusedError("serveur de courriel absent")

    with time_machine.travel(MONDAY, tick=False) as clock:
        Task.objects.update(run_after=MONDAY)
        with monkeypatch.context() as broken:
            broken.setattr("guide.backoffice.upkeep.digest.send_mail", fail)
            work_off()
        task.refresh_from_db()
        assert (task.state, task.attempts) == ("waiting", 1)
        assert "serveur de courriel absent" in task.last_error
        clock.shift(timedelta(hours=2))
        work_off()
    task.refresh_from_db()
    assert (task.state, task.message) == ("done", "1 courriels envoyés.")
    assert [message.to for message in mail.outbox] == [[editor.email]]

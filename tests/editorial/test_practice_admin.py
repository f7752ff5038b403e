"""The admin page of the ways to practise."""

import pytest
from django.urls import reverse

from guide.backoffice.actions import move
from guide.backoffice.life_cycle import TRANSITIONS
from guide.core import content_version
from guide.core.enums import Status
from guide.core.models import SlugRedirect
from guide.editorial.models import PracticeOption
from tests.editorial.practice import PracticeOptionFactory
from tests.new_process import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def form(**changes) -> dict:
    values = {
        "title": "Rejoindre une MSP",
        "slug": "msp",
        "summary": "En une phrase.",
        "family": "coordonne",
        "position": "3",
        "body": "<p>Texte.</p><script>alert(1)</script>",
        "simulator_mode": "msp",
        "verify_every": "365",
        "steps-0-position": "1",
        "steps-0-title": "Visiter",
        "steps-0-text": "Une journée.",
        "points-0-criterion": "statut",
        "points-0-text": "Libéral",
        "kinds-0-kind": "msp",
        "fits-0-answer": "statut-liberal",
        "fits-0-weight": "2",
        "fits-0-reason": "On y est libéral.",
    }
    for prefix in ("steps", "points", "kinds", "fits"):
        values |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    return values | changes


ADD = "admin:editorial_practiceoption_add"


def test_an_editor_writes_a_whole_option_then_publishes_it(staff):
    before = content_version.current()
    response = staff.post(reverse(ADD), form())
    assert response.status_code == 302
    option = PracticeOption.objects.get(slug="msp")
    assert option.body == "<p>Texte.</p>"
    assert option.updated_by
    assert content_version.current() != before
    assert option.status == Status.DRAFT
    move(TRANSITIONS["publish"], sheets=PracticeOption.objects.all(), by=option.updated_by)
    staff.logout()
    html = staff.get("/exercer/msp/").content.decode()
    assert "Visiter" in html
    assert "alert(1)" not in html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fits-0-weight": "5"}, "Le poids va de -2 à 2"),
        ({"fits-0-weight": "0"}, "0 ne dirait rien"),
        ({"slug": "comparer"}, "autre page"),
        ({"points-0-text": "90 % [@inconnue]"}, "Source inconnue"),
        ({"steps-0-text": "90 % [@inconnue]"}, "Source inconnue"),
    ],
)
def test_a_mistake_is_named_and_nothing_written(staff, changes, message):
    response = staff.post(reverse(ADD), form(**changes))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not PracticeOption.objects.exists()


def test_a_new_address_redirects_the_former_one(staff):
    option = PracticeOptionFactory(slug="avant", family="coordonne")
    address = reverse("admin:editorial_practiceoption_change", args=[option.pk])
    assert staff.post(address, form(slug="apres")).status_code == 302
    assert SlugRedirect.objects.filter(kind="practice", old_slug="avant", new_slug="apres").exists()


def test_a_draft_has_its_preview(staff):
    option = PracticeOptionFactory(status="draft", title="En préparation")
    address = reverse("backoffice:preview", args=["editorial", "practiceoption", option.pk])
    response = staff.get(address)
    assert response.status_code == 200
    assert "En préparation" in response.content.decode()


def test_the_list_asks_as_many_queries_for_many_rows_as_for_one(staff):
    address = reverse("admin:editorial_practiceoption_changelist")
    PracticeOptionFactory()
    few = count_queries(lambda: staff.get(address))
    PracticeOptionFactory.create_batch(20)
    assert count_queries(lambda: staff.get(address)) == few

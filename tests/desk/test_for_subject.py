"""Whom to call on the pages of others: a way to practise, an aid without a known contact."""

import pytest

from aids.models import AidContact
from aids.vocabulary import Mode
from guide.desk.vocabulary import Subject
from guide.editorial.enums import Family, subject_of
from tests.aids.factories import AidFactory
from tests.aids.pages import text_of
from tests.desk.factories import ContactBodyFactory
from tests.editorial.practice import PracticeOptionFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("mode", ["", *Mode])
def test_every_option_leads_to_a_subject_of_the_contacts(family, mode):
    assert subject_of(family, mode) in Subject.values


@pytest.mark.parametrize(
    ("family", "mode", "subject"),
    [
        ("salarie", "salarie", "salariat"),
        ("coordonne", "msp", "coordination"),
        ("transition", "remplacement", "remplacement"),
        ("liberal", "liberal", "installation"),
        ("transition", "", "installation"),
    ],
)
def test_an_option_names_who_helps_with_its_subject(client, family, mode, subject):
    ContactBodyFactory(name="Le bon guichet", subjects=[subject])
    ContactBodyFactory(name="Un autre", subjects=["fiscalite"])
    PracticeOptionFactory(slug="option", family=family, simulator_mode=mode)
    response = client.get("/exercer/option/")
    shown = text_of(response)
    assert "À qui en parler" in shown
    assert "Le bon guichet" in shown
    assert "Un autre" not in shown
    assert f"/contact/?sujet={subject}" in parsed(response).links("main a")


def test_an_aid_without_a_known_contact_names_who_helps_with_aids(client):
    ContactBodyFactory(name="Guichet des aides", subjects=["aides"])
    AidFactory(code="sans")
    AidContact.objects.create(aid=AidFactory(code="avec"), name="Son guichet")
    AidFactory(code="close", time_state="close")
    assert "Guichet des aides" in text_of(client.get("/aides/sans/"))
    for code in ("avec", "close"):
        assert "Guichet des aides" not in text_of(client.get(f"/aides/{code}/"))

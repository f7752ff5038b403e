"""What is asked and answered, on aids of the test alone."""

import pytest

from guide.core import content_version
from tests.aids.factories import AidFactory
from tests.aids.pages import text_of
from tests.aids.rules import aid, case, condition, zoned
from tests.factories import RegionFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db
PATH = "/aides/simulateur/"


def test_a_question_that_no_aid_reads_is_not_asked(client):
    RegionFactory()
    AidFactory(code="une", rule=aid(case(condition("profil", "interne")), common=[condition("secteur", "secteur-1")]))
    assert parsed(client.get(PATH)).values("main [name]", "name") == ["profil", "secteur", "date"]


def test_further_questions_are_asked_only_when_they_settle_something(client):
    RegionFactory()
    AidFactory(code="une", rule=aid(case(condition("profil", "interne")), common=[zoned("ZIP")]))
    answers = {"profil": "interne", "date": "2026-12-01"}
    assert "Dans quel type de structure" not in text_of(client.get(PATH, answers))
    AidFactory(code="deux", rule=aid(case(condition("structure", "msp"))))
    content_version.bump()
    assert "Dans quel type de structure" in text_of(client.get(PATH, answers))


def test_an_edit_shows_at_once(client):
    row = AidFactory(name="Avant")
    assert "Avant" in text_of(client.get(PATH, {"profil": "interne", "date": "2026-12-01"}))
    row.name = "Après"
    row.save()
    content_version.bump()
    assert "Après" in text_of(client.get(PATH, {"profil": "interne", "date": "2026-12-01"}))

"""What the database refuses of a way to practise, and who may see one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from guide.editorial.models import PracticeFit, PracticeKind, PracticeOption, PracticePoint
from tests.editorial.practice import PracticeOptionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "statut-liberal", "weight": 3, "reason": "trop"},
        {"answer": "statut-liberal", "weight": -3, "reason": "trop"},
        {"answer": "statut-liberal", "weight": 0, "reason": "rien"},
        {"answer": "statut-liberal", "weight": 1, "reason": ""},
        {"answer": "inconnue", "weight": 1, "reason": "quoi"},
    ],
)
def test_a_fit_has_a_known_answer_a_weight_and_a_reason(fields):
    option = PracticeOptionFactory()
    with pytest.raises(IntegrityError):
        PracticeFit.objects.create(option=option, **fields)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (PracticeFit, {"answer": "statut-liberal", "weight": 1, "reason": "oui"}),
        (PracticePoint, {"criterion": "statut", "text": "libéral"}),
        (PracticeKind, {"kind": "msp"}),
    ],
)
def test_an_answer_a_criterion_or_a_kind_counts_once(model, fields):
    option = PracticeOptionFactory()
    model.objects.create(option=option, **fields)
    with pytest.raises(IntegrityError):
        model.objects.create(option=option, **fields)


def test_an_unknown_criterion_is_refused():
    option = PracticeOptionFactory()
    with pytest.raises(IntegrityError):
        PracticePoint.objects.create(option=option, criterion="couleur", text="bleu")


def test_an_unknown_family_is_refused():
    with pytest.raises(IntegrityError):
        PracticeOptionFactory(family="autre")


@pytest.mark.parametrize("slug", ["comparer", "questionnaire"])
def test_the_addresses_of_other_pages_are_taken(slug):
    with pytest.raises(ValidationError, match="autre page"):
        PracticeOptionFactory.build(slug=slug).full_clean()


def test_only_published_options_are_live_in_their_order():
    now = timezone.now()
    PracticeOptionFactory(slug="deux", position=2)
    PracticeOptionFactory(slug="un", position=1)
    PracticeOptionFactory(slug="brouillon", status="draft")
    PracticeOptionFactory(slug="demain", publish_at=now + timedelta(days=1))
    PracticeOptionFactory(slug="hier", unpublish_at=now - timedelta(days=1))
    assert [option.slug for option in PracticeOption.objects.live().in_order()] == ["un", "deux"]


def test_options_are_found_by_the_kind_of_their_structures():
    PracticeOptionFactory(slug="msp", kinds=["msp", "maison-medicale"])
    PracticeOptionFactory(slug="hopital", kinds=["hopital"])
    assert [option.slug for option in PracticeOption.objects.of_kind("msp")] == ["msp"]

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, evaluate
from aids.models import Aid, AidAmount, AidCondition, AidIncompatibility
from aids.querysets import term, territory, zone
from aids.rules import PracticePlace, Situation, ZoningState
from aids.vocabulary import TimeState
from guide.territories.enums import TerritoryKind
from tests.aids.factories import AidFactory, FunderFactory
from tests.aids.rules import DAY, aid, case, condition, zoned
from tests.aids.strategies import MODES, PROFILES, SPECIALTIES, catalogue_conditions, rules
from tests.factories import DepartmentFactory, RegionFactory, TerritoryFactory

WORDS = {Kind.PROFILE: PROFILES, Kind.SPECIALTY: SPECIALTIES, Kind.MODE: MODES}
ZONES = {"ZIP": "zonage_medecin", "ZAC": "zonage_medecin", "HZ": "zonage_medecin", "FRR": "frr"}
ALL_TERRITORIES = frozenset({"department:36", "department:37", "commune:36001", "commune:37001"})


def open_rule(rule):
    return aid(*rule.cases, common=rule.common, exclusions=rule.exclusions)


some_words = st.fixed_dictionaries({}, optional={kind: st.sampled_from(words) for kind, words in WORDS.items()})


class TestCatalogueAgreesWithEngine(TestCase):
    """SQL filters and engine on generated cases: an aid is listed exactly when these answers do not refuse it."""

    @classmethod
    def setUpTestData(cls):
        region = RegionFactory()
        cls.places = {"24": region}
        for code in ("36", "37"):
            department = cls.places[code] = DepartmentFactory(code=code, inside=[region])
            cls.places[f"{code}001"] = TerritoryFactory(code=f"{code}001", inside=[region, department])

    @settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(rules(catalogue_conditions).map(open_rule), st.lists(some_words, min_size=3, max_size=3))
    def test_same_answer(self, rule, several_words):
        stored = AidFactory(code=rule.code, rule=rule)
        filters = product(several_words, [None, *ZONES], [None, "36001", "36", "24"])
        wrong = []
        for words, level, where in filters:
            answers = [term(kind, word) for kind, word in words.items()]
            answers += [zone(level)] if level else []
            answers += [territory(self.places[where])] if where else []
            listed = Aid.objects.fitting(answers).filter(pk=stored.pk).exists()
            if listed != (evaluate(rule, _situation(words, level, where), DAY).state != State.NOT_ELIGIBLE):
                wrong.append((words, level, where, listed))
        assert wrong == []


def _situation(words, level, where):
    return Situation(
        profiles=frozenset({words[Kind.PROFILE]}) if Kind.PROFILE in words else None,
        specialty=words.get(Kind.SPECIALTY),
        modes=frozenset({words[Kind.MODE]}) if Kind.MODE in words else None,
        place=_place(where, level),
    )


def _place(where, level):
    """The engine's place for the same filter; without a place, every perimeter may be touched."""
    if not where and not level:
        return None
    inside = {
        None: frozenset(),
        "36001": frozenset({"commune:36001", "department:36", "region:24"}),
        "36": frozenset({"department:36", "region:24"}),
        "24": frozenset({"region:24"}),
    }[where]
    touching = {
        None: ALL_TERRITORIES,
        "36001": inside,
        "36": inside | {"commune:36001"},
        "24": inside | ALL_TERRITORIES,
    }[where]
    zonings = {ZONES[level]: ZoningState(frozenset({level}))} if level else {}
    return PracticePlace("x", "x", inside, touching, zonings)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(TimeState))
@pytest.mark.parametrize("declared", list(TimeState))
@pytest.mark.parametrize("opens_on", [None, date(2026, 6, 1), date(2026, 6, 2)])
@pytest.mark.parametrize("closes_on", [None, date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30)])
def test_state_in_time_agrees_with_the_engine(state, declared, opens_on, closes_on):
    if opens_on and closes_on and closes_on < opens_on:
        opens_on = None
    stored = AidFactory(time_state=declared, opens_on=opens_on, closes_on=closes_on)
    listed = Aid.objects.in_state(state, DAY).filter(pk=stored.pk).exists()
    assert listed == (stored.state_on(DAY) == state)


@pytest.mark.django_db
def test_two_filters_must_hold_in_one_case():
    rule = aid(
        case(condition("profil", "interne"), zoned("ZAC"), code="a"),
        case(condition("profil", "retraite"), zoned("ZIP"), code="b"),
    )
    AidFactory(rule=rule)
    profile, level = term(Kind.PROFILE, "interne"), zone("ZIP")
    assert Aid.objects.fitting([profile]).fitting([level]).exists()
    assert not Aid.objects.fitting([profile, level]).exists()


@pytest.mark.django_db
def test_filters_by_form_funder_and_words():
    mine = AidFactory(name="Bourse d'étude", form="bourse", funder=FunderFactory(code="etat", name="État"))
    AidFactory()
    objects = Aid.objects
    assert list(objects.with_form(["bourse"])) == [mine]
    assert list(objects.by_funder(["etat"])) == [mine]
    assert list(objects.matching("ETUDE etat")) == [mine]
    assert not objects.matching("etude dentaire").exists()


@pytest.mark.django_db
def test_a_local_variant_hides_its_generic_aid_where_it_is_open():
    here, there = DepartmentFactory(code="36"), DepartmentFactory(code="37")
    generic = AidFactory()
    local = AidFactory(generic=generic, rule=aid(common=[condition("territoire", "department:36")]))
    assert list(Aid.objects.without_replaced(here)) == [local]
    assert generic in Aid.objects.without_replaced(there)
    Aid.objects.filter(pk=local.pk).update(closes_on=date(2020, 1, 1))
    assert generic in Aid.objects.without_replaced(here)


@pytest.mark.django_db
def test_an_aid_is_found_by_its_own_perimeter():
    department = DepartmentFactory(code="36")
    commune = TerritoryFactory(inside=[department])
    living_area = TerritoryFactory(kind=TerritoryKind.LIVING_AREA)
    local, national = AidFactory(rule=aid(common=[condition("territoire", "department:36")])), AidFactory()
    assert set(Aid.objects.fitting([territory(commune)])) == {local, national}
    assert set(Aid.objects.fitting([territory(living_area)])) == {national}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda a: AidAmount.objects.create(case=a.cases.get(), kind="forfait", minimum=-1),
        lambda a: AidAmount.objects.create(case=a.cases.get(), kind="forfait", minimum=2, maximum=1),
        lambda a: AidAmount.objects.create(case=a.cases.get(), kind="par-mois", months=1, until_studies_end=True),
        lambda a: AidCondition.objects.create(aid=a, role="cas", kind="a-verifier", code="x", text="x"),
        lambda a: AidCondition.objects.create(aid=a, role="commune", kind="zonage"),
        lambda a: AidCondition.objects.create(aid=a, role="commune", kind="premiere-installation"),
        lambda a: AidCondition.objects.create(aid=a, role="commune", kind="age", minimum=5, maximum=2),
        lambda a: AidIncompatibility.objects.create(first=a, second=a),
        lambda a: Aid.objects.filter(pk=a.pk).update(opens_on=date(2026, 1, 2), closes_on=date(2026, 1, 1)),
        lambda a: Aid.objects.filter(pk=a.pk).update(generic=a),
        lambda a: a.steps.create(title="x", month=13, day=1),
    ],
)
def test_the_database_refuses_what_cannot_be(write):
    stored = AidFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(stored)

"""Short ways to write rules and situations in tests of the engine."""

from datetime import date
from decimal import Decimal

from aids.conditions.kinds import ConditionKind
from aids.rules import AidRule, Amount, CaseRule, Condition, PracticePlace, Situation, ZoningState
from aids.vocabulary import AmountKind, Mark
from guide.territories.enums import Scheme

DAY = date(2026, 6, 1)
UNKNOWN = object()


def condition(kind, *values, **more) -> Condition:
    return Condition(ConditionKind(kind), frozenset(values), **more)


def zoned(*levels, scheme=Scheme.DOCTORS, **more) -> Condition:
    return condition("zonage", *levels, scheme=scheme.value, **more)


def lump(euros, **more) -> Amount:
    return Amount(AmountKind.LUMP_SUM, Decimal(euros), **more)


def monthly(euros, months, **more) -> Amount:
    return Amount(AmountKind.MONTHLY, Decimal(euros), months=months, **more)


def case(*conditions, amounts=(), code="cas", **more) -> CaseRule:
    return CaseRule(code, conditions=tuple(conditions), amounts=tuple(amounts), **more)


def aid(*cases, code="aide", common=(), exclusions=(), **more) -> AidRule:
    return AidRule(
        code=code, name=code, cases=cases or (case(),), common=tuple(common), exclusions=tuple(exclusions), **more
    )


def place(level=UNKNOWN, *, code="36001", name="Ma Commune", partial=(), inside=(), scheme=Scheme.DOCTORS, **zonings):
    """A commune; `level` a level, None (outside) or nothing (the zoning is unknown)."""
    states = dict(zonings)
    if level is not UNKNOWN:
        states[scheme.value] = ZoningState(frozenset({level} if level else ()), frozenset(partial))
    territories = frozenset({f"commune:{code}", *inside})
    return PracticePlace(code, name, territories, territories, states)


def situation(**answers) -> Situation:
    for name in ("profiles", "modes", "structures"):
        if isinstance(answers.get(name), str):
            answers[name] = frozenset({answers[name]})
    return Situation(**answers)


HALF, TO_CHECK = Mark.HALF, Mark.TO_CHECK

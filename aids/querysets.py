"""Reads of aids: small, chainable, named after the question. They agree with the engine (tests/aids)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from aids.conditions.kinds import ConditionKind
from aids.vocabulary import ConditionRole, Mark, TimeState
from guide.core.french import fold
from guide.core.models import PublishableQuerySet
from guide.territories.enums import Scheme
from guide.territories.models import Containment

LEVEL_SCHEMES: dict[str, str] = {
    "ZIP": Scheme.DOCTORS,
    "ZAC": Scheme.DOCTORS,
    "ZV": Scheme.DOCTORS,
    "HZ": Scheme.DOCTORS,
    "FRR": Scheme.FRR,
    "FRR+": Scheme.FRR,
    "FRR-ZRR": Scheme.FRR,
    "QPV": Scheme.QPV,
    "ZR": Scheme.RED_ZONE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the filter: rows of which conditions it speaks to, and the values that it fits.

    `possible` are the values that do not refuse it, `sure` those that an exclusion surely catches.
    """

    conditions: Q
    possible: Q
    sure: Q


def term(kind: ConditionKind, *values: str) -> Answer:
    """The answer "my profile (specialty, mode) is `value`"; several values: each of them is true of the person."""
    terms = kind.declaration.terms
    possible = frozenset().union(*(terms.possibly(value) for value in values))
    sure = frozenset().union(*(terms.surely(value) for value in values))
    return Answer(Q(kind=kind), Q(value__in=possible), Q(value__in=sure))


def zone(level: str, scheme: str = "") -> Answer:
    """The answer "the commune is wholly in `level`"; `scheme`: of which zoning it is outside ("HZ")."""
    only = Q(value=level)
    return Answer(Q(kind=ConditionKind.ZONING, scheme=scheme or LEVEL_SCHEMES[level]), only, only)


def territory(place) -> Answer:
    """The answer "I practise in `place`" (an object or its primary key): perimeters that contain or touch it."""
    outers = Containment.objects.filter(inner=place).values("outer")
    communes = Containment.objects.filter(outer=place).values("inner")
    touching = Containment.objects.filter(inner__in=communes).values("outer")
    return Answer(
        Q(kind=ConditionKind.TERRITORY),
        Q(territory__in=outers) | Q(territory__in=touching),
        Q(territory__in=outers),
    )


class AidQuerySet(PublishableQuerySet):
    """The read layer of aids."""

    def in_state(self, state: TimeState, day: date | None = None):
        """Aids that are open, announced or closed on `day` (default: today); the rule of AidRule.state_on."""
        day = day or timezone.localdate()
        closed = Q(closes_on__lt=day) | Q(time_state=TimeState.CLOSED, closes_on=None)
        announced = Q(time_state=TimeState.ANNOUNCED) | Q(opens_on__gt=day)
        rules = {
            TimeState.CLOSED: closed,
            TimeState.ANNOUNCED: ~Q(pk__in=self.model.objects.filter(closed).values("pk")) & announced,
            TimeState.OPEN: ~Q(pk__in=self.model.objects.filter(closed | announced).values("pk")),
        }
        return self.filter(rules[TimeState(state)])

    def fitting(self, answers: Iterable[Answer]):
        """Aids that these answers, taken together, do not refuse: one case must accept them all.

        The engine's three states in SQL: what is unknown, or itself to be checked, refuses nobody.
        """
        answers = list(answers)
        if not answers:
            return self
        condition, value = self._conditions()
        sure = condition.exclude(mark=Mark.TO_CHECK)
        failed, caught = Q(), Q()
        for answer in answers:
            failed |= answer.conditions & ~Exists(value.filter(answer.possible))
            caught |= answer.conditions & Exists(value.filter(answer.sure))
        refused = sure.filter(failed)
        excluding = sure.filter(caught, role=ConditionRole.EXCLUSION)
        case = self.model._meta.get_field("cases").related_model.objects
        accepting = case.filter(aid=OuterRef("pk")).exclude(
            pk__in=refused.filter(role=ConditionRole.CASE).values("case")
        )
        return (
            self.filter(Exists(accepting))
            .exclude(pk__in=refused.filter(role=ConditionRole.COMMON).values("aid"))
            .exclude(pk__in=excluding.values("aid"))
        )

    def _conditions(self):
        """The conditions of aids, and the values of one of them: their models are not made yet when this is read."""
        condition = self.model._meta.get_field("conditions").related_model
        value = condition._meta.get_field("values").related_model
        return condition.objects, value.objects.filter(condition=OuterRef("pk"))

    def with_form(self, forms: Iterable[str]):
        return self.filter(form__in=list(forms))

    def by_funder(self, codes: Iterable[str]):
        return self.filter(funder__code__in=list(codes))

    def matching(self, text: str):
        """Aids whose name, summary, funder or texts hold every word of `text`."""
        query = Q()
        for word in fold(text).split()[:8]:
            query &= Q(search_text__contains=word)
        return self.filter(query)

    def without_replaced(self, place, day: date | None = None):
        """Aids without the generic ones that a live local variant, open on `day`, replaces in the whole of `place`."""
        condition, value = self._conditions()
        perimeter = condition.filter(aid=OuterRef("pk"), role=ConditionRole.COMMON, kind=ConditionKind.TERRITORY)
        uncovered = perimeter.filter(~Exists(value.filter(territory(place).sure)))
        local = self.model.objects.live().in_state(TimeState.OPEN, day).filter(generic__isnull=False)
        return self.exclude(pk__in=local.filter(~Exists(uncovered)).values("generic"))

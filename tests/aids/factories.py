"""Factories of the aids."""

import factory

from aids.models import Aid, AidCase, AidCondition, AidConditionValue, Funder
from aids.rules import CaseRule
from guide.core.enums import Status
from guide.core.french import fold
from guide.territories.models import Territory


class FunderFactory(factory.django.DjangoModelFactory):
    """A funder."""

    class Meta:
        model = Funder

    code = factory.Sequence(lambda n: f"financeur-{n}")
    name = factory.Sequence(lambda n: f"Financeur {n}")


class AidFactory(factory.django.DjangoModelFactory):
    """A published, open aid with one case that asks nothing; `rule=` writes the rows of an AidRule instead."""

    class Meta:
        model = Aid
        skip_postgeneration_save = True

    status = Status.PUBLISHED
    code = factory.Sequence(lambda n: f"aide-{n}")
    name = factory.LazyAttribute(lambda o: f"Aide {o.code}")
    search_text = factory.LazyAttribute(lambda o: fold(f"{o.name} {o.funder.name}"))
    funder = factory.SubFactory(FunderFactory)
    form = "forfait"
    summary = "Une aide d'essai."

    @factory.post_generation
    def rule(self, create, rule, **kwargs):
        if create:
            for role, conditions in (("commune", rule.common), ("exclusion", rule.exclusions)) if rule else ():
                _write_conditions(self, None, role, conditions)
            for position, case in enumerate(rule.cases if rule else [CaseRule("cas")]):
                row = AidCase.objects.create(aid=self, code=f"cas-{position}", position=position, mark=case.mark)
                _write_conditions(self, row, "cas", case.conditions)


def _write_conditions(aid, case, role, conditions):
    for position, condition in enumerate(conditions):
        row = AidCondition.objects.create(
            aid=aid,
            case=case,
            role=role,
            position=position,
            kind=condition.kind,
            scheme=condition.scheme,
            mark=condition.mark,
        )
        for value in condition.values:
            kind, _, code = value.partition(":")
            place = Territory.objects.filter(kind=kind, code=code).first() if code else None
            AidConditionValue.objects.create(condition=row, value=value, territory=place)

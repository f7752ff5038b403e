"""Where an aid lies for its editors: in the perimeter that its own conditions give it, never at its funder's."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from aids.conditions.kinds import ConditionKind
from aids.models import Aid, AidCase, AidCondition, AidConditionValue
from aids.vocabulary import ConditionRole


def aid_inside(inside: QuerySet) -> Q:
    """Aids of which nobody outside `inside` (primary keys of territories) can profit: the local ones.

    Either a condition of all the cases names territories that all lie inside, or each case has such a
    condition. An aid without a territory, or open in one that reaches further, is the region's or the country's.
    """
    conditions = _local_conditions(inside)
    common = conditions.filter(role=ConditionRole.COMMON).values("aid")
    local_cases = conditions.filter(role=ConditionRole.CASE).values("case")
    with_cases = AidCase.objects.order_by().values("aid")
    with_wider_case = AidCase.objects.order_by().exclude(pk__in=local_cases).values("aid")
    return Q(pk__in=common) | (Q(pk__in=with_cases) & ~Q(pk__in=with_wider_case))


def case_inside(inside: QuerySet) -> Q:
    """Cases of the local aids."""
    return Q(aid__in=_aids(inside))


def incompatibility_inside(inside: QuerySet) -> Q:
    """Pairs of which one aid at least is local; the other may be a national one."""
    return Q(first__in=_aids(inside)) | Q(second__in=_aids(inside))


def deleted_incompatibilities_inside(rows: Mapping[int, dict[str, Any]], inside: QuerySet) -> list[int]:
    """Keys of the deleted pairs, kept as snapshots, of which one aid at least is local now."""
    pairs = {key: {row["fields"]["first_id"], row["fields"]["second_id"]} for key, row in rows.items()}
    local = set(_aids(inside).filter(pk__in=set().union(*pairs.values())).values_list("pk", flat=True))
    return [key for key, pair in pairs.items() if pair & local]


def _aids(inside: QuerySet) -> QuerySet:
    return Aid.objects.order_by().filter(aid_inside(inside)).values("pk")


def _local_conditions(inside: QuerySet) -> QuerySet:
    value = AidConditionValue.objects.filter(condition=OuterRef("pk"))
    return (
        AidCondition.objects.order_by()
        .filter(kind=ConditionKind.TERRITORY)
        .filter(Exists(value), ~Exists(value.exclude(territory__in=inside)))
    )

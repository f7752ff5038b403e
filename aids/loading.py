"""From rows to the engine's dataclasses, in a fixed number of queries whatever the number of aids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from aids.conditions.kinds import ConditionKind
from aids.models import AidCase, AidCondition, AidIncompatibility
from aids.querysets import AidQuerySet
from aids.rules import AidRule, Amount, CaseRule, Commitment, Condition, ExitRule, Incompatibility
from aids.vocabulary import AmountKind, ConditionRole, ExitKind, Form, Mark, Taxation, TimeState

AID_FIELDS = (
    "pk", "code", "name", "time_state", "opens_on", "closes_on", "mark", "form", "generic__code",
    "commitment_text", "commitment_months", "commitment_as_paid", "commitment_after_studies", "commitment_mark",
    "exit_kind", "exit_penalty_per_month", "exit_penalty_minimum", "exit_penalty_after_degree", "exit_text",
    "exit_mark",
)  # fmt: skip
_CONDITION = (
    "pk", "aid", "case", "role", "kind", "scheme", "expected", "minimum", "maximum", "after", "before", "code",
    "text", "mark",
)  # fmt: skip
_CASE = ("pk", "aid", "code", "label", "mark")
_AMOUNT = (
    "kind", "minimum", "maximum", "months", "start_month", "until_studies_end", "taxation", "label", "mark",
)  # fmt: skip


def to_rules(aids: AidQuerySet) -> list[AidRule]:
    """The rules of `aids`, in the order of the query set. One query."""
    return [rule for _, rule in with_rules(aids)]


def with_rules(aids: AidQuerySet, *more: str) -> list[tuple[dict[str, Any], AidRule]]:
    """Each aid as a row of AID_FIELDS and of `more` columns, with its rule; in the order of the query set, one query.

    Columns that have several values for an aid give several rows.
    """
    columns = (*AID_FIELDS, *more)
    keys = aids.order_by().values("pk")
    return _with_rules(aids.values(*columns), keys)


def rules_of(rows: Iterable[dict[str, Any]]) -> list[AidRule]:
    """The rules of aids already read as rows that hold AID_FIELDS. One query."""
    rows = list(rows)
    return [rule for _, rule in _with_rules(rows, [row["pk"] for row in rows])]


def _with_rules(rows: Iterable[dict[str, Any]], keys: QuerySet | list[int]) -> list[tuple[dict[str, Any], AidRule]]:
    """`keys` are those of the aids of `rows`."""
    conditions = _conditions(keys)
    cases = _cases(keys, conditions)
    return [(row, _rule(row, conditions, cases)) for row in rows]


def incompatibilities(aids: AidQuerySet) -> list[Incompatibility]:
    """The pairs among `aids`, each with its codes in the order of the alphabet. One query."""
    keys = aids.order_by().values("pk")
    rows = AidIncompatibility.objects.filter(first__in=keys, second__in=keys)
    pairs = rows.values_list("first__code", "second__code", "note", "mark")
    return sorted(Incompatibility(min(a, b), max(a, b), note, Mark(mark)) for a, b, note, mark in pairs)


def _rule(row: Mapping[str, Any], conditions, cases) -> AidRule:
    key = row["pk"]
    return AidRule(
        code=row["code"],
        name=row["name"],
        cases=tuple(cases[key]),
        state=TimeState(row["time_state"]),
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        mark=Mark(row["mark"]),
        form=Form(row["form"]),
        common=tuple(conditions[key, ConditionRole.COMMON]),
        exclusions=tuple(conditions[key, ConditionRole.EXCLUSION]),
        commitment=Commitment(
            row["commitment_text"],
            row["commitment_months"],
            row["commitment_as_paid"],
            row["commitment_after_studies"],
            Mark(row["commitment_mark"]),
        ),
        exit=ExitRule(
            ExitKind(row["exit_kind"]),
            row["exit_penalty_per_month"],
            row["exit_penalty_minimum"],
            row["exit_penalty_after_degree"],
            row["exit_text"],
            Mark(row["exit_mark"]),
        ),
        variant_of=row["generic__code"] or "",
    )


def _conditions(aids: QuerySet | list[int]) -> dict[Any, list[Condition]]:
    """Conditions of these aids by (aid, role), and by (case,) for those of a case."""
    found: dict[Any, list[Condition]] = defaultdict(list)
    rows = AidCondition.objects.filter(aid__in=aids).order_by(
        "aid", "position", "pk", "values__territory__name", "values__value"
    )
    rows = rows.values_list(*_CONDITION, "values__value", "values__territory__name")
    for columns, group in groupby(rows, key=itemgetter(slice(-2))):
        row = dict(zip(_CONDITION, columns, strict=True))
        key = (row["case"],) if row["case"] else (row["aid"], row["role"])
        found[key].append(_condition(row, [(value, name) for *_, value, name in group if value]))
    return found


def _condition(row: dict[str, Any], pairs: Iterable[tuple[str, str | None]]) -> Condition:
    return Condition(
        kind=ConditionKind(row["kind"]),
        values=frozenset(value for value, _ in pairs),
        names=tuple(name for _, name in pairs if name),
        scheme=row["scheme"],
        expected=row["expected"],
        minimum=row["minimum"],
        maximum=row["maximum"],
        after=row["after"],
        before=row["before"],
        code=row["code"],
        text=row["text"],
        mark=Mark(row["mark"]),
    )


def _cases(aids: QuerySet | list[int], conditions) -> dict[int, list[CaseRule]]:
    """Cases by aid, each with its amounts."""
    cases: dict[int, list[CaseRule]] = defaultdict(list)
    rows = AidCase.objects.filter(aid__in=aids).order_by("aid", "position", "pk", "amounts__position", "amounts__pk")
    rows = rows.values_list(*_CASE, "amounts__pk", *(f"amounts__{name}" for name in _AMOUNT))
    for (pk, aid, code, label, mark), group in groupby(rows, key=itemgetter(slice(5))):
        amounts = tuple(_amount(*amount) for key, *amount in map(itemgetter(slice(5, None)), group) if key)
        cases[aid].append(CaseRule(code, label, tuple(conditions[pk,]), amounts, Mark(mark)))
    return cases


def _amount(kind, minimum, maximum, months, start_month, until_studies_end, taxation, label, mark) -> Amount:
    return Amount(
        AmountKind(kind),
        minimum,
        maximum,
        months,
        start_month,
        until_studies_end,
        Taxation(taxation),
        label,
        Mark(mark),
    )

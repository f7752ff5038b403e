"""From rows to the engine's dataclasses, in a fixed number of queries whatever the number of aids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from aids.conditions.kinds import ConditionKind
from aids.models import AidCase, AidCondition, AidIncompatibility
from aids.querysets import AidQuerySet
from aids.rules import AidRule, Amount, CaseRule, Commitment, Condition, ExitRule, Incompatibility
from aids.vocabulary import AmountKind, ConditionRole, ExitKind, Form, Mark, Taxation, TimeState

_COMMITMENT = (
    "commitment_text", "commitment_months", "commitment_as_paid", "commitment_after_studies", "commitment_mark",
)  # fmt: skip
_EXIT = (
    "exit_kind", "exit_penalty_per_month", "exit_penalty_minimum", "exit_penalty_after_degree", "exit_text",
    "exit_mark",
)  # fmt: skip
AID_FIELDS = (
    "pk", "code", "name", "time_state", "opens_on", "closes_on", "mark", "form", "generic__code",
    *_COMMITMENT, *_EXIT,
)  # fmt: skip
_CONDITION = ("kind", "scheme", "expected", "minimum", "maximum", "after", "before", "code", "text", "mark")
_CASE = ("pk", "aid", "code", "label", "mark")
_AMOUNT = tuple(Amount.__dataclass_fields__)


def to_rules(aids: AidQuerySet) -> list[AidRule]:
    """The rules of `aids`, in the order of the query set."""
    return rules_of(aids.values(*AID_FIELDS))


def rules_of(rows: Iterable[dict[str, Any]]) -> list[AidRule]:
    """The rules of aids already read as rows that hold AID_FIELDS."""
    rows = list(rows)
    keys = [row["pk"] for row in rows]
    conditions = _conditions(keys)
    cases = _cases(keys, conditions)
    return [_rule(row, conditions, cases) for row in rows]


def incompatibilities(aids: AidQuerySet) -> list[Incompatibility]:
    """The pairs among `aids`, each with its codes in the order of the alphabet."""
    keys = aids.order_by().values("pk")
    rows = AidIncompatibility.objects.filter(first__in=keys, second__in=keys)
    pairs = rows.values_list("first__code", "second__code", "note", "mark")
    return sorted(Incompatibility(min(a, b), max(a, b), note, Mark(mark)) for a, b, note, mark in pairs)


def _rule(row: Mapping[str, Any], conditions, cases) -> AidRule:
    key = row["pk"]
    *commitment, commitment_mark = (row[name] for name in _COMMITMENT)
    exit_kind, *exit_rule, exit_mark = (row[name] for name in _EXIT)
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
        commitment=Commitment(*commitment, Mark(commitment_mark)),
        exit=ExitRule(ExitKind(exit_kind), *exit_rule, Mark(exit_mark)),
        variant_of=row["generic__code"] or "",
    )


def _conditions(aids: list[int]) -> dict[Any, list[Condition]]:
    """Conditions of these aids by (aid, role), and by (case,) for those of a case."""
    found: dict[Any, list[Condition]] = defaultdict(list)
    rows = AidCondition.objects.filter(aid__in=aids).order_by(
        "aid", "position", "pk", "values__territory__name", "values__value"
    )
    rows = rows.values_list("pk", "aid", "case", "role", *_CONDITION, "values__value", "values__territory__name")
    for (_, aid, case, role, *columns), group in groupby(rows, key=itemgetter(slice(-2))):
        pairs = [(value, name) for *_, value, name in group if value]
        values, names = frozenset(value for value, _ in pairs), tuple(name for _, name in pairs if name)
        row = _typed(_CONDITION, columns, kind=ConditionKind, mark=Mark)
        found[(case,) if case else (aid, role)].append(Condition(values=values, names=names, **row))
    return found


def _cases(aids: list[int], conditions) -> dict[int, list[CaseRule]]:
    """Cases by aid, each with its amounts."""
    cases: dict[int, list[CaseRule]] = defaultdict(list)
    rows = AidCase.objects.filter(aid__in=aids).order_by("aid", "position", "pk", "amounts__position", "amounts__pk")
    rows = rows.values_list(*_CASE, "amounts__pk", *(f"amounts__{name}" for name in _AMOUNT))
    for (pk, aid, code, label, mark), group in groupby(rows, key=itemgetter(slice(5))):
        amounts = tuple(_amount(columns) for key, *columns in map(itemgetter(slice(5, None)), group) if key)
        cases[aid].append(CaseRule(code, label, tuple(conditions[pk,]), amounts, Mark(mark)))
    return cases


def _amount(columns: Iterable[Any]) -> Amount:
    return Amount(**_typed(_AMOUNT, columns, kind=AmountKind, taxation=Taxation, mark=Mark))


def _typed(names: Iterable[str], columns: Iterable[Any], **vocabularies: type) -> dict[str, Any]:
    """A row by name, its codes as members of their vocabularies."""
    row = dict(zip(names, columns, strict=True))
    return row | {name: vocabulary(row[name]) for name, vocabulary in vocabularies.items()}

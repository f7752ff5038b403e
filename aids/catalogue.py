"""From rows to the rules and sheets that pages read, in a fixed number of queries whatever the number of aids.

Those of the live aids are kept in memory for as long as nothing changes. Every write that a visitor can see raises the
content version, and so does an instant at which an aid begins or ends (guide/core/content_version.py): what a process
keeps is true for one version.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from aids.addresses import page_of
from aids.conditions.kinds import ConditionKind
from aids.models import Aid, AidCase, AidCondition, AidContact, AidIncompatibility, AidStep
from aids.querysets import AidQuerySet
from aids.rules import AidRule, Amount, CaseRule, Commitment, Condition, ExitRule, Incompatibility
from aids.vocabulary import AmountKind, ConditionRole, ExitKind, Form, Mark, Need, Taxation, TimeState
from guide.core.content_version import kept
from guide.core.french import long_date

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
_EXTRA = ("summary", "funder__code", "funder__name", "verified_on")
# A regular sum for a placement or its housing: it asks nothing in return, so that no source speaks of a duty.
IS_INDEMNITY = Exists(
    Aid.objects.order_by().filter(pk=OuterRef("pk"), form=Form.REGULAR, needs__need__in=(Need.PLACEMENT, Need.HOUSING))
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; what is not known is empty."""

    name: str
    role: str
    phone: str
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an application; see aids.models.AidStep."""

    title: str
    text: str
    offset_days: int | None
    month: int | None
    day: int | None
    mark: Mark

    def deadline(self, project: date, today: date) -> date | None:
        """The day: counted from the project, or the next one of a yearly deadline; None without any."""
        if self.offset_days is not None:
            return project + timedelta(days=self.offset_days)
        if self.month is None or self.day is None:
            return None
        days = (_last_sound_day(year, self.month, self.day) for year in (today.year, today.year + 1))
        return next(day for day in days if day >= today)

    def when(self, project: date, today: date) -> str:
        day = self.deadline(project, today)
        if day is None:
            until = f", avant le {long_date(project)}" if project > today else ""
            return f"dès que possible{until} (date limite non renseignée)"
        if self.month is not None:
            return f"avant le {long_date(day)} (chaque année)"
        if day < today:
            return f"dès maintenant (conseillé à partir du {long_date(day)})"
        return f"vers le {long_date(day)}" if self.offset_days else f"le {long_date(day)}, jour de votre projet"


def _last_sound_day(year: int, month: int, day: int) -> date:
    """That day, or the last one of the month when it does not exist that year."""
    return date(year, month, min(day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What pages say of an aid beside its rule: who pays it, whom to call, the steps in their order."""

    code: str
    name: str
    summary: str = ""
    funder_code: str = ""
    funder: str = ""
    verified_on: date | None = None
    is_indemnity: bool = False
    contacts: tuple[Contact, ...] = ()
    steps: tuple[Step, ...] = ()

    def tasks(self, project: date, today: date) -> list["Task"]:
        """Its steps, dated from the day of the project."""
        return [
            Task(self, rank, step, step.deadline(project, today), step.when(project, today))
            for rank, step in enumerate(self.steps, start=1)
        ]


class Task(NamedTuple):
    """One step of one aid, the `rank`th. `day` is None when no source dates it; `when` says it in words."""

    sheet: Sheet
    rank: int
    step: Step
    day: date | None
    when: str

    @property
    def href(self) -> str:
        return page_of(self.sheet.code)

    @property
    def contact(self) -> Contact | None:
        return self.sheet.contacts[0] if self.sheet.contacts else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every live aid, closed ones included, in the order of names, at one content version; `sheets` by code."""

    version: str
    rules: tuple[AidRule, ...]
    conflicts: tuple[Incompatibility, ...]
    sheets: dict[str, Sheet]


def current(version: str) -> Catalogue:
    """The catalogue at this content version."""
    return kept(version, "aid-catalogue", lambda: _read(version))


def _read(version: str) -> Catalogue:
    live = Aid.objects.live().order_by("name", "code")
    rows = list(live.values(*AID_FIELDS, *_EXTRA, is_indemnity=IS_INDEMNITY))
    keys = [row["pk"] for row in rows]
    contacts, steps = contacts_of(keys), steps_of(keys)
    sheets = {
        row["code"]: Sheet(
            row["code"],
            row["name"],
            *(row[name] for name in _EXTRA),
            is_indemnity=row["is_indemnity"],
            contacts=tuple(contacts[row["pk"]]),
            steps=tuple(steps[row["pk"]]),
        )
        for row in rows
    }
    return Catalogue(version, tuple(rules_of(rows)), tuple(incompatibilities(live)), sheets)


def contacts_of(keys: list[int]) -> dict[int, list[Contact]]:
    """Contacts by primary key of the aid; `keys` are those of aids."""
    found = defaultdict(list)
    rows = AidContact.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values in rows.values_list("aid", *Contact.__dataclass_fields__):
        found[aid].append(Contact(*values))
    return found


def steps_of(keys: list[int]) -> dict[int, list[Step]]:
    """Steps by primary key of the aid; `keys` are those of aids."""
    found = defaultdict(list)
    rows = AidStep.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values, mark in rows.values_list("aid", *Step.__dataclass_fields__):
        found[aid].append(Step(*values, Mark(mark)))
    return found


# --- rules -----------------------------------------------------------------------------------------------------------


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

"""What the engine reads: the rules of the aids, and the situation of a person, each answer of which may be unknown.

Frozen, without ORM; money in euros, durations in months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aids.vocabulary import SUMMABLE, AmountKind, ExitKind, Form, Mark, Taxation, TimeState

if TYPE_CHECKING:  # the kinds of conditions read the situations that are declared here
    from aids.conditions.kinds import ConditionKind


@dataclass(frozen=True, slots=True)
class Condition:
    """One question to the situation. Values are ORed; `names` are their French names where codes have none.

    zoning: `scheme` and the levels in `values` ("HZ": outside every level); territory: "kind:code" values;
    yes/no kinds: `expected`; numbers: `minimum` and `maximum`, both included; installation date: `after` and
    `before`, both included; free: `code` names the answer and `text` says what a person must check.
    """

    kind: "ConditionKind"
    values: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    scheme: str = ""
    expected: bool | None = None
    minimum: int | None = None
    maximum: int | None = None
    after: date | None = None
    before: date | None = None
    code: str = ""
    text: str = ""
    mark: Mark = Mark.CONFIRMED


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum or advantage. `months` is how long it runs, `start_month` when it begins after the start of the aid.

    `minimum` and `maximum` are euros, or percents for a percentage; None means that no figure is known.
    `until_studies_end`: it runs until the end of the studies, whatever their length.
    """

    kind: AmountKind
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    months: int | None = None
    start_month: int = 0
    until_studies_end: bool = False
    taxation: Taxation = Taxation.UNKNOWN
    label: str = ""
    mark: Mark = Mark.CONFIRMED

    @property
    def is_summable(self) -> bool:
        """Whether it may enter a sum: money, of a known figure, that a source states."""
        return (
            self.kind in SUMMABLE
            and self.mark != Mark.TO_CHECK
            and (self.minimum is not None or self.maximum is not None)
        )


@dataclass(frozen=True, slots=True)
class CaseRule:
    """One way to get the aid: all its conditions, and the amounts that follow."""

    code: str
    label: str = ""
    conditions: tuple[Condition, ...] = ()
    amounts: tuple[Amount, ...] = ()
    mark: Mark = Mark.CONFIRMED


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the person owes. `as_long_as_paid`: as many months as were paid, `months` being the least."""

    text: str = ""
    months: int | None = None
    as_long_as_paid: bool = False
    after_studies: bool = False
    mark: Mark = Mark.CONFIRMED


@dataclass(frozen=True, slots=True)
class ExitRule:
    """What leaving early costs: refund of the sums, and a penalty in euros.

    `penalty_per_month` is due for each month received, `penalty_minimum` at least; `penalty_after_degree`
    replaces both once the specialty diploma (DES) is held.
    """

    kind: ExitKind = ExitKind.UNKNOWN
    penalty_per_month: Decimal | None = None
    penalty_minimum: Decimal | None = None
    penalty_after_degree: Decimal | None = None
    text: str = ""
    mark: Mark = Mark.CONFIRMED


def time_state_on(declared: TimeState, opens_on: date | None, closes_on: date | None, day: date) -> TimeState:
    """Open, announced or closed on `day`; both ends of the opening are included.

    An aid said to be closed without a known date is closed on every day, and one that is announced stays so
    until an editor opens it.
    """
    if closes_on and day > closes_on:
        return TimeState.CLOSED
    if declared == TimeState.CLOSED and not closes_on:
        return TimeState.CLOSED
    if declared == TimeState.ANNOUNCED or (opens_on and day < opens_on):
        return TimeState.ANNOUNCED
    return TimeState.OPEN


@dataclass(frozen=True, slots=True)
class AidRule:
    """An aid: when it is open, the conditions of all its cases, its cases, what excludes, what it costs to leave.

    `mark` says how sure the aid itself is: an aid to be checked is never more than "to be checked".
    `variant_of` is the code of the generic aid that this one replaces where it is open.
    """

    code: str
    name: str
    cases: tuple[CaseRule, ...]
    state: TimeState = TimeState.OPEN
    opens_on: date | None = None
    closes_on: date | None = None
    mark: Mark = Mark.CONFIRMED
    form: Form = Form.LUMP_SUM
    common: tuple[Condition, ...] = ()
    exclusions: tuple[Condition, ...] = ()
    commitment: Commitment = Commitment()
    exit: ExitRule = ExitRule()
    variant_of: str = ""

    def state_on(self, day: date) -> TimeState:
        return time_state_on(self.state, self.opens_on, self.closes_on, day)

    def conditions(self) -> list[Condition]:
        """All the conditions that the aid reads, exclusions included."""
        return [*self.common, *self.exclusions, *(c for case in self.cases for c in case.conditions)]


class Incompatibility(NamedTuple):
    """Two aids that one person cannot have together, in any order."""

    first: str
    second: str
    note: str = ""
    mark: Mark = Mark.CONFIRMED


# --- the situation -------------------------------------------------------------------------------------------------

NO_TERRITORIES: frozenset[str] = frozenset()


class ZoningState(NamedTuple):
    """What one zoning says of a place on a day. A place that a zoning does not speak of has no state at all.

    `levels` cover the whole of it, `partial` only a part; both empty: known to be outside. Not `complete`: the
    rest of the place is not known, as when a source names one district and says nothing of the others.
    A tuple, because a map hashes tens of thousands of them.
    """

    levels: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class PracticePlace:
    """A place of practice: a commune, or a wider place as long as no commune is chosen.

    `inside` are the territories that contain it whole, itself included, as "kind:code"; `touching` are those
    that share a commune with it (the same ones for a commune). `zonings` maps a scheme to its state.
    """

    code: str
    name: str
    inside: frozenset[str] = NO_TERRITORIES
    touching: frozenset[str] = NO_TERRITORIES
    zonings: Mapping[str, ZoningState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """Answers of one person. None means that the question was not answered; a set holds every answer that is true.

    `installed_on` is the date of installation, past or planned; `checked` maps the code of a free condition to
    what a person found. `study_months_left` only serves sums and timelines.
    """

    profiles: frozenset[str] | None = None
    specialty: str | None = None
    modes: frozenset[str] | None = None
    sector: str | None = None
    place: PracticePlace | None = None
    structures: frozenset[str] | None = None
    first_installation: bool | None = None
    installed_on: date | None = None
    half_days: int | None = None
    coordinated: bool | None = None
    duty: bool | None = None
    employees: int | None = None
    tax_regime: str | None = None
    same_category: bool | None = None
    age: int | None = None
    checked: Mapping[str, bool] = field(default_factory=dict)
    study_months_left: int | None = None


def months_after(day: date, months: int) -> date:
    """The day `months` whole months after `day`, before it when negative; the 28th at most, which every month has."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 0 when `end` comes first (an installation still to come)."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(0, months)

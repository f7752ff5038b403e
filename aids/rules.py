"""An aid as data: what the engine reads. Frozen, without ORM; money in euros, durations in months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aids.conditions.kinds import ConditionKind
from aids.vocabulary import SUMMABLE, AmountKind, ExitKind, Form, Mark, Taxation, TimeState


@dataclass(frozen=True, slots=True)
class Condition:
    """One question to the situation. Values are ORed; `names` are their French names where codes have none.

    zoning: `scheme` and the levels in `values` ("HZ": outside every level); territory: "kind:code" values;
    yes/no kinds: `expected`; numbers: `minimum` and `maximum`, both included; installation date: `after` and
    `before`, both included; free: `code` names the answer and `text` says what a person must check.
    """

    kind: ConditionKind
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

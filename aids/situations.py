"""Who asks and where: the answers that the engine reads, each of which may be unknown (None)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

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

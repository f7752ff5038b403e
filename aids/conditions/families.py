"""The families of conditions: how each is read, worded and answered. Pure.

A new kind is most often one more of a family.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from aids.conditions.declaration import Declaration, Outcome, Valued
from aids.rules import Condition, Situation, months_after, months_between
from guide.core.french import NBSP, long_date
from guide.territories.enums import Level, Scheme, TerritoryKind

YES, NO = "oui", "non"
YES_OR_NO = [(YES, "Oui"), (NO, "Non")]


def _met(found: bool) -> Outcome:
    return Outcome.MET if found else Outcome.UNMET


def _within(answer, least, most) -> Outcome:
    """Bounds included; None is no bound."""
    if answer is None:
        return Outcome.UNKNOWN
    return _met((least is None or answer >= least) and (most is None or answer <= most))


@dataclass(frozen=True, kw_only=True, eq=False)
class Words(Valued):
    """Values of a vocabulary. `listed`: the order of the question, where it is not that of the vocabulary."""

    several: bool = False
    listed: tuple[str, ...] = ()
    control = "select"

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        """Met when one answer surely is a wanted term, unknown when it may be one once made precise."""
        given = getattr(situation, self.field)
        if given is None:
            return Outcome.UNKNOWN
        answers, wanted = given if self.several else (given,), condition.values
        if any(wanted & self.terms.surely(answer) for answer in answers):
            return Outcome.MET
        return Outcome.UNKNOWN if any(wanted & self.terms.possibly(answer) for answer in answers) else Outcome.UNMET

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        if not wanted:  # another profile, specialty or mode is another person, not another answer
            return []
        return [self.parse([value]) for value in sorted(condition.values)]

    def words(self, given: Any) -> str:
        return ", ".join(self.word(value) for value in (sorted(given) if self.several else [given]))

    def parse(self, given: Sequence[str]) -> Any:
        return frozenset(given) if self.several else given[0]

    def load(self, value: Any) -> Any:
        return frozenset(value) if self.several else value

    @property
    def codes(self) -> list[str]:
        return list(self.terms.words)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, self.option(code)) for code in self.listed or self.codes]


@dataclass(frozen=True, kw_only=True, eq=False)
class YesNo(Declaration):
    """A question answered by yes or no: what it asks and its contrary, and the chips of both answers."""

    asks: tuple[str, str]
    chips: tuple[str, str]
    needed = frozenset({"attendu"})
    control = "flag"

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        given = getattr(situation, self.field)
        return Outcome.UNKNOWN if given is None else _met(given == condition.expected)

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        return [condition.expected if wanted else not condition.expected]

    def requirement(self, condition: Condition) -> str:
        return self.asks[0 if condition.expected else 1]

    def words(self, given: Any) -> str:
        return YES if given else NO

    def chip(self, given: Any) -> str:
        return self.chips[0 if given else 1]

    def parse(self, given: Sequence[str]) -> bool:
        return given[0] == YES

    @property
    def choices(self) -> list[tuple[str, str]]:
        return YES_OR_NO


@dataclass(frozen=True, kw_only=True, eq=False)
class Number(Declaration):
    """A whole number between bounds, both included: "employer au plus 10 salariés".

    The question takes `low` to `high`, a golden case up to `most`.
    """

    lead: str
    unit: str
    low: int = 0
    high: int = 0
    most: int = 0
    one_of = frozenset({"minimum", "maximum"})
    control = "number"

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        return _within(getattr(situation, self.field), condition.minimum, condition.maximum)

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        """The bounds themselves, or the first numbers beyond them."""
        least, most = condition.minimum, condition.maximum
        if wanted:
            return [bound for bound in (least, most) if bound is not None]
        beyond = [] if least is None else [least - 1]
        beyond += [] if most is None else [most + 1]
        return [number for number in beyond if number >= 0]

    def requirement(self, condition: Condition) -> str:
        return f"{self.lead} {_bounds(condition.minimum, condition.maximum)}{NBSP}{self.unit}"

    def words(self, given: Any) -> str:
        return f"{given}{NBSP}{self.unit}"

    def parse(self, given: Sequence[str]) -> int:
        return int(given[0])


def _bounds(minimum: int | None, maximum: int | None) -> str:
    if minimum is None:
        return f"au plus {maximum}"
    if maximum is None:
        return f"au moins {minimum}"
    return str(minimum) if minimum == maximum else f"de {minimum} à {maximum}"


@dataclass(frozen=True, kw_only=True, eq=False)
class MonthsSince(Number):
    """Whole months between a date of the situation (`noun`) and the day of the project; 0 for one still to come."""

    noun: str

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        since = getattr(situation, self.field)
        months = None if since is None else months_between(since, on_date)
        return _within(months, condition.minimum, condition.maximum)

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        edges = super().other_answers(condition, on_date, wanted=wanted)
        return [months_after(on_date, -months) for months in edges]

    def words(self, given: date) -> str:
        return f"{self.noun} le {long_date(given)}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Day(Declaration):
    """A date between two, both included. `lead`: "vous installer"; `noun`: "installation"."""

    lead: str
    noun: str
    one_of = frozenset({"apres", "avant"})
    control = "date"

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        return _within(getattr(situation, self.field), condition.after, condition.before)

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        bounds = ((condition.after, -1), (condition.before, 1))
        return [day if wanted else day + timedelta(days=step) for day, step in bounds if day]

    def requirement(self, condition: Condition) -> str:
        if condition.before is None:
            return f"{self.lead} à partir du {long_date(condition.after)}"
        if condition.after is None:
            return f"{self.lead} au plus tard le {long_date(condition.before)}"
        return f"{self.lead} entre le {long_date(condition.after)} et le {long_date(condition.before)}"

    def words(self, given: Any) -> str:
        return f"{self.noun} le {long_date(given)}"

    def load(self, value: str) -> date:
        return date.fromisoformat(value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Point(Declaration):
    """A point that only a person can check: the situation says, by its code, what was found."""

    needed = frozenset({"code", "texte"})

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        found = situation.checked.get(condition.code)
        return Outcome.UNKNOWN if found is None else _met(found)

    def changed(
        self, condition: Condition, situation: Situation, on_date: date, *, wanted: bool
    ) -> Iterator[Situation]:
        yield replace(situation, checked={**situation.checked, condition.code: wanted})

    def requirement(self, condition: Condition) -> str:
        return condition.text

    def said(self, condition: Condition, situation: Situation) -> str:
        """Nothing more than the outcome already says."""
        return ""


_TERRITORY = re.compile(rf"({'|'.join(TerritoryKind.values)}):[0-9A-Za-z-]{{1,20}}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Zoned(Valued):
    """Levels of one zoning of the commune, ORed; "HZ": outside every level."""

    needed = frozenset({"zonage", "valeurs"})

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        """A level on a part of the commune only leaves the question open: the address decides."""
        state = situation.place.zonings.get(condition.scheme) if situation.place else None
        if state is None:
            return Outcome.UNKNOWN
        levels = state.levels or frozenset({Level.HZ.value})
        if levels & condition.values:
            sure = not state.partial or state.partial <= condition.values
            return Outcome.MET if sure and state.complete else Outcome.UNKNOWN
        return Outcome.UNKNOWN if state.partial & condition.values or not state.complete else Outcome.UNMET

    def said(self, condition: Condition, situation: Situation) -> str:
        place = situation.place
        if place is None:
            return ""
        state = place.zonings.get(condition.scheme)
        if state is None:
            return f"{place.name}{NBSP}: {Scheme(condition.scheme).label} non renseigné"
        parts = [self.word(level) for level in sorted(state.levels)]
        parts += [f"{self.word(level)} sur une partie seulement" for level in sorted(state.partial)]
        if not state.complete:
            parts.append("le reste n'est pas renseigné")
        return f"{place.name}{NBSP}: {', '.join(parts) or 'non classée'}"

    @property
    def codes(self) -> list[str]:
        return Level.values

    def option(self, code: str) -> str:
        """The level with its whole name, its code first where the name does not say it."""
        name = Level(code).label
        return name if code in name else f"{code} ({name})"


@dataclass(frozen=True, kw_only=True, eq=False)
class Inside(Valued):
    """Territories as "kind:code", ORed: whether one of them contains the place of practice."""

    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        """A place that only shares communes with a territory leaves the question open."""
        place = situation.place
        if place is None:
            return Outcome.UNKNOWN
        if place.inside & condition.values:
            return Outcome.MET
        return Outcome.UNKNOWN if place.touching & condition.values else Outcome.UNMET

    def words(self, given: Any) -> str:
        return given.name

    def accepts(self, code: str) -> bool:
        return bool(_TERRITORY.fullmatch(code))

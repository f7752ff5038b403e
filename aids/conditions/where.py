"""Conditions on the place of practice: its zonings, and the territories that contain it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from aids.conditions.declaration import Outcome, Valued
from aids.situations import Situation
from guide.core.french import NBSP
from guide.territories.enums import Level, Scheme, TerritoryKind

if TYPE_CHECKING:  # a condition names its kind, which is declared with these families
    from aids.rules import Condition

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

"""Kinds of values that only the filters of structures take: words to look for, and a box of the map."""

import re
from dataclasses import dataclass
from typing import Any

from guide.core.french import fold
from guide.core.query_string import Text, WrongValue, shown

MAX_BOX_DEGREES = 30
MAX_WORDS = 8
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


@dataclass(frozen=True)
class Words(Text):
    """Free words, of which at least one letter or digit must be left to search for."""

    max_length: int = 100
    too_long: str = "Le texte cherché est trop long (100 caractères au plus)."

    def read(self, text: str, search: Any) -> str:
        """The words. Those that would find everything, or be searched in part only, are refused."""
        words = fold(super().read(text, search)).split()
        if not words:
            raise WrongValue(f"Le texte cherché n'a ni lettre ni chiffre\u00a0: «\u00a0{shown(text)}\u00a0».")
        if len(words) > MAX_WORDS:
            raise WrongValue(f"Cherchez {MAX_WORDS} mots au plus.")
        return text


class Box:
    """`west,south,east,north` in degrees."""

    def read(self, text: str, search: Any) -> tuple[float, float, float, float]:
        parts = text.split(",")
        if len(parts) != 4 or not all(map(_NUMBER.fullmatch, parts)):
            raise WrongValue("Le cadre de carte (bbox) doit compter quatre nombres\u00a0: ouest,sud,est,nord.")
        west, south, east, north = map(float, parts)
        if min(west, east) < -180 or max(west, east) > 180 or min(south, north) < -90 or max(south, north) > 90:
            raise WrongValue("Le cadre de carte (bbox) sort du globe.")
        if west >= east or south >= north:
            raise WrongValue("Le cadre de carte (bbox) est à l'envers\u00a0: il se lit ouest,sud,est,nord.")
        if max(east - west, north - south) > MAX_BOX_DEGREES:
            raise WrongValue(f"Le cadre de carte (bbox) est trop grand ({MAX_BOX_DEGREES}° au plus).")
        return west, south, east, north

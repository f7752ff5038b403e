"""The commune that a form means: a name, a postal code, a name followed by its INSEE code."""

import re

from django.db.models import Q
from django.db.models.functions import Length

from guide.core.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.search import official_spelling

MAX_LENGTH = 100
MAX_CANDIDATES = 12
_INSEE_AT_END = re.compile(r"\((\d{5}|2[AB]\d{3})\)\s*$")
_POSTAL_CODE = re.compile(r"\d{5}")


def find_communes(text: str) -> list[PlaceRow]:
    """Communes that `text` may name, best first; one item alone means "this one".

    One more than MAX_CANDIDATES: there are others still.

    `text` is a postal code, a name ("Saint-Aignan", "st aignan", "châtre"), or a name and its INSEE code
    ("La Châtre (36046)"). A commune that has exactly this name, with or without its article, hides longer names.
    """
    if len(text) > MAX_LENGTH:
        return []
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE)
    text = text.strip()
    if match := _INSEE_AT_END.search(text):
        return place_rows(communes.filter(code=match[1]))
    if _POSTAL_CODE.fullmatch(text):
        return place_rows(communes.filter(postal_codes__code=text).order_by("search_name", "code"))
    words = official_spelling(text)
    if not words:
        return []
    named = communes.filter(Q(search_name__startswith=words) | Q(search_name__contains=f" {words}"))
    found = place_rows(named.order_by(Length("search_name"), "search_name", "code")[: MAX_CANDIDATES + 1])
    exact = [place for place in found if _bare(place.name) == _bare(words)]
    return exact or found


def _bare(name: str) -> str:
    """A name without its article: "La Châtre" and "Châtre" are "chatre"."""
    return re.sub(r"^(le|la|les|l) (?=.)", "", fold(name))

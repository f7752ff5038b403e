"""Finding places by what people type: the name of a commune, a postal code, a name followed by its INSEE code."""

import re
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from guide.publishing.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.names import official_spelling

MAX_CANDIDATES = 12
_INSEE_AT_END = re.compile(r"\((\d{5}|2[AB]\d{3})\)\s*$")
_POSTAL_CODE = re.compile(r"\d{5}")


class Place(NamedTuple):
    """What a filter needs to know of a territory. Positions are WGS84 degrees, None when unknown."""

    pk: int
    kind: str
    code: str
    name: str
    slug: str
    latitude: float | None
    longitude: float | None
    parent_id: int | None


def read(places: QuerySet) -> list[Place]:
    """The rows of a query of territories as plain `Place` objects, in one query."""
    return [Place(*row) for row in places.values_list(*Place._fields)]


def find_communes(text: str, limit: int = MAX_CANDIDATES) -> list[Place]:
    """Communes that `text` may name, best first, in one query; one item alone means "this one".

    `text` is a postal code, a name ("Saint-Aignan", "st aignan", "châtre"), or a name and its INSEE code
    ("La Châtre (36046)"). A commune that has exactly this name, with or without its article, hides longer names.
    """
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE)
    text = text.strip()
    if match := _INSEE_AT_END.search(text):
        return read(communes.filter(code=match[1]))
    if _POSTAL_CODE.fullmatch(text):
        return read(communes.filter(postal_codes__code=text).order_by("search_name", "code"))
    words = official_spelling(text)
    if not words:
        return []
    named = communes.filter(Q(search_name__startswith=words) | Q(search_name__contains=f" {words}"))
    found = read(named.order_by(Length("search_name"), "search_name", "code")[: limit + 1])
    exact = [place for place in found if _bare(place.name) == _bare(words)]
    return exact or found


def _bare(name: str) -> str:
    """A name without its article: "La Châtre" and "Châtre" are "chatre"."""
    return re.sub(r"^(le|la|les|l) (?=.)", "", fold(name))

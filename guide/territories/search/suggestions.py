"""Communes found by the beginning of their name or of a postal code, for the place search of the maps."""

from dataclasses import asdict, dataclass, field

from django.db.models import Case, F, IntegerField, Q, Value, When

from guide.core.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, PostalCode, Territory
from guide.territories.names import official_spelling

MIN_LENGTH = 2
MAX_LENGTH = 80
LIMIT = 8
# Visitors drop the article ("Châtre"): the official names of the INSEE do not.
ARTICLES = ("", "la ", "le ", "les ", "l ")


@dataclass(slots=True)
class Suggestion:
    """One commune offered by the search; degrees are WGS84, `bbox` is [west, south, east, north]."""

    name: str
    code: str
    slug: str
    lat: float
    lon: float
    bbox: list[float] | None
    department: str = ""
    postal_codes: list[str] = field(default_factory=list)


def suggest(text: str) -> list[dict]:
    """At most eight communes that begin with `text` (name, with or without its article, or postal code).

    Exact names first, then the most populated. Fewer than two characters find nothing. Three queries at most.
    """
    query = fold(text[:MAX_LENGTH])
    if len(query) < MIN_LENGTH:
        return []
    columns = ("pk", "name", "code", "slug", "latitude", "longitude", "bbox")
    rows = list(_matching(query).values_list(*columns)[:LIMIT])
    places = {pk: Suggestion(*values) for pk, *values in rows}
    _add_departments(places)
    _add_postal_codes(places)
    return [asdict(place) for place in places.values()]


def _matching(query: str):
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    largest = F("population").desc(nulls_last=True)
    if query.isdigit():
        found = PostalCode.objects.filter(code__startswith=query).values("commune")
        return communes.filter(pk__in=found).order_by(largest, "pk")
    names = _official_names(query)
    begins = Q()
    for name in names:
        begins |= Q(search_name__startswith=name)
    exact = Case(When(search_name__in=names, then=Value(0)), default=Value(1), output_field=IntegerField())
    return communes.filter(begins).order_by(exact, largest, "pk")


def _official_names(query: str) -> list[str]:
    return [article + spelling for spelling in {query, official_spelling(query)} for article in ARTICLES]


def _add_departments(places: dict[int, Suggestion]) -> None:
    links = Containment.objects.filter(inner__in=places, outer__kind=TerritoryKind.DEPARTMENT)
    for pk, name in links.values_list("inner", "outer__name"):
        places[pk].department = name


def _add_postal_codes(places: dict[int, Suggestion]) -> None:
    codes = PostalCode.objects.filter(commune__in=places).order_by("code")
    for pk, code in codes.values_list("commune", "code"):
        places[pk].postal_codes.append(code)

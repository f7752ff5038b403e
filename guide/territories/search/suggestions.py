"""Communes found by the beginning of their name or of a postal code, for the place search of the maps."""

from collections import defaultdict

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from guide.core.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, PostalCode, Territory
from guide.territories.search import official_spelling

MIN_LENGTH = 2
MAX_LENGTH = 80
LIMIT = 8
# Visitors drop the article ("Châtre"): the official names of the INSEE do not.
ARTICLES = ("", "la ", "le ", "les ", "l ")


def suggest(text: str) -> list[dict]:
    """At most eight communes that begin with `text` (name, with or without its article, or postal code).

    Exact names first, then the most populated. Fewer than two characters find nothing. Degrees are WGS84, "bbox" is
    [west, south, east, north].
    """
    query = fold(text[:MAX_LENGTH])
    if len(query) < MIN_LENGTH:
        return []
    communes = list(_matching(query)[:LIMIT])
    departments = Containment.objects.filter(inner__in=communes, outer__kind=TerritoryKind.DEPARTMENT)
    names = dict(departments.values_list("inner", "outer__name"))
    codes = defaultdict(list)
    for one in PostalCode.objects.filter(commune__in=communes).order_by("code"):
        codes[one.commune_id].append(one.code)
    return [
        {
            "name": commune.name,
            "code": commune.code,
            "slug": commune.slug,
            "lat": commune.latitude,
            "lon": commune.longitude,
            "bbox": commune.bbox,
            "department": names.get(commune.pk, ""),
            "postal_codes": codes[commune.pk],
        }
        for commune in communes
    ]


def _matching(query: str) -> QuerySet[Territory]:
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

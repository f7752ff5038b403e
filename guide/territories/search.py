"""Places found by what people type: three questions, three answers.

- `find_communes`: which commune does a form mean? One, or the few between which the visitor chooses.
- `search`: which places may be meant? All kinds, for the page of the places (every word, somewhere in the name).
- `suggest`: which communes begin so? For the maps, while the visitor types; the most populated first.

Staff search by guide.backoffice.pages.places.search_places, which narrows any list that hangs on places.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from guide.core.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, PostalCode, Territory
from guide.territories.places import PlaceRow, place_rows

MAX_LENGTH = 80  # of what is searched and suggested
MAX_FIELD = 100  # of the field of a form
MAX_CANDIDATES = 12
MAX_RESULTS = 40
MIN_SUGGESTED, MAX_SUGGESTED = 2, 8  # letters from which communes are suggested, communes suggested
# Visitors drop the article ("Châtre"): the official names of the INSEE do not.
ARTICLES = ("", "la ", "le ", "les ", "l ")
SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_INSEE_AT_END = re.compile(r"\((\d{5}|2[AB]\d{3})\)\s*$")
_POSTAL_CODE = re.compile(r"\d{5}")


def _official_spelling(text: str) -> str:
    """Folded text with the short forms of "saint" written out, as the INSEE does: "St-Août" -> "saint aout"."""
    return " ".join(SHORT_FORMS.get(word, word) for word in fold(text).split())


def find_communes(text: str) -> list[PlaceRow]:
    """Communes that `text` may name, best first; one item alone means "this one".

    One more than MAX_CANDIDATES: there are others still.

    `text` is a postal code, a name ("Saint-Aignan", "st aignan", "châtre"), or a name and its INSEE code
    ("La Châtre (36046)"). A commune that has exactly this name, with or without its article, hides longer names.
    """
    if len(text) > MAX_FIELD:
        return []
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE)
    text = text.strip()
    if match := _INSEE_AT_END.search(text):
        return place_rows(communes.filter(code=match[1]))
    if _POSTAL_CODE.fullmatch(text):
        return place_rows(communes.filter(postal_codes__code=text).order_by("search_name", "code"))
    words = _official_spelling(text)
    if not words:
        return []
    named = communes.filter(Q(search_name__startswith=words) | Q(search_name__contains=f" {words}"))
    found = place_rows(named.order_by(Length("search_name"), "search_name", "code")[: MAX_CANDIDATES + 1])
    exact = [place for place in found if _bare(place.name) == _bare(words)]
    return exact or found


def _bare(name: str) -> str:
    """A name without its article: "La Châtre" and "Châtre" are "chatre"."""
    return re.sub(r"^(le|la|les|l) (?=.)", "", fold(name))


@dataclass(frozen=True, slots=True)
class Results:
    """Places found, the single certain answer if there is one, and whether the list was cut."""

    rows: list[PlaceRow]
    certain: PlaceRow | None
    cut: bool


def search(text: str) -> Results:
    """Places that match `text`, the exact ones first; never the whole table."""
    folded = _official_spelling(text)
    digits = re.sub(r"\s", "", text)
    by_code = _by_code(digits) if digits.isascii() and digits.isalnum() else Q(pk__in=())
    if not folded:
        return Results([], None, False)
    exact = Q(search_name=folded) | by_code
    rank = Case(
        When(exact, then=Value(0)),
        When(search_name__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    query = Q()
    for word in folded.split():
        query &= Q(search_name__contains=word)
    found = Territory.objects.live().filter(query | by_code).annotate(rank=rank)
    rows = place_rows(found.order_by("rank", "search_name", "code")[: MAX_RESULTS + 1])
    return Results(rows[:MAX_RESULTS], _certain(rows, folded, digits), len(rows) > MAX_RESULTS)


def _by_code(code: str) -> Q:
    """Communes of a postal code or INSEE code, departments and regions of a code of two or three signs, EPCI."""
    postal = PostalCode.objects.filter(code=code).values("commune")
    other = TerritoryKind.DEPARTMENT if len(code) <= 3 else TerritoryKind.EPCI
    kind = TerritoryKind.COMMUNE if len(code) == 5 else other
    return Q(pk__in=postal) | Q(code=code.upper(), kind=kind)


def _certain(rows: list[PlaceRow], folded: str, digits: str) -> PlaceRow | None:
    """The place meant without doubt: the only commune of that name or code, else the only place of it. Pure.

    A bassin de vie or an EPCI often bears the name of its main commune: the commune is then meant.
    """
    if re.fullmatch(r"\d+", digits):
        exact = [
            row for row in rows if row.kind in (TerritoryKind.COMMUNE, TerritoryKind.DEPARTMENT, TerritoryKind.EPCI)
        ]
    else:
        exact = [row for row in rows if _official_spelling(row.name) == folded or row.code == digits.upper()]
    communes = [row for row in exact if row.kind == TerritoryKind.COMMUNE]
    candidates = communes or exact
    return candidates[0] if len(candidates) == 1 else None


def suggest(text: str) -> list[dict]:
    """At most eight communes that begin with `text` (name, with or without its article, or postal code).

    Exact names first, then the most populated. Fewer than two characters find nothing. Degrees are WGS84, "bbox" is
    [west, south, east, north].
    """
    query = fold(text[:MAX_LENGTH])
    if len(query) < MIN_SUGGESTED:
        return []
    communes = list(_matching(query)[:MAX_SUGGESTED])
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
    names = [article + spelling for spelling in {query, _official_spelling(query)} for article in ARTICLES]
    begins = Q()
    for name in names:
        begins |= Q(search_name__startswith=name)
    exact = Case(When(search_name__in=names, then=Value(0)), default=Value(1), output_field=IntegerField())
    return communes.filter(begins).order_by(exact, largest, "pk")

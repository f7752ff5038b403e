"""One search of structures: the query string read once, for the list, the map and the data addresses.

    search = read(request)
    search.is_valid      False: show `search.messages`; every query is then empty, never the whole table
    search.queryset()    live structures, filtered and sorted, with `distance_km` when there is a centre
    search.address(...)  canonical address of the same search on any path, with changes

`lieu` (what a person typed) becomes `commune` as soon as it names one commune; when it may name several,
`candidates` holds (label, address) of each. `typed` is what the field of the place shows.
"""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from guide.core.query_string import Values, shown
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.place_rows import PlaceRow, place_rows
from guide.territories.search.communes import MAX_CANDIDATES, find_communes
from structures import parameters
from structures.filters import Known, StructureFilter
from structures.models import StaffMember, Structure
from structures.wording import chip_labels, describe

ORDERS = {
    "nom": ("search_text", "pk"),
    "commune": ("commune__search_name", "search_text", "pk"),
    "distance": ("distance_km", "search_text", "pk"),
}
SORT_LABELS = {"distance": "Distance", "nom": "Nom", "commune": "Commune"}


@dataclass(slots=True)
class Search:
    """What a query string asks for. `values` holds what is right in it, in canonical form."""

    path: str
    values: Values
    known: Known
    filters: StructureFilter
    messages: list[str]
    typed: str = ""
    candidates: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """Whether every value was understood."""
        return not self.messages

    @property
    def centre(self) -> PlaceRow | None:
        """Commune around which the search is made."""
        return self.known.commune if "commune" in self.values else None

    @property
    def page(self) -> int:
        """Number of the page asked for, from 1."""
        return int(self.values.get("page", ["1"])[0])

    @property
    def sort(self) -> str:
        """Code of the order: by distance when there is a centre, unless another one is asked for."""
        asked = self.values.get("tri", ["distance" if self.centre else "nom"])[0]
        return "nom" if asked == "distance" and not self.centre else asked

    @property
    def description(self) -> str:
        """The search in words."""
        return describe(self.values, self.known)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """(label, address without it) of each active filter."""
        return [
            (label, self.address(without=(name, value))) for name, value, label in chip_labels(self.values, self.known)
        ]

    def unsorted(self, without: tuple[str, ...] = ()) -> QuerySet:
        """Live structures filtered by all filters but `without`; none when a value is wrong."""
        return self.filters.narrowed(without) if self.is_valid else Structure.objects.none()

    def queryset(self) -> QuerySet:
        """Live structures of this search, in a fixed order."""
        return self.unsorted().order_by(*ORDERS[self.sort])

    def address(self, path: str = "", *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Canonical address of this search on `path` (default: the same), on its first page.

        `without` is one (parameter, value) to take off; `changes` replace the values of parameters, "" drops one.
        """
        values = {name: list(kept) for name, kept in self.values.items() if name != "page"}
        if without:
            values[without[0]] = [value for value in values[without[0]] if value != without[1]]
        values |= {name: [value] if value else [] for name, value in changes.items()}
        if not values.get("commune"):
            values.pop("rayon", None)
        if values.get("tri") in (["distance"], [] if values.get("commune") else ["nom"]):
            values.pop("tri")
        return parameters.address(path or self.path, values)


def read(request: HttpRequest) -> Search:
    """Read the query string of a request; never raises. Two queries, three when a place was typed."""
    values, problems = parameters.parse(request)
    places, candidates = [], []
    if "lieu" in values:
        places, problem = _typed_place(values)
        problems += [problem] if problem else []
        candidates = places if len(places) > 1 else []
    typed = values.pop("lieu", [])
    if typed and len(places) == 1:
        values["commune"] = [places[0].code]
    known = _known(values)
    filters = StructureFilter(values, known, Structure.objects.live())
    messages = problems + filters.messages()
    if filters.form.cleaned_data.get("commune") and known.commune.latitude is None:
        messages.append(f"La position de {known.commune.name} n'est pas connue : aucune distance possible.")
    right = {name: kept for name, kept in values.items() if name in filters.form.cleaned_data}
    search = Search(request.path, right, known, filters, messages)
    search.typed = f"{search.centre.name} ({search.centre.code})" if search.centre else typed[0] if typed else ""
    search.candidates = [(_label(place, known), search.address(commune=place.code)) for place in candidates]
    return search


def _typed_place(values: Values) -> tuple[list[PlaceRow], str]:
    """Communes that the typed place may be, and what to tell the visitor unless it is exactly one."""
    text = values["lieu"][0]
    if "commune" in values:
        return [], "Indiquez un lieu ou un code de commune, pas les deux."
    places = find_communes(text)
    if not places:
        return [], f"Aucune commune trouvée pour « {shown(text)} »."
    if len(places) > MAX_CANDIDATES:
        return places[:-1], f"Beaucoup de communes répondent à « {text} » : précisez, ou choisissez ci-dessous."
    return places, f"Plusieurs communes répondent à « {text} » : choisissez." if len(places) > 1 else ""


def _known(values: Values) -> Known:
    """Departments, and the commune and the territory that the values name, in one query; specialities in another."""
    wanted = Q(kind=TerritoryKind.DEPARTMENT)
    code, slug = values.get("commune", [""])[0], values.get("territoire", [""])[0]
    if code:
        wanted |= Q(kind=TerritoryKind.COMMUNE, code=code)
    if slug:
        wanted |= Q(slug=slug)
    places = place_rows(Territory.objects.live().filter(wanted).order_by("kind", "code"))
    return Known(
        departments=tuple(place for place in places if place.kind == TerritoryKind.DEPARTMENT),
        commune=next((p for p in places if p.kind == TerritoryKind.COMMUNE and p.code == code), None),
        territory=next((p for p in places if p.slug == slug), None),
        specialities=tuple(_specialities()),
    )


def _specialities() -> list[tuple[str, str]]:
    """(code, label) of the specialities that structures declare."""
    return list(StaffMember.objects.order_by("label").values_list("speciality", "label").distinct())


def _label(place: PlaceRow, known: Known) -> str:
    department = next((d.name for d in known.departments if d.pk == place.parent_id), "")
    return f"{place.name} ({department})" if department else f"{place.name} ({place.code})"

"""One search of structures: the same for the list, the map and the data addresses.

`lieu` (what a person typed) becomes `commune` as soon as it names one commune; when it may name several,
`candidates` holds (label, address) of each. `typed` is what the field of the place shows.
"""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from guide.core.french import joined
from guide.core.query_string import Values, shown
from guide.core.search import Search
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.prepositions import inside
from guide.territories.search import MAX_CANDIDATES, find_communes
from structures.enums import PLURALS
from structures.filters import DEFAULT_RADIUS_KM, FILTERS
from structures.models import StaffMember, Structure

ORDERS = {
    "nom": ("search_text", "pk"),
    "commune": ("commune__search_name", "search_text", "pk"),
    "distance": ("distance_km", "search_text", "pk"),
}


class StructureSearch(Search):
    """What an address asks of the structures."""

    parameters = FILTERS
    max_pairs = 200
    typed = ""
    candidates: list[tuple[str, str]] = []

    @classmethod
    def names(cls) -> list[str]:
        """Repeated parameters come first in canonical addresses."""
        return [parameter.name for parameter in sorted(cls.parameters, key=lambda one: not one.many)]

    def prepare(self, request: HttpRequest) -> None:
        self._typed_places: list[PlaceRow] = []
        if "lieu" in self.values:
            self.typed = self.values["lieu"][0]
            self._typed_places, problem = self._find_typed()
            self.messages += [problem] if problem else []
            del self.values["lieu"]
        if len(self._typed_places) == 1:
            self.values["commune"] = [self._typed_places[0].code]
        self._find_known()
        self.specialities = list(StaffMember.objects.order_by("label").values_list("speciality", "label").distinct())

    def _find_typed(self) -> tuple[list[PlaceRow], str]:
        """Communes that the typed place may be, and what to tell the visitor unless it is exactly one."""
        if "commune" in self.values:
            return [], "Indiquez un lieu ou un code de commune, pas les deux."
        text = self.typed
        places = find_communes(text)
        if not places:
            return [], f"Aucune commune trouvée pour «\u00a0{shown(text)}\u00a0»."
        if len(places) > MAX_CANDIDATES:
            many = f"Beaucoup de communes répondent à «\u00a0{text}\u00a0»"
            return places[:-1], f"{many}\u00a0: précisez, ou choisissez ci-dessous."
        several = f"Plusieurs communes répondent à «\u00a0{text}\u00a0»\u00a0: choisissez."
        return places, several if len(places) > 1 else ""

    def _find_known(self) -> None:
        """Departments, and the commune and the territory that the values name."""
        wanted = Q(kind=TerritoryKind.DEPARTMENT)
        code, slug = self.one("commune"), self.one("territoire")
        if code:
            wanted |= Q(kind=TerritoryKind.COMMUNE, code=code)
        if slug:
            wanted |= Q(slug=slug)
        places = place_rows(Territory.objects.live().filter(wanted).order_by("kind", "code"))
        self.departments = [place for place in places if place.kind == TerritoryKind.DEPARTMENT]
        self.commune = next((p for p in places if p.kind == TerritoryKind.COMMUNE and p.code == code), None)
        self.territory = next((place for place in places if place.slug == slug), None)

    def settle(self) -> None:
        """A commune without position is no centre; a place that may be several gives a choice."""
        if self.centre and self.centre.latitude is None:
            self.messages.append(
                f"La position de {self.centre.name} n'est pas connue\u00a0: aucune distance possible."
            )
        if self.centre:
            self.typed = f"{self.centre.name} ({self.centre.code})"
        if len(self._typed_places) > 1:
            self.candidates = [(self._label(place), self.address(commune=place.code)) for place in self._typed_places]

    def _label(self, place: PlaceRow) -> str:
        department = next((d.name for d in self.departments if d.pk == place.parent_id), "")
        return f"{place.name} ({department or place.code})"

    @property
    def centre(self) -> PlaceRow | None:
        return self.commune if "commune" in self.values else None

    @property
    def radius(self) -> int:
        """Radius of the search around a commune, in km."""
        return int(self.one("rayon") or DEFAULT_RADIUS_KM)

    @property
    def sort(self) -> str:
        """Code of the order: by distance when there is a centre, unless another one is asked for."""
        asked = self.one("tri") or ("distance" if self.centre else "nom")
        return "nom" if asked == "distance" and not self.centre else asked

    @property
    def description(self) -> str:
        """The search in words: "MSP et centres de santé dans l'Indre, à 20 km au plus de La Châtre"."""
        kinds = [PLURALS[kind] for kind in self.values.get("type", [])]
        places = [place for place in self.departments if place.code in self.values.get("departement", [])]
        if "territoire" in self.values:
            places.append(self.territory)
        where = joined(inside(place.kind, place.code, place.name) for place in places)
        head = " ".join([capfirst(joined(kinds) or "structures de soins"), *([where] if where else [])])
        details = [one.told(self, self.values[one.name]) for one in self.filters if one.told]
        return ", ".join([head, *details])

    def unsorted(self, without: tuple[str, ...] = ()) -> QuerySet:
        """Live structures filtered by all filters but `without`; none when a value is wrong."""
        return self.filtered(Structure.objects.live(), without)

    def queryset(self) -> QuerySet:
        """Live structures of this search, in a fixed order."""
        return self.unsorted().order_by(*ORDERS[self.sort])

    def canonical(self, values: Values) -> Values:
        """A radius asks for a centre; the usual order goes without saying."""
        usual = ["distance"] if "commune" in values else ["distance", "nom"]
        left_out = [] if "commune" in values else ["rayon"]
        left_out += ["tri"] if values.get("tri", [""])[0] in usual else []
        return {name: kept for name, kept in values.items() if name not in left_out}

"""One search of structures: the same for the list, the map and the data addresses.

Each filter is declared once in FILTERS: the panel, the chips, the description and the counts come from there.

`lieu` (what a person typed) becomes `commune` as soon as it names one commune; when it may name several,
`candidates` holds (label, address) of each. `typed` is what the field of the place shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from guide.core.content_version import kept, version_of
from guide.core.french import joined, of, plural
from guide.core.query_string import Box, OneOf, Values, WholeNumber, Words, shown, unknown
from guide.core.search import Filter, Parameter, Search, page_parameter
from guide.territories.cog import inside
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.search import MAX_CANDIDATES, find_communes
from structures.enums import PLURALS, SHORT_LABELS, Kind, PracticeMode
from structures.models import StaffMember, Structure

DEFAULT_RADIUS_KM = 20
MAX_RADIUS_KM = 100
SORT_LABELS = {"distance": "Distance", "type": "Type de structure", "commune": "Commune", "nom": "Nom"}
ORDERS = {
    "type": ("list_order", "pk"),
    "nom": ("search_text", "pk"),
    "commune": ("commune__search_name", "search_text", "pk"),
    "distance": ("distance_km", "search_text", "pk"),
}


@dataclass(frozen=True, kw_only=True)
class StructureFilter(Filter):
    """A filter of structures.

    `told` gives its detail in the description of a search (search, values). `column` is that by which its choices
    are counted, `counted` the choice that a value of the column stands for (search, value). `unknown` finds the
    structures of which nobody knows the answer: the panel says how many, and hides a filter that nothing answers.
    """

    told: Callable[[Any, list[str]], str] | None = None
    column: str = ""
    unknown: Q | None = None
    counted: Callable[[Any, Any], str] = lambda search, value: value


def yes(name: str, label: str, **said) -> StructureFilter:
    """A filter that is on (`1`) or absent."""
    wrong = unknown(f"«\u00a0{name}\u00a0» vaut 1 ou rien")
    return StructureFilter(name=name, value=OneOf([("1", label)], wrong), label="Accueil", **said)


FILTERS = (
    StructureFilter(
        name="type",
        many=True,
        value=OneOf([(kind.value, SHORT_LABELS[kind]) for kind in Kind], unknown("Type de structure inconnu")),
        narrow=lambda structures, kinds, search: structures.of_kinds(kinds),
        column="kind",
    ),
    StructureFilter(
        name="departement",
        many=True,
        value=OneOf(
            lambda search: [(place.code, f"{place.name} ({place.code})") for place in search.departments],
            unknown("Département inconnu"),
        ),
        label="Départements",
        # The parent of the commune, which an index holds, and not the closure: the counts compare it too.
        narrow=lambda structures, codes, search: structures.filter(
            commune__parent__in=[place.pk for place in search.departments if place.code in codes]
        ),
        column="commune__parent",
        counted=lambda search, pk: next((place.code for place in search.departments if str(place.pk) == str(pk)), ""),
    ),
    StructureFilter(
        name="territoire",
        value=OneOf(
            lambda search: [(search.territory.slug, search.territory.name)] if search.territory else [],
            unknown("Territoire inconnu"),
        ),
        narrow=lambda structures, slug, search: structures.in_territory(search.territory.pk),
    ),
    StructureFilter(
        name="commune",
        value=OneOf(
            lambda search: [(search.commune.code, search.commune.name)] if search.commune else [],
            unknown("Code de commune inconnu"),
        ),
        narrow=lambda structures, code, search: structures.near(
            search.commune.latitude, search.commune.longitude, search.radius
        ),
        chip=lambda search, code: f"À {search.radius} km {of(search.commune.name)}",
        told=lambda search, codes: f"à {search.radius} km au plus {of(search.commune.name)}",
    ),
    Parameter(
        name="rayon",
        value=WholeNumber(
            1,
            MAX_RADIUS_KM,
            unknown(f"Le rayon est un nombre entier de kilomètres, de 1 à {MAX_RADIUS_KM}"),
        ),
        implied=str(DEFAULT_RADIUS_KM),
    ),
    StructureFilter(
        name="mode",
        many=True,
        value=OneOf(
            [(mode.value, mode.label.capitalize()) for mode in PracticeMode], unknown("Mode d'exercice inconnu")
        ),
        label="Modes d'exercice",
        narrow=lambda structures, modes, search: structures.with_mode(modes),
        told=lambda search, modes: f"exercice {joined((PracticeMode(mode).label for mode in modes), 'ou')}",
    ),
    StructureFilter(
        name="specialite",
        many=True,
        value=OneOf(lambda search: search.specialities, unknown("Spécialité ou profession inconnue")),
        label="Professions et spécialités",
        narrow=lambda structures, specialities, search: structures.with_speciality(specialities),
        told=lambda search, codes: joined((search.labels("specialite")[code] for code in codes), "ou"),
        unknown=~Exists(StaffMember.objects.filter(structure=OuterRef("pk"))),
    ),
    yes(
        "recrute",
        "Recrute des médecins",
        narrow=lambda structures, value, search: structures.filter(recruiting=True),
        told=lambda search, values: "recrutant des médecins",
        unknown=Q(recruiting=None),
    ),
    yes(
        "stage",
        "Accueille des internes",
        narrow=lambda structures, value, search: structures.filter(welcomes_interns=True),
        told=lambda search, values: "accueillant des internes",
        unknown=Q(welcomes_interns=None),
    ),
    StructureFilter(
        name="q",
        value=Words(),
        narrow=lambda structures, words, search: structures.matching(words),
        chip=lambda search, words: f"«\u00a0{words}\u00a0»",
        told=lambda search, words: f"avec «\u00a0{words[0]}\u00a0»",
    ),
    StructureFilter(
        name="bbox",
        value=Box(),
        narrow=lambda structures, box, search: structures.in_box(*box),
        chip=lambda search, box: "Cadre de la carte",
        told=lambda search, boxes: "dans le cadre de la carte",
    ),
    Parameter(name="lieu"),
    Parameter(name="tri", value=OneOf(SORT_LABELS.items(), unknown("Tri inconnu"))),
    page_parameter("Cette page de résultats n'existe pas"),
)


UNKNOWN_OF = {one.name: one.unknown for one in FILTERS if isinstance(one, StructureFilter) and one.unknown is not None}


def _choices() -> tuple[list[PlaceRow], list[tuple[str, str]], dict[str, int]]:
    """The departments, and the specialities as (code, label), among which two filters choose; what is not known.

    That is the number of live structures that do not answer a filter, by its name, and of all of them by "".
    """
    departments = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).order_by("code")
    specialities = StaffMember.objects.order_by("label").values_list("speciality", "label").distinct()
    counts = {name: Count("pk", filter=unknown) for name, unknown in UNKNOWN_OF.items()}
    unanswered = Structure.objects.live().aggregate(total=Count("pk"), **counts)
    return place_rows(departments), list(specialities), {"": unanswered.pop("total"), **unanswered}


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
        self.departments, self.specialities, self.unanswered = kept(
            version_of(request), "structures-choices", _choices
        )
        self._find_named()

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

    def _find_named(self) -> None:
        code, slug = self.one("commune"), self.one("territoire")
        places = []
        if code or slug:
            wanted = Q(kind=TerritoryKind.COMMUNE, code=code) | (Q(slug=slug) if slug else Q())
            places = place_rows(Territory.objects.live().filter(wanted).order_by("kind", "code"))
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
        """Code of the order: by distance when there is a centre, else by kind, unless another one is asked for."""
        asked = self.one("tri") or ("distance" if self.centre else "type")
        return "type" if asked == "distance" and not self.centre else asked

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

    def unknown_of(self, name: str) -> str:
        """What the panel says of structures that do not answer a filter: "inconnu pour 331 structures", or ""."""
        count = self.unanswered.get(name, 0)
        return f"inconnu pour {plural(count, 'structure')}" if count else ""

    def can_answer(self, name: str) -> bool:
        """Whether a structure answers this filter at least, or the visitor has chosen it already."""
        return name in self.values or self.unanswered.get(name, -1) < self.unanswered[""]

    def unsorted(self, without: tuple[str, ...] = ()) -> QuerySet:
        """Live structures filtered by all filters but `without`; none when a value is wrong."""
        return self.filtered(Structure.objects.live(), without)

    def queryset(self) -> QuerySet:
        """Live structures of this search, in a fixed order."""
        return self.unsorted().order_by(*ORDERS[self.sort])

    def canonical(self, values: Values) -> Values:
        """A radius asks for a centre; the usual order goes without saying."""
        usual = ["distance"] if "commune" in values else ["distance", "type"]
        left_out = [] if "commune" in values else ["rayon"]
        left_out += ["tri"] if values.get("tri", [""])[0] in usual else []
        return {name: kept for name, kept in values.items() if name not in left_out}

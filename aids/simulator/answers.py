"""The answers of one person: read and checked, the place that they name, and said again in words."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from aids.conditions.families import YES, Words, YesNo
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Sight
from aids.practice_places import place_of, places_of
from aids.reasons import Located
from aids.rules import PracticePlace, Situation
from aids.simulator.contradictions import SETTLED, contradictions
from aids.simulator.questions import BY_NAME, OF_PLACE, PARAMETERS, STUDIES, WHERE, ZONING
from aids.vocabulary import Mode, Profile
from guide.core.content_version import kept
from guide.core.french import NBSP, at, long_date
from guide.core.query_string import QUESTIONS, Values, shown
from guide.core.search import Search
from guide.territories.cog import inside
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.positions import KM_PER_DEGREE
from guide.territories.search import find_communes


class Answers(Search):
    """What a person said.

    `messages` stop the result; `warnings` are shown with it. `candidates` are the (label, address) of the communes
    that a typed place may be. `has_empty`: the address holds parameters that say nothing.
    """

    parameters = PARAMETERS
    wording = QUESTIONS
    in_order_given = True
    typed = ""
    has_empty = False

    def __init__(self, path: str, values: Values | None = None, messages: Iterable[str] = ()):
        super().__init__(path, values, messages)
        self.warnings: list[str] = []
        self.candidates: list[tuple[str, str]] = []

    def prepare(self, request: HttpRequest) -> None:
        self.has_empty = any("" in given for _, given in request.GET.lists())

    def settle(self) -> None:
        """Find the place that was typed; a commune already says its department."""
        self.typed = self.values.pop("lieu", [""])[0]
        if self.typed:
            self._find_place()
        self.warnings = contradictions(self.values)
        if "commune" in self.values:
            self.values.pop("departement", None)
        self._keep_own_zoning()

    def _keep_own_zoning(self) -> None:
        """The zoning that the visitor read holds for the commune of which it was said, and for no other."""
        level, _, said_of = self.values.pop(ZONING.name, [""])[0].partition(".")
        if level and said_of in ("", self.one("commune")):
            self.values[ZONING.name] = [level]

    def _find_place(self) -> None:
        """The typed place becomes a commune, or a message with the communes that it may be.

        Words left in the field with a chosen commune ("Déols (36063)") name that commune.
        """
        text = f"«\u00a0{shown(self.typed)}\u00a0»"
        places = find_communes(self.typed)
        if len(places) == 1:
            self.values["commune"] = [places[0].code]
        elif places:
            self.messages.append(f"Plusieurs communes répondent à {text}\u00a0: choisissez.")
            self.candidates = [(f"{p.name} ({p.code})", self.address(commune=p.code)) for p in places]
        else:
            self.messages.append(
                f"Aucune commune de la région ne répond à {text}. Essayez son code postal, ou le département."
            )

    @property
    def day(self) -> date:
        """The day of the project: today when it is not said."""
        return date.fromisoformat(self.one("date")) if "date" in self.values else timezone.localdate()

    @property
    def is_asked(self) -> bool:
        """Whether a result is asked for: at least one question was answered, and all is readable."""
        return bool(self.values) and self.is_valid

    @property
    def is_enough(self) -> bool:
        """Whether a result is given: from the second answer on; a first one alone opens the next question."""
        return self.is_asked and len(self.values) > 1

    def number(self, name: str) -> int | None:
        return int(self.one(name)) if self.one(name) else None

    def anywhere(self) -> "Answers":
        others = {name: values for name, values in self.values.items() if name not in OF_PLACE}
        return Answers(self.path, others, self.messages)

    def pairs(self, without: Container[str] = ()) -> list[tuple[str, str]]:
        """(parameter, value) of each answer but those to some questions, for the hidden fields of a form."""
        return [(name, value) for name, given in self.values.items() if name not in without for value in given]

    def situation(self, place: PracticePlace | None) -> Situation:
        """The situation that the engine reads. A question without an answer stays unknown."""
        points = dict(point.rsplit(".", 1) for point in self.values.get("point", ()))
        given = {
            k.declaration.field: k.declaration.parse(self.values[k])
            for k in Kind
            if k in self.values and k.declaration.question
        }
        return Situation(
            **given | {"modes": self._modes(), "installed_on": self._installed_on()},
            place=place,
            checked={code: found == YES for code, found in points.items()},
            study_months_left=self.number(STUDIES.name),
        )

    def _modes(self) -> frozenset[str] | None:
        """The modes given; else self-employed practice for whom settles in it for the first time; else unknown."""
        if Kind.MODE in self.values:
            return frozenset(self.values[Kind.MODE])
        return frozenset({Mode.SELF_EMPLOYED}) if self.one(Kind.FIRST_INSTALLATION) == YES else None

    def _installed_on(self) -> date | None:
        """The day of installation: the one given; else the day of the project, for whom the project is to settle.

        One who settled long ago, or within the year, must give it: the day of a project says nothing of it.
        """
        given = self.one(Kind.INSTALLATION_DATE)
        if given:
            return date.fromisoformat(given)
        profiles = set(self.values.get(Kind.PROFILE, ()))
        if profiles & SETTLED:
            return None
        if Profile.NEWLY_SETTLED in profiles:
            return self.day if self.day != timezone.localdate() and "date" in self.values else None
        return self.day if profiles or "date" in self.values else None


# --- the place, and the communes around it as the rules see them -----------------------------------------------------

RADIUS_KM = 30
_LAT_STEP = RADIUS_KM / KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Departments of the region, the chosen commune or department, and the communes around, itself included."""

    departments: tuple[PlaceRow, ...]
    chosen: PlaceRow | None
    communes: tuple[PlaceRow, ...] = ()

    @property
    def department(self) -> PlaceRow | None:
        """The department chosen, or that of the chosen commune."""
        if self.chosen is None or self.chosen.kind == TerritoryKind.DEPARTMENT:
            return self.chosen
        return next((row for row in self.departments if row.pk == self.chosen.parent_id), None)


def find_surroundings(commune: str, department: str, version: str) -> Surroundings:
    """The departments, and the place of those codes with the communes around it."""
    departments, communes = kept(version, "region-places", _region)
    if not commune:
        return Surroundings(departments, next((row for row in departments if row.code == department), None))
    chosen = communes.get(commune)
    if chosen is None or chosen.latitude is None:
        return Surroundings(departments, chosen, (chosen,) if chosen else ())
    return Surroundings(departments, chosen, tuple(row for row in communes.values() if _is_near(row, chosen)))


def find_places(answers: Answers, version: str) -> Surroundings:
    """The places of the answers; an unknown code gives a message, which stops the result."""
    commune, department = answers.one("commune"), answers.one("departement")
    places = find_surroundings(commune, department, version)
    if (commune or department) and places.chosen is None:
        what = f"Commune inconnue dans cette région\u00a0: code «\u00a0{commune}\u00a0»." if commune else ""
        answers.messages.append(what or f"Département inconnu dans cette région\u00a0: «\u00a0{department}\u00a0».")
    return places


def _region() -> tuple[tuple[PlaceRow, ...], dict[str, PlaceRow]]:
    wanted = Territory.objects.live().filter(kind__in=(TerritoryKind.DEPARTMENT, TerritoryKind.COMMUNE))
    rows = place_rows(wanted.order_by("kind", "code"))
    departments = tuple(row for row in rows if row.kind == TerritoryKind.DEPARTMENT)
    return departments, {row.code: row for row in rows if row.kind == TerritoryKind.COMMUNE}


def _is_near(row: PlaceRow, centre: PlaceRow) -> bool:
    """Whether a commune lies in a box of RADIUS_KM around another, as wide as its own latitude asks."""
    return (
        row.latitude is not None
        and abs(row.latitude - centre.latitude) <= _LAT_STEP
        and abs(row.longitude - centre.longitude) * cos(radians(centre.latitude)) <= _LAT_STEP
    )


def practice_place(
    places: Surroundings, seen: Sight, day: date, version: str
) -> tuple[PracticePlace | None, list[Located]]:
    """The chosen place as the engine reads it on `day`, and the located communes around.

    `seen` is what the aids of this content version look at: that is enough for every verdict.
    """
    chosen = places.chosen
    if chosen is None:
        return None, []
    if chosen.kind == TerritoryKind.DEPARTMENT:
        return place_of(chosen, day), []
    found = kept(version, f"around:{chosen.pk}:{day}", lambda: places_of(places.communes, day, seen))
    around = [
        Located(found[row.pk], row.latitude, row.longitude) for row in places.communes if row.latitude is not None
    ]
    return found[chosen.pk], around


# --- the answers in words: a sentence, and a chip to change each -----------------------------------------------------

# What the sentence says of a person; a number or a date would not be understood without its question.
_SAID = {kind.value for kind in Kind if isinstance(kind.declaration, Words | YesNo)} | {ZONING.name}


def sentence(answers: Answers, places: Surroundings, *, always_dated: bool = True) -> str:
    """`Interne…, médecine générale, secteur 1, à Déols (Indre), le 1er mars 2027`."""
    parts: list[str] = []
    for name, _, words in _answered(answers.values):
        if name in _SAID and not any(words in said for said in parts):  # a retired doctor's mode is in his profile
            parts.append(words)
    if places.chosen:
        parts.append(_place_words(places))
    if always_dated or answers.one("date"):
        parts.append(f"le {long_date(answers.day)}")
    return capfirst(", ".join(parts))


def _place_words(places: Surroundings) -> str:
    """`à Déols (Indre)`, `dans l'Indre`."""
    chosen = places.chosen
    if chosen.kind == TerritoryKind.COMMUNE:
        return f"{at(chosen.name)} ({places.department.name})" if places.department else at(chosen.name)
    return inside(chosen.kind, chosen.code, chosen.name)


def chips(answers: Answers, places: Surroundings, points: Mapping[str, str]) -> list[tuple[str, str]]:
    """(words, address without this answer); `points` are the free conditions by code."""
    found = [
        (capfirst(words), answers.address(without=(name, value)))
        for name, value, words in _answered(answers.values, points)
    ]
    for name in WHERE:
        if places.chosen and answers.one(name):
            found.insert(0, (capfirst(_place_words(places)), answers.address(**{name: "", ZONING.name: ""})))
    if answers.one("date"):
        found.append((f"Le {long_date(answers.day)}", answers.address(date="")))
    return found


def _answered(values: Values, points: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(parameter, value, words) of each answer but the place and the day."""
    found = []
    for name, given in values.items():
        found += [(name, value, words) for value in given if (words := _words(name, value, points or {}))]
    order = list(BY_NAME)
    return sorted(found, key=lambda item: order.index(item[0]) if item[0] in order else len(order))


def _words(name: str, value: str, points: Mapping[str, str]) -> str:
    if name == ZONING.name:
        return f"zonage médecin, selon vous{NBSP}: {Kind.ZONING.declaration.word(value)}"
    if name in Kind:
        declared = Kind(name).declaration
        return declared.chip(declared.parse([value]))
    if name == STUDIES.name:
        return f"{value}{NBSP}mois d'études restants"
    code, _, found = value.rpartition(".")
    return f"{points[code]}{NBSP}: {found}" if name == "point" and code in points else ""

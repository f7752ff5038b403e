"""One search of the catalogue: the query string read once, for the page and the files.

search = read(request)
search.is_valid     False: show `search.messages`; no list is then given, never the whole table by mistake
search.queryset()   live aids that the answers do not refuse, in the order of names
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from aids.catalogue import Catalogue, current
from aids.listing import parameters, places
from aids.listing.parameters import STATES
from aids.listing.places import Places
from aids.models import Aid
from aids.querysets import LEVEL_SCHEMES, AidQuerySet, term, territory
from aids.situations import Place, Situation
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import TimeState
from guide.core.kept import version_of
from guide.core.query_string import Values, shown


@dataclass(slots=True)
class Search:
    """What a query string asks for; `values` holds what is right in it."""

    path: str
    values: Values
    places: Places
    messages: list[str]
    day: date
    catalogue: Catalogue
    holders: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """Whether every value was understood."""
        return not self.messages

    @property
    def funders(self) -> dict[str, str]:
        """Names of the funders of live aids, by code."""
        return {card.funder_code: card.funder for card in self.catalogue.cards.values()}

    def one(self, name: str) -> str:
        """The value of a filter that takes only one."""
        return self.values.get(name, [""])[0]

    def address(self, path: str = "", *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Canonical address of this search on `path`, without one (filter, value) or with other values."""
        values = {name: list(kept) for name, kept in self.values.items()}
        if without:
            values[without[0]] = [value for value in values[without[0]] if value != without[1]]
        values |= {name: [value] if value else [] for name, value in changes.items()}
        return parameters.address(path or self.path, {name: kept for name, kept in values.items() if kept})

    def words(self) -> AidQuerySet:
        """Live aids that hold the words, whatever the other filters."""
        aids = Aid.objects.live().order_by("name", "code")
        return aids.matching(self.one("q")) if self.one("q") else aids

    def queryset(self) -> AidQuerySet:
        """Live aids that no filter leaves out. Closed ones only when they are asked for."""
        if not self.is_valid:
            return Aid.objects.none()
        aids = self.narrowed(self.words())
        if self.one("etat"):
            return aids.in_state(STATES[self.one("etat")], self.day)
        return aids.exclude(pk__in=Aid.objects.in_state(TimeState.CLOSED, self.day).values("pk"))

    def whole(self) -> AidQuerySet:
        """The aids of a file: those found, and without any filter all of them, closed ones included."""
        return self.queryset() if self.values or not self.is_valid else self.words()

    def codes(self) -> tuple[set[str], set[str]]:
        """Codes of the aids found, and of those that hold the words whatever the other filters; one query."""
        is_found = Exists(self.queryset().order_by().filter(pk=OuterRef("pk")))
        rows = list(self.words().annotate(is_found=is_found).values_list("code", "is_found"))
        return {code for code, found in rows if found}, {code for code, _ in rows}

    def narrowed(self, aids: AidQuerySet) -> AidQuerySet:
        """`aids` filtered by everything but words and state."""
        aids = aids.fitting(self._answers())
        if "forme" in self.values:
            aids = aids.with_form(self.values["forme"])
        if "financeur" in self.values:
            aids = aids.by_funder(self.values["financeur"])
        place = self._place_row()
        return aids.without_replaced(place.pk, self.day) if place else aids

    def _place_row(self):
        return self.places.commune or self.places.department(self.one("departement"))

    def _answers(self):
        answers = [
            term(kind, *self.values[kind]) for kind in (Kind.PROFILE, Kind.SPECIALTY, Kind.MODE) if kind in self.values
        ]
        place = self._place_row()
        if place:
            answers.append(territory(place.pk))
        return answers + places.zone_answers(self.places, self.values.get("zone", ()))

    def situation(self) -> Situation:
        """The same answers for the engine."""
        values = self.values
        return Situation(
            profiles=frozenset(values["profil"]) if "profil" in values else None,
            specialty=self.one("specialite") or None,
            modes=frozenset(values["mode"]) if "mode" in values else None,
            place=self.place(self.one("departement"), values.get("zone", ())),
        )

    def place(self, department: str, zones) -> Place:
        """The place of the engine: that of the commune or department, in the asked levels.

        Without any place the engine is given none of its territories, which refuses nobody.
        """
        asked = {str(LEVEL_SCHEMES[level]): level for level in zones}
        zoned = places.states(self.places.levels | asked)
        if self.places.commune:
            holders = self.places.holders
            return Place(self.places.commune.code, self.places.commune.name, holders, holders, zoned)
        if department:
            found = places.of_department(department, self.holders)
            return Place(found.code, found.name, found.inside, found.touching, zoned)
        return Place("", "", frozenset(), _EVERYWHERE, zoned)


class _Everywhere(frozenset):
    """Stands for "any territory may be touched": no place was said, so no perimeter is refused."""

    def __and__(self, other):
        return other


_EVERYWHERE = _Everywhere()


def read(request: HttpRequest) -> Search:
    """Read the query string; never raises. Two queries, three with a commune; one more for a cold catalogue."""
    values, messages = parameters.parse(request)
    day = timezone.localdate()
    commune = values.get("commune", [""])[0]
    found = places.find(commune, day)
    search = Search(request.path, values, found, messages, day, current(version_of(request)))
    if commune and found.commune is None:
        messages.append(f"Commune inconnue dans cette région\u00a0: «\u00a0{shown(commune)}\u00a0».")
        del values["commune"]
    department = search.one("departement")
    if department and found.department(department) is None:
        messages.append(f"Département inconnu dans cette région\u00a0: «\u00a0{shown(department)}\u00a0».")
        del values["departement"]
    if found.commune and "departement" in values:
        if found.department(department).pk != found.commune.parent_id:
            messages.append(f"{found.commune.name} n'est pas dans ce département\u00a0: choisissez l'un ou l'autre.")
        del values["departement"]
    unknown = sorted(set(values.get("financeur", ())) - search.funders.keys())
    if unknown:
        messages.append(f"Financeur inconnu\u00a0: «\u00a0{shown(unknown[0])}\u00a0».")
        values["financeur"] = [code for code in values["financeur"] if code not in unknown]
    return search

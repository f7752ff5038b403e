"""Bassins de vie and EPCI in one table, to sort and to narrow from where one comes; the same rows as a file."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from guide.core.content_version import version_of
from guide.core.french import NBSP, of, plural
from guide.core.query_string import OneOf, WholeNumber, unknown
from guide.core.search import Filter, Option, Parameter, Search, page_parameter, paginate_or_first
from guide.territories.place_list_rows import KINDS, PARIS, Origin, Row, read

TIMES, DISTANCES = (60, 90, 120), (50, 100, 150, 200)  # minutes by train, km
# Name in the address: heading, what is sorted (row, code of the origin), whether the largest comes first.
SORTS: dict[str, tuple[str, Callable[[Row, str], Any], bool]] = {
    "population": ("Population", lambda row, origin: row.population, True),
    "generalistes": ("Généralistes pour 100 000 habitants", lambda row, origin: row.doctors, True),
    "prix": ("Prix médian du logement, au m²", lambda row, origin: row.price, False),
    "train": ("En train", lambda row, origin: row.trains.get(origin), False),
    "distance": ("À vol d'oiseau", lambda row, origin: row.distances.get(origin), False),
}


def _origins(search: "PlaceListSearch") -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in search.origins]


class PlaceListSearch(Search):
    """What an address asks of the table."""

    parameters = (
        Filter(
            name="type",
            label="Type de territoire",
            value=OneOf([("bassin", "Bassins de vie"), ("epci", "Intercommunalités")], unknown("Type inconnu")),
        ),
        Filter(
            name="departement",
            label="Département",
            value=OneOf(lambda search: search.departments, unknown("Département inconnu")),
        ),
        Parameter(name="depuis", value=OneOf(_origins, unknown("Ville de départ inconnue")), implied=PARIS.code),
        Filter(
            name="temps",
            label="En train, au plus",
            value=OneOf(
                [(str(one), f"{one // 60} h {one % 60 or ''}".strip().replace(" ", NBSP)) for one in TIMES],
                unknown("Temps de train inconnu"),
            ),
            chip=lambda search, value: f"{value}{NBSP}min de train au plus {search.from_origin}",
        ),
        Filter(
            name="km",
            label="À vol d'oiseau, au plus",
            value=OneOf([(str(one), f"{one}{NBSP}km") for one in DISTANCES], unknown("Distance inconnue")),
            chip=lambda search, value: f"{value}{NBSP}km au plus {search.from_origin}",
        ),
        Parameter(
            name="tri",
            value=OneOf([("nom", "Nom"), *((code, one[0]) for code, one in SORTS.items())], unknown("Tri inconnu")),
            implied="population",
        ),
        Parameter(name="inverse", value=WholeNumber(1, 1, unknown("« inverse » vaut 1 ou rien"))),
        Parameter(name="q"),
        page_parameter("Cette page de la liste n'existe pas"),
    )

    def prepare(self, request: HttpRequest) -> None:
        self.origins, self.every = read(version_of(request))
        found = {row.department_code: row.department for row in self.every if row.department_code}
        self.departments = [(code, f"{found[code]} ({code})") for code in sorted(found)]

    @property
    def origin(self) -> Origin:
        code = self.one("depuis") or PARIS.code
        return next(one for one in self.origins if one.code == code)

    @property
    def from_origin(self) -> str:
        return of(self.origin.name)

    @property
    def sort(self) -> str:
        return self.one("tri") or "population"

    def rows(self) -> list[Row]:
        """The rows that answer, in order; what is not known comes last; none when a value is wrong."""
        if not self.is_valid:
            return []
        kept_rows = [row for row in self.every if self._keeps(row)]
        is_reversed = bool(self.one("inverse"))
        if self.sort == "nom":
            return kept_rows[::-1] if is_reversed else kept_rows
        _, value, largest_first = SORTS[self.sort]
        code = self.origin.code
        known = [row for row in kept_rows if value(row, code)]
        known.sort(key=lambda row: value(row, code).value, reverse=largest_first != is_reversed)
        return known + [row for row in kept_rows if not value(row, code)]

    def _keeps(self, row: Row) -> bool:
        kind, department = self.one("type"), self.one("departement")
        far = ((self.one("temps"), row.trains), (self.one("km"), row.distances))
        return (
            (not kind or row.kind == KINDS[kind])
            and (not department or row.department_code == department)
            and all(
                not most or (self.origin.code in by_origin and by_origin[self.origin.code].value <= int(most))
                for most, by_origin in far
            )
        )

    def selects(self) -> list[tuple[str, str, list[Option]]]:
        """(name, label, choices) of each field of the form."""
        fields = [("depuis", "Je viens de", self.options("depuis"))]
        return fields + [
            (one.name, one.label, [Option("", "Indifférent", one.name not in self.values), *self.options(one.name)])
            for one in self.parameters
            if isinstance(one, Filter)
        ]

    def headings(self) -> list[tuple[str, str, str]]:
        """(label, address that sorts by it, "ascending", "descending" or "") of each column that can be sorted."""
        found = []
        for code, (label, _, largest_first) in {"nom": ("Lieu", None, False), **SORTS}.items():
            is_current, is_reversed = code == self.sort, bool(self.one("inverse"))
            address = self.address(tri=code, inverse="1" if is_current and not is_reversed else "")
            falls = largest_first != is_reversed
            found.append((label, f"{address}#lieux", ("descending" if falls else "ascending") if is_current else ""))
        return found


def context(search: PlaceListSearch) -> dict[str, Any]:
    """What territories/_list.html prints."""
    rows = search.rows()
    pages = paginate_or_first(search, len(rows))
    code = search.origin.code if search.is_valid else PARIS.code
    return {
        "heading": plural(len(rows), "territoire"),
        "messages": search.messages,
        "chips": search.chips,
        "reset": search.path,
        "selects": search.selects(),
        "sort": [(name, search.one(name)) for name in ("tri", "inverse") if search.one(name)],
        "origin": search.origin.name if search.is_valid else PARIS.name,
        "headings": search.headings(),
        "rows": [
            (row, [(label, value(row, code)) for label, value, _ in SORTS.values()])
            for row in rows[pages.first_row : pages.last_row]
        ],
        "pages": pages,
        "csv": search.address(f"{search.path}liste.csv", q=""),
    }


CSV_COLUMNS = (
    "territoire", "type", "code", "departement", "population", "generalistes_pour_100000", "generalistes_precision",
    "prix_median_m2", "prix_precision",
)  # fmt: skip


def csv_rows(search: PlaceListSearch) -> tuple[list[str], list[list[Any]]]:
    """The header and the rows of the file: those of the search, whatever the page, from every town."""
    towns = [f"{what}_{one.code.replace('-', '_')}" for one in search.origins for what in ("train_minutes", "km")]
    header = [*CSV_COLUMNS, *towns, "page"]
    return header, [_csv_row(row, search.origins) for row in search.rows()]


def _csv_row(row: Row, origins: list[Origin]) -> list[Any]:
    far = [
        by_origin[one.code].value if one.code in by_origin else ""
        for one in origins
        for by_origin in (row.trains, row.distances)
    ]
    figures_of = [(one.value, one.note) if one else ("", "") for one in (row.doctors, row.price)]
    return [
        row.name,
        row.kind_title,
        row.code,
        row.department,
        row.population.value if row.population else "",
        *(f"{cell:g}" if isinstance(cell, float) else cell for pair in figures_of for cell in pair),
        *(round(value) if value != "" else "" for value in far),
        f"{settings.SITE_URL}{row.href}",
    ]

"""Places side by side: rows of cells ready to print, the best and the worst said in words."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from guide.core.french import NBSP, date_beside, number
from guide.territories import figures, identity
from guide.territories.charts import is_rate
from guide.territories.enums import Better, Family, TerritoryKind
from guide.territories.figures import Figures, Sources
from guide.territories.models import Containment, Indicator, IndicatorValue
from guide.territories.places import COLUMNS, PlaceInside, PlaceRow
from guide.territories.remarks import SHARE


class Standing(NamedTuple):
    """How a figure stands among those beside it: tone and words of its badge."""

    tone: str
    words: str


BEST, WORST = Standing("good", "le plus favorable"), Standing("quiet", "le moins favorable")


class Cell(NamedTuple):
    """One answer. An empty `text` without `items` is not known; `mark` is BEST, WORST or None.

    `source` is the number of the source at the foot of the page, 0 without one.
    """

    text: str = ""
    note: str = ""
    mark: Standing | None = None
    source: int = 0
    items: tuple[str, ...] = ()


class ComparedRow(NamedTuple):
    """One question, asked of each place in their order."""

    label: str
    cells: list[Cell]
    note: str = ""

    @property
    def is_same(self) -> bool:
        """Whether all the places give one known answer."""
        answers = {(cell.text, cell.items) for cell in self.cells}
        return len(self.cells) > 1 and len(answers) == 1 and answers != {("", ())}


class ComparedGroup(NamedTuple):
    """Rows under one title."""

    title: str
    rows: list[ComparedRow]
    note: str = ""


class Column(NamedTuple):
    """One place, its communes in the region, their departments, and the pole of a bassin de vie among them."""

    place: PlaceInside
    communes: list[PlaceRow]
    pole: PlaceRow | None
    departments: tuple[str, ...]

    @property
    def pk(self) -> int:
        return self.place.territory.pk


def columns(found: Sequence[PlaceInside]) -> list[Column]:
    """The places with their communes."""
    keys = [place.territory.pk for place in found]
    inside: dict[int, list[PlaceRow]] = defaultdict(list)
    departments: dict[int, dict[str, None]] = defaultdict(dict)
    links = Containment.objects.filter(
        outer__in=keys, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None
    ).order_by("inner__code")
    fields = ("outer", "inner__parent__name", *(f"inner__{name}" for name in COLUMNS))
    for outer, department, *values in links.values_list(*fields):
        inside[outer].append(PlaceRow(*values))
        if department:
            departments[outer][department] = None
    return [
        Column(one, inside[pk], identity.pole(one.territory, inside[pk]), tuple(departments[pk]))
        for one, pk in zip(found, keys, strict=True)
    ]


def identity_group(compared: Sequence[Column]) -> ComparedGroup:
    """What each place is."""
    territories = [column.place.territory for column in compared]
    rows = [
        ComparedRow("Type", [Cell(identity.KIND_TITLES[one.kind]) for one in territories]),
        ComparedRow(
            "Population", [_known(identity.population(one.population), one.population) for one in territories]
        ),
        ComparedRow("Superficie", [_known(identity.area(one.area_km2), one.area_km2) for one in territories]),
        ComparedRow(
            "Densité",
            [
                _known(identity.density(one.population, one.area_km2), one.population and one.area_km2)
                for one in territories
            ],
        ),
        ComparedRow("Département", [Cell(", ".join(column.departments)) for column in compared]),
        ComparedRow("Communes", [Cell(number(len(column.communes))) for column in compared]),
        *(
            ComparedRow(identity.KIND_TITLES[kind], [_outer(column.place, kind) for column in compared])
            for kind in (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)
            if any(one.kind == TerritoryKind.COMMUNE for one in territories)
        ),
    ]
    sources = dict.fromkeys(dated(one.source, one.source_date) for one in territories if one.source)
    return ComparedGroup("Identité", rows, f"Source{NBSP}: {f'{NBSP}; '.join(sources)}." if sources else "")


def dated(source: str, day: str) -> str:
    """A source with its date, where it has one that it does not name. Pure."""
    told = date_beside(source, day)
    return f"{source} ({told})" if told else source


def _known(text: str, value: float | None) -> Cell:
    return Cell(text if value else "")


def _outer(place: PlaceInside, kind: TerritoryKind) -> Cell:
    outer = place.outer(kind)
    if outer is None:
        return Cell("" if place.territory.kind == TerritoryKind.COMMUNE else "sans objet")
    return Cell(outer.name)


def read_figures(compared: Sequence[Column]) -> Figures:
    """Figures of the places, of the poles of bassins de vie and of the country."""
    return figures.read({pk for column in compared for pk in (column.pk, column.pole and column.pole.pk) if pk})


def figure_rows(compared: Sequence[Column], found: Figures, wanted: Callable[[Indicator], bool]) -> list[ComparedRow]:
    """One row for each indicator that `wanted` takes and that at least one place has."""
    rows = []
    for places in found.by_code.values():
        values = [_value_of(column, places) for column in compared]
        known = [value for value, _ in values if value]
        if known and wanted(known[0].indicator):
            marks = _marks([value for value, _ in values])
            cells = [
                _figure_cell(value, where, mark, found.sources)
                for (value, where), mark in zip(values, marks, strict=True)
            ]
            indicator = known[0].indicator
            label = indicator.label if figures.is_short(indicator.unit) else f"{indicator.label}, en {indicator.unit}"
            rows.append(ComparedRow(label, cells, indicator.note))
    return rows


def indicator_groups(compared: Sequence[Column], found: Figures, without: Container[str]) -> list[ComparedGroup]:
    """Rates, prices and shares by family; counts depend on the size of a place and are left to its page."""

    def rows(family: Family) -> list[ComparedRow]:
        return figure_rows(
            compared, found, lambda one: one.family == family and one.code not in without and is_rate(one.unit)
        )

    return [ComparedGroup(f"Chiffres{NBSP}: {family.label}", rows(family)) for family in Family]


def _value_of(column: Column, places: Mapping[int, IndicatorValue]) -> tuple[IndicatorValue | None, str]:
    """The figure of the place, else that of the pole of a bassin de vie, said to be the pole's."""
    if column.pk in places:
        return places[column.pk], ""
    if column.pole and column.pole.pk in places:
        return places[column.pole.pk], f"{column.pole.name}, commune pôle"
    return None, ""


def _marks(values: Sequence[IndicatorValue | None]) -> list[Standing | None]:
    """BEST and WORST where an indicator has a good end and the figures may stand side by side, a tenth apart. Pure."""
    known = [value for value in values if value]
    sources = {value.source for value in known}
    better = known[0].indicator.better
    numbers = {value.value for value in known}
    if not better or (known[0].indicator.family == Family.CARE and len(sources) > 1) or not _are_apart(numbers):
        return [None] * len(values)
    low, high = (BEST, WORST) if better == Better.LOWER else (WORST, BEST)
    return [
        low if value and value.value == min(numbers) else high if value and value.value == max(numbers) else None
        for value in values
    ]


def _are_apart(numbers: set[float]) -> bool:
    """Whether the highest and the lowest differ by as much as what a page says of a place alone (SHARE)."""
    low, high = min(numbers), max(numbers)
    return high - low >= SHARE * max(abs(low), abs(high)) and high > low


def _figure_cell(value: IndicatorValue | None, where: str, mark: Standing | None, sources: Sources) -> Cell:
    if value is None:
        return Cell()
    note = ", ".join(part for part in (figures.year_of(value), where) if part)
    return Cell(figures.amount(value), note, mark, sources.refer(value))

"""Places side by side, in rows of cells ready to print: figures, the best and the worst said in words, then what lists
and editors tell of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from guide.core.french import NBSP, date_beside, number, partial_date
from guide.territories import figures, identity, remarks
from guide.territories.charts import is_rate
from guide.territories.enums import AmenityKind, Better, Family, RemarkKind, TerritoryKind, TravelMode
from guide.territories.figures import Figures, Sources
from guide.territories.life import span
from guide.territories.models import Amenity, Containment, Indicator, IndicatorValue, Territory, TravelTime
from guide.territories.place_list_rows import Origin, far, origins
from guide.territories.places import COLUMNS, PlaceInside, PlaceRow
from guide.territories.remarks import SHARE, in_words

MAX_NAMES = 3
LEFT_OUT = ("Type", "Communes")  # rows that say nothing where they are the same, as between communes
SHOWN_KINDS = (
    AmenityKind.STATION,
    AmenityKind.HIGH_SCHOOL,
    AmenityKind.UNIVERSITY,
    AmenityKind.NATIONAL_STAGE,
    AmenityKind.MUSEUM,
    AmenityKind.PARK_COMMUNE,
)


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

    def row(label: str, text: Callable[[Territory], str]) -> ComparedRow:
        return ComparedRow(label, [Cell(text(one)) for one in territories])

    def density(one: Territory) -> str:
        return identity.density(one.population, one.area_km2) if one.population and one.area_km2 else ""

    rows = [
        row("Type", lambda one: identity.KIND_TITLES[one.kind]),
        row("Population", lambda one: identity.population(one.population) if one.population else ""),
        row("Superficie", lambda one: identity.area(one.area_km2) if one.area_km2 else ""),
        row("Densité", density),
        ComparedRow("Département", [Cell(", ".join(column.departments)) for column in compared]),
        ComparedRow("Communes", [Cell(number(len(column.communes))) for column in compared]),
        *_distances(territories),
        *(
            ComparedRow(identity.KIND_TITLES[kind], [_outer(column.place, kind) for column in compared])
            for kind in (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)
            if any(one.kind == TerritoryKind.COMMUNE for one in territories)
        ),
    ]
    rows = [one for one in rows if not (one.is_same and one.label in LEFT_OUT)]
    sources = dict.fromkeys(dated(one.source, one.source_date) for one in territories if one.source)
    return ComparedGroup("Identité", rows, f"Source{NBSP}: {f'{NBSP}; '.join(sources)}." if sources else "")


def _distances(territories: Sequence[Territory]) -> list[ComparedRow]:
    """How far the towns are from which one may come."""

    def cell(origin: Origin, one: Territory) -> Cell:
        return Cell() if one.latitude is None else Cell(far(origin, one).text, "à vol d'oiseau")

    return [ComparedRow(f"Distance de {start.name}", [cell(start, one) for one in territories]) for start in origins()]


def dated(source: str, day: str) -> str:
    """A source with its date, where it has one that it does not name. Pure."""
    told = date_beside(source, day)
    return f"{source} ({told})" if told else source


def _outer(place: PlaceInside, kind: TerritoryKind) -> Cell:
    if outer := place.outer(kind):
        return Cell(outer.name)
    return Cell("" if place.territory.kind == TerritoryKind.COMMUNE else "sans objet")


def read_figures(compared: Sequence[Column]) -> Figures:
    """Figures of the places, of the poles of bassins de vie and of the country."""
    return figures.read({pk for column in compared for pk in (column.pk, column.pole and column.pole.pk) if pk})


def figure_rows(
    compared: Sequence[Column], found: Figures, wanted: Callable[[Indicator], bool], unmarked: Container[str] = ()
) -> list[ComparedRow]:
    """One row for each indicator that `wanted` takes and that at least one place has.

    Those whose code is `unmarked` come from lists known to be incomplete: no place is said to be better by them.
    """
    rows = []
    for places in found.by_code.values():
        values = [_value_of(column, places) for column in compared]
        known = [value for value, _ in values if value]
        if known and wanted(known[0].indicator):
            is_marked = known[0].indicator.code not in unmarked
            marks = _marks([value for value, _ in values]) if is_marked else [None] * len(values)
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
    """BEST and WORST where an indicator has a good end and the figures may stand side by side, a tenth apart. Pure.

    A place that shares its figure with another is neither.
    """
    known = [value for value in values if value]
    sources = {value.source for value in known}
    better = known[0].indicator.better
    numbers = {value.value for value in known}
    if not better or (known[0].indicator.family == Family.CARE and len(sources) > 1) or not _are_apart(numbers):
        return [None] * len(values)
    low, high = (BEST, WORST) if better == Better.LOWER else (WORST, BEST)
    alone = {number for number, count in Counter(value.value for value in known).items() if count == 1}
    ends = {one: mark for one, mark in ((min(numbers), low), (max(numbers), high)) if one in alone}
    return [ends.get(value.value) if value else None for value in values]


def _are_apart(numbers: set[float]) -> bool:
    """Whether the highest and the lowest differ by as much as what a page says of a place alone (SHARE)."""
    low, high = min(numbers), max(numbers)
    return high - low >= SHARE * max(abs(low), abs(high)) and high > low


def _figure_cell(value: IndicatorValue | None, where: str, mark: Standing | None, sources: Sources) -> Cell:
    if value is None:
        return Cell()
    note = ", ".join(part for part in (figures.year_of(value), where) if part)
    return Cell(figures.amount(value), note, mark, sources.refer(value))


def _holders(column: Column) -> list[int]:
    """Primary keys of the place and of those that hold it, the place first."""
    return [column.pk, *(outer.pk for outer in column.place.outers.values())]


def life_group(compared: Sequence[Column]) -> ComparedGroup:
    """Places of daily life and travel times. What no list holds is not known, never "none"."""
    keys, place = [column.pk for column in compared], "commune__outer_links__outer"
    inside = {f"{place}__in": keys, "missing_since": None}
    live = Amenity.objects.filter(kind__in=SHOWN_KINDS, **inside).order_by("name")
    amenities = list(live.values_list(place, "kind", "name", "source", "source_date"))
    travel = TravelTime.objects.filter(**inside).order_by("to_place")
    times = list(travel.values_list(place, "to_place", "mode", "minutes", "source", "source_date"))
    names: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for pk, kind, name, *_ in amenities:
        names[kind, pk][name] = None
    found = [
        ComparedRow(kind.heading, [_names(list(names[kind, pk])) for pk in keys])
        for kind in SHOWN_KINDS
        if any(names[kind, pk] for pk in keys)
    ]
    named = f"{NBSP}; ".join(dict.fromkeys(dated(*row[-2:]) for row in (*amenities, *times)))
    note = f"Listes incomplètes{NBSP}: un lieu absent peut exister. Sources{NBSP}: {named}." if named else ""
    return ComparedGroup("Vivre ici", found + _times(keys, times), note)


def _names(found: list[str]) -> Cell:
    if not found:
        return Cell()
    text = number(len(found))
    return Cell(text, ", ".join(found)) if len(found) <= MAX_NAMES else Cell(text)


def _times(keys: Sequence[int], rows: Iterable[tuple]) -> list[ComparedRow]:
    minutes: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, to_place, mode, spent, *_ in rows:
        minutes[to_place, mode][pk].append(spent)
    return [
        ComparedRow(
            f"{to_place} en {TravelMode(mode).label}",
            [Cell(span(by_place[pk])) if by_place[pk] else Cell() for pk in keys],
        )
        for (to_place, mode), by_place in minutes.items()
    ]


def remark_group(compared: Sequence[Column], found: Figures) -> ComparedGroup:
    """Assets and cautions: those of editors for the place and what holds it, what its figures say."""
    written: dict[tuple[str, int], list[str]] = defaultdict(list)
    for pk, kind, text, source, _, year in remarks.read({pk for column in compared for pk in _holders(column)}):
        written[kind, pk].append(f"{text} ({source}, {partial_date(year)})")
    labels = {RemarkKind.ASSET: "Atouts", RemarkKind.CAUTION: "À savoir avant de venir"}
    computed = {column.pk: figures.findings_of(found, column.place.territory, column.pole) for column in compared}
    result = []
    for kind, label in labels.items():
        cells = []
        for column in compared:
            names = {outer.pk: f"{outer.name}{NBSP}: " for outer in column.place.outers.values()}
            items = [f"{names.get(pk, '')}{text}" for pk in _holders(column) for text in written[kind, pk]]
            items += [in_words(one) for one in computed[column.pk] if one.kind == kind]
            cells.append(Cell(items=tuple(items)))
        if any(cell.items for cell in cells):
            result.append(ComparedRow(label, cells))
    return ComparedGroup("Atouts et points à savoir", result)

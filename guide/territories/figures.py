"""Figures of a place beside those of the wider places, ready to print: each with its year, source and confidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from guide.publishing.enums import Confidence
from guide.publishing.french import NBSP, number
from guide.territories.enums import Family, TerritoryKind
from guide.territories.models import IndicatorValue
from guide.territories.places import Inner

MASKED = "masqué (moins de 5)"  # a smaller count could identify a person
FAMILIES = (Family.CARE, Family.POPULATION, Family.ECONOMY, Family.LIVING)


@dataclass(frozen=True, slots=True)
class Value:
    """One figure as stored, with what its indicator says of it."""

    territory: int
    indicator: int
    label: str
    unit: str
    decimals: int
    family: str
    note: str
    year: int
    period: str
    value: float | None
    masked: bool
    source: str
    source_url: str
    confidence: str


@dataclass(slots=True)
class Sources:
    """The sources of a page, numbered in the order of their first use."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def refer(self, value: Value) -> int:
        """Number of the source of a figure."""
        return self.numbers.setdefault((value.source, value.source_url), len(self.numbers) + 1)

    def listed(self) -> list[dict]:
        """The sources in order, as the template prints them."""
        return [{"number": n, "source": source, "url": url} for (source, url), n in self.numbers.items()]


def tables(territory_id: int, wider: Mapping[int, str], pole: Inner | None = None) -> dict:
    """Figures of a place by family, beside those of `wider` (primary key -> heading) and of the country; one query.

    The figures of the pole of a bassin de vie come as a table of their own: they are facts on that commune alone.
    """
    subjects = {territory_id: ""} | ({pole.pk: pole.name} if pole else {})
    values = _read([*subjects, *wider])
    country = {value.territory: "France" for value in values if value.territory not in {*subjects, *wider}}
    columns = {**wider, **country}
    sources = Sources()
    groups = [
        {"pole": name, "title": family.label.capitalize(), "rows": rows}
        for pk, name in subjects.items()
        for family in FAMILIES
        if (rows := list(_rows([v for v in values if v.family == family], pk, columns, sources)))
    ]
    return {"groups": groups, "columns": list(columns.values()), "sources": sources.listed()}


def _read(territory_ids: Iterable[int]) -> list[Value]:
    fields = [
        f"indicator__{name}" if name in ("label", "unit", "decimals", "family", "note") else name
        for name in Value.__dataclass_fields__
    ]
    found = (
        IndicatorValue.objects.filter(Q(territory__in=list(territory_ids)) | Q(territory__kind=TerritoryKind.COUNTRY))
        .order_by("indicator__family", "indicator__position", "indicator__label", "indicator", "-year")
        .values_list(*fields)
    )
    return [Value(*row) for row in found]


def _rows(values: list[Value], territory_id: int, columns: Mapping[int, str], sources: Sources):
    by_indicator = defaultdict(lambda: defaultdict(list))
    for value in values:
        by_indicator[value.indicator][value.territory].append(value)
    for by_territory in by_indicator.values():
        if own := by_territory.get(territory_id):
            latest, *earlier = own
            yield {
                "label": latest.label,
                "note": latest.note,
                "here": _cell(latest, sources),
                "earlier": [_cell(value, sources) for value in earlier],
                "others": [
                    {"column": heading, "cell": _cell(near, sources) if near else None}
                    for pk, heading in columns.items()
                    for near in [nearest(latest, by_territory.get(pk, ()))]
                ],
            }


def nearest(own: Value, candidates: Iterable[Value]) -> Value | None:
    """The figure of another place to set beside `own`: nearest year, the later of two as near. Pure.

    In the family of care only figures of the same source are comparable: counts of doctors differ by source
    (Ameli, INSEE, RPPS) and are never set side by side.
    """
    comparable = [v for v in candidates if own.family != Family.CARE or v.source == own.source]
    return min(comparable, key=lambda v: (abs(v.year - own.year), -v.year), default=None)


def _cell(value: Value, sources: Sources) -> dict:
    return {
        "text": amount(value),
        "year": value.period or str(value.year),
        "source": sources.refer(value),
        "confidence": "" if value.confidence == Confidence.UNKNOWN else Confidence(value.confidence).label,
    }


def amount(value: Value) -> str:
    """`14,2 %`, `22 400 euros par an`, or that the figure is masked."""
    if value.masked:
        return MASKED
    unit = f"{NBSP}{value.unit}" if value.unit else ""
    return f"{number(value.value, value.decimals)}{unit}"

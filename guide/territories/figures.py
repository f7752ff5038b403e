"""Figures of a place beside those of the wider places, ready to print: each with its year, source and confidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from guide.publishing.enums import Confidence
from guide.publishing.french import NBSP, number, partial_date
from guide.territories.enums import Family, TerritoryKind
from guide.territories.models import IndicatorValue, Territory
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
    """The sources of a page, with the confidence that their figures deserve, numbered in the order of first use."""

    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def refer(self, value: Value) -> int:
        """Number of the source of a figure."""
        return self.numbers.setdefault((value.source, value.source_url, value.confidence), len(self.numbers) + 1)

    def listed(self) -> list[dict]:
        """The sources in order, as the template prints them."""
        return [
            {
                "number": n,
                "source": source,
                "url": url,
                "confidence": "" if confidence == Confidence.UNKNOWN else Confidence(confidence).label,
            }
            for (source, url, confidence), n in self.numbers.items()
        ]


def tables(territory: Territory, wider: Mapping[int, str], pole: Inner | None = None) -> dict:
    """Figures of a place by family, beside those of `wider` (primary key -> heading) and of the country; one query.

    The figures of the pole of a bassin de vie come as a table of their own: they are facts on that commune alone.
    """
    subjects = [territory, *([pole] if pole else [])]
    known = {subject.pk for subject in subjects} | wider.keys()
    values = _read(known)
    columns = {**wider, **{value.territory: "France" for value in values if value.territory not in known}}
    sources = Sources()
    groups = [
        {"pole": subject.name if subject is pole else "", "title": family.label.capitalize(), **group}
        for subject in subjects
        for family in FAMILIES
        if (group := _group([v for v in values if v.family == family], subject, columns, sources))
    ]
    return {"groups": groups, "sources": sources.listed()}


def _read(territory_ids: Iterable[int]) -> list[Value]:
    fields = [
        f"indicator__{name}" if name in ("label", "unit", "decimals", "family", "note") else name
        for name in Value.__dataclass_fields__
    ]
    found = (
        IndicatorValue.objects.filter(Q(territory__in=list(territory_ids)) | Q(territory__kind=TerritoryKind.COUNTRY))
        .order_by("indicator__family", "indicator__position", "indicator__label", "indicator", "-year", "-period")
        .values_list(*fields)
    )
    return [Value(*row) for row in found]


def _group(values: list[Value], subject: Territory | Inner, wider: Mapping[int, str], sources: Sources) -> dict:
    """Columns and rows of one family, empty without any figure of the subject; a column without figure is left out."""
    by_indicator = defaultdict(lambda: defaultdict(list))
    for value in values:
        by_indicator[value.indicator][value.territory].append(value)
    found = [places for places in by_indicator.values() if subject.pk in places]
    shown = [pk for pk in wider if any(nearest(places[subject.pk][0], places.get(pk, ())) for places in found)]
    if not found:
        return {}
    columns = [(subject.pk, subject.name), *((pk, wider[pk]) for pk in shown)]
    return {
        "columns": [heading for _, heading in columns],
        "rows": [_row(places, places[subject.pk][0], columns, sources) for places in found],
    }


def _row(places: Mapping[int, list[Value]], own: Value, columns: list[tuple[int, str]], sources: Sources) -> dict:
    """One indicator: every year of the subject (of one source, in the family of care), one figure of each other."""
    cells = []
    for pk, heading in columns:
        near = nearest(own, places.get(pk, ()))
        values = comparable(own, places[pk]) if pk == own.territory else [near] if near else []
        cells.append({"column": heading, "figures": [_figure(value, sources) for value in values]})
    return {"label": own.label, "unit": "" if is_short(own.unit) else own.unit, "note": own.note, "cells": cells}


def comparable(own: Value, candidates: Iterable[Value]) -> list[Value]:
    """The figures that may stand in one row with `own`. Pure.

    In the family of care they are those of the same source: counts of doctors differ by source (Ameli, INSEE,
    RPPS) and are never set side by side.
    """
    return [value for value in candidates if own.family != Family.CARE or value.source == own.source]


def nearest(own: Value, candidates: Iterable[Value]) -> Value | None:
    """The comparable figure of the nearest year, the later of two as near; None without any. Pure."""
    return min(comparable(own, candidates), key=lambda v: (abs(v.year - own.year), -v.year), default=None)


def is_short(unit: str) -> bool:
    """Whether the unit stands after each number ("%", "km²"); a longer one is said once, under the label."""
    return len(unit) <= 3


def _figure(value: Value, sources: Sources) -> dict:
    return {
        "text": amount(value),
        "year": partial_date(value.period) or str(value.year),
        "source": sources.refer(value),
    }


def amount(value: Value) -> str:
    """`14,2 %`, `22 400` (its long unit stands under the label), or that the figure is masked."""
    if value.masked:
        return MASKED
    unit = f"{NBSP}{value.unit}" if value.unit and is_short(value.unit) else ""
    return f"{number(value.value, value.decimals)}{unit}"

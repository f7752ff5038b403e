"""Figures of a place beside those of the wider places, ready to print: each with its year, source and confidence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q
from django.utils.text import capfirst

from guide.core.enums import Confidence
from guide.core.french import NBSP, at, number, partial_date, plural
from guide.territories import charts, remarks
from guide.territories.enums import Family, TerritoryKind
from guide.territories.models import Indicator, IndicatorValue, Territory
from guide.territories.places import PlaceRow

MASKED = "masqué (moins de 5)"  # a smaller count could identify a person
COUNTRY = "France"
Columns = dict[int, tuple[str, str]]  # primary key -> (heading, kind)
Subject = Territory | PlaceRow
ByPlace = Mapping[int, list[IndicatorValue]]  # the figures of one indicator, by primary key


@dataclass(slots=True)
class Sources:
    """The sources of a page, with the confidence that their figures deserve, numbered in the order of first use."""

    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def refer(self, value: IndicatorValue) -> int:
        return self.numbers.setdefault((value.source, value.source_url, value.confidence), len(self.numbers) + 1)

    def listed(self) -> list[dict]:
        return [
            {
                "number": n,
                "source": source,
                "url": url,
                "confidence": "" if confidence == Confidence.UNKNOWN else Confidence(confidence).label,
            }
            for (source, url, confidence), n in self.numbers.items()
        ]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of some places and of the country, the latest of each indicator first, with the sources of the page.

    `by_code`: the latest figure of each place that is not masked, by code of the indicator.
    """

    values: list[IndicatorValue]
    by_code: dict[str, dict[int, IndicatorValue]]
    country: int | None
    sources: Sources


def read(places: Collection[int]) -> Figures:
    """The figures of these places (primary keys) and of the country."""
    rows = IndicatorValue.objects.filter(Q(territory__in=places) | Q(territory__kind=TerritoryKind.COUNTRY))
    order = ("indicator__family", "indicator__position", "indicator__label", "indicator", "-year", "-period")
    values = list(rows.select_related("indicator").order_by(*order))
    by_code: dict[str, dict[int, IndicatorValue]] = defaultdict(dict)
    for value in values:
        if not value.masked:
            by_code[value.indicator.code].setdefault(value.territory_id, value)
    country = next((value.territory_id for value in values if value.territory_id not in places), None)
    return Figures(values, by_code, country, Sources())


def build(territory: Territory, wider: Mapping[int, tuple[str, str]], pole: PlaceRow | None = None) -> dict:
    """Figures of a place by family, beside those of `wider` (primary key -> (heading, kind)) and of the country.

    The figures of the pole of a bassin de vie come as a table of their own: they are facts on that commune alone, and
    only those of indicators that the place does not have itself. "own" are the latest figures of the place by code,
    "findings" what they say by themselves, "found" what was read.
    """
    found = read({territory.pk, *wider, *([pole.pk] if pole else [])})
    columns = {**wider, **({found.country: (COUNTRY, TerritoryKind.COUNTRY)} if found.country else {})}
    groups = _groups(found.values, territory, columns, found.sources)
    drawn = [("", _charts(groups))]
    if pole:
        own = {value.indicator_id for value in found.values if value.territory_id == territory.pk}
        others = [value for value in found.values if value.indicator_id not in own]
        of_pole = [group | {"pole": pole.name} for group in _groups(others, pole, columns, found.sources)]
        title = f"{pole.name}, commune pôle{NBSP}: ces chiffres ne sont pas ceux de tout le bassin de vie"
        drawn.append((title, _charts(of_pole)))
        groups += of_pole
    return {
        "groups": groups,
        "charts": [(title, some) for title, some in drawn if some],
        "own": {
            code: _figure(places[territory.pk], found.sources)
            for code, places in found.by_code.items()
            if territory.pk in places
        },
        "findings": findings_of(found, territory, pole),
        "found": found,
        "sources": found.sources.listed(),
    }


def findings_of(found: Figures, territory: Territory, pole: PlaceRow | None) -> list[remarks.Finding]:
    """What the figures say of the place; of its pole where the place has none of its own."""

    def figure(code: str, pk: int | None) -> remarks.Figure | None:
        value = found.by_code.get(code, {}).get(pk)
        return value and remarks.Figure(value.value, long_amount(value), year_of(value), found.sources.refer(value))

    def of_pole(code: str) -> remarks.Figure | None:
        return None if territory.pk in found.by_code.get(code, {}) else figure(code, pole.pk)

    of_place, of_country = partial(figure, pk=territory.pk), partial(figure, pk=found.country)
    average = "" if territory.kind == TerritoryKind.COMMUNE else " en moyenne pour ses habitants"
    said = remarks.findings(of_place, of_country, average)
    if pole:
        about = f"{capfirst(at(pole.name))} (commune pôle){NBSP}: "
        for one in remarks.findings(of_pole, of_country):
            said.append(one._replace(text=f"{about}{one.text[:1].lower()}{one.text[1:]}"))
    return said


def _groups(values: list[IndicatorValue], subject: Subject, wider: Columns, sources: Sources) -> list[dict]:
    """Charts, columns and rows of each family in which the subject has a figure; no column without any figure."""
    groups = []
    for family in Family:
        by_indicator = defaultdict(lambda: defaultdict(list))
        for value in values:
            if value.indicator.family == family:
                by_indicator[value.indicator_id][value.territory_id].append(value)
        found = [places for places in by_indicator.values() if subject.pk in places]
        if not found:
            continue
        shown = [pk for pk in wider if any(nearest(places[subject.pk][0], places.get(pk, ())) for places in found)]
        columns = [(subject.pk, subject.name), *((pk, wider[pk][0]) for pk in shown)]
        drawn = [_chart(places, subject, {pk: wider[pk] for pk in shown}, sources) for places in found]
        groups.append(
            {
                "pole": "",
                "title": family.label.capitalize(),
                "charts": [chart for chart in drawn if chart],
                "columns": [heading for _, heading in columns],
                "count": plural(len(found), "chiffre"),
                "rows": [_row(places, places[subject.pk][0], columns, sources) for places in found],
            }
        )
    return groups


def _charts(groups: list[dict]) -> list[dict]:
    return [chart for group in groups for chart in group["charts"]]


def _chart(places: ByPlace, subject: Subject, wider: Columns, sources: Sources) -> dict | None:
    """The chart of one indicator; None for a count, a masked figure, or a place that has nothing beside it."""
    own = places[subject.pk][0]
    if own.masked or not charts.is_rate(own.indicator.unit):
        return None
    found = [(charts.OWN, subject.name, own)]
    for pk, (heading, kind) in wider.items():
        beside = nearest(own, [value for value in places.get(pk, ()) if not value.masked])
        if beside:
            found.append((kind, heading, beside))
    if len(found) < 2:
        return None
    points = [charts.Point(shape, name, v.value, amount(v), year_of(v)) for shape, name, v in found]
    numbers = list(dict.fromkeys(sources.refer(value) for *_, value in found))
    indicator = own.indicator
    return charts.draw(f"{subject.kind}-{indicator.code}", indicator.label, _long_unit(indicator), points, numbers)


def _row(places: ByPlace, own: IndicatorValue, columns: list[tuple[int, str]], sources: Sources) -> dict:
    """One indicator: every year of the subject (of one source, in the family of care), one figure of each other."""
    cells = []
    for pk, heading in columns:
        near = nearest(own, places.get(pk, ()))
        values = comparable(own, places[pk]) if pk == own.territory_id else [near] if near else []
        cells.append({"column": heading, "figures": [_figure(value, sources) for value in values]})
    indicator = own.indicator
    return {"label": indicator.label, "unit": _long_unit(indicator), "note": indicator.note, "cells": cells}


def comparable(own: IndicatorValue, candidates: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """The figures that may stand in one row with `own`. Pure.

    In the family of care they are those of the same source: counts of doctors differ by source (Ameli, INSEE,
    RPPS) and are never set side by side.
    """
    return [value for value in candidates if own.indicator.family != Family.CARE or value.source == own.source]


def nearest(own: IndicatorValue, candidates: Iterable[IndicatorValue]) -> IndicatorValue | None:
    """The comparable figure of the nearest year, the later of two as near; None without any. Pure."""
    return min(comparable(own, candidates), key=lambda v: (abs(v.year - own.year), -v.year), default=None)


def is_short(unit: str) -> bool:
    """Whether the unit stands after each number ("%", "km²"); a longer one is said once, under the label."""
    return len(unit) <= 3


def _long_unit(indicator: Indicator) -> str:
    return "" if is_short(indicator.unit) else indicator.unit


def _figure(value: IndicatorValue, sources: Sources) -> dict:
    return {"text": amount(value), "year": year_of(value), "source": sources.refer(value), "value": value.value}


def year_of(value: IndicatorValue) -> str:
    """The year, or the period that the source gives, in words."""
    return partial_date(value.period) or str(value.year)


def amount(value: IndicatorValue) -> str:
    """`14,2 %`, `22 400` (its long unit stands under the label), or that the figure is masked."""
    if value.masked:
        return MASKED
    unit = value.indicator.unit
    return f"{number(value.value, value.indicator.decimals)}{f'{NBSP}{unit}' if unit and is_short(unit) else ''}"


def long_amount(value: IndicatorValue) -> str:
    """The figure with its unit, however long: `1 120 €/m²`."""
    unit = value.indicator.unit
    return amount(value) if value.masked or is_short(unit) else f"{amount(value)}{NBSP}{unit}"

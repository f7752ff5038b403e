"""The filter panel: every choice with its state and its count, ready to print (no form widget is rendered)."""

from typing import NamedTuple

from structures.enums import KINDS_BY_GROUP, SHORT_LABELS, PracticeMode
from structures.facets import Facets
from structures.parameters import DEFAULT_RADIUS_KM
from structures.search import Search

RADII = (5, 10, 20, 30, 50, 100)
HIDDEN = ("territoire", "bbox", "tri")


class Option(NamedTuple):
    """One choice. `count` is "" when it is not known."""

    value: str
    label: str
    chosen: bool
    count: str = ""


class Panel(NamedTuple):
    """Everything that the panel prints."""

    groups: list[tuple[str, list[Option]]]
    departments: list[Option]
    modes: list[Option]
    specialities: list[Option]
    radii: list[Option]
    place: str
    words: str
    recruiting: bool
    interns: bool
    hidden: list[tuple[str, str]]


def build(search: Search, facets: Facets | None) -> Panel:
    """The panel of a search; without `facets` (a value was wrong) no count is shown."""
    values = search.values
    departments = {place.code: place for place in search.known.departments}
    by_code = {code: facets.departments.get(place.pk, 0) for code, place in departments.items()} if facets else None
    return Panel(
        groups=[
            (group.label, _options([(k, SHORT_LABELS[k]) for k in kinds], values.get("type"), facets and facets.kinds))
            for group, kinds in KINDS_BY_GROUP.items()
        ],
        departments=_options(
            [(code, f"{place.name} ({code})") for code, place in departments.items()],
            values.get("departement"),
            by_code,
        ),
        modes=_options([(mode.value, mode.label.capitalize()) for mode in PracticeMode], values.get("mode")),
        specialities=_options(search.known.specialities, values.get("specialite")),
        radii=_radii(values.get("rayon", [str(DEFAULT_RADIUS_KM)])[0]),
        place=search.typed,
        words=values.get("q", [""])[0],
        recruiting="recrute" in values,
        interns="stage" in values,
        hidden=[(name, value) for name in HIDDEN for value in values.get(name, [])],
    )


def _options(choices, chosen, counts: dict[str, int] | None = None) -> list[Option]:
    chosen = chosen or ()
    return [
        Option(str(value), label, value in chosen, "" if counts is None else str(counts.get(value, 0)))
        for value, label in choices
    ]


def _radii(current: str) -> list[Option]:
    kilometres = sorted({*RADII, int(current)})
    return [Option(str(km), f"{km}\u00a0km", str(km) == current) for km in kilometres]

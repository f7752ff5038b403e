"""The filter panel: every choice with its state and its count, ready to print (no form widget is rendered)."""

from typing import Any

from guide.core.search import Facet, Option
from structures.enums import KINDS_BY_GROUP
from structures.facets import Counts
from structures.filters import FILTERS, StructureFilter
from structures.search import StructureSearch

RADII = (5, 10, 20, 30, 50, 100)
HIDDEN = ("territoire", "bbox", "tri")
LABELLED = [one for one in FILTERS if isinstance(one, StructureFilter) and one.label]
CHECKS = [one for one in LABELLED if one.many]
FLAGS = [one for one in LABELLED if not one.many]


def build(search: StructureSearch, counts: Counts | None) -> dict[str, Any]:
    """Everything that structures/_panel.html prints; without `counts` (a value was wrong) no count is shown."""
    by_filter = counts.by_filter if counts else {}
    kinds = {option.value: option for option in search.options("type", by_filter.get("type"))}
    return {
        "groups": [(group.label, [kinds[kind] for kind in of_group]) for group, of_group in KINDS_BY_GROUP.items()],
        "facets": [
            Facet(one.name, one.label, "checks", search.options(one.name, by_filter.get(one.name)), bool(one.column))
            for one in CHECKS
        ],
        "flags": [(one.name, search.options(one.name)[0]) for one in FLAGS],
        "radii": _radii(search.radius),
        "place": search.typed,
        "words": search.one("q"),
        "hidden": [(name, value) for name in HIDDEN for value in search.values.get(name, [])],
    }


def _radii(current: int) -> list[Option]:
    kilometres = sorted({*RADII, current})
    return [Option(str(km), f"{km}\u00a0km", km == current) for km in kilometres]

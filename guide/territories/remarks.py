"""What speaks for a place, and what to know before coming: sentences of editors, then what figures alone say."""

from collections.abc import Iterable, Mapping

from guide.core.french import NBSP, partial_date
from guide.territories.enums import RemarkKind
from guide.territories.findings import Finding
from guide.territories.models import TerritoryRemark


def read(territories: Iterable[int]) -> list[tuple]:
    """The rows of `context`: the remarks of these places."""
    found = TerritoryRemark.objects.live().filter(territory__in=list(territories)).order_by("position", "pk")
    return list(found.values_list("territory", "kind", "text", "source", "source_url", "year"))


def context(names: Mapping[int, str], rows: Iterable[tuple], computed: Iterable[Finding]) -> dict[str, list[dict]]:
    """Assets and cautions ready to print. Pure.

    `names` are the place and those that hold it by primary key, the place first with an empty name: a remark of a
    wider place says whose it is.
    """
    found: dict[str, list[dict]] = {kind.value: [] for kind in RemarkKind}
    order = list(names)
    for pk, kind, text, source, url, year in sorted(rows, key=lambda row: order.index(row[0])):
        told = f"{source}, {partial_date(year)}"
        found[kind].append({"about": names[pk], "text": text, "source": told, "url": url, "rule": "", "sources": ()})
    for one in computed:
        rule = f"Règle{NBSP}: {one.rule}."
        found[one.kind].append(
            {"about": "", "text": one.text, "source": "", "url": "", "rule": rule, "sources": one.sources}
        )
    return {"assets": found[RemarkKind.ASSET], "cautions": found[RemarkKind.CAUTION]}

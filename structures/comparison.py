"""The care of several places side by side."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Count

from guide.core.french import NBSP, number
from guide.territories.comparison import Cell, Column, ComparedGroup, ComparedRow, figure_rows
from guide.territories.figures import Figures
from structures.computed.definitions import CODES
from structures.enums import SHORT_LABELS
from structures.models import Structure
from structures.structures_of_place import IMPORTANCE


def care_groups(compared: Sequence[Column], found: Figures) -> list[ComparedGroup]:
    """Live structures by kind, then computed distances. A kind that no place has is left out."""
    keys = [column.pk for column in compared]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    rows = (
        Structure.objects.live()
        .filter(commune__outer_links__outer__in=keys)
        .order_by()
        .values_list("kind", "commune__outer_links__outer")
        .annotate(Count("pk"))
    )
    for kind, pk, count in rows:
        counts[kind][pk] = count
    totals = [sum(by_place[pk] for by_place in counts.values()) for pk in keys]
    care = [ComparedRow("Structures recensées", [Cell(number(total)) for total in totals])]
    care += [
        ComparedRow(SHORT_LABELS[kind], [Cell(number(counts[kind][pk])) for pk in keys])
        for kind in IMPORTANCE
        if kind in counts
    ]
    distances = figure_rows(compared, found, lambda indicator: indicator.code in CODES)
    groups = [
        ComparedGroup(
            "Offre de soins",
            care,
            f"Structures que ce guide recense{NBSP}: les listes ne sont pas encore complètes, et 0 ne veut pas dire "
            "qu'il n'y en a pas. Chaque fiche donne sa source et sa date.",
        )
    ]
    if distances:
        groups.append(ComparedGroup("Distances", distances))
    return groups

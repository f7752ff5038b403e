"""What rows with names cost in a template, against the same rows by position: a page of structures, no query."""

import re
import statistics
import time
from dataclasses import make_dataclass

from django.template import Template, engines
from django.template.loader import get_template

from bench.tables import table, title
from structures.listing import StructureRow, rows
from structures.models import Structure

TEMPLATE = "structures/_rows.html"
SHOWN = 30
ROUNDS = 40


def report() -> None:
    """Print the time of the processor for each shape, as a ratio to positions, in turns."""
    found = rows(Structure.objects.live().order_by("pk")[:SHOWN], {}, with_distance=False)
    Plain = make_dataclass("Plain", StructureRow._fields, frozen=True, slots=True)
    named, by_position = _templates()
    shapes = {
        "by position": (by_position, found),
        "named tuples": (named, found),
        "frozen data classes": (named, [Plain(*row) for row in found]),
        "dictionaries": (named, [row._asdict() for row in found]),
    }
    times: dict[str, list[float]] = {name: [] for name in shapes}
    for _ in range(ROUNDS):
        for name, (template, made) in shapes.items():
            start = time.process_time()
            template.render({"rows": made})
            times[name].append(time.process_time() - start)
    medians = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
    title(f"{len(found)} rows of {TEMPLATE}: what their names cost")
    table(
        ["rows", "ratio", "ms here"],
        [(name, f"{taken / medians['by position']:.2f}", f"{taken:.2f}") for name, taken in medians.items()],
    )


def _templates() -> tuple[Template, Template]:
    """The template of the list, and the same with the row taken apart by position."""
    named = get_template(TEMPLATE)
    source = named.template.source
    fields = ", ".join(StructureRow._fields)
    apart = re.sub(r"\brow\.(\w+)", r"\1", source.replace("{% for row in rows %}", f"{{% for {fields} in rows %}}"))
    return named, engines["django"].from_string(apart)

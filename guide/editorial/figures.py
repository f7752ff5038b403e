"""Key figures, ready to print."""

from guide.core.french import number
from guide.editorial.models import KeyFigure


def key_figure_rows(territory: int | None) -> list[dict]:
    """Those of a place (its primary key), or those of the home page; one query."""
    rows = KeyFigure.objects.live()
    rows = rows.on_home() if territory is None else rows.of(territory)
    fields = ("value", "unit", "label", "year", "reference__publisher", "reference__label", "reference__url")
    return [
        {
            "value": number(int(value)) if value.isdecimal() else value,
            "unit": unit,
            "label": label,
            "year": year,
            "source": publisher or source,
            "href": href,
        }
        for value, unit, label, year, publisher, source, href in rows.values_list(*fields)
    ]

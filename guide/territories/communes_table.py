"""The communes of an EPCI or a bassin de vie, side by side: population, zonings, doctors where they are known."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings

from guide.core.french import number
from guide.territories import figures, zoning_words, zonings
from guide.territories.brief import DOCTORS
from guide.territories.enums import Scheme
from guide.territories.models import IndicatorValue
from guide.territories.places import PlaceRow, largest

SCHEMES = (Scheme.DOCTORS, Scheme.FRR)
CSV_COLUMNS = ("commune", "code_insee", "population", "zonage_medecin", "frr", "medecins", "annee", "page")


class Commune(NamedTuple):
    """One line. `doctors` and `year` are "" where no figure of that commune is known."""

    name: str
    code: str
    href: str
    population: int | None
    zonings: tuple[str, ...]
    doctors: str
    year: str

    @property
    def people(self) -> str:
        return "" if self.population is None else number(self.population)


def table(communes: Iterable[PlaceRow]) -> dict[str, Any]:
    """What territories/_communes.html prints, the most populated first; a column that says nothing is left out."""
    rows = largest(communes)
    keys = [row.pk for row in rows]
    states = zonings.states(keys, schemes=SCHEMES)
    label, known = _doctors(keys)
    found = [
        Commune(
            row.name,
            row.code,
            row.address,
            row.population,
            tuple(zoning_words.value(state) for state in states[row.pk]),
            figures.amount(known[row.pk]) if row.pk in known else "",
            figures.year_of(known[row.pk]) if row.pk in known else "",
        )
        for row in rows
    ]
    return {"rows": found, "schemes": [scheme.heading for scheme in SCHEMES], "doctors": label}


def _doctors(keys: list[int]) -> tuple[str, dict[int, IndicatorValue]]:
    """The first indicator on doctors that a commune has, in words, and its latest figures."""
    values = IndicatorValue.objects.filter(indicator__code__in=DOCTORS, territory__in=keys)
    rows = sorted(
        values.select_related("indicator").order_by("-year", "-period"),
        key=lambda value: DOCTORS.index(value.indicator.code),
    )
    found = {}
    for value in rows:
        if value.indicator_id == rows[0].indicator_id:
            found.setdefault(value.territory_id, value)
    return (rows[0].indicator.label if rows else ""), found


def csv_rows(communes: Iterable[PlaceRow]) -> list[list[Any]]:
    """The lines of the file, under CSV_COLUMNS."""
    return [
        [
            row.name,
            row.code,
            "" if row.population is None else row.population,
            *row.zonings,
            row.doctors,
            row.year,
            f"{settings.SITE_URL}{row.href}",
        ]
        for row in table(communes)["rows"]
    ]

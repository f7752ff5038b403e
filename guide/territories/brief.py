"""What a doctor asks of a place first, in a few lines: who practises there, which zoning, how far the capital is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from guide.core.french import NBSP, UNKNOWN
from guide.territories import figures, identity
from guide.territories.enums import TerritoryKind
from guide.territories.figures import Figures
from guide.territories.models import Territory
from guide.territories.place_list_rows import PARIS, far

# Figures on the doctors of a place, the best known first; each is that of the place, else of the nearest wider one.
DOCTORS = ("apl_medecins_generalistes", "densite_mg_y_compris_mep", "age_moyen_medecins")
WIDER = {TerritoryKind.DEPARTMENT: "département", TerritoryKind.REGION: "région", TerritoryKind.COUNTRY: "pays"}


class Line(NamedTuple):
    """One answer. `note` says of what and of when it is; `source` is its number at the foot of the page, 0 without.

    `href` is where to read it, when it is not known here.
    """

    label: str
    text: str
    note: str = ""
    source: int = 0
    href: str = ""


def doctors(found: Figures, territory: Territory, wider: figures.Columns) -> list[Line]:
    """What is known of the doctors there. A figure of a wider place is said to be that place's."""
    lines = []
    for code in DOCTORS:
        values = found.by_code.get(code, {})
        pk = next((one for one in (territory.pk, *wider) if one in values), None)
        if pk is None:
            continue
        value = values[pk]
        whose = "" if pk == territory.pk else f"{WIDER[wider[pk][1]]}{NBSP}: {wider[pk][0]}"
        note = ", ".join(part for part in (whose, figures.year_of(value)) if part)
        lines.append(Line(value.indicator.label, figures.long_amount(value), note, found.sources.refer(value)))
    return lines


def where(territory: Territory, states: Iterable[Mapping[str, str]]) -> list[Line]:
    """Population, zonings of a commune, distance from the capital."""
    lines = [Line("Population", identity.population(territory.population))] if territory.population else []
    for state in states:
        if state["value"] != UNKNOWN:
            lines.append(Line(state["title"], state["value"]))
        elif state["map_url"]:
            lines.append(Line(state["title"], UNKNOWN, "carte officielle de l'ARS", href=state["map_url"]))
    if territory.latitude is not None and territory.kind != TerritoryKind.REGION:
        lines.append(Line(f"Distance de {PARIS.name}", far(PARIS, territory).text, "à vol d'oiseau"))
    return lines

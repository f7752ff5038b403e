"""A selection of structures in French: its chips and its description."""

from collections.abc import Iterable

from django.utils.text import capfirst

from guide.core.query_string import Values
from guide.territories.prepositions import inside, of
from structures.enums import PLURALS, SHORT_LABELS, PracticeMode
from structures.filters import Known
from structures.parameters import DEFAULT_RADIUS_KM


def chip_labels(values: Values, known: Known) -> list[tuple[str, str, str]]:
    """(parameter, value, label) of each active filter, in the order of the panel."""
    departments = {place.code: f"{place.name} ({place.code})" for place in known.departments}
    specialities = dict(known.specialities)
    texts = {
        "type": lambda value: SHORT_LABELS[value],
        "departement": lambda value: departments[value],
        "territoire": lambda value: known.territory.name,
        "commune": lambda value: f"À {radius(values)} km {of(known.commune.name)}",
        "mode": lambda value: PracticeMode(value).label.capitalize(),
        "specialite": lambda value: specialities[value],
        "recrute": lambda value: "Recrute des médecins",
        "stage": lambda value: "Accueille des internes",
        "q": lambda value: f"« {value} »",
        "bbox": lambda value: "Cadre de la carte",
    }
    return [(name, value, text(value)) for name, text in texts.items() for value in values.get(name, [])]


def describe(values: Values, known: Known) -> str:
    """The selection in words: "MSP et centres de santé dans l'Indre, à 20 km au plus de La Châtre"."""
    kinds = [PLURALS[kind] for kind in values.get("type", [])]
    places = [place for place in known.departments if place.code in values.get("departement", [])]
    if "territoire" in values:
        places.append(known.territory)
    head = [capfirst(joined(kinds) or "structures de soins")]
    head += [joined(inside(place.kind, place.code, place.name) for place in places)] if places else []
    return ", ".join([" ".join(head), *_details(values, known)])


def _details(values: Values, known: Known) -> list[str]:
    details = []
    if "commune" in values:
        details.append(f"à {radius(values)} km au plus {of(known.commune.name)}")
    if "mode" in values:
        details.append(f"exercice {joined((PracticeMode(mode).label for mode in values['mode']), 'ou')}")
    if "specialite" in values:
        labels = dict(known.specialities)
        details.append(joined((labels[code] for code in values["specialite"]), "ou"))
    details += ["recrutant des médecins"] if "recrute" in values else []
    details += ["accueillant des internes"] if "stage" in values else []
    details += [f"avec « {values['q'][0]} »"] if "q" in values else []
    details += ["dans le cadre de la carte"] if "bbox" in values else []
    return details


def radius(values: Values) -> int:
    """Radius of the search around a commune, in km."""
    return int(values.get("rayon", [DEFAULT_RADIUS_KM])[0])


def joined(words: Iterable[str], link: str = "et") -> str:
    """`MSP, CPTS et DAC`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} {link} {last}" if first else last

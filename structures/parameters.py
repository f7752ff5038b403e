"""The query string of structures: read once into clean values, written back in one canonical form."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest

MAX_LENGTH = 4000
MAX_PAIRS = 200
MAX_SHOWN = 40
DEFAULT_RADIUS_KM = 20
MANY = ("type", "departement", "mode", "specialite")
ONE = ("territoire", "commune", "lieu", "rayon", "recrute", "stage", "q", "bbox", "tri", "page")
NAMES = (*MANY, *ONE)
# Marks that newsletters and social networks add to any link; everything else that is unknown is refused,
# because a misspelt filter would show the whole table.
TRACKING = re.compile(r"(utm|mtm|pk|at|mc)_\w+|xtor|\w*clid|_gl")

Values = dict[str, list[str]]


def parse(request: HttpRequest) -> tuple[Values, list[str]]:
    """Values by parameter, without empty ones or repeats, and what is wrong with their form, in French."""
    raw = request.META.get("QUERY_STRING", "")
    if len(raw) > MAX_LENGTH or raw.count("&") > MAX_PAIRS:
        return {}, ["Cette adresse est trop longue pour être comprise."]
    values: Values = {}
    problems = []
    for name, given in request.GET.lists():
        if name not in NAMES:
            if not TRACKING.fullmatch(name):
                problems.append(f"Filtre inconnu : « {shown(name)} ».")
            continue
        kept = list(dict.fromkeys(value for text in given if (value := text.strip())))
        if any("\ufffd" in value or "\x00" in value for value in kept):
            problems.append(f"La valeur du filtre « {name} » est illisible.")
        elif name in ONE and len(kept) > 1:
            problems.append(f"Le filtre « {name} » n'accepte qu'une valeur.")
        elif kept:
            values[name] = kept
    return values, problems


def address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """`path` with its canonical query string: known order, sorted values, nothing that goes without saying."""
    pairs = [(name, value) for name in NAMES if name in values for value in sorted(values[name])]
    query = urlencode(
        [pair for pair in pairs if pair not in (("rayon", str(DEFAULT_RADIUS_KM)), ("page", "1"))], safe=","
    )
    return f"{path}?{query}" if query else path


def shown(text: str) -> str:
    """A visitor's own words, short enough to be repeated in a message."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"

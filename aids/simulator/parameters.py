"""The query string of the simulator: one parameter per question, read into clean values, written in one order.

A question that a condition reads is named after its kind ("premiere-installation"), so that a new kind of
condition has its parameter at once. `point` answers a free condition: "code.oui" or "code.non".
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest

from aids.vocabulary import ConditionKind as Kind
from structures.parameters import TRACKING, Values, shown

MAX_LENGTH = 4000
MAX_PAIRS = 60
MANY = (Kind.PROFILE.value, Kind.MODE.value, Kind.STRUCTURE.value, "point")
ONE = (
    Kind.SPECIALTY.value,
    Kind.SECTOR.value,
    "lieu",
    "commune",
    "departement",
    "date",
    Kind.FIRST_INSTALLATION.value,
    Kind.SAME_CATEGORY.value,
    Kind.INSTALLATION_DATE.value,
    Kind.HALF_DAYS.value,
    Kind.COORDINATED.value,
    Kind.DUTY.value,
    Kind.EMPLOYEES.value,
    Kind.TAX_REGIME.value,
    Kind.AGE.value,
    "etudes",
    "depart",
)
NAMES = (Kind.PROFILE.value, *ONE[:1], Kind.MODE.value, *ONE[1:], Kind.STRUCTURE.value, "point")


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
                problems.append(f"Question inconnue\u00a0: «\u00a0{shown(name)}\u00a0».")
            continue
        kept = list(dict.fromkeys(value for text in given if (value := text.strip())))
        if any("\ufffd" in value or "\x00" in value for value in kept):
            problems.append(f"La réponse à «\u00a0{name}\u00a0» est illisible.")
        elif name in ONE and len(kept) > 1:
            problems.append(f"La question «\u00a0{name}\u00a0» n'accepte qu'une réponse.")
        elif kept:
            values[name] = kept
    return values, problems


def query(values: Mapping[str, Sequence[str]]) -> str:
    """The canonical query string: known order, sorted values; empty without any answer."""
    return urlencode([(name, value) for name in NAMES if name in values for value in sorted(values[name])])


def address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """`path` with the canonical query string of `values`."""
    text = query(values)
    return f"{path}?{text}" if text else path

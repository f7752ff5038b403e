"""The query string of the simulator: one parameter per question, read into clean values, written in one order.

A question that a condition reads is named after its kind ("premiere-installation"), so that a new kind of
condition has its parameter at once. `point` answers a free condition: "code.oui" or "code.non".
"""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from aids.vocabulary import ConditionKind as Kind
from guide.core import query_string
from guide.core.query_string import QUESTIONS, Values

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
    return query_string.parse(request, many=MANY, one=ONE, max_pairs=MAX_PAIRS, wording=QUESTIONS)


def query(values: Mapping[str, Sequence[str]]) -> str:
    """The canonical query string: known order, sorted values; empty without any answer."""
    return query_string.query(values, NAMES)


def address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """`path` with the canonical query string of `values`."""
    return query_string.address(path, query(values))

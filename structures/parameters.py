"""The parameters of structures: the query string of the list, the map and the data addresses."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from guide.core import query_string
from guide.core.query_string import Values

MAX_PAIRS = 200
DEFAULT_RADIUS_KM = 20
MANY = ("type", "departement", "mode", "specialite")
ONE = ("territoire", "commune", "lieu", "rayon", "recrute", "stage", "q", "bbox", "tri", "page")
IMPLIED = {"rayon": str(DEFAULT_RADIUS_KM), "page": "1"}


def parse(request: HttpRequest) -> tuple[Values, list[str]]:
    """Values by parameter, without empty ones or repeats, and what is wrong with their form, in French."""
    return query_string.parse(request, many=MANY, one=ONE, max_pairs=MAX_PAIRS)


def address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """`path` with its canonical query string: known order, sorted values, nothing that goes without saying."""
    return query_string.address(path, query_string.query(values, (*MANY, *ONE), implied=IMPLIED))

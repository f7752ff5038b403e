"""Query strings: split once into values, written back in one canonical form. `Search` alone reads them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

MAX_LENGTH = 4000
MAX_SHOWN = 40
# Marks that newsletters and social networks add to any link; everything else that is unknown is refused,
# because a misspelt filter would show the whole table.
TRACKING = re.compile(r"(utm|mtm|pk|at|mc)_\w+|xtor|\w*clid|_gl")

Values = dict[str, list[str]]


class Wording(NamedTuple):
    """What a visitor reads of a parameter that is wrong; `{}` is its name."""

    unknown: str
    unreadable: str
    repeated: str


FILTERS = Wording(
    unknown="Filtre inconnu\u00a0: «\u00a0{}\u00a0».",
    unreadable="La valeur du filtre «\u00a0{}\u00a0» est illisible.",
    repeated="Le filtre «\u00a0{}\u00a0» n'accepte qu'une valeur.",
)
QUESTIONS = Wording(
    unknown="Question inconnue\u00a0: «\u00a0{}\u00a0».",
    unreadable="La réponse à «\u00a0{}\u00a0» est illisible.",
    repeated="La question «\u00a0{}\u00a0» n'accepte qu'une réponse.",
)


def parse(
    request: HttpRequest, repeatable: Mapping[str, bool], max_pairs: int, wording: Wording = FILTERS
) -> tuple[Values, list[str]]:
    """Values by parameter, without empty ones or repeats, and what is wrong with their form, in French.

    `repeatable` says of each parameter that is known whether it may be repeated.
    """
    raw = request.META.get("QUERY_STRING", "")
    if len(raw) > MAX_LENGTH or raw.count("&") > max_pairs:
        return {}, ["Cette adresse est trop longue pour être comprise."]
    values: Values = {}
    problems = []
    for name, given in request.GET.lists():
        if name not in repeatable:
            problems += [] if TRACKING.fullmatch(name) else [wording.unknown.format(shown(name))]
            continue
        kept = list(dict.fromkeys(value for text in given if (value := text.strip())))
        if any("\ufffd" in value or "\x00" in value for value in kept):
            problems.append(wording.unreadable.format(name))
        elif len(kept) > 1 and not repeatable[name]:
            problems.append(wording.repeated.format(name))
        elif kept:
            values[name] = kept
    return values, problems


def query(values: Mapping[str, Sequence[str]], names: Iterable[str], implied: Mapping[str, str]) -> str:
    """The canonical query string: parameters in the order of `names`, values sorted, `implied` ones left out."""
    pairs = [
        (name, value)
        for name in names
        if name in values
        for value in sorted(values[name])
        if implied.get(name) != value
    ]
    return urlencode(pairs, safe=",")


def address(path: str, text: str) -> str:
    """`path` with a query string, or alone without any."""
    return f"{path}?{text}" if text else path


def shown(text: str) -> str:
    """A visitor's own words, short enough to be repeated in a message."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"

"""The query string of the comparison: places (`t`, repeated), places typed (`lieu`), and who asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone

from aids.simulator import checks
from aids.simulator.answers import Answers
from aids.vocabulary import ConditionKind as Kind
from guide.core import query_string
from guide.core.french import NBSP
from guide.core.models import SlugRedirect
from guide.core.query_string import Values, shown
from guide.territories import places
from guide.territories.identity import KIND_TITLES
from guide.territories.places import Place
from guide.territories.search.results import MAX_LENGTH, search

MAX_PLACES = 4
MAX_TYPED = 4
MAX_PAIRS = 40
MAX_CHOICES = 8
PERSON = (Kind.PROFILE.value, Kind.SPECIALTY.value, Kind.MODE.value)
NAMES = ("t", *PERSON)


@dataclass(slots=True)
class Choice:
    """A typed place that may be several: the words, and (label, address with this one chosen)."""

    text: str
    links: list[tuple[str, str]]


@dataclass(slots=True)
class Query:
    """What is asked. `moved` is the address to go to when the one asked for is not the canonical one any more.

    `is_permanent` tells a slug of the past from a typed place.
    """

    path: str
    answers: Answers
    found: list[Place] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    moved: str = ""
    is_permanent: bool = False

    @property
    def slugs(self) -> list[str]:
        """Slugs of the places compared, in their order."""
        return [place.territory.slug for place in self.found]

    def address(self, slugs: Sequence[str]) -> str:
        """The page for these places and the same person."""
        return address(self.path, slugs, self.answers.values)


def address(path: str, slugs: Sequence[str], person: Values) -> str:
    """The canonical address: places in the order of the columns, then the answers."""
    pairs = "&".join(f"t={slug}" for slug in slugs)
    rest = query_string.query(person, PERSON)
    return query_string.address(path, "&".join(part for part in (pairs, rest) if part))


def read(request: HttpRequest) -> Query:
    """Read a request; never raises. One query for the places, one for unknown slugs, one for each typed place."""
    values, errors = query_string.parse(
        request,
        many=("t", "lieu", Kind.PROFILE.value, Kind.MODE.value),
        one=(Kind.SPECIALTY.value,),
        max_pairs=MAX_PAIRS,
    )
    slugs, typed = values.pop("t", []), values.pop("lieu", [])[:MAX_TYPED]
    today = timezone.localdate()
    errors = errors + checks.wrong(values, today)
    query = Query(request.path, Answers(request.path, values, today, errors), messages=list(errors))
    if slugs:
        _find(query, slugs)
    if typed and not query.moved:
        _find_typed(query, typed)
    if len(query.found) > MAX_PLACES:
        query.found = query.found[:MAX_PLACES]
        query.messages.append(f"Quatre lieux au plus{NBSP}: seuls les quatre premiers sont comparés.")
    return query


def _find(query: Query, slugs: list[str]) -> None:
    """The places of these slugs; a slug of the past moves the address, an unknown one gives a message."""
    query.found = places.find_many(slugs)
    unknown = [slug for slug in slugs if slug not in query.slugs]
    if not unknown:
        return
    moved = dict(
        SlugRedirect.objects.filter(kind="territory", old_slug__in=unknown).values_list("old_slug", "new_slug")
    )
    if moved:
        kept = [moved.get(slug, slug) for slug in slugs if slug in moved or slug in query.slugs]
        query.moved, query.is_permanent = query.address(list(dict.fromkeys(kept))), True
    query.messages += [f"Lieu inconnu{NBSP}: «{NBSP}{shown(slug)}{NBSP}»." for slug in unknown if slug not in moved]


def _find_typed(query: Query, typed: list[str]) -> None:
    """Each typed place becomes a column, or a choice; the address then moves to the places' own."""
    slugs = list(query.slugs)
    unclear: list[tuple[str, list]] = []
    for text in typed:
        results = search(text[:MAX_LENGTH])
        if results.certain:
            slugs.append(results.certain.slug)
        else:
            unclear.append((text, results.rows[:MAX_CHOICES]))
    slugs = list(dict.fromkeys(slugs))
    if not unclear:
        query.moved = query.address(slugs)
        return
    for text, rows in unclear:
        if not rows:
            query.messages.append(f"Aucun lieu de la région ne répond à «{NBSP}{shown(text)}{NBSP}».")
            continue
        others = [
            (f"{row.name} ({KIND_TITLES[row.kind].lower()} {row.code})", query.address([*slugs, row.slug]))
            for row in rows
        ]
        query.choices.append(Choice(shown(text), others))
    if slugs != query.slugs:
        query.found = places.find_many(slugs)

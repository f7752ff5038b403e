"""What is asked of the comparison: places (`t`, repeated), places typed (`lieu`), and who asks."""

from collections.abc import Sequence
from typing import Any

from aids.conditions.kinds import ConditionKind as Kind
from aids.simulator.answers import Answers
from aids.simulator.questions import PARAMETERS
from guide.core import query_string
from guide.core.french import NBSP
from guide.core.models import SlugRedirect
from guide.core.query_string import shown
from guide.core.search import Parameter, Search
from guide.territories import places
from guide.territories.identity import KIND_TITLES
from guide.territories.places import PlaceInside
from guide.territories.search import MAX_LENGTH, search

MAX_PLACES = 4
MAX_TYPED = 4
MAX_CHOICES = 8
PERSON = (Kind.PROFILE.value, Kind.SPECIALTY.value, Kind.MODE.value)


class PlacesSearch(Search):
    """What is asked. `moved` is the address to go to when the one asked for is not the canonical one any more;
    `is_permanent` tells a slug of the past from a typed place. `choices` are the typed places that may be several:
    the words, and (label, address with this one chosen).
    """

    parameters = (
        Parameter(name="t", many=True),
        Parameter(name="lieu", many=True),
        *(one for one in PARAMETERS if one.name in PERSON),
    )
    max_pairs = 40
    in_order_given = True
    moved = ""
    is_permanent = False

    def settle(self) -> None:
        slugs, typed = self.values.pop("t", []), self.values.pop("lieu", [])[:MAX_TYPED]
        self.answers = Answers(self.path, self.values, self.messages)
        self.found: list[PlaceInside] = []
        self.choices: list[dict[str, Any]] = []
        if slugs:
            self._find(slugs)
        if typed and not self.moved:
            self._find_typed(typed)
        if len(self.found) > MAX_PLACES:
            self.found = self.found[:MAX_PLACES]
            self.messages.append(f"Quatre lieux au plus{NBSP}: seuls les quatre premiers sont comparés.")

    @property
    def slugs(self) -> list[str]:
        return [place.territory.slug for place in self.found]

    def comparing(self, slugs: Sequence[str]) -> str:
        """The canonical address for these places, in the order of the columns, and the same person."""
        places = "&".join(f"t={slug}" for slug in slugs)
        person = query_string.query(self.values, PERSON, {})
        return query_string.address(self.path, "&".join(part for part in (places, person) if part))

    def _find(self, slugs: list[str]) -> None:
        """The places of these slugs; a slug of the past moves the address, an unknown one gives a message."""
        self.found = places.find_many(slugs)
        unknown = [slug for slug in slugs if slug not in self.slugs]
        if not unknown:
            return
        moved = dict(
            SlugRedirect.objects.filter(kind="territory", old_slug__in=unknown).values_list("old_slug", "new_slug")
        )
        if moved:
            known = [moved.get(slug, slug) for slug in slugs if slug in moved or slug in self.slugs]
            self.moved, self.is_permanent = self.comparing(list(dict.fromkeys(known))), True
        self.messages += [f"Lieu inconnu{NBSP}: «{NBSP}{shown(slug)}{NBSP}»." for slug in unknown if slug not in moved]

    def _find_typed(self, typed: list[str]) -> None:
        """Each typed place becomes a column, or a choice; the address then moves to the places' own."""
        slugs = list(self.slugs)
        unclear: list[tuple[str, list]] = []
        for text in typed:
            results = search(text[:MAX_LENGTH])
            if results.certain:
                slugs.append(results.certain.slug)
            else:
                unclear.append((text, results.rows[:MAX_CHOICES]))
        slugs = list(dict.fromkeys(slugs))
        if not unclear:
            self.moved = self.comparing(slugs)
            return
        for text, rows in unclear:
            if not rows:
                self.messages.append(f"Aucun lieu de la région ne répond à «{NBSP}{shown(text)}{NBSP}».")
                continue
            others = [
                (f"{row.name} ({KIND_TITLES[row.kind].lower()} {row.code})", self.comparing([*slugs, row.slug]))
                for row in rows
            ]
            self.choices.append({"text": shown(text), "links": others})
        if slugs != self.slugs:
            self.found = places.find_many(slugs)

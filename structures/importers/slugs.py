"""Addresses of new sheets: made once, from the name, and longer only as far as needed to be unique."""

from collections.abc import Iterable

from django.utils.text import slugify

from guide.core.french import fold
from structures.models import Structure

MAX_LENGTH = 140


def candidates(structure: Structure, commune: str, identifier: str) -> list[str]:
    """Possible slugs, the shortest first: name, with the commune, with the FINESS number or the identifier."""
    name = slugify(fold(structure.name))[:90].strip("-") or slugify(structure.kind)
    place = slugify(fold(commune))[:30].strip("-")
    code = slugify(structure.finess or identifier)[:18].strip("-")
    return [name, f"{name}-{place}", f"{name}-{place}-{code}"]


def give(new: Iterable[tuple[Structure, str, str]]) -> None:
    """Give a unique slug to each (structure, commune name, identifier); one query."""
    wanted = [(structure, candidates(structure, commune, identifier)) for structure, commune, identifier in new]
    every = {slug for _, slugs in wanted for slug in slugs}
    taken = set(Structure.objects.filter(slug__in=every).values_list("slug", flat=True))
    for structure, slugs in wanted:
        free = (slug for slug in slugs if slug not in taken)
        structure.slug = next(free, None) or _numbered(slugs[-1], taken)
        taken.add(structure.slug)


def _numbered(slug: str, taken: set[str]) -> str:
    """Two sheets of one name, one commune and one identifier come from two lists: number them."""
    number = 2
    while f"{slug}-{number}" in taken or Structure.objects.filter(slug=f"{slug}-{number}").exists():
        number += 1
    return f"{slug}-{number}"

"""Pages whose address looks like one that leads nowhere."""

import re
from urllib.parse import unquote

from django.db.models import Model, QuerySet
from django.urls import reverse

from guide.core.french import fold
from guide.territories.identity import KIND_TITLES
from guide.territories.models import Territory
from structures.enums import SHORT_LABELS
from structures.models import Structure

MAX_PER_KIND = 5
MAX_WORDS = 6
SECTIONS = frozenset({"territoires", "structures", "carte", "admin", "aides", "index", "html", "php"})


def near(path: str) -> list[tuple[str, str]]:
    """(name and kind, address) of the sheets whose slug holds the words of the address.

    When no slug holds them all, the longest word alone is tried, so that one wrong word does not hide the rest.
    """
    words = words_of(path)
    if not words:
        return []
    found = _holding(words)
    return found or (_holding([max(words, key=len)]) if len(words) > 1 else [])


def words_of(path: str) -> list[str]:
    """Words of the last part of an address that may name a sheet: letters, or a code of five signs. Pure."""
    last = next((part for part in reversed(unquote(path).split("/")) if part), "")
    words = [word for word in fold(last).split() if re.fullmatch(r"[a-z]{3,40}|\w{5}", word)]
    return [word for word in words if word not in SECTIONS][:MAX_WORDS]


def _holding(words: list[str]) -> list[tuple[str, str]]:
    labels = KIND_TITLES | SHORT_LABELS
    return [
        (f"{name} ({labels[kind]})", f"{base}{slug}/")
        for model, base in ((Territory, reverse("territories:index")), (Structure, reverse("structures:list")))
        for name, kind, slug in _rows(model, words)
    ]


def _rows(model: type[Model], words: list[str]) -> QuerySet:
    rows = model.objects.live()
    for word in words:
        rows = rows.filter(slug__contains=word)
    return rows.order_by("slug").values_list("name", "kind", "slug")[:MAX_PER_KIND]

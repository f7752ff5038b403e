"""What the lists of documents, of partners and of terms hold, ready to print."""

import re

from django.urls import reverse

from guide.core.french import NBSP, UNKNOWN, fold, number, plural, typographic
from guide.editorial.models import Document, Partner
from guide.editorial.rendering import lexicon

_UNITS = ((1_000_000, "Mo", 1), (1_000, "ko", 0))


def weight(octets: int | None) -> str:
    """`2,4 Mo`, `310 ko`; decimal units, as French publishers count."""
    for size, unit, decimals in _UNITS:
        if octets and octets >= size:
            return f"{number(octets / size, decimals)}{NBSP}{unit}"
    return f"{number(octets)}{NBSP}octets" if octets else ""


def documents() -> dict:
    """The documents that open, then those that only their publisher has, each group the newest first."""
    rows = Document.objects.live().select_related("reference").order_by("title")
    found = [_document(row) for row in sorted(rows, key=_newest_first)]
    groups = [
        ("À ouvrir", [one for one in found if one["href"]]),
        ("À demander à leur éditeur", [one for one in found if not one["href"]]),
    ]
    return {"groups": [(title, cards) for title, cards in groups if cards], "breadcrumb": [("Documents", "")]}


def _newest_first(row: Document) -> int:
    """By the first year that is said ("vers 2022"); without any, last."""
    year = re.search(r"\d{4}", row.year)
    return -int(year[0]) if year else 0


def _document(row: Document) -> dict:
    held = reverse("editorial:document", args=[row.slug]) if row.file else ""
    source = row.reference
    return {
        "slug": row.slug,
        "title": typographic(row.title),
        "href": held or row.url,
        "is_held": bool(held),
        "facts": [row.year or f"année {UNKNOWN}e", *_measures(row)],
        "publisher": (source.publisher or source.label) if source else "",
    }


def _measures(row: Document) -> list[str]:
    """Size and pages of a PDF, or that there are none to know: a page of a site, a document without address."""
    is_page = row.url and not row.file and not row.url.lower().endswith(".pdf")
    if is_page and not row.size and not row.pages:
        return ["page internet"]
    known = [
        weight(row.size) or f"taille {UNKNOWN}e",
        plural(row.pages, "page") if row.pages else f"nombre de pages {UNKNOWN}",
    ]
    return known if row.file or row.url else [*known, f"adresse {UNKNOWN}e"]


def file_of(slug: str) -> Document | None:
    """The document that the site holds under this address."""
    return Document.objects.live().exclude(file="").filter(slug=slug).first()


def partners() -> dict:
    """Partners, and founders who are none, as (name, role, address of the site), in the order that editors chose."""
    rows = list(Partner.objects.live().values_list("is_founder", "name", "role", "url"))
    groups = [
        (title, [row[1:] for row in rows if row[0] == is_founder])
        for title, is_founder in (("Partenaires du guide", False), ("À l'origine de la démarche", True))
    ]
    return {"groups": [(title, cards) for title, cards in groups if cards], "breadcrumb": [("Partenaires", "")]}


def glossary(version: str) -> dict:
    """The terms, by first letter: [(letter, terms)]."""
    letters: dict[str, list] = {}
    for term in sorted(lexicon(version).terms.values(), key=lambda term: fold(term.abbreviation)):
        letters.setdefault(fold(term.abbreviation)[:1].upper(), []).append(term)
    return {"letters": list(letters.items()), "breadcrumb": [("Glossaire", "")]}

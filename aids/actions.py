"""Writes of aids: named, keyword-only, by somebody."""

from aids.models import Aid
from guide.backoffice.writing import sign
from guide.core.french import fold

_SEARCHED = ("name", "summary", "description", "audience", "legal_reference")


def save_aid(*, sheet: Aid, by=None) -> None:
    """Save an aid with its search text: funder, name, summary and texts, folded, as `AidQuerySet.matching` reads it.

    `by` None: an import, which leaves the authors as they are.
    """
    if by is not None:
        sign(sheet, by)
    sheet.search_text = fold(" ".join([sheet.funder.name, *(getattr(sheet, name) for name in _SEARCHED)]))
    sheet.save()

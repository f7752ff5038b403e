"""Writes of aids: named, keyword-only, by somebody."""

from aids.models import Aid, Funder
from guide.backoffice.writing import sign
from guide.core.french import fold

_SEARCHED = ("name", "summary", "description", "audience", "legal_reference")


def save_aid(*, sheet: Aid, by=None) -> None:
    """Save an aid with its search text. `by` None: an import, which leaves the authors as they are."""
    if by is not None:
        sign(sheet, by)
    set_search_text(sheet)
    sheet.save()


def save_funder(*, sheet: Funder, by) -> None:
    """Save a funder; its aids are found by the name that it now has."""
    sheet.save()
    aids = list(sheet.aids.select_related("funder"))
    for aid in aids:
        set_search_text(aid)
    Aid.objects.bulk_update(aids, ["search_text"], batch_size=500)


def set_search_text(aid: Aid) -> None:
    """What `AidQuerySet.matching` reads: funder, name, summary and texts, folded."""
    aid.search_text = fold(" ".join([aid.funder.name, *(getattr(aid, name) for name in _SEARCHED)]))

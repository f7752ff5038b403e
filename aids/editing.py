"""What the shared pages of the editors know of aids: their preview, and what anybody may propose."""

from aids.detail import page
from aids.exchange.writing import search_text
from aids.models import Aid
from guide.publishing import content_version, previews, proposals


def preview(sheets) -> tuple[str, dict]:
    """The public page, from a query set of one aid in any state."""
    return "aids/detail.html", page.context(page.values_of(sheets))


def save(*, sheet: Aid, by) -> None:
    """Save an accepted proposal; its words never touch the rules of the aid."""
    sheet.search_text, sheet.updated_by = search_text(sheet), by
    sheet.save()
    content_version.bump()


previews.register(Aid, preview)
proposals.register(
    Aid, ["summary", "description", "audience", "legal_reference", "dates_note", "commitment_text"], save
)

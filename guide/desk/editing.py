"""What the shared pages of the editors know of contacts: their preview, and what anybody may propose."""

from guide.desk import page
from guide.desk.choosing import Question
from guide.desk.directory import load
from guide.desk.models import ContactBody
from guide.desk.search import Search
from guide.publishing import content_version, previews, proposals


def preview(sheets) -> tuple[str, dict]:
    """The page of contacts with one body alone, from a query set of one in any state."""
    nothing_asked = Search({}, [], [], Question())
    return "desk/contact.html", {**page.preview(load(sheets), nothing_asked), "fragment": False}


def save(*, sheet: ContactBody, by) -> None:
    """Save an accepted proposal."""
    sheet.updated_by = by
    sheet.save()
    content_version.bump()


previews.register(ContactBody, preview)
proposals.register(ContactBody, ["summary", "phone", "email", "website", "address", "hours"], save)

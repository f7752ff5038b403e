"""What the shared pages of the editors know of contacts: their preview, and what anybody may propose."""

from django.urls import reverse

from guide.backoffice import previews, proposals
from guide.backoffice.upkeep import invitations
from guide.core.french import UNKNOWN
from guide.desk import contact_page
from guide.desk.choosing import load
from guide.desk.models import ContactBody
from guide.desk.search import ContactSearch


def preview(sheets) -> tuple[str, dict]:
    """The page of contacts with one body alone, from a query set of one in any state."""
    nothing_asked = ContactSearch(reverse("desk:contact"))
    return "desk/contact.html", {**contact_page.preview(load(sheets), nothing_asked), "fragment": False}


def facts(sheet: ContactBody) -> list[tuple[str, str]]:
    """What the body reads of itself before it confirms."""
    places = ", ".join(sheet.territories.values_list("name", flat=True))
    return [
        ("Type", sheet.get_kind_display()),
        ("Territoires", places or "toute la région"),
        ("Source", sheet.source or UNKNOWN),
    ]


previews.register(ContactBody, preview)
proposals.register(ContactBody, ["summary", "phone", "email", "website", "address", "hours"])
invitations.register(ContactBody, invitations.Invitable(facts=facts, email=lambda sheet: sheet.email))

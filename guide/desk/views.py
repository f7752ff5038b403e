"""The page of contacts: read the request, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.core.http import page_or_fragment, public
from guide.desk import contact_page
from guide.desk.choosing import current
from guide.desk.search import ContactSearch


@require_safe
@public
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call, or only the answer when htmx asks for it (never when it restores its history)."""
    search = ContactSearch.read(request)
    context = contact_page.context(search, current(request.content_version))
    return page_or_fragment(request, "desk/contact.html", "desk/_results.html", context, search.address())

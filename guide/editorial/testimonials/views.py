"""Public pages of the testimonials: read the request, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.core.http import page_or_fragment, public
from guide.editorial.models import Testimonial
from guide.editorial.sheet_page import show
from guide.editorial.testimonials import detail, listing
from guide.editorial.testimonials.search import TestimonialSearch


@require_safe
@public
def testimonial_list(request: HttpRequest) -> HttpResponse:
    """The list, or only its results when htmx asks for them (never when it restores its history)."""
    search = TestimonialSearch.read(request)
    context = listing.context(search)
    return page_or_fragment(request, "testimonials/list.html", "testimonials/_results.html", context, search.address())


@require_safe
@public
def testimonial_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One testimonial."""
    return show(request, slug, Testimonial, "testimonials/detail.html", detail.find)

"""Public pages of the testimonials: read the request, ask, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.http import page_or_fragment, public
from guide.core.kept import kept
from guide.core.slugs import moved_to
from guide.editorial import lexicon
from guide.editorial.actions import TESTIMONIAL_SLUGS
from guide.editorial.testimonials import detail, listing
from guide.editorial.testimonials.addresses import page_of
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
    """One testimonial; a slug of the past redirects for ever, unless its author withdrew it."""
    version = request.content_version
    found = kept(version, f"testimonial:{slug}", lambda: detail.find(slug, lexicon.current(version)))
    if found is not None:
        return render(request, "testimonials/detail.html", found)
    now = moved_to(TESTIMONIAL_SLUGS, slug)
    if not now:
        raise Http404
    return redirect(page_of(now), permanent=True)

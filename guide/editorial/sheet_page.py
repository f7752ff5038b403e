"""What the public pages of all editorial sheets share: kept for one content version, they follow their sheet."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guide.core.french import long_date
from guide.core.kept import kept
from guide.core.slugs import moved_to
from guide.editorial.actions import SLUG_KINDS
from guide.editorial.models import Content
from guide.editorial.rendering import Rendering
from guide.territories.models import Territory


def show(
    request: HttpRequest, slug: str, sheets: QuerySet[Content], template: str, context: Callable[[Content, str], dict]
) -> HttpResponse:
    """The page of one of the sheets that visitors see: `context(sheet, content version)` is what the template prints.

    A slug of the past redirects for ever; Http404 for what has never been an address.
    """
    version, model = request.content_version, sheets.model

    def make() -> dict | None:
        sheet = sheets.filter(slug=slug).first()
        return context(sheet, version) if sheet else None

    found = kept(version, f"{SLUG_KINDS[model]}:{slug}", make)
    if found is not None:
        return render(request, template, found)
    now = moved_to(SLUG_KINDS[model], slug)
    if not now:
        raise Http404
    return redirect(model(slug=now), permanent=True)


def foot(sheet: Content, rendering: Rendering) -> dict:
    """What ends the page of a sheet once its texts are rendered: sources, terms, date of the last check."""
    return {
        "sources": rendering.sources(sheet.references.order_by("code").values_list("code", flat=True)),
        "terms": rendering.terms(),
        "verified": long_date(sheet.verified_on) if sheet.verified_on else "",
    }


def place_link(territory: Territory | None) -> tuple[str, str] | None:
    """(name, address) of the place of a sheet."""
    return (territory.name, territory.get_absolute_url()) if territory else None

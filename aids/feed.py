"""What changed in the aids and in the zonings, newest first, as an Atom feed (RFC 4287)."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids.addresses import page_of
from aids.models import Aid, AidChange
from guide.core.feeds import atom_feed
from guide.core.french import long_date
from guide.core.http import public
from guide.territories.models import ZoningEdition

MAX_ENTRIES = 60


class Entry(NamedTuple):
    """One change; `tag` makes its identifier, the same for ever."""

    day: date
    tag: str
    title: str
    text: str
    href: str


def _entries(today: date) -> list[Entry]:
    found = [*_aids(today), *_zonings(today)]
    return sorted(found, key=lambda entry: (entry.day, entry.tag), reverse=True)[:MAX_ENTRIES]


def _aids(today: date) -> list[Entry]:
    rows = AidChange.objects.filter(aid__in=Aid.objects.live().values("pk"), on__lte=today).order_by("-on", "pk")
    return [
        Entry(day, f"aide-{code}-{day}-{pk}", name, text, page_of(code))
        for pk, day, code, name, text in rows.values_list("pk", "on", "aid__code", "aid__name", "text")[:MAX_ENTRIES]
    ]


def _zonings(today: date) -> list[Entry]:
    rows = ZoningEdition.objects.filter(valid_from__lte=today).order_by("-valid_from", "pk")
    return [
        Entry(
            begins,
            f"zonage-{scheme}-{begins}-{scope}",
            f"Nouveau zonage\u00a0: {label} ({place})",
            f"En vigueur depuis le {long_date(begins)}. {legal}".strip(),
            reverse("aids:list"),
        )
        for scheme, label, begins, scope, place, legal in rows.values_list(
            "scheme", "label", "valid_from", "scope__code", "scope__name", "legal_reference"
        )[:MAX_ENTRIES]
    ]


@require_safe
@public
def atom(request: HttpRequest) -> HttpResponse:
    """`/aides/flux.xml`."""
    home = settings.SITE_URL + reverse("aids:list")
    feed = atom_feed("ce qui change dans les aides et les zonages", reverse("aids:list"), reverse("aids:feed"))
    for entry in _entries(timezone.localdate()):
        at_noon = datetime.combine(entry.day, time(12), UTC)
        feed.add_item(
            title=entry.title,
            link=settings.SITE_URL + entry.href,
            description=entry.text,
            unique_id=f"{home}#{entry.tag}",
            pubdate=at_noon,
            updateddate=at_noon,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

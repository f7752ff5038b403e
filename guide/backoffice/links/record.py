"""What tries say of a link, over the days."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils import timezone

from guide.backoffice.enums import LinkState
from guide.backoffice.links.fetch import Answer
from guide.backoffice.models import LinkCheck

DEAD_AFTER = 2  # days on which it failed, one after the other
ALIVE_FOR = timedelta(days=7)  # what answers is not asked again before
RETRY_AFTER = timedelta(hours=20)  # "another day", whatever the hour at which the command runs


def due(limit: int) -> list[LinkCheck]:
    """The links to try now, at most `limit`: those never tried, then those tried the longest ago."""
    now = timezone.now()
    old = Q(checked_at=None) | Q(checked_at__lte=now - ALIVE_FOR)
    failed = Q(state=LinkState.FAILING, checked_at__lte=now - RETRY_AFTER)
    return list(LinkCheck.objects.filter(old | failed).order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit])


def by_turns(links: list[LinkCheck]) -> Iterator[LinkCheck]:
    """The same links, one of each site in turn, so that no site is asked twice in a row while others wait."""
    hosts: dict[str, list[LinkCheck]] = {}
    for link in links:
        hosts.setdefault(host_of(link.url), []).append(link)
    while hosts:
        for host in list(hosts):
            yield hosts[host].pop(0)
            if not hosts[host]:
                del hosts[host]


def host_of(url: str) -> str:
    """The site of an address."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def record(*, link: LinkCheck, answer: Answer) -> None:
    """Keep what one try says: a link that fails is dead only when it fails again another day."""
    now = timezone.now()
    if answer.is_alive or answer.is_shy:
        link.state = LinkState.ALIVE if answer.is_alive else LinkState.SHY
        link.failures, link.failing_since = 0, None
    elif link.checked_at is None or not link.failures or now - link.checked_at >= RETRY_AFTER:
        link.failures += 1
        link.failing_since = link.failing_since or now
        link.state = LinkState.DEAD if link.failures >= DEAD_AFTER else LinkState.FAILING
    link.http_status, link.message, link.checked_at = answer.status, answer.message[:250], now
    link.save()

"""News as an Atom feed (RFC 4287), the latest first."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from guide.core.rich_text import plain
from guide.editorial.models import NewsItem

MAX_ENTRIES = 40
MAX_WORDS = 400  # letters of the text of an entry without a summary


def atom() -> str:
    """The feed. The date of an entry is the one of the fact; its update is the one of the sheet."""
    home = settings.SITE_URL + reverse("editorial:news")
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}\u00a0: actualités et initiatives",
        link=home,
        description="",
        language="fr",
        feed_url=settings.SITE_URL + reverse("editorial:news_feed"),
        feed_guid=home,
    )
    for item in NewsItem.objects.live().newest_first()[:MAX_ENTRIES]:
        href = settings.SITE_URL + item.get_absolute_url()
        feed.add_item(
            title=item.title,
            link=href,
            description=item.summary or plain(item.body)[:MAX_WORDS],
            unique_id=href,
            pubdate=datetime.combine(item.published_on, time(12), UTC),
            updateddate=item.updated_at,
        )
    return feed.writeString("utf-8")

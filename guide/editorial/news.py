"""What the list of news, its articles and its feed hold."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.urls import reverse

from guide.core.feeds import atom_feed
from guide.core.french import partial_date, plural, typographic
from guide.core.query_string import OneOf, unknown
from guide.core.rich_text import plain
from guide.core.search import PAGE_SIZE, Filter, Search, page_parameter, paginate_or_first
from guide.editorial.enums import NewsKind
from guide.editorial.models import NewsItem
from guide.editorial.rendering import Rendering, foot, lexicon, place_link

LATEST = 3
TITLES = {NewsKind.NEWS: "Actualités", NewsKind.INITIATIVE: "Initiatives d'ailleurs"}


class NewsSearch(Search):
    """What a visitor asked of the list; what is wrong is said, and left aside."""

    parameters = (
        Filter(
            name="rubrique",
            value=OneOf(TITLES.items(), unknown("Rubrique inconnue")),
            narrow=lambda articles, kind, search: articles.filter(kind=kind),
        ),
        page_parameter("Page inconnue"),
    )
    max_pairs = 10


def listing(search: NewsSearch) -> dict:
    """One page of the list."""
    rows = search.narrowed(NewsItem.objects.live().newest_first(), ["rubrique"])
    total = rows.count()
    pages = paginate_or_first(search, total)
    found = rows.select_related("territory")[pages.first_row : pages.first_row + PAGE_SIZE]
    tabs = [("Tout", search.address(rubrique=""), "rubrique" not in search.values)]
    tabs += [(one.label, search.address(rubrique=one.value), one.chosen) for one in search.options("rubrique")]
    return {
        "rows": [_row(row) for row in found],
        "tabs": tabs,
        "total": plural(total, "article"),
        "pages": pages,
        "problems": search.messages,
        "canonical": search.address(page=str(search.page)),
        "breadcrumb": [("Actualités", "")],
    }


def latest() -> list[dict]:
    """The last articles, as rows of the list."""
    return [_row(item) for item in NewsItem.objects.live().newest_first().select_related("territory")[:LATEST]]


def _row(item: NewsItem) -> dict:
    return {
        **_heading(item),
        "href": item.get_absolute_url(),
        "kind": item.get_kind_display().capitalize(),
        "place": item.place or (item.territory.name if item.territory else ""),
    }


def _heading(item: NewsItem) -> dict:
    return {
        "title": typographic(item.title),
        "summary": typographic(item.summary),
        "date": partial_date(item.partial_date()),
        "iso": item.partial_date(),
    }


def article(item: NewsItem, version: str) -> dict:
    """An article in whatever state."""
    rendering = Rendering(lexicon(version))
    return {
        **_heading(item),
        "kind": item.get_kind_display(),
        "kind_href": f"{reverse('editorial:news')}?rubrique={item.kind}",
        "place_name": item.place,
        "place": place_link(item.territory),
        "body": rendering.html(item.body),
        "canonical": item.get_absolute_url(),
        "breadcrumb": [("Actualités", reverse("editorial:news")), (typographic(item.title), "")],
        **foot(item, rendering),
    }


MAX_ENTRIES = 40
MAX_WORDS = 400  # letters of the text of an entry without a summary


def atom() -> str:
    """The last news as an Atom feed (RFC 4287). An entry has the date of the fact, and is updated with its sheet."""
    feed = atom_feed("actualités et initiatives", reverse("editorial:news"), reverse("editorial:news_feed"))
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

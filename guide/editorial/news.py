"""What the list of news and its articles hold, ready to print."""

from django.urls import reverse

from guide.core.french import long_date, partial_date, typographic
from guide.core.paging import PAGE_SIZE, paginate_or_first
from guide.core.query_values import OneOf, unknown
from guide.core.search import Filter, Search, page_parameter
from guide.editorial.enums import NewsKind
from guide.editorial.lexicon import Lexicon
from guide.editorial.models import NewsItem
from guide.editorial.rendering import Rendering
from guide.territories import places

LATEST = 3
TITLES = {NewsKind.NEWS: "Actualités", NewsKind.INITIATIVE: "Initiatives d'ailleurs"}
FIELDS = ("slug", "title", "summary", "kind", "published_on", "precision", "place", "territory__name")


def address(slug: str) -> str:
    """Address of an article."""
    return reverse("editorial:news_item", args=[slug])


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
    """One page of the list; two queries."""
    rows = search.narrowed(NewsItem.objects.live().newest_first(), ["rubrique"])
    pages = paginate_or_first(search, rows.count())
    found = rows.values(*FIELDS)[pages.first_row : pages.first_row + PAGE_SIZE]
    tabs = [("Tout", search.address(rubrique=""), "rubrique" not in search.values)]
    tabs += [(one.label, search.address(rubrique=one.value), one.chosen) for one in search.options("rubrique")]
    return {
        "rows": [_row(row) for row in found],
        "tabs": tabs,
        "pages": pages,
        "problems": search.messages,
        "breadcrumb": [("Actualités", "")],
    }


def latest() -> list[dict]:
    """The last articles, as rows of the list; one query."""
    return [_row(row) for row in NewsItem.objects.live().newest_first().values(*FIELDS)[:LATEST]]


def _row(row: dict) -> dict:
    item = NewsItem(published_on=row["published_on"], precision=row["precision"])
    return {
        "title": typographic(row["title"]),
        "summary": typographic(row["summary"]),
        "href": address(row["slug"]),
        "kind": NewsKind(row["kind"]).label.capitalize(),
        "date": partial_date(item.partial_date()),
        "iso": item.partial_date(),
        "place": row["place"] or row["territory__name"] or "",
    }


def find(slug: str, lexicon: Lexicon) -> dict | None:
    """One article, or None when no visitor may see it. Two queries."""
    item = NewsItem.objects.live().filter(slug=slug).select_related("territory").first()
    return article(item, lexicon) if item else None


def article(item: NewsItem, lexicon: Lexicon) -> dict:
    """An article in whatever state; one query."""
    rendering = Rendering(lexicon)
    body = rendering.html(item.body)
    return {
        "title": typographic(item.title),
        "summary": typographic(item.summary),
        "kind": item.get_kind_display(),
        "kind_href": f"{reverse('editorial:news')}?rubrique={item.kind}",
        "date": partial_date(item.partial_date()),
        "iso": item.partial_date(),
        "place_name": item.place,
        "place": (item.territory.name, places.address(item.territory.slug)) if item.territory else None,
        "body": body,
        "sources": rendering.sources(item.references.order_by("code").values_list("code", flat=True)),
        "terms": rendering.terms(),
        "verified": long_date(item.verified_on) if item.verified_on else "",
        "canonical": item.get_absolute_url(),
        "breadcrumb": [("Actualités", reverse("editorial:news")), (typographic(item.title), "")],
    }

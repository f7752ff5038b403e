"""What the list of news and its articles hold, ready to print."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from guide.core import query_string
from guide.core.french import long_date, partial_date, typographic
from guide.core.paging import PAGE_SIZE, paginate
from guide.editorial.enums import NewsKind
from guide.editorial.lexicon import Lexicon
from guide.editorial.models import NewsItem
from guide.editorial.rendering import Rendering
from guide.territories import places

LATEST = 3
NAMES = ("rubrique", "page")
TITLES = {NewsKind.NEWS: "Actualités", NewsKind.INITIATIVE: "Initiatives d'ailleurs"}
FIELDS = ("slug", "title", "summary", "kind", "published_on", "precision", "place", "territory__name")


def address(slug: str) -> str:
    """Address of an article."""
    return reverse("editorial:news_item", args=[slug])


class NewsSearch(NamedTuple):
    """What a visitor asked of the list."""

    kind: str
    page: int
    problems: tuple[str, ...] = ()

    def address(self, *, page: str = "", kind: str | None = None) -> str:
        """The same list at another page, or another rubric."""
        kind = self.kind if kind is None else kind
        values = {name: [value] for name, value in (("rubrique", kind), ("page", page)) if value}
        return query_string.address(reverse("editorial:news"), query_string.query(values, NAMES))


def read(request: HttpRequest) -> NewsSearch:
    """The search of a query string; what is wrong is said, and left aside."""
    values, problems = query_string.parse(request, many=(), one=NAMES, max_pairs=10)
    kind, page = (values.get(name, [""])[0] for name in NAMES)
    if kind and kind not in NewsKind.values:
        problems.append(f"Rubrique inconnue\u00a0: «\u00a0{query_string.shown(kind)}\u00a0».")
        kind = ""
    if page and not (page.isascii() and page.isdecimal() and int(page[:6]) > 0 and len(page) < 6):
        problems.append(f"Page inconnue\u00a0: «\u00a0{query_string.shown(page)}\u00a0».")
        page = ""
    return NewsSearch(kind, int(page or 1), tuple(problems))


def listing(search: NewsSearch) -> dict:
    """One page of the list; two queries."""
    rows = NewsItem.objects.live().newest_first()
    if search.kind:
        rows = rows.filter(kind=search.kind)
    pages = paginate(search, rows.count())
    problems = list(search.problems)
    if not pages.exists:
        search = search._replace(page=1)
        problems.append("Cette page de la liste n'existe pas\u00a0: voici la première.")
        pages = paginate(search, rows.count())
    found = rows.values(*FIELDS)[pages.first_row : pages.first_row + PAGE_SIZE]
    tabs = [("Tout", search.address(kind=""), not search.kind)]
    tabs += [(title, search.address(kind=kind), search.kind == kind) for kind, title in TITLES.items()]
    return {
        "rows": [_row(row) for row in found],
        "tabs": tabs,
        "pages": pages,
        "problems": problems,
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

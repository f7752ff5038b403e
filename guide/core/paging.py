"""Pages of a list: which rows, which links."""

from typing import NamedTuple

from django.core.paginator import Paginator

from guide.core.search import Search

PAGE_SIZE = 30


class Pages(NamedTuple):
    """Inputs of components/pagination.html, and the rows of the page. `exists` is False past the last page."""

    exists: bool
    first_row: int
    last_row: int
    count: int
    links: list[tuple[str, str, bool]]
    previous: str
    next: str


def paginate(search: Search, total: int) -> Pages:
    """The page that a search asks for, among `total` rows."""
    paginator = Paginator(range(total), PAGE_SIZE)
    number, count = search.page, paginator.num_pages
    if number > count:
        return Pages(False, 0, 0, count, [], "", "")
    links = [
        (str(label), search.address(page=str(label)) if isinstance(label, int) else "", label == number)
        for label in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    first = (number - 1) * PAGE_SIZE
    return Pages(
        exists=True,
        first_row=first,
        last_row=min(first + PAGE_SIZE, total),
        count=count,
        links=links if count > 1 else [],
        previous=search.address(page=str(number - 1)) if number > 1 else "",
        next=search.address(page=str(number + 1)) if number < count else "",
    )


def paginate_or_first(search: Search, total: int) -> Pages:
    """The page that a search asks for; past the last one, the first page, and the search says so."""
    pages = paginate(search, total)
    if not pages.exists:
        del search.values["page"]
        search.messages.append("Cette page de la liste n'existe pas\u00a0: voici la première.")
        pages = paginate(search, total)
    return pages

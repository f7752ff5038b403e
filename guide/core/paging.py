"""Pages of a list: which rows, which links."""

from typing import NamedTuple, Protocol

from django.core.paginator import Paginator

PAGE_SIZE = 30


class Search(Protocol):
    """What a list reads of its query string: the page that is asked for, and its address with another one."""

    page: int

    def address(self, *, page: str) -> str:
        """The address of the same search; "" is the first page."""


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
        (str(label), _address(search, label) if isinstance(label, int) else "", label == number)
        for label in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    first = (number - 1) * PAGE_SIZE
    return Pages(
        exists=True,
        first_row=first,
        last_row=min(first + PAGE_SIZE, total),
        count=count,
        links=links if count > 1 else [],
        previous=_address(search, number - 1) if number > 1 else "",
        next=_address(search, number + 1) if number < count else "",
    )


def _address(search: Search, number: int) -> str:
    return search.address(page="" if number == 1 else str(number))

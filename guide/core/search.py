"""One search: an address read once into right values, and everything that a page makes of them, the pages of a list
among them.

Each parameter of an address is declared once, as a `Parameter`; those that narrow a list are `Filter`s. A page has
its own subclass of `Search` with its declarations:

    search = StructureSearch.read(request)     never raises; wrong values are left out, and said in French
    search.is_valid                            False: show `search.messages`, and no list
    search.filtered(structures)                what the filters leave in
    search.options("type", counts)             the choices of a filter, ready to print
    search.chips                               (label, address without it) of each active filter
    search.address(page="2")                   canonical address of the same search, with changes
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from guide.core import query_string
from guide.core.query_string import FILTERS, Text, Values, WholeNumber, Wording, WrongValue, unknown

MAX_MESSAGES = 3
MAX_PAGE = 100_000
ANY_TEXT = Text()
PAGE_SIZE = 30


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter of an address: its name, the kind of its values, whether it may be repeated.

    `implied` is a value that goes without saying. Of several values of which some are wrong, none is kept, or with
    `keeps_right` the right ones.
    """

    name: str
    value: Any = ANY_TEXT
    many: bool = False
    implied: str = ""
    keeps_right: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter(Parameter):
    """A parameter that narrows a list.

    `label` is its heading in the panel; `chip` gives the words of one active value (search, value), by default the
    label of the choice; `narrow` gives the query set of a query set, the value (all of them when it may be
    repeated) and the search.
    """

    label: str = ""
    chip: Callable[[Any, str], str] | None = None
    narrow: Callable[[QuerySet, Any, Any], QuerySet] | None = None


class Option(NamedTuple):
    """One choice of a filter or of a question, ready to print; `count` is "" when it is not known."""

    value: str
    label: str
    chosen: bool
    count: str = ""


class Facet(NamedTuple):
    """One filter in a panel, with its choices; `control` is checks or select; `hint` says what it cannot answer."""

    name: str
    label: str
    control: str
    options: list[Option]
    is_counted: bool = True
    hint: str = ""


class Search:
    """What an address asks for. `values` holds the texts that are right in it, by parameter."""

    parameters: ClassVar[tuple[Parameter, ...]] = ()
    wording: ClassVar[Wording] = FILTERS
    max_pairs: ClassVar[int] = 60
    # Whether values, and so chips and messages, come as the visitor gave them, or as they are declared.
    in_order_given: ClassVar[bool] = False

    def __init__(self, path: str, values: Values | None = None, messages: Iterable[str] = ()):
        self.path = path
        self.values: Values = values or {}
        self.messages = list(messages)
        self.by_name = {parameter.name: parameter for parameter in self.parameters}

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        repeatable = {parameter.name: parameter.many for parameter in cls.parameters}
        given, messages = query_string.parse(request, repeatable, cls.max_pairs, cls.wording)
        search = cls(request.path, given, messages)
        search.prepare(request)
        if not cls.in_order_given:
            search.values = {name: search.values[name] for name in repeatable if name in search.values}
        search.check()
        search.settle()
        return search

    def prepare(self, request: HttpRequest) -> None:
        """Read what the choices need, before any value is checked. For subclasses."""

    def check(self) -> None:
        """Take out the values that their parameters do not know, with a message for each of the first ones."""
        for name in self.values:
            wrong = {text: message for text in self.values[name] if (message := self._problem(name, text))}
            if wrong:
                self.messages += list(wrong.values())[:MAX_MESSAGES]
                right = [text for text in self.values[name] if text not in wrong]
                self.values[name] = right if self.by_name[name].keeps_right else []
        self.values = {name: kept for name, kept in self.values.items() if kept}

    def settle(self) -> None:
        """Judge values that are right one by one, but not together. For subclasses."""

    def _problem(self, name: str, text: str) -> str:
        try:
            self.by_name[name].value.read(text, self)
        except WrongValue as wrong:
            return str(wrong)
        return ""

    @property
    def is_valid(self) -> bool:
        """Whether every value was understood: else no list is given, never the whole of it by mistake."""
        return not self.messages

    @property
    def page(self) -> int:
        return int(self.one("page") or 1)

    def one(self, name: str) -> str:
        """The value of a parameter that takes only one; "" without any."""
        return self.values.get(name, [""])[0]

    def labels(self, name: str) -> dict[str, str]:
        return self.by_name[name].value.labels(self)

    def options(self, name: str, counts: Mapping[str, Any] | None = None) -> list[Option]:
        """The choices of a parameter with their state, and what each would give when `counts` are known."""
        chosen = self.values.get(name, ())
        return [
            Option(str(value), label, value in chosen, "" if counts is None else str(counts.get(value, 0)))
            for value, label in self.labels(name).items()
        ]

    @property
    def filters(self) -> list[Filter]:
        return [self.by_name[name] for name in self.values if isinstance(self.by_name[name], Filter)]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """(label, address without it) of each active value."""
        return [
            (self.chip(filter, value), self.address(without=(filter.name, value)))
            for filter in self.filters
            for value in self.values[filter.name]
        ]

    def chip(self, filter: Filter, value: str) -> str:
        return filter.chip(self, value) if filter.chip else self.labels(filter.name)[value]

    def filtered(self, rows: QuerySet, without: Iterable[str] = ()) -> QuerySet:
        """`rows` narrowed by the filters in use but those named in `without`; none when a value is wrong."""
        if not self.is_valid:
            return rows.none()
        return self.narrowed(rows, self.values.keys() - set(without))

    def narrowed(self, rows: QuerySet, names: Collection[str]) -> QuerySet:
        """`rows` narrowed by those of the filters in use that are named."""
        for filter in self.filters:
            if filter.narrow and filter.name in names:
                values = [filter.value.read(text, self) for text in self.values[filter.name]]
                rows = filter.narrow(rows, values if filter.many else values[0], self)
        return rows

    def address(self, path: str = "", *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Canonical address of this search on `path` (default: the same), on its first page.

        `without` is one (parameter, value) to take off; `changes` replace the values of parameters, "" drops one.
        """
        values = {name: list(kept) for name, kept in self.values.items() if name != "page"}
        if without:
            values[without[0]] = [value for value in values[without[0]] if value != without[1]]
        values |= {name: [value] if value else [] for name, value in changes.items()}
        values = self.canonical({name: kept for name, kept in values.items() if kept})
        implied = {parameter.name: parameter.implied for parameter in self.parameters}
        return query_string.address(path or self.path, query_string.query(values, self.names(), implied))

    @classmethod
    def names(cls) -> list[str]:
        """Names of the parameters in the order of canonical addresses: that of the declarations."""
        return [parameter.name for parameter in cls.parameters]

    def canonical(self, values: Values) -> Values:
        """`values` without those that others make meaningless. For subclasses."""
        return values


def page_parameter(wrong: str) -> Parameter:
    """The number of a page of a list; `wrong` is what is said of a number that none can have."""
    return Parameter(name="page", value=WholeNumber(1, MAX_PAGE, unknown(wrong)), implied="1")


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

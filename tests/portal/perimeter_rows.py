"""Rows of each model that has a perimeter, placed in a department: what the tests of the perimeters open."""

from collections.abc import Callable

from aids.models import Aid, AidCase, AidIncompatibility
from aids.rules import AidRule, CaseRule, Condition
from guide.desk.models import ContactBody
from guide.editorial.models import Event, KeyFigure, NewsItem, Page, Testimonial
from guide.territories.models import TerritoryRemark
from structures.models import DuplicatePair, Structure
from tests.aids.factories import AidFactory
from tests.desk.factories import ContactBodyFactory
from tests.editorial.factories import (
    EventFactory,
    KeyFigureFactory,
    NewsItemFactory,
    PageFactory,
    TestimonialFactory,
)
from tests.factories import DuplicatePairFactory, StructureFactory, TerritoryFactory, TerritoryRemarkFactory


def structure(department, **values) -> Structure:
    """A structure of a commune of the department."""
    return StructureFactory(commune=TerritoryFactory(inside=[department]), **values)


def pair(department, **values) -> DuplicatePair:
    """Two structures of the department that may be one."""
    return DuplicatePairFactory(first=structure(department, **values))


def aid(department, **values) -> Aid:
    """An aid that only this department gives."""
    place = Condition("territoire", frozenset({f"{department.kind}:{department.code}"}))
    made = AidFactory(rule=AidRule(code="", name="", cases=(CaseRule("cas"),), common=(place,)), **values)
    made.sources.create(title="Délibération")
    made.cases.update(label="Pour tous")
    return made


def content(factory) -> Callable:
    """A maker of editorial rows of the department; `name` is their title."""

    def make(department, name="", **values):
        titled = {"label" if factory is KeyFigureFactory else "title": name} if name else {}
        return factory(territory=department, **titled, **values)

    return make


# A model registered with a `perimeter_path` has its line here; the draft that it makes is in the department.
PLACED: dict[type, Callable] = {
    Aid: aid,
    AidCase: lambda department, **values: aid(department, **values).cases.get(),
    AidIncompatibility: lambda department, **values: AidIncompatibility.objects.create(
        first=aid(department, **values), second=aid(department, **values)
    ),
    DuplicatePair: pair,
    ContactBody: lambda department, **values: ContactBodyFactory(territories=[department], **values),
    Event: content(EventFactory),
    KeyFigure: content(KeyFigureFactory),
    NewsItem: content(NewsItemFactory),
    Page: content(PageFactory),
    Structure: structure,
    Testimonial: content(TestimonialFactory),
    TerritoryRemark: lambda department, **values: TerritoryRemarkFactory(territory=department),
}

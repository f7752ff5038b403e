"""Rows of each model that has a perimeter, placed in a department: what the tests of the perimeters open."""

from collections.abc import Callable

from aids.models import Aid, AidCase, AidIncompatibility
from aids.rules import AidRule, CaseRule, Condition
from structures.models import DuplicatePair, Structure
from tests.aids.factories import AidFactory
from tests.factories import DuplicatePairFactory, StructureFactory, TerritoryFactory


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


# A model registered with a `perimeter_path` has its line here; the draft that it makes is in the department.
PLACED: dict[type, Callable] = {
    Aid: aid,
    AidCase: lambda department, **values: aid(department, **values).cases.get(),
    AidIncompatibility: lambda department, **values: AidIncompatibility.objects.create(
        first=aid(department, **values), second=aid(department, **values)
    ),
    DuplicatePair: pair,
    Structure: structure,
}

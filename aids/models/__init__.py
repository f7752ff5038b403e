"""Tables of the aids: the sheet itself, the rules that the engine reads, what the page adds, golden cases."""

from aids.models.aid import Aid, AidIncompatibility, AidNeed, Funder
from aids.models.golden import GoldenCase
from aids.models.rules import AidAmount, AidCase, AidCondition, AidConditionValue
from aids.models.sheet import AidChange, AidContact, AidSource, AidStep

__all__ = [
    "Aid",
    "AidAmount",
    "AidCase",
    "AidChange",
    "AidCondition",
    "AidConditionValue",
    "AidContact",
    "AidIncompatibility",
    "AidNeed",
    "AidSource",
    "AidStep",
    "Funder",
    "GoldenCase",
]

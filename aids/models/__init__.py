"""Tables of the aids: the sheet itself, the rules that the engine reads, what the page adds, golden cases."""

from aids.models.aid import Aid, AidChange, AidContact, AidIncompatibility, AidNeed, AidSource, AidStep, Funder
from aids.models.rules import AidAmount, AidCase, AidCondition, AidConditionValue, GoldenCase

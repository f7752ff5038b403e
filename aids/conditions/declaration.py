"""What must be said of a kind of condition, whatever its family. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, IntEnum
from typing import Any, ClassVar

from django.utils.text import capfirst

from aids.rules import Condition, Situation
from aids.vocabulary import Terms
from guide.core.french import joined

NOTHING: frozenset[str] = frozenset()
NO_TERMS = Terms(())


class Outcome(IntEnum):
    """Of a condition, from worst to best."""

    UNMET = 0
    UNKNOWN = 1
    MET = 2


class Turn(Enum):
    """When the simulator asks: who and how, then (after the place and the day) the rest, then what would settle."""

    WHO = 1
    THEN = 2
    MORE = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Declaration(ABC):
    """One kind of condition. The family says how it is read and worded; an instance says the rest.

    `code` stands in addresses and in the exchange file, `name` in the administration. `field`: the answer of the
    Situation that it reads. `question`, `hint` and `turn`: how the simulator asks for it; without a question,
    another one settles it. `golden`: its key in a golden case. `missing`: how a verdict to be checked names the
    answer that lacks; the name if empty. `of_person`: another answer would be another person, so no page offers to
    change it.

    `needed` and `one_of`: keys of the exchange file that such a condition must have, and those of which one at
    least is needed. `control`: how its question is asked. `several`: it takes several answers at once.
    """

    code: str
    name: str
    field: str
    question: str = ""
    hint: str = ""
    turn: Turn = Turn.MORE
    golden: str = ""
    missing: str = ""
    of_person: bool = False
    needed: ClassVar[frozenset[str]] = NOTHING
    one_of: ClassVar[frozenset[str]] = NOTHING
    control: ClassVar[str] = ""
    several: ClassVar[bool] = False

    # --- the engine

    @abstractmethod
    def read(self, condition: Condition, situation: Situation, on_date: date) -> Outcome:
        """Whether the situation meets the condition, fails it, or does not say; marks are not looked at."""

    def changed(
        self, condition: Condition, situation: Situation, on_date: date, *, wanted: bool
    ) -> Iterator[Situation]:
        """Situations whose answer alone differs, and that meet the condition (`wanted`) or fail it."""
        for given in self.other_answers(condition, on_date, wanted=wanted):
            yield replace(situation, **{self.field: given})

    def other_answers(self, condition: Condition, on_date: date, *, wanted: bool) -> list[Any]:
        """The answers closest to the condition that meet it, or fail it; none where nobody can choose them."""
        return []

    # --- words

    @abstractmethod
    def requirement(self, condition: Condition) -> str:
        """What the condition asks, as an infinitive phrase: "être conventionné en secteur 1"."""

    def phrase(self, condition: Condition) -> str:
        """The same in a few words, for editors: "en ZIP", "interne ou docteur junior"."""
        return self.requirement(condition)

    def said(self, condition: Condition, situation: Situation) -> str:
        """What the situation says about the condition; "" when it says nothing."""
        given = getattr(situation, self.field)
        return "" if given is None else self.words(given)

    def words(self, given: Any) -> str:
        return str(given)

    def chip(self, given: Any) -> str:
        """An answer in words that stand alone, without their question."""
        return self.words(given)

    def word(self, code: str) -> str:
        """The French name of one value; the code itself where it is the name."""
        return code

    # --- answers from outside

    def parse(self, given: Sequence[str]) -> Any:
        """The answer that a query string gives, its values already checked."""
        return self.load(given[0])

    def load(self, value: Any) -> Any:
        """The answer that a golden case gives, already checked."""
        return value

    # --- values, of the kinds that have some

    codes: ClassVar[Sequence[str]] = ()  # those that can be picked in a list, in the order of their vocabulary

    def accepts(self, code: str) -> bool:
        return code in self.codes

    def option(self, code: str) -> str:
        return capfirst(self.word(code))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the question offers, as (code, words); empty where the answer is typed."""
        return [(code, self.option(code)) for code in self.codes]


@dataclass(frozen=True, kw_only=True, eq=False)
class Valued(Declaration):
    """Kinds whose conditions have values, ORed. `terms`: their names, and which are broader.

    `lead` and `short_lead` stand before the values, in a reason and in the sentences that editors read. `groups`: one
    name for several values that stand together.
    """

    lead: str
    short_lead: str
    terms: Terms = NO_TERMS
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    needed = frozenset({"valeurs"})

    def requirement(self, condition: Condition) -> str:
        return f"{self.lead} {joined(condition.names or self._ordered(condition.values), 'ou')}"

    def phrase(self, condition: Condition) -> str:
        """Without the precision that stands in brackets."""
        names = condition.names or sorted(self.word(value).partition(" (")[0] for value in condition.values)
        return self.short_lead + joined(names, "ou")

    def word(self, code: str) -> str:
        return self.terms.words.get(code, code)

    def _ordered(self, values: Iterable[str]) -> list[str]:
        """Names in the order of the vocabulary, then of the codes; terms that have one name together by it, first."""
        order = {value: rank for rank, value in enumerate(self.terms.words)}
        whole = {name: codes for name, codes in self.groups.items() if codes <= set(values)}
        left = set(values).difference(*whole.values())
        return [*whole, *(self.word(value) for value in sorted(left, key=lambda value: (order.get(value, 0), value)))]

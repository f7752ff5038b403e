"""The answers of one person: one search, for the result, the map and the calendar."""

from collections.abc import Container, Iterable
from datetime import date

from django.utils import timezone

from aids.conditions.families import YES
from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import PracticePlace, Situation
from aids.simulator import checks
from aids.simulator.questions import PARAMETERS, STUDIES
from aids.vocabulary import Mode, Profile
from guide.core.query_string import QUESTIONS, Values, shown
from guide.core.search import Search
from guide.territories.search.communes import find_communes

WHERE = ("commune", "departement")


class Answers(Search):
    """What a person said.

    `messages` stop the result; `warnings` are shown with it. `candidates` are the (label, address) of the communes
    that a typed place may be.
    """

    parameters = PARAMETERS
    wording = QUESTIONS
    in_order_given = True
    typed = ""

    def __init__(self, path: str, values: Values | None = None, messages: Iterable[str] = ()):
        super().__init__(path, values, messages)
        self.warnings: list[str] = []
        self.candidates: list[tuple[str, str]] = []

    def settle(self) -> None:
        """Find the place that was typed; a commune already says its department."""
        self.typed = self.values.pop("lieu", [""])[0]
        if self.typed:
            self._find_place()
        self.warnings = checks.contradictions(self.values)
        if "commune" in self.values:
            self.values.pop("departement", None)

    def _find_place(self) -> None:
        """The typed place becomes a commune, or a message with the communes that it may be.

        Words left in the field with a chosen commune ("Déols (36063)") name that commune.
        """
        text = f"«\u00a0{shown(self.typed)}\u00a0»"
        places = find_communes(self.typed)
        if len(places) == 1:
            self.values["commune"] = [places[0].code]
        elif places:
            self.messages.append(f"Plusieurs communes répondent à {text}\u00a0: choisissez.")
            self.candidates = [(f"{p.name} ({p.code})", self.address(commune=p.code)) for p in places]
        else:
            self.messages.append(
                f"Aucune commune de la région ne répond à {text}. Essayez son code postal, ou le département."
            )

    @property
    def day(self) -> date:
        """The day of the project: today when it is not said."""
        return date.fromisoformat(self.one("date")) if "date" in self.values else timezone.localdate()

    @property
    def is_asked(self) -> bool:
        """Whether a result is asked for: at least one question was answered, and all is readable."""
        return bool(self.values) and self.is_valid

    def number(self, name: str) -> int | None:
        return int(self.one(name)) if self.one(name) else None

    def anywhere(self) -> "Answers":
        """The same answers for any place."""
        others = {name: values for name, values in self.values.items() if name not in WHERE}
        return Answers(self.path, others, self.messages)

    def pairs(self, without: Container[str] = ()) -> list[tuple[str, str]]:
        """(parameter, value) of each answer but those to some questions, for the hidden fields of a form."""
        return [(name, value) for name, given in self.values.items() if name not in without for value in given]


def situation(answers: Answers, place: PracticePlace | None) -> Situation:
    """The situation that the engine reads. A question without an answer stays unknown."""
    values = answers.values
    points = dict(point.rsplit(".", 1) for point in values.get("point", ()))
    given = {kind.declaration.field: kind.declaration.parse(values[kind]) for kind in Kind if kind in values}
    return Situation(
        **given | {"modes": _modes(answers), "installed_on": installed_on(answers)},
        place=place,
        checked={code: found == YES for code, found in points.items()},
        study_months_left=answers.number(STUDIES.name),
    )


def _modes(answers: Answers) -> frozenset[str] | None:
    """The modes given; else self-employed practice for whom settles in it for the first time; else unknown."""
    if Kind.MODE in answers.values:
        return frozenset(answers.values[Kind.MODE])
    return frozenset({Mode.SELF_EMPLOYED}) if answers.one(Kind.FIRST_INSTALLATION) == YES else None


def installed_on(answers: Answers) -> date | None:
    """The day of installation: the one given; else the day of the project, for whom the project is to settle.

    One who settled long ago, or within the year, must give it: the day of a project says nothing of it.
    """
    given = answers.one(Kind.INSTALLATION_DATE)
    if given:
        return date.fromisoformat(given)
    profiles = set(answers.values.get(Kind.PROFILE, ()))
    if profiles & checks.SETTLED:
        return None
    if Profile.NEWLY_SETTLED in profiles:
        return answers.day if answers.day != timezone.localdate() and "date" in answers.values else None
    return answers.day if profiles or "date" in answers.values else None

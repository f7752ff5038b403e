"""The answers of one person: the query string read once, for the result, the map and the calendar."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from aids.simulator import checks, parameters
from aids.simulator.checks import NUMBER_NAMES
from aids.situations import Place, Situation
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import Mode, Profile
from guide.core.query_string import Values, shown
from guide.territories.search.communes import find_communes


@dataclass(slots=True)
class Answers:
    """What a person said. `values` holds what is right, in canonical form; `day` is the day of the project.

    `errors` stop the result; `warnings` are shown with it. `candidates` are the (label, address) of the communes
    that a typed place may be.
    """

    path: str
    values: Values
    day: date
    errors: list[str]
    warnings: list[str] = field(default_factory=list)
    typed: str = ""
    candidates: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        """Whether a result is asked for: at least one question was answered, and all is readable."""
        return bool(self.values) and not self.errors

    def one(self, name: str) -> str:
        """The answer to a question that takes only one, "" without any."""
        return self.values.get(name, [""])[0]

    def number(self, name: str) -> int | None:
        """The answer to a question in figures."""
        return int(self.one(name)) if self.one(name) else None

    def address(self, path: str = "", *, without: tuple[str, str] | None = None, **changes: str) -> str:
        """Canonical address of the same answers on `path`; `without` takes one (question, answer) off.

        `changes` replace answers; "" drops one.
        """
        values = {name: list(kept) for name, kept in self.values.items()}
        if without:
            values[without[0]] = [value for value in values[without[0]] if value != without[1]]
        values |= {name: [value] if value else [] for name, value in changes.items()}
        return parameters.address(path or self.path, {name: kept for name, kept in values.items() if kept})


def read(request: HttpRequest) -> Answers:
    """Read the answers of a request; never raises. One query when a place was typed, none otherwise."""
    today = timezone.localdate()
    values, errors = parameters.parse(request)
    errors = errors + checks.wrong(values, today)
    typed = values.pop("lieu", [""])[0]
    day = date.fromisoformat(values["date"][0]) if "date" in values else today
    answers = Answers(request.path, values, day, errors, typed=typed)
    if typed:
        _find_place(answers)
    answers.warnings += checks.contradictions(answers.values)
    if "commune" in answers.values:
        answers.values.pop("departement", None)
    return answers


def _find_place(answers: Answers) -> None:
    """The typed place becomes a commune, or a message with the communes that it may be.

    Words left in the field with a chosen commune ("Déols (36063)") name that commune.
    """
    text = answers.typed
    places = find_communes(text)
    if len(places) == 1:
        answers.values["commune"] = [places[0].code]
    elif places:
        answers.errors.append(f"Plusieurs communes répondent à «\u00a0{shown(text)}\u00a0»\u00a0: choisissez.")
        answers.candidates = [(f"{p.name} ({p.code})", answers.address(commune=p.code)) for p in places]
    else:
        answers.errors.append(
            f"Aucune commune de la région ne répond à «\u00a0{shown(text)}\u00a0». "
            "Essayez son code postal, ou le département."
        )


def situation(answers: Answers, place: Place | None) -> Situation:
    """The situation that the engine reads. A question without an answer stays unknown."""
    one, flags = answers.one, {"oui": True, "non": False}
    values = answers.values
    points = dict(point.rsplit(".", 1) for point in values.get("point", ()))
    numbers = {name: answers.number(name) for name in NUMBER_NAMES}
    return Situation(
        profiles=frozenset(values[Kind.PROFILE]) if Kind.PROFILE in values else None,
        specialty=one(Kind.SPECIALTY) or None,
        modes=_modes(answers),
        sector=one(Kind.SECTOR) or None,
        place=place,
        structures=frozenset(values[Kind.STRUCTURE]) if Kind.STRUCTURE in values else None,
        first_installation=flags.get(one(Kind.FIRST_INSTALLATION)),
        installed_on=installed_on(answers),
        half_days=numbers[Kind.HALF_DAYS],
        coordinated=flags.get(one(Kind.COORDINATED)),
        duty=flags.get(one(Kind.DUTY)),
        employees=numbers[Kind.EMPLOYEES],
        tax_regime=one(Kind.TAX_REGIME) or None,
        same_category=flags.get(one(Kind.SAME_CATEGORY)),
        age=numbers[Kind.AGE],
        checked={code: flags[found] for code, found in points.items()},
        study_months_left=numbers["etudes"],
    )


def _modes(answers: Answers) -> frozenset[str] | None:
    """The modes given; else self-employed practice for whom settles in it for the first time; else unknown."""
    if Kind.MODE in answers.values:
        return frozenset(answers.values[Kind.MODE])
    return frozenset({Mode.SELF_EMPLOYED}) if answers.one(Kind.FIRST_INSTALLATION) == "oui" else None


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


def without_place(answers: Answers) -> Answers:
    """The same answers for any place."""
    kept = {name: values for name, values in answers.values.items() if name not in ("commune", "departement")}
    return replace(answers, values=kept)

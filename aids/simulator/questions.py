"""The questions of the simulator: which ones the open aids read, and how each is asked."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.text import capfirst

from aids.rules import AidRule
from aids.specialties import SHORT_CUTS, Specialty
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import Mode, Profile, Sector, TaxRegime, TimeState
from structures.enums import KINDS_BY_GROUP, SHORT_LABELS

Choices = Sequence[tuple[str, str]]
YES_NO: Choices = (("oui", "Oui"), ("non", "Non"))


class Question(NamedTuple):
    """One question: its parameter, its words, its control (select, flag, number, date or place), its choices.

    Without an answer each one is simply not known; `low` and `high` bound a number.
    """

    name: str
    label: str
    control: str
    hint: str = ""
    choices: Choices = ()
    low: int = 0
    high: int = 0
    unit: str = ""


def _labels(choices) -> Choices:
    return [(choice.value, capfirst(choice.label)) for choice in choices]


STRUCTURES: Choices = [(kind.value, SHORT_LABELS[kind]) for kinds in KINDS_BY_GROUP.values() for kind in kinds]
SPECIALTIES: Choices = _labels([*SHORT_CUTS, *sorted(set(Specialty) - set(SHORT_CUTS), key=lambda s: s.label)])
MAIN = (
    Question(Kind.PROFILE, "Qui êtes-vous\u00a0?", "select", choices=_labels(Profile)),
    Question(Kind.SPECIALTY, "Quelle spécialité\u00a0?", "select", choices=SPECIALTIES),
    Question(Kind.MODE, "Comment voulez-vous exercer\u00a0?", "select", choices=_labels(Mode)),
    Question(
        Kind.SECTOR,
        "Dans quel secteur conventionnel\u00a0?",
        "select",
        hint="Le secteur fixe vos tarifs\u00a0; l'OPTAM est une option du secteur 2.",
        choices=_labels(Sector),
    ),
    Question(
        "lieu",
        "Où\u00a0?",
        "place",
        hint="Une commune ou un code postal\u00a0; à défaut, choisissez seulement le département.",
    ),
    Question(
        "date",
        "À partir de quand\u00a0?",
        "date",
        hint="La réponse vaut pour ce jour-là, avec les zonages et les aides alors en vigueur.",
    ),
    Question(Kind.FIRST_INSTALLATION, "Est-ce votre première installation en libéral\u00a0?", "flag", choices=YES_NO),
    Question(
        Kind.SAME_CATEGORY,
        "Avez-vous déjà reçu une aide du même type depuis moins de dix ans\u00a0?",
        "flag",
        hint="Une aide à l'installation déjà perçue fait attendre dix ans avant une autre.",
        choices=YES_NO,
    ),
)
MORE = (
    Question(
        Kind.INSTALLATION_DATE,
        "À quelle date vous installez-vous, ou vous êtes-vous installé\u00a0?",
        "date",
    ),
    Question(Kind.HALF_DAYS, "Combien de demi-journées par semaine\u00a0?", "number", high=14, unit="demi-journées"),
    Question(Kind.COORDINATED, "Exercerez-vous de façon coordonnée (MSP, ESP, CPTS)\u00a0?", "flag", choices=YES_NO),
    Question(Kind.DUTY, "Participerez-vous à la permanence des soins (gardes)\u00a0?", "flag", choices=YES_NO),
    Question(Kind.EMPLOYEES, "Combien de salariés emploierez-vous\u00a0?", "number", high=500, unit="salariés"),
    Question(Kind.TAX_REGIME, "Sous quel régime fiscal\u00a0?", "select", choices=_labels(TaxRegime)),
    Question(Kind.AGE, "Quel est votre âge\u00a0?", "number", low=18, high=99, unit="ans"),
    Question(Kind.STRUCTURE, "Dans quel type de structure\u00a0?", "select", choices=STRUCTURES),
)
STUDIES = Question("etudes", "Combien de mois d'études vous reste-t-il\u00a0?", "number", high=96, unit="mois")
LEAVING = Question("depart", "Et si je pars après…", "number", high=96, unit="mois")
BY_NAME = {question.name: question for question in (*MAIN, *MORE, STUDIES, LEAVING)}
_READ_BY = {
    "lieu": {Kind.ZONING, Kind.TERRITORY},
    Kind.INSTALLATION_DATE: {Kind.INSTALLATION_DATE, Kind.INSTALLATION_AGE},
}
ALWAYS = frozenset({"date"})  # the day decides which aids and zonings hold, whatever the conditions


def kinds_of(question: Question) -> set[str]:
    """The kinds of conditions that an answer to `question` settles."""
    return {str(kind) for kind in _READ_BY.get(question.name, {question.name})}


def asked(rules: Iterable[AidRule], day: date) -> list[Question]:
    """The main questions that at least one aid not closed on `day` reads: at most eight, in their order."""
    read = {c.kind.value for aid in rules if aid.state_on(day) != TimeState.CLOSED for c in aid.conditions()}
    return [question for question in MAIN if question.name in ALWAYS or kinds_of(question) & read]

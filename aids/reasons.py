"""What the engine found, in French: what each condition asks, and why it is met, unmet or unknown."""

from collections.abc import Iterable
from datetime import date

from aids.eligibility import CaseVerdict, Outcome, Result, State, Verdict
from aids.rules import Condition
from aids.situations import Situation
from aids.specialties import Specialty
from aids.vocabulary import CHOICES_OF, NUMBERS, YES_NO, Mark, TimeState
from aids.vocabulary import ConditionKind as Kind
from guide.core.french import NBSP, long_date
from guide.territories.enums import Scheme
from structures.enums import SHORT_LABELS

QUESTIONS: dict[str, str] = {
    Kind.PROFILE: "Quel est votre profil\u00a0?",
    Kind.SPECIALTY: "Quelle est votre spécialité\u00a0?",
    Kind.MODE: "Comment voulez-vous exercer\u00a0?",
    Kind.SECTOR: "Dans quel secteur conventionnel\u00a0?",
    Kind.ZONING: "Comment la commune est-elle classée\u00a0?",
    Kind.TERRITORY: "Dans quelle commune\u00a0?",
    Kind.STRUCTURE: "Dans quel type de structure\u00a0?",
    Kind.FIRST_INSTALLATION: "Est-ce votre première installation en libéral\u00a0?",
    Kind.INSTALLATION_AGE: "À quelle date vous installez-vous (ou vous êtes-vous installé)\u00a0?",
    Kind.INSTALLATION_DATE: "À quelle date vous installez-vous (ou vous êtes-vous installé)\u00a0?",
    Kind.HALF_DAYS: "Combien de demi-journées par semaine\u00a0?",
    Kind.COORDINATED: "En exercice coordonné\u00a0?",
    Kind.DUTY: "Participez-vous à la permanence des soins\u00a0?",
    Kind.EMPLOYEES: "Combien de salariés employez-vous\u00a0?",
    Kind.TAX_REGIME: "Sous quel régime fiscal\u00a0?",
    Kind.SAME_CATEGORY: "Avez-vous reçu une aide de même catégorie depuis moins de dix ans\u00a0?",
    Kind.AGE: "Quel est votre âge\u00a0?",
    Kind.FREE: "Un point à vérifier avec un conseiller",
}
_YES: dict[str, tuple[str, str]] = {
    Kind.FIRST_INSTALLATION: ("vous installer pour la première fois en libéral", "avoir déjà exercé en libéral"),
    Kind.COORDINATED: ("exercer de façon coordonnée", "ne pas exercer de façon coordonnée"),
    Kind.DUTY: ("participer à la permanence des soins", "ne pas participer à la permanence des soins"),
    Kind.SAME_CATEGORY: (
        "avoir reçu une aide de même catégorie depuis moins de dix ans",
        "ne pas avoir reçu d'aide de même catégorie depuis moins de dix ans",
    ),
}
_NUMBER_WORDS: dict[str, tuple[str, str]] = {
    Kind.INSTALLATION_AGE: ("être installé depuis", "mois"),
    Kind.HALF_DAYS: ("exercer", "demi-journées par semaine"),
    Kind.EMPLOYEES: ("employer", "salariés"),
    Kind.AGE: ("avoir", "ans"),
}
_LEADS: dict[str, str] = {
    Kind.PROFILE: "être",
    Kind.SPECIALTY: "avoir pour spécialité\u00a0:",
    Kind.MODE: "exercer en\u00a0:",
    Kind.SECTOR: "être conventionné en",
    Kind.TAX_REGIME: "être imposé au",
    Kind.STRUCTURE: "exercer dans\u00a0:",
    Kind.TERRITORY: "exercer dans\u00a0:",
}

_LABELS: dict[str, dict[str, str]] = {
    **{kind: dict(choices.choices) for kind, choices in CHOICES_OF.items()},
    Kind.SPECIALTY: dict(Specialty.choices),
    Kind.STRUCTURE: {kind.value: text for kind, text in SHORT_LABELS.items()},
    Kind.ZONING: {"HZ": "hors zonage", "ZR": "zone rouge"},
}


def either(words: Iterable[str]) -> str:
    """`a, b ou c`."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} ou {words[-1]}"


def label(kind: str, value: str) -> str:
    """The French name of one value of a condition or of an answer."""
    return _LABELS.get(kind, {}).get(value, value)


def requirement(condition: Condition) -> str:
    """What a condition asks, as an infinitive phrase: "être conventionné en secteur 1"."""
    if condition.kind == Kind.FREE:
        return condition.text
    if condition.kind in YES_NO:
        return _YES[condition.kind][0 if condition.expected else 1]
    if condition.kind in NUMBERS:
        lead, unit = _NUMBER_WORDS[condition.kind]
        return f"{lead} {_bounds(condition.minimum, condition.maximum)}{NBSP}{unit}"
    if condition.kind == Kind.INSTALLATION_DATE:
        return _installation_dates(condition)
    names = condition.names or _ordered_labels(condition.kind, condition.values)
    if condition.kind == Kind.ZONING:
        return f"exercer dans une commune classée {either(names)}"
    return f"{_LEADS[condition.kind]} {either(names)}"


def reason(result: Result, situation: Situation) -> str:
    """One condition of a case, explained: what is asked, and what was answered."""
    lead = {Outcome.MET: "Condition remplie :", Outcome.UNMET: "Il faut", Outcome.UNKNOWN: "À vérifier :"}
    return _sentence(lead[result.outcome], result, situation)


def exclusion_reason(result: Result, situation: Situation) -> str:
    """An exclusion, explained; the outcome "met" is the bad one."""
    lead = {
        Outcome.MET: "Exclu :",
        Outcome.UNMET: "Pas d'exclusion :",
        Outcome.UNKNOWN: "À vérifier, car cela exclut :",
    }
    return _sentence(lead[result.outcome], result, situation)


def _sentence(lead: str, result: Result, situation: Situation) -> str:
    said = answer(result.condition, situation) if result.outcome != Outcome.MET or lead == "Exclu :" else ""
    here = f"{NBSP}; ici{NBSP}: {said}" if said else ""
    return f"{lead.replace(' :', f'{NBSP}:')} {requirement(result.condition)}{_doubt(result.condition)}{here}."


def time_reason(verdict: Verdict, on_date: date) -> str:
    """Why the day of the project opens, delays or closes the aid; empty when it is simply open."""
    aid = verdict.aid
    if verdict.time_state == TimeState.CLOSED:
        since = f" après le {long_date(aid.closes_on)}" if aid.closes_on else ""
        return f"Aide close{since}{NBSP}: aucune nouvelle demande."
    if aid.opens_on and on_date < aid.opens_on:
        return f"Pas encore ouverte{NBSP}: elle ouvre le {long_date(aid.opens_on)}."
    if verdict.time_state == TimeState.ANNOUNCED:
        return f"Annoncée{NBSP}: texte d'application attendu, rien ne peut encore être demandé."
    if aid.mark == Mark.TO_CHECK:
        return "Existence ou règles à confirmer auprès du financeur."
    return ""


def explain(verdict: Verdict, situation: Situation, on_date: date) -> list[str]:
    """The reasons of a verdict, shortest useful list: why not, or what is missing, or what holds.

    A refusal gives the reasons of the case that comes closest (fewest unmet conditions).
    """
    lines = [time_reason(verdict, on_date)]
    # An exclusion that is itself to be checked never refuses for sure: met, it leaves the verdict to be checked.
    bad = {Outcome.MET} if verdict.state == State.NOT_ELIGIBLE else {Outcome.MET, Outcome.UNKNOWN}
    lines += [exclusion_reason(r, situation) for r in verdict.exclusions if r.outcome in bad]
    wanted = {State.NOT_ELIGIBLE: Outcome.UNMET, State.TO_CHECK: Outcome.UNKNOWN, State.ELIGIBLE: Outcome.MET}
    case = closest_case(verdict)
    if case:
        lines += [reason(r, situation) for r in case.results if r.outcome == wanted[verdict.state]]
    return [line for line in dict.fromkeys(lines) if line]


def closest_case(verdict: Verdict) -> CaseVerdict | None:
    """The case nearest to a grant: best state, then fewest unmet and unknown conditions; the first of equals."""
    return max(
        verdict.cases,
        key=lambda case: (
            case.state,
            -sum(r.outcome == Outcome.UNMET for r in case.results),
            -sum(r.outcome == Outcome.UNKNOWN for r in case.results),
        ),
        default=None,
    )


def answer(condition: Condition, situation: Situation) -> str:
    """What the situation says about a condition, in French; empty when it says nothing."""
    if condition.kind == Kind.ZONING:
        return _zoning_answer(condition, situation)
    if condition.kind == Kind.TERRITORY:
        return situation.place.name if situation.place else ""
    given = _ANSWERS.get(condition.kind, lambda s: None)(situation)
    if given is None:
        return ""
    if condition.kind in YES_NO:
        return "oui" if given else "non"
    if condition.kind in NUMBERS:
        return f"{given}{NBSP}{_NUMBER_WORDS[condition.kind][1]}"
    if isinstance(given, date):
        return f"installation le {long_date(given)}"
    values = given if isinstance(given, frozenset) else {given}
    return ", ".join(label(condition.kind, value) for value in sorted(values))


_ANSWERS = {
    Kind.PROFILE: lambda s: s.profiles,
    Kind.SPECIALTY: lambda s: s.specialty,
    Kind.MODE: lambda s: s.modes,
    Kind.SECTOR: lambda s: s.sector,
    Kind.STRUCTURE: lambda s: s.structures,
    Kind.FIRST_INSTALLATION: lambda s: s.first_installation,
    Kind.INSTALLATION_AGE: lambda s: s.installed_on,
    Kind.INSTALLATION_DATE: lambda s: s.installed_on,
    Kind.HALF_DAYS: lambda s: s.half_days,
    Kind.COORDINATED: lambda s: s.coordinated,
    Kind.DUTY: lambda s: s.duty,
    Kind.EMPLOYEES: lambda s: s.employees,
    Kind.TAX_REGIME: lambda s: s.tax_regime,
    Kind.SAME_CATEGORY: lambda s: s.same_category,
    Kind.AGE: lambda s: s.age,
}


def _zoning_answer(condition: Condition, situation: Situation) -> str:
    place = situation.place
    if place is None:
        return ""
    state = place.zonings.get(condition.scheme)
    if state is None:
        return f"{place.name}{NBSP}: {Scheme(condition.scheme).label} non renseigné"
    parts = [label(Kind.ZONING, level) for level in sorted(state.levels)]
    parts += [f"{label(Kind.ZONING, level)} sur une partie seulement" for level in sorted(state.partial)]
    if not state.complete:
        parts.append("le reste n'est pas renseigné")
    return f"{place.name}{NBSP}: {', '.join(parts) or 'non classée'}"


def _ordered_labels(kind: str, values: Iterable[str]) -> list[str]:
    """Labels in the order of the vocabulary, then of the codes."""
    order = {value: rank for rank, value in enumerate(_LABELS.get(kind, ()))}
    return [label(kind, value) for value in sorted(values, key=lambda v: (order.get(v, 0), v))]


def _bounds(minimum: int | None, maximum: int | None) -> str:
    if minimum is None:
        return f"au plus {maximum}"
    if maximum is None:
        return f"au moins {minimum}"
    return str(minimum) if minimum == maximum else f"de {minimum} à {maximum}"


def _installation_dates(condition: Condition) -> str:
    if condition.before is None:
        return f"vous installer à partir du {long_date(condition.after)}"
    if condition.after is None:
        return f"vous installer au plus tard le {long_date(condition.before)}"
    return f"vous installer entre le {long_date(condition.after)} et le {long_date(condition.before)}"


def _doubt(condition: Condition) -> str:
    """The mark of a condition that is not confirmed, in brackets."""
    return f" ({condition.mark.label})" if condition.mark != Mark.CONFIRMED else ""

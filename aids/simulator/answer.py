"""The answer on top of a result: what is sure and what may come, until when, for which duty, the first step; then the
few aids that are worth most, and all the others folded under what they ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from aids.amounts import NOTHING, euros, words
from aids.catalogue import Catalogue, Contact, Task
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict
from aids.simulator.money import is_bound, last_month
from aids.simulator.own_zoning import is_unknown
from aids.simulator.result import Simulation, verdict_row
from aids.sums import Offer, Plan, all_euros, best_plan, offers, weight
from aids.vocabulary import Mark, TimeState
from guide.core.french import NBSP, long_date, plural

MAX_BEST = 5
MIN_BEST = 3  # filled up with aids of no known sum, where fewer pay
MAX_STEPS = 4
GROUP_FROM = 3  # a funder with fewer aids to be checked is not a group of its own
ARS = "ars"  # code of the funder that classifies communes


def is_likely(verdict: Verdict) -> bool:
    """Whether something supports an aid to be checked: neither announced, nor itself to be confirmed."""
    return verdict.time_state == TimeState.OPEN and verdict.aid.mark != Mark.TO_CHECK


def scenario(simulation: Simulation) -> Plan:
    """The plan if all that is to be checked came true, in its best case. Aids that nothing supports are left out."""
    months = simulation.situation.study_months_left
    likely = [verdict for verdict in simulation.to_check if is_likely(verdict)]
    maybe = [offer for offer in offers(likely, months, State.TO_CHECK) if any(weight(offer)[:-1])]
    return best_plan(offers(simulation.granted, months) + maybe, simulation.catalogue.conflicts)


# --- the summary -------------------------------------------------------------------------------------------------


def summary(simulation: Simulation, possible: Plan) -> dict[str, Any]:
    """The lines of the summary that have something to say, for aids/_answer.html."""
    plan = simulation.plan
    sure = all_euros(total for total in plan.totals if total.mark == Mark.CONFIRMED)
    most = all_euros(possible.totals)
    shown = plan if sure != NOTHING else possible
    return {
        "sure": euros(sure) if sure != NOTHING else "",
        "possible": f"jusqu'à {euros(most._replace(low=most.high))}" if most.high > sure.high else "",
        "open_ended": [f"{offer.name}{NBSP}: {words(amount, amount.mark)}" for offer, amount in possible.open_ended],
        "until": _until(shown, simulation),
        "duty": _duty(shown),
    }


def _until(plan: Plan, simulation: Simulation) -> str:
    """The month of the last payment, and the first closing date of the aids of this plan."""
    parts = []
    last = last_month(plan.chosen, simulation.day)
    if last:
        parts.append(last)
    closing = [rule.closes_on for rule in _rules(plan, simulation.catalogue) if rule.closes_on]
    if closing:
        parts.append(f"demandez-les avant le {long_date(min(closing))}")
    return f"{NBSP}; ".join(parts)


def _rules(plan: Plan, catalogue: Catalogue) -> list:
    codes = {offer.code for offer in plan.chosen}
    return [rule for rule in catalogue.rules if rule.code in codes]


def _duty(plan: Plan) -> str:
    """What is owed for the largest sum that binds, and how many other duties there are."""
    bound = sorted(filter(is_bound, plan.chosen), key=lambda offer: (-_most(offer), offer.name))
    if not bound:
        return ""
    first, *others = bound
    text = first.commitment.text.rstrip(".") or f"{first.commitment.months}{NBSP}mois d'exercice"
    more = f" {plural(len(others), 'autre engagement', 'autres engagements')}, à lire aide par aide." if others else ""
    return f"{text}{first.commitment.mark.doubt} ({first.name}).{more}"


def _most(offer: Offer) -> int:
    """What an offer may bring at most, in cents."""
    _, _, sure, half, _ = weight(offer)
    return sure + half


# --- the best aids, and the others ------------------------------------------------------------------------------


class Fold(NamedTuple):
    """Aids folded under one title; `title` says how many they are."""

    anchor: str
    title: str
    rows: list[dict[str, Any]]


def best_and_rest(simulation: Simulation) -> tuple[list[Verdict], list[Verdict]]:
    """The few aids that are worth most, then those that are surest; and the others to which one may have right."""
    months = simulation.situation.study_months_left
    known = [*offers(simulation.granted, months), *offers(simulation.to_check, months, State.TO_CHECK)]
    worth = {offer.code: _most(offer) for offer in known}
    likely = [verdict for verdict in simulation.to_check if is_likely(verdict)]

    def rank(verdict: Verdict) -> tuple:
        return (
            -worth.get(verdict.aid.code, 0),
            -verdict.state,
            list(Mark).index(verdict.aid.mark),
            Kind.FREE in verdict.questions,
            len(verdict.questions),
            verdict.aid.name,
        )

    ranked = sorted([*simulation.granted, *likely], key=rank)
    unlikely = sorted((verdict for verdict in simulation.to_check if verdict not in likely), key=rank)
    paying = sum(bool(worth.get(verdict.aid.code)) for verdict in ranked)
    count = min(MAX_BEST, max(paying, MIN_BEST))
    return ranked[:count], [*ranked[count:], *unlikely]


def folds(simulation: Simulation, rest: Iterable[Verdict]) -> list[Fold]:
    """The aids that are not among the best: granted, to be checked with each funder, refused."""
    rows = [verdict_row(simulation, verdict) for verdict in rest]
    granted = [row for row in rows if row["is_granted"]]
    found = [Fold("granted", plural(len(granted), "autre aide acquise", "autres aides acquises"), granted)]
    found += _to_check([row for row in rows if not row["is_granted"]])
    refused = _refused(simulation)
    title = plural(len(refused), "aide ne vous concerne pas", "aides ne vous concernent pas")
    found.append(Fold("refused", title, refused))
    return [fold for fold in found if fold.rows]


def _to_check(rows: Sequence[dict[str, Any]]) -> list[Fold]:
    """`14 à vérifier : Agence régionale de santé (ARS)`, most first; funders of few aids together."""
    by_funder = defaultdict(list)
    for row in rows:
        by_funder[row["funder_code"], row["funder"]].append(row)
    large = {key: some for key, some in by_funder.items() if len(some) >= GROUP_FROM}
    few = [row for row in rows if (row["funder_code"], row["funder"]) not in large]
    found = [
        Fold(f"to-check-{code}", f"{len(some)} à vérifier{NBSP}: {name}", some)
        for (code, name), some in sorted(large.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    others = "auprès d'autres organismes" if large else "auprès de l'organisme qui verse l'aide"
    return [*found, Fold("to-check", f"{len(few)} à vérifier {others}", few)]


def _refused(simulation: Simulation) -> list[dict[str, Any]]:
    """Refusals, first those that another place or another answer would lift, then those with fewest reasons."""
    made = [verdict_row(simulation, verdict) for verdict in simulation.refused]
    return sorted(made, key=lambda row: (not row["near"], not row["changes"], len(row["reasons"]), row["name"]))


# --- next steps --------------------------------------------------------------------------------------------------


def steps(simulation: Simulation, best: Iterable[Verdict]) -> list[tuple[Task, bool]]:
    """The first step of the best aids, in their order; (task, is granted)."""
    today, sheets = timezone.localdate(), simulation.catalogue.sheets
    with_steps = [verdict for verdict in best if sheets[verdict.aid.code].steps][:MAX_STEPS]
    return [
        (sheets[verdict.aid.code].tasks(simulation.day, today)[0], verdict.state == State.ELIGIBLE)
        for verdict in with_steps
    ]


class ZoningCheck(NamedTuple):
    """The one step about the zoning of the commune: what to do, the official map, and the ARS.

    `is_asked`: nobody has said it yet; else the visitor did, and the ARS confirms it.
    """

    title: str
    text: str
    map: str
    contact: Contact | None
    is_asked: bool


def zoning_check(simulation: Simulation) -> ZoningCheck | None:
    """What to do about the zoning of the commune; None where the guide knows it, or where it settles nothing."""
    place = simulation.situation.place
    if place is None or not simulation.answers.one("commune"):
        return None
    contact = _ars(simulation.catalogue)
    if simulation.own_level:
        level = Kind.ZONING.declaration.word(simulation.own_level)
        title = f"Faites confirmer par l'ARS le classement de votre commune ({place.name})"
        text = f"Vous avez répondu «{NBSP}{level}{NBSP}», et ce calcul en dépend."
        return ZoningCheck(title, text, settings.ZONING_MAP_URL, contact, is_asked=False)
    asks = any(Kind.ZONING in verdict.questions for verdict in simulation.to_check)
    if not asks or not is_unknown(place):
        return None
    title = f"Vérifiez auprès de l'ARS le classement de votre commune ({place.name})"
    text = "Ce classement décide du montant de plusieurs aides, et ce guide ne le connaît pas."
    return ZoningCheck(title, text, settings.ZONING_MAP_URL, contact, is_asked=True)


def _ars(catalogue: Catalogue) -> Contact | None:
    """The agency itself, as the sheets of its own aids give it."""
    contacts = (one for sheet in catalogue.sheets.values() if sheet.funder_code == ARS for one in sheet.contacts)
    return next(contacts, None)

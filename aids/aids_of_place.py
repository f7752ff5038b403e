"""The aids of one place, for the pages of communes, EPCI, departments and structures: by zoning, then local ones."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from aids.addresses import page_of
from aids.amounts import Range, euros, short_amount
from aids.catalogue import Catalogue, current
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict, evaluate_all, outcome, sight
from aids.practice_places import place_of
from aids.prospects import may_be_had, prospects
from aids.rules import AidRule, PracticePlace, Situation
from aids.vocabulary import MARK_BADGES, Profile, TimeState
from guide.core.content_version import kept, version_of
from guide.territories.enums import Scheme, TerritoryKind
from guide.territories.models import Territory
from guide.territories.zonings import ORDER

# Who may come, as the page of a place sums up: profile, words, what is taken as answered.
PEOPLE = tuple(
    (profile.value, label, Situation(profiles=frozenset({profile.value}), **answers))
    for profile, label, answers in (
        (Profile.INTERN, "Interne en médecine générale", {"specialty": "medecine-generale"}),
        (
            Profile.GRADUATE,
            "Généraliste qui s'installe en libéral",
            {"specialty": "medecine-generale", "modes": frozenset({"liberal"}), "first_installation": True},
        ),
        (Profile.LOCUM, "Remplaçant thésé", {}),
    )
)


def aids_here(context, territory: Territory, structure_kind: str = "") -> dict[str, Any]:
    """Aids that apply in a place: `{% aids_here territory %}`.

    On the sheet of a structure: `{% aids_here commune kind %}`, without the aids that its kind rules out.
    """
    version = version_of(context.get("request"))
    name = f"aids-here:{territory.pk}:{structure_kind}"
    found = kept(version, name, lambda: found_in(territory, version, structure_kind))
    return dict(found)  # Django adds to the context of a tag


def found_in(territory: Territory, version: str, structure_kind: str = "") -> dict[str, Any]:
    """What `aids/_here.html` prints at a content version: nothing of a place that has left the region's list.

    Empty groups are left out.
    """
    if territory.missing_since:
        return {"name": "", "groups": [], "local": [], "sums": [], "catalogue": "", "simulator": ""}
    day, catalogue = timezone.localdate(), current(version)
    place = place_of(territory, day, sight(catalogue.rules))
    structures = frozenset({structure_kind}) if structure_kind else None
    person = Situation(place=place, structures=structures)
    open_rules = [rule for rule in catalogue.rules if rule.state_on(day) == TimeState.OPEN]
    verdicts = evaluate_all(open_rules, person, day)
    possible = [verdict for verdict in verdicts if verdict.state != State.NOT_ELIGIBLE]
    filters = {TerritoryKind.COMMUNE: "commune", TerritoryKind.DEPARTMENT: "departement"}
    query = f"?{filters[territory.kind]}={territory.code}" if territory.kind in filters else ""
    return {
        "name": territory.name,
        "groups": _groups(possible, person, day) if territory.kind == TerritoryKind.COMMUNE else [],
        "sums": _sums(catalogue, place, day, query),
        "local": [link(v) for v in possible if any(c.kind == Kind.TERRITORY for c in v.aid.conditions())],
        "catalogue": reverse("aids:list") + query,
        "simulator": reverse("aids:simulator") + query,
    }


def sums_here(context, territory: Territory) -> dict[str, Any]:
    """What a few people would get in a place: `{% sums_here territory %}`, from what `aids_here` reads anyway."""
    return aids_here(context, territory)


def _sums(catalogue: Catalogue, place: PracticePlace, day: date, query: str) -> list[dict[str, str]]:
    """The best sum of each of PEOPLE in a place: what is sure, and what an answer or a zoning may add."""
    found = []
    for profile, label, person in PEOPLE:
        [there] = prospects(catalogue.rules, catalogue.conflicts, person, [place], day, may_be_had)
        sure, best = there.sure, there.best
        texts = [f"{euros(sure)} sûrs"] if sure.high else []
        texts += [f"jusqu'à {euros(Range(best.high, best.high))} selon vos réponses"] if best.high > sure.high else []
        address = f"{reverse('aids:simulator')}{query or '?'}{'&' if query else ''}profil={profile}"
        found.append({"label": label, "text": ", ".join(texts) or "aucune somme à additionner", "href": address})
    return found


def _groups(verdicts: list[Verdict], person: Situation, day) -> list[dict[str, Any]]:
    """The aids that each zoning opens, and whether it is known of the place."""
    found = []
    for scheme in ORDER:
        state = person.place.zonings.get(scheme.value)
        links = [link(verdict) for verdict in verdicts if _reads(verdict.aid, scheme, person, day)]
        if links:
            is_known = state is not None and state.complete
            found.append({"title": scheme.heading, "is_known": is_known, "links": links})
    return found


def _reads(rule: AidRule, scheme: Scheme, person: Situation, day) -> bool:
    """Whether a condition of the aid asks for this zoning, and the place does not fail it."""
    asked = [c for c in rule.conditions() if c.kind == Kind.ZONING and c.scheme == scheme and c not in rule.exclusions]
    return any(outcome(condition, person, day) != Outcome.UNMET for condition in asked)


def link(verdict: Verdict) -> dict[str, Any]:
    """One aid as aids/_links.html prints it, with the amounts of the cases that are not refused."""
    aid = verdict.aid
    cases = [one.case for one in verdict.cases if one.state != State.NOT_ELIGIBLE]
    return {
        "href": page_of(aid.code),
        "name": aid.name,
        "amount": short_amount(cases),
        "badges": MARK_BADGES[aid.mark],
    }

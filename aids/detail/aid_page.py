"""Context of the page of one aid."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from aids.addresses import page_of
from aids.amounts import short_amount
from aids.badges import MARK_BADGES, TIME_BADGES
from aids.catalogue import Contact, contacts_of, steps_of
from aids.conditions.kinds import ConditionKind as Kind
from aids.detail import area, related, wording
from aids.loading import AID_FIELDS, rules_of
from aids.models import AidChange, AidSource
from aids.querysets import AidQuerySet
from aids.rules import AidRule
from aids.simulator.answers import Answers
from aids.simulator.verdict_rows import commitment
from aids.vocabulary import Mark, TimeState
from guide.core.french import long_date, partial_date
from structures.contact import ways

EXTRA = (
    "summary", "description", "audience", "legal_reference", "warnings", "dates_note", "funder__name", "funder__code",
    "verified_on", "generic",
)  # fmt: skip


def context(aids: AidQuerySet) -> dict[str, Any] | None:
    """Everything that aids/detail.html prints of the first of these aids; None when there is none."""
    values = aids.values(*AID_FIELDS, *EXTRA).first()
    if values is None:
        return None
    (rule,) = rules_of([values])
    pk, today = values["pk"], timezone.localdate()
    state = rule.state_on(today)
    where, drawing = area.of(rule)
    changes = AidChange.objects.filter(aid=pk).order_by("-on", "pk").values_list("on", "text")
    return {
        "breadcrumb": [("Aides", reverse("aids:list")), (rule.name, "")],
        "name": rule.name,
        "summary": values["summary"],
        "picto": rule.form,
        "amount": short_amount(rule.cases),
        "badges": [TIME_BADGES[state], *MARK_BADGES[rule.mark]],
        "notices": _notices(rule, state),
        "description": values["description"],
        "audience": values["audience"],
        "facts": _facts(values, rule),
        "warnings": values["warnings"],
        "common": wording.sentences(rule.common),
        "exclusions": wording.sentences(rule.exclusions),
        "cases": wording.cases(rule),
        "has_case_conditions": any(case.conditions for case in rule.cases),
        "commitment": commitment(rule),
        "leaving": wording.leaving(rule.exit),
        "related": related.find(pk, values["generic"]),
        "steps": [wording.step(one) for one in steps_of([pk])[pk]],
        "contacts": [_contact(one) for one in contacts_of([pk])[pk]],
        "sources": _sources(pk),
        "changes": [(long_date(day), text) for day, text in changes],
        "drawing": drawing,
        "where": where,
        "is_closed": state == TimeState.CLOSED,
        "simulator": _simulator_address(rule, today),
        "canonical": settings.SITE_URL + page_of(rule.code),
    }


def _contact(contact: Contact) -> dict:
    """Inputs of components/contact_card.html."""
    found = [way for way in ways(contact.phone, contact.email, contact.url) if way.text]
    note = "" if found else "Coordonnées non renseignées."
    return {"name": contact.name, "role": contact.role, "ways": found, "note": note}


def _notices(rule: AidRule, state: TimeState) -> list[str]:
    found = []
    if state == TimeState.CLOSED:
        since = f" depuis le {long_date(rule.closes_on)}" if rule.closes_on else ""
        found.append(f"Cette aide est close{since}\u00a0: aucune nouvelle demande n'est possible.")
    if state == TimeState.ANNOUNCED:
        found.append("Cette aide est annoncée\u00a0: rien ne peut encore être demandé.")
    if rule.mark == Mark.TO_CHECK:
        found.append(
            "Existence ou règles à confirmer\u00a0: appelez avant d'y compter. Elle n'entre dans aucun total."
        )
    if rule.mark == Mark.HALF:
        found.append("Lue dans la presse ou chez un tiers, pas dans un texte officiel\u00a0: à faire confirmer.")
    return found


def _facts(values: dict[str, Any], rule: AidRule) -> list[tuple[str, str, str]]:
    """(label, text, address)."""
    catalogue = reverse("aids:list")
    return [
        ("Versée par", values["funder__name"], f"{catalogue}?financeur={values['funder__code']}"),
        ("Forme", rule.form.label, f"{catalogue}?forme={rule.form.value}"),
        ("Dates", wording.dates(rule, values["dates_note"]) or "non renseignées", ""),
        ("Textes", values["legal_reference"] or "non renseignés", ""),
        ("Fiche", wording.checked(values["verified_on"]), ""),
    ]


def _sources(pk: int) -> list[dict[str, str]]:
    rows = AidSource.objects.filter(aid=pk).order_by("position", "pk")
    return [
        {
            "title": title,
            "url": url,
            "date": partial_date(dated),
            "mark": Mark(mark).label if mark != Mark.CONFIRMED else "",
        }
        for title, url, dated, mark in rows.values_list("title", "url", "dated", "mark")
    ]


def _simulator_address(rule: AidRule, today: date) -> str:
    """The simulator, with what the rule alone answers: the only profile, specialty, mode or department it accepts."""
    values = {"date": [today.isoformat()]}
    for condition in rule.common:
        if len(condition.values) == 1:
            (value,) = condition.values
            if condition.kind in (Kind.PROFILE, Kind.SPECIALTY, Kind.MODE):
                values[condition.kind.value] = [value]
            elif condition.kind == Kind.TERRITORY and value.startswith("department:"):
                values["departement"] = [value.partition(":")[2]]
    return Answers(reverse("aids:simulator"), values).address()

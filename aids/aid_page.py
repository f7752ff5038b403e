"""The page of one aid, with the aids that it leads to and the map of where it applies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids import sentences
from aids.addresses import page_of
from aids.amounts import short_amount
from aids.catalogue import AID_FIELDS, IS_INDEMNITY, Contact, contacts_of, rules_of, steps_of
from aids.conditions.kinds import ConditionKind as Kind
from aids.models import Aid, AidChange, AidIncompatibility, AidSource
from aids.querysets import AidQuerySet
from aids.rules import AidRule
from aids.simulator.answers import Answers
from aids.simulator.result import commitment
from aids.vocabulary import MARK_BADGES, TIME_BADGES, Mark, TimeState
from guide.core.french import UNKNOWN, long_date, partial_date
from guide.core.http import public
from guide.territories import maps
from guide.territories.enums import TerritoryKind
from guide.territories.maps import Drawing, Shape
from guide.territories.models import Territory
from guide.territories.positions import union
from structures.contact import ways

EXTRA = (
    "summary", "description", "audience", "legal_reference", "warnings", "dates_note", "funder__name", "funder__code",
    "verified_on", "generic",
)  # fmt: skip


@require_safe
@public
def aid_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one aid."""
    found = context(Aid.objects.live().filter(code=code))
    if found is None:
        raise Http404
    return render(request, "aids/detail.html", found)


def context(aids: AidQuerySet) -> dict[str, Any] | None:
    """Everything that aids/detail.html prints of the first of these aids; None when there is none."""
    values = aids.values(*AID_FIELDS, *EXTRA, is_indemnity=IS_INDEMNITY).first()
    if values is None:
        return None
    (rule,) = rules_of([values])
    pk, today = values["pk"], timezone.localdate()
    state = rule.state_on(today)
    where, drawing = _area(rule)
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
        "common": sentences.asked(rule.common, rule.mark),
        "exclusions": sentences.asked(rule.exclusions, rule.mark),
        "cases": sentences.cases(rule),
        "has_case_conditions": any(case.conditions for case in rule.cases),
        "commitment": commitment(rule),
        "has_duty": not (values["is_indemnity"] and commitment(rule) == UNKNOWN),
        "leaving": sentences.leaving(rule.exit),
        "related": _related(pk, values["generic"]),
        "steps": [sentences.step(one) for one in steps_of([pk])[pk]],
        "contacts": [_contact(one) for one in contacts_of([pk])[pk]],
        "sources": _sources(pk),
        "changes": [(long_date(day), text) for day, text in changes],
        "drawing": drawing,
        "where": where,
        "is_closed": state == TimeState.CLOSED,
        "simulator": _simulator_address(rule, today),
        "canonical": page_of(rule.code),
    }


def _contact(contact: Contact) -> dict:
    found = [way for way in ways(contact.phone, contact.email, contact.url) if way.text]
    note = "" if found else "Coordonnées non renseignées."
    return {"name": contact.name, "role": contact.role, "ways": found, "note": note}


def _notices(rule: AidRule, state: TimeState) -> list[str]:
    found = []
    if state == TimeState.CLOSED:
        since = f" depuis le {long_date(rule.closes_on)}" if rule.closes_on else ""
        found.append(f"Cette aide est fermée{since}\u00a0: aucune nouvelle demande n'est possible.")
    if state == TimeState.ANNOUNCED:
        found.append("Cette aide est annoncée\u00a0: rien ne peut encore être demandé.")
    if rule.mark == Mark.TO_CHECK:
        found.append(
            "L'existence ou les règles de cette aide sont à confirmer\u00a0: appelez avant d'y compter. "
            "Elle n'entre dans aucun total."
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
        ("Dates", sentences.dates(rule, values["dates_note"]) or "non renseignées", ""),
        ("Textes", values["legal_reference"] or "non renseignés", ""),
        ("Fiche", sentences.checked(values["verified_on"]), ""),
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


def _related(pk: int, generic: int | None) -> dict[str, list[dict[str, str]]]:
    """The live aids related to the aid of that key, by what they are to it: links with a word on why."""
    pairs = AidIncompatibility.objects.filter(Q(first=OuterRef("pk"), second=pk) | Q(first=pk, second=OuterRef("pk")))
    links = Aid.replaced_by.through.objects
    found = (
        Aid.objects.live()
        .annotate(
            conflict=Subquery(pairs.values("mark")[:1]),
            note=Subquery(pairs.values("note")[:1]),
            is_after=Exists(links.filter(from_aid=pk, to_aid=OuterRef("pk"))),
            is_before=Exists(links.filter(from_aid=OuterRef("pk"), to_aid=pk)),
        )
        .filter(Q(conflict__isnull=False) | Q(is_after=True) | Q(is_before=True) | Q(generic=pk) | Q(pk=generic))
        .order_by("name", "code")
    )
    rows = list(found.values("pk", "code", "name", "generic", "conflict", "note", "is_after", "is_before"))
    return {
        "conflicts": [_link(row, _note(row)) for row in rows if row["conflict"]],
        "replaced_by": [_link(row) for row in rows if row["is_after"]],
        "replaces": [_link(row) for row in rows if row["is_before"]],
        "generic": [_link(row) for row in rows if row["pk"] == generic],
        "variants": [_link(row) for row in rows if row["generic"] == pk],
    }


def _link(row: dict[str, Any], note: str = "") -> dict[str, str]:
    return {"name": row["name"], "href": page_of(row["code"]), "note": note}


def _note(row: dict[str, Any]) -> str:
    mark = Mark(row["conflict"])
    parts = [row["note"] or "", mark.label if mark != Mark.CONFIRMED else ""]
    return ", ".join(part for part in parts if part)


_FIELDS = ("kind", "code", "name", "bbox", "longitude", "latitude", "contour__path_coarse")


def _area(rule: AidRule) -> tuple[str, Drawing | None]:
    """In words, and the map; None when no contour is known."""
    named = frozenset().union(*(c.values for c in rule.conditions() if c.kind == Kind.TERRITORY))
    wanted = Q(kind__in=[TerritoryKind.DEPARTMENT, TerritoryKind.REGION])
    for name in named:
        kind, _, code = name.partition(":")
        wanted |= Q(kind=kind, code=code)
    rows = list(Territory.objects.live().filter(wanted).order_by("kind", "search_name").values_list(*_FIELDS))
    return _area_words(rule, named, rows), _draw(rule, named, rows)


def _area_words(rule: AidRule, named: frozenset[str], rows: Iterable[tuple]) -> str:
    places = ", ".join(row[2] for row in rows if f"{row[0]}:{row[1]}" in named)
    zoned = any(condition.kind == Kind.ZONING for condition in rule.conditions())
    where = places or "Partout en France"
    return f"{where}, selon le classement de la commune" if zoned else where


def _draw(rule: AidRule, named: frozenset[str], rows: list[tuple]) -> Drawing | None:
    """Departments of the region, those of the perimeter in colour; smaller places of the perimeter above them."""
    departments = [row for row in rows if row[0] == TerritoryKind.DEPARTMENT]
    everywhere = not named or any(row[0] == TerritoryKind.REGION and f"{row[0]}:{row[1]}" in named for row in rows)
    shapes = [
        Shape(path or "", name, current=everywhere or f"{kind}:{code}" in named)
        for kind, code, name, _, _, _, path in departments
    ]
    smaller = [row for row in rows if row[0] not in (TerritoryKind.DEPARTMENT, TerritoryKind.REGION)]
    shapes += [Shape(row[6] or "", row[2], current=True) for row in smaller]
    box = union(row[3] for row in departments if row[3])
    if box is None or not any(shape.path for shape in shapes):
        return None
    text = "En couleur, les territoires où l'aide peut être demandée."
    drawing = maps.draw("perimetre", f"Où\u00a0: {rule.name}", text, box, shapes)
    points = [("current", row[4], row[5]) for row in smaller if row[0] == TerritoryKind.COMMUNE and row[4] is not None]
    return maps.with_dots(drawing, points) if points else drawing

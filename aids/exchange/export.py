"""From the database to the file: what is imported again from it changes nothing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from aids.exchange import schema
from aids.exchange.checks import canonical
from aids.exchange.readers import Faults
from aids.exchange.schema import AID, AID_KEYS, FORMAT, dump
from aids.models import Aid, AidCase, AidCondition
from aids.querysets import AidQuerySet
from aids.vocabulary import ConditionRole

Document = dict[str, Any]


def export(aids: AidQuerySet, collection: str) -> Document:
    """The file of `aids`, in the order of their codes."""
    documents = documents_of(aids)
    funders = dict(aids.order_by("funder__code").values_list("funder__code", "funder__name"))
    return {"format": FORMAT, "collection": collection, "financeurs": funders, "aides": documents}


def documents_of(aids: AidQuerySet) -> list[Document]:
    """One canonical object per aid, keys in the order of the format."""
    rows = list(_whole(aids).order_by("code"))
    exported = {aid.pk for aid in rows}
    documents = [_canonical(_document(aid, exported)) for aid in rows]
    canonical(documents)
    return [{key: document[key] for key in AID_KEYS if key in document} for document in documents]


def _whole(aids: AidQuerySet) -> AidQuerySet:
    conditions = AidCondition.objects.order_by("position", "pk").prefetch_related("values")
    cases = AidCase.objects.order_by("position", "pk").prefetch_related(Prefetch("conditions", conditions), "amounts")
    shared = conditions.exclude(role=ConditionRole.CASE)
    return aids.select_related("funder", "generic").prefetch_related(
        "needs", "replaced_by", "sources", "contacts", "steps", "changes",
        "conflicts_before__second", "conflicts_after__first",
        Prefetch("conditions", shared), Prefetch("cases", cases),
    )  # fmt: skip


def faults_of(aid: Aid) -> Faults:
    """Why this aid, as it is in the database, could not be exported and imported again; empty when it can."""
    faults = Faults()
    AID(_document(_whole(Aid.objects.filter(pk=aid.pk)).get(), {aid.pk}), "", faults)
    return faults


def _canonical(document: Document) -> Document:
    """The object as reading it would leave it: without its defaults."""
    faults = Faults()
    read = AID(document, document["code"], faults)
    if faults:
        raise ValueError(f"aide inexportable : {faults[0]}")
    return read


def _document(aid: Aid, exported: set[int]) -> Document:
    return {
        "code": aid.code,
        "financeur": aid.funder.code,
        **dump(schema.AID_KEYS, aid),
        "besoins": [need.need for need in aid.needs.all()],
        "conditions": _conditions(c for c in aid.conditions.all() if c.role == ConditionRole.COMMON),
        "exclusions": _conditions(c for c in aid.conditions.all() if c.role == ConditionRole.EXCLUSION),
        "cas": [_case(case) for case in aid.cases.all()],
        "engagement": dump(schema.COMMITMENT_KEYS, aid),
        "depart": dump(schema.EXIT_KEYS, aid),
        "variante_de": aid.generic.code if aid.generic else None,
        "remplacee_par": [other.code for other in aid.replaced_by.all()],
        "incompatible_avec": _conflicts(aid, exported),
        "demarches": [_step(step) for step in aid.steps.all()],
        "contacts": [dump(schema.CONTACT_KEYS, contact) for contact in aid.contacts.all()],
        "sources": [dump(schema.SOURCE_KEYS, source) for source in aid.sources.all()],
        "changements": [dump(schema.CHANGE_KEYS, change) for change in aid.changes.all()],
    }


def _case(case: AidCase) -> Document:
    return {
        **dump(schema.CASE_KEYS, case),
        "conditions": _conditions(case.conditions.all()),
        "montants": [dump(schema.AMOUNT_KEYS, amount) for amount in case.amounts.all()],
    }


def _conditions(conditions: Iterable[AidCondition]) -> list[Document]:
    return [
        {**dump(schema.CONDITION_KEYS, row), "valeurs": sorted(value.value for value in row.values.all()) or None}
        for row in conditions
    ]


def _step(step) -> Document:
    yearly = f"{step.month:02}-{step.day:02}" if step.month else None
    return {**dump(schema.STEP_KEYS, step), "chaque_annee": yearly}


def _conflicts(aid: Aid, exported: set[int]) -> list[Document]:
    """Each pair once: `canonical` puts it on its first code; one with an aid left out stays here."""
    after = [(row.second, row) for row in aid.conflicts_before.all()]
    before = [(row.first, row) for row in aid.conflicts_after.all() if row.first_id not in exported]
    return [{"aide": other.code, **dump(schema.CONFLICT_KEYS, row)} for other, row in after + before]

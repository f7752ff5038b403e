"""Between the file and the rows: writes the keys of an aid that changed, and exports what imports again unchanged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch

from aids.actions import save_aid
from aids.exchange import schema
from aids.exchange.files import canonical
from aids.exchange.readers import Faults
from aids.exchange.schema import AID, AID_KEYS, FORMAT, dump, load
from aids.models import (
    Aid,
    AidAmount,
    AidCase,
    AidChange,
    AidCondition,
    AidConditionValue,
    AidContact,
    AidIncompatibility,
    AidNeed,
    AidSource,
    AidStep,
    Funder,
)
from aids.querysets import AidQuerySet
from aids.vocabulary import ConditionRole
from guide.territories.models import Territory

Document = dict[str, Any]
_LISTS = {
    "contacts": (AidContact, schema.CONTACT_KEYS),
    "sources": (AidSource, schema.SOURCE_KEYS),
}


def write_aid(aid: Aid, changes: Mapping[str, Any], funders: Mapping[str, Funder], places: Mapping[str, int]) -> None:
    """Write `changes` (keys of the format) on `aid`, saved or new; relations to other aids come after.

    `funders` by code, `places`: primary key of each territory by "kind:code".
    """
    _write_columns(aid, changes, funders)
    if "besoins" in changes:
        aid.needs.all().delete()
        AidNeed.objects.bulk_create(AidNeed(aid=aid, need=need) for need in changes["besoins"])
    for key, role in (("conditions", ConditionRole.COMMON), ("exclusions", ConditionRole.EXCLUSION)):
        if key in changes:
            aid.conditions.filter(role=role).delete()
            _write_conditions(aid, None, role, changes[key], places)
    if "cas" in changes:
        aid.cases.all().delete()
        for position, case in enumerate(changes["cas"]):
            _write_case(aid, position, case, places)
    _write_lists(aid, changes)


def write_relations(aid: Aid, changes: Mapping[str, Any], by_code: Mapping[str, Aid]) -> None:
    """Write the references of `aid` to other aids; every aid of `by_code` is saved."""
    if "variante_de" in changes:
        Aid.objects.filter(pk=aid.pk).update(generic=by_code.get(changes["variante_de"]))
    if "remplacee_par" in changes:
        aid.replaced_by.set([by_code[code] for code in changes["remplacee_par"]])
    if "incompatible_avec" in changes:
        owned = [row for row in _pairs(aid) if aid.code == min(row.first.code, row.second.code)]
        said = [by_code[conflict["aide"]].pk for conflict in changes["incompatible_avec"]]
        gone = [row.pk for row in owned] + [row.pk for row in _pairs(aid) if {row.first_id, row.second_id} & {*said}]
        AidIncompatibility.objects.filter(pk__in=gone).delete()
        AidIncompatibility.objects.bulk_create(
            _pair(aid, by_code[conflict["aide"]], conflict) for conflict in changes["incompatible_avec"]
        )


def place_keys(codes: Iterable[str]) -> dict[str, int]:
    """Primary keys of the territories among `codes` ("kind:code") that are loaded."""
    pairs = [code.split(":", 1) for code in codes]
    kinds, numbers = {kind for kind, _ in pairs}, {number for _, number in pairs}
    rows = Territory.objects.filter(kind__in=kinds, code__in=numbers).values_list("kind", "code", "pk")
    return {f"{kind}:{code}": pk for kind, code, pk in rows}


def write_values(condition: AidCondition, values: Iterable[str], places: Mapping[str, int]) -> None:
    """Give a saved condition these values, and no other."""
    condition.values.all().delete()
    AidConditionValue.objects.bulk_create(
        AidConditionValue(condition=condition, value=value, territory_id=places.get(value)) for value in values
    )


def _write_columns(aid: Aid, changes: Mapping[str, Any], funders: Mapping[str, Funder]) -> None:
    for name, key in schema.AID_KEYS.items():
        if key.column and name in changes:
            setattr(aid, key.column, key.loaded(changes[name]))
    for key, columns in (("engagement", schema.COMMITMENT_KEYS), ("depart", schema.EXIT_KEYS)):
        if key in changes:
            for name, value in load(columns, changes[key]).items():
                setattr(aid, name, value)
    if "financeur" in changes:
        aid.funder = funders[changes["financeur"]]
    save_aid(sheet=aid)


def _write_case(aid: Aid, position: int, case: Mapping[str, Any], places: Mapping[str, int]) -> None:
    row = AidCase.objects.create(aid=aid, position=position, **load(schema.CASE_KEYS, case))
    _write_conditions(aid, row, ConditionRole.CASE, case.get("conditions", []), places)
    AidAmount.objects.bulk_create(
        AidAmount(case=row, position=rank, **load(schema.AMOUNT_KEYS, amount))
        for rank, amount in enumerate(case.get("montants", []))
    )


def _write_conditions(aid: Aid, case: AidCase | None, role: str, conditions: list, places: Mapping[str, int]) -> None:
    rows = AidCondition.objects.bulk_create(
        AidCondition(aid=aid, case=case, role=role, position=rank, **load(schema.CONDITION_KEYS, condition))
        for rank, condition in enumerate(conditions)
    )
    AidConditionValue.objects.bulk_create(
        AidConditionValue(condition=row, value=value, territory_id=places.get(value))
        for row, condition in zip(rows, conditions, strict=True)
        for value in condition.get("valeurs", [])
    )


def _write_lists(aid: Aid, changes: Mapping[str, Any]) -> None:
    for key, (model, columns) in _LISTS.items():
        if key in changes:
            model.objects.filter(aid=aid).delete()
            model.objects.bulk_create(
                model(aid=aid, position=rank, **load(columns, item)) for rank, item in enumerate(changes[key])
            )
    if "changements" in changes:
        aid.changes.all().delete()
        AidChange.objects.bulk_create(
            AidChange(aid=aid, **load(schema.CHANGE_KEYS, c)) for c in changes["changements"]
        )
    if "demarches" in changes:
        aid.steps.all().delete()
        AidStep.objects.bulk_create(_step(aid, rank, step) for rank, step in enumerate(changes["demarches"]))


def _step(aid: Aid, position: int, step: Mapping[str, Any]) -> AidStep:
    month, day = map(int, step["chaque_annee"].split("-")) if "chaque_annee" in step else (None, None)
    return AidStep(aid=aid, position=position, month=month, day=day, **load(schema.STEP_KEYS, step))


def _pairs(aid: Aid):
    before = AidIncompatibility.objects.filter(first=aid) | AidIncompatibility.objects.filter(second=aid)
    return before.select_related("first", "second")


def _pair(aid: Aid, other: Aid, conflict: Mapping[str, Any]) -> AidIncompatibility:
    first, second = sorted((aid, other), key=lambda row: row.pk)
    return AidIncompatibility(first=first, second=second, **load(schema.CONFLICT_KEYS, conflict))


# --- from the rows to the file ------------------------------------------------------------------------------------


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
        "demarches": [_exported_step(step) for step in aid.steps.all()],
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


def _exported_step(step) -> Document:
    yearly = f"{step.month:02}-{step.day:02}" if step.month else None
    return {**dump(schema.STEP_KEYS, step), "chaque_annee": yearly}


def _conflicts(aid: Aid, exported: set[int]) -> list[Document]:
    """Each pair once: `canonical` puts it on its first code; one with an aid left out stays here."""
    after = [(row.second, row) for row in aid.conflicts_before.all()]
    before = [(row.first, row) for row in aid.conflicts_after.all() if row.first_id not in exported]
    return [{"aide": other.code, **dump(schema.CONFLICT_KEYS, row)} for other, row in after + before]

"""From the file to the database: writes the keys of an aid that changed, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any

from aids.actions import save_aid
from aids.exchange import schema
from aids.exchange.schema import load
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
from aids.vocabulary import ConditionRole
from guide.territories.models import Territory

Document = Mapping[str, Any]
_LISTS = {
    "contacts": (AidContact, schema.CONTACT_KEYS),
    "sources": (AidSource, schema.SOURCE_KEYS),
}


def write_aid(aid: Aid, changes: Document, funders: Mapping[str, Funder], places: Mapping[str, int]) -> None:
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


def write_relations(aid: Aid, changes: Document, by_code: Mapping[str, Aid]) -> None:
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


def _write_columns(aid: Aid, changes: Document, funders: Mapping[str, Funder]) -> None:
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


def _write_case(aid: Aid, position: int, case: Document, places: Mapping[str, int]) -> None:
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


def _write_lists(aid: Aid, changes: Document) -> None:
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


def _step(aid: Aid, position: int, step: Document) -> AidStep:
    month, day = map(int, step["chaque_annee"].split("-")) if "chaque_annee" in step else (None, None)
    return AidStep(aid=aid, position=position, month=month, day=day, **load(schema.STEP_KEYS, step))


def _pairs(aid: Aid):
    before = AidIncompatibility.objects.filter(first=aid) | AidIncompatibility.objects.filter(second=aid)
    return before.select_related("first", "second")


def _pair(aid: Aid, other: Aid, conflict: Document) -> AidIncompatibility:
    first, second = sorted((aid, other), key=lambda row: row.pk)
    return AidIncompatibility(first=first, second=second, **load(schema.CONFLICT_KEYS, conflict))

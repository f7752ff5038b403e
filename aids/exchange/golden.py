"""Golden cases as a file: who, where, when, the verdicts that the tests of a region expect; and their import."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import models

from aids.conditions.declaration import Declaration
from aids.conditions.families import Day, Number, Words
from aids.conditions.kinds import ConditionKind
from aids.exchange.files import parse, refuse
from aids.exchange.readers import (
    Faults,
    Key,
    Read,
    by_code,
    code_of,
    day,
    euros,
    flag,
    integer,
    listing,
    passing,
    record,
    slug,
    text,
)
from aids.models import GoldenCase
from aids.querysets import LEVEL_SCHEMES
from guide.core.imports.contract import RawRow, Record
from guide.core.imports.tables import RowRecord, RowsImporter
from guide.territories.enums import Scheme

_CODE = re.compile(r"[0-9A-Z]{2,5}")
Document = dict[str, Any]

_place_code = passing(
    lambda value: isinstance(value, str) and bool(_CODE.fullmatch(value)), "code officiel attendu : {!r}"
)  # of a commune or of a department


def _level(scheme: Scheme) -> Key:
    """A level of one zoning; "HZ": outside every level."""
    levels = [level for level, owner in LEVEL_SCHEMES.items() if owner == scheme and level != "HZ"]
    return Key(code_of(["HZ", *levels]), None)


def _answer(declaration: Declaration) -> Read:
    """How the answer that a kind of condition reads is checked."""
    match declaration:
        case Words(several=True):
            return listing(code_of(declaration.codes), least=1)
        case Words():
            return code_of(declaration.codes)
        case Number():
            return integer(declaration.low, declaration.most)
        case Day():
            return day
        case _:
            return flag


ANSWER_KEYS: dict[str, Key] = {
    "jour": Key(day),
    **{
        kind.declaration.golden: Key(_answer(kind.declaration), ... if kind == ConditionKind.PROFILE else None)
        for kind in ConditionKind
        if kind.declaration.golden
    },
    "commune": Key(_place_code, None),
    "departement": Key(_place_code, None),
    "zone": _level(Scheme.DOCTORS),
    "frr": _level(Scheme.FRR),
    "verifie": Key(by_code(flag), {}),
}


def _check_place(value: Document, path: str, faults: Faults) -> None:
    if "commune" in value and "departement" in value:
        faults.add(f"{path}.departement" if path else "departement", "une commune ou un département, pas les deux")


ANSWERS = record(ANSWER_KEYS, _check_place)
_codes = listing(slug())
GOLDEN = record(
    {
        "titre": Key(text(200)),
        **ANSWER_KEYS,
        "accordees": Key(_codes, []),
        "a_verifier": Key(_codes, []),
        "refusees": Key(_codes, []),
        "montants": Key(by_code(euros), {}),
        "raisons": Key(by_code(text(200)), {}),
    },
    _check_place,
)


class GoldenCasesImporter(RowsImporter):
    """Reads `golden.json`. Identity: the title. What is expected of a case is for tests, and is not kept."""

    key = "golden-cases"
    label = "Cas types"
    given_by = "fichier"

    def read(self) -> Iterator[RawRow]:
        """One row per case, once the whole file is known to be sound."""
        faults = Faults()
        cases = listing(GOLDEN, least=1)(parse(self.delivery.files["golden"]), "", faults)
        refuse(faults)
        for rank, case in enumerate(cases):
            yield RawRow(rank + 1, case)

    def convert(self, row: RawRow) -> list[Record]:
        title, answers = row.values["titre"], {key: row.values[key] for key in row.values if key in ANSWER_KEYS}
        return [RowRecord(row.line, title, {"answers": answers, "position": row.line}, GoldenCase, {"title": title})]

    def identify(self, row: RawRow) -> str:
        return row.values["titre"]

    def rows(self) -> models.QuerySet:
        return GoldenCase.objects.all()

    def key_of(self, row: GoldenCase) -> str:
        return row.title

    def held(self) -> dict[str, models.Model]:
        """Those that a file gave: the others are of the editors."""
        return {title: case for title, case in super().held().items() if case.provenance}

"""Golden cases as a file brings them, by the engine of imports."""

import json
from pathlib import Path

from django.conf import settings

from aids.exchange.golden import GoldenCasesImporter
from guide.core.enums import ImportOutcome
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import

DEMO = Path(settings.BASE_DIR) / "fixtures" / "centre-val-de-loire" / "aids"


def load(folder, cases, *, apply=True):
    path = folder / "golden.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return run_import(GoldenCasesImporter(Delivery({"golden": path})), apply=apply)


def test_an_import_is_refused_or_not_as_its_preview_was(db, tmp_path):
    """The floor is a share of the last delivery, not of what the import itself has just written."""
    cases = json.loads((DEMO / "golden.json").read_text(encoding="utf-8"))[:10]
    load(tmp_path, cases)
    renamed = [case | {"titre": f"{case['titre']} (bis)"} for case in cases[5:8]]
    previewed, _ = load(tmp_path, [*cases[:5], *renamed], apply=False)
    applied, report = load(tmp_path, [*cases[:5], *renamed])
    assert (previewed.outcome, applied.outcome) == (ImportOutcome.PREVIEWED, ImportOutcome.APPLIED)
    assert report.missing == sorted(case["titre"] for case in cases[5:])

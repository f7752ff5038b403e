"""JSON files as they arrive: read strictly, refused with every fault and its path."""

import json
from pathlib import Path
from typing import Any

from aids.exchange.readers import Faults
from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import open_text

MAX_FAULTS_TOLD = 20
MAX_BYTES = 5_000_000


def parse(path: Path) -> Any:
    """The content of a JSON file, plain or .gz; FileRefused when it is too large or is not sound JSON."""
    with open_text(path) as text:
        content = text.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileRefused(RefusalReason.TOO_LARGE, f"{path.name} : fichier de plus de 5 Mo.")
    try:
        found = json.loads(content, parse_constant=_not_a_number, object_pairs_hook=_unique_keys)
        _check_letters(found)
    except json.JSONDecodeError as error:
        raise FileRefused(
            RefusalReason.UNREADABLE,
            f"{path.name}, ligne {error.lineno}, colonne {error.colno} : JSON illisible ({error.msg}).",
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : JSON illisible ({error}).") from error
    return found


def _check_letters(found: Any) -> None:
    """Refuse what JSON can escape and no database can hold: the null character, half of a pair."""
    text = json.dumps(found, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("caractère qu'aucun texte ne peut contenir")


def _not_a_number(constant: str):
    raise ValueError(f"{constant} n'est pas un nombre")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"clé en double : {next(name for name in names if names.count(name) > 1)}")
    return found


def refuse(faults: Faults) -> None:
    """Refuse the file when there are faults, each told with its path."""
    if faults:
        told = "\n".join(str(fault) for fault in faults[:MAX_FAULTS_TOLD])
        more = f"\n… et {len(faults) - MAX_FAULTS_TOLD} autres" if len(faults) > MAX_FAULTS_TOLD else ""
        raise FileRefused(RefusalReason.UNREADABLE, f"{told}{more}")

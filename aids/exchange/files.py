"""JSON files as they arrive: read strictly, refused with every fault and its path; what only the whole file shows."""

import json
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from aids.exchange.readers import Faults
from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import open_text

Document = dict[str, Any]
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


# --- what only the whole file shows ---------------------------------------------------------------------------------


def check_file(document: Document, known_codes: set[str], faults: Faults) -> None:
    """Note the faults of a file whose objects are each well formed; `known_codes`: aids already in the database."""
    aids = document["aides"]
    codes = [aid["code"] for aid in aids]
    for rank, code in enumerate(codes):
        if code in codes[:rank]:
            faults.add(f"aides[{rank}].code", f"« {code} » est déjà le code de aides[{codes.index(code)}]")
        if aids[rank]["financeur"] not in document["financeurs"]:
            faults.add(f"aides[{rank}].financeur", f"« {aids[rank]['financeur']} » n'est pas dans « financeurs »")
    paths = _paths(aids)
    for targets in paths.values():
        for (_, target), path in targets.items():
            if target not in known_codes and target not in codes:
                faults.add(path, f"aucune aide n'a le code « {target} »")
    for name, targets in paths.items():
        _refuse_cycle(name, targets, faults)


def canonical(aids: Iterable[Document]) -> None:
    """Give what has no order one order, and write each incompatible pair once, on its first code in the alphabet."""
    by_code = {aid["code"]: aid for aid in aids}
    pairs: dict[str, list[Document]] = {code: [] for code in by_code}
    for aid in by_code.values():
        for name in ("besoins", "remplacee_par"):
            if name in aid:
                aid[name] = sorted(set(aid[name]))
        if "changements" in aid:
            aid["changements"].sort(key=lambda change: (change["date"], change["texte"]), reverse=True)
        for pair in aid.pop("incompatible_avec", []):
            first, second = sorted((aid["code"], pair["aide"]))
            owner, other = (first, second) if first in by_code else (second, first)
            pairs[owner].append({**pair, "aide": other})
    for code, found in pairs.items():
        if found:
            by_code[code]["incompatible_avec"] = sorted(found, key=lambda pair: pair["aide"])


def _paths(aids: list[Document]) -> dict[str, dict[tuple[str, str], str]]:
    """Every reference of an aid to another by kind: {(from, to): path}."""
    found: dict[str, dict[tuple[str, str], str]] = {"incompatible_avec": {}, "remplacee_par": {}, "variante_de": {}}
    for rank, aid in enumerate(aids):
        code, base = aid["code"], f"aides[{rank}]"
        for place, conflict in enumerate(aid.get("incompatible_avec", [])):
            found["incompatible_avec"][code, conflict["aide"]] = f"{base}.incompatible_avec[{place}].aide"
        for place, target in enumerate(aid.get("remplacee_par", [])):
            found["remplacee_par"][code, target] = f"{base}.remplacee_par[{place}]"
        if "variante_de" in aid:
            found["variante_de"][code, aid["variante_de"]] = f"{base}.variante_de"
    return found


def _refuse_cycle(name: str, targets: Mapping[tuple[str, str], str], faults: Faults) -> None:
    """A reference that leads back to where it starts. An incompatible pair is said once, on one of its two aids."""
    links = TopologicalSorter()
    for start, end in targets:
        links.add(end, start)
    try:
        links.prepare()
    except CycleError as error:
        cycle = error.args[1][1:]
        in_file = [start for start, _ in targets]
        first = cycle.index(min(cycle, key=in_file.index))
        told = [*cycle[first:], *cycle[:first], cycle[first]]
        faults.add(targets[told[-2], told[-1]], f"cycle de « {name} » : {' → '.join(told)}")


def territories(aids: list[Document]) -> dict[str, str]:
    """Every territory that a condition names, with the path where it is first named."""
    found: dict[str, str] = {}
    for rank, aid in enumerate(aids):
        groups = {f"aides[{rank}].{name}": aid.get(name, []) for name in ("conditions", "exclusions")}
        for place, case in enumerate(aid["cas"]):
            groups[f"aides[{rank}].cas[{place}].conditions"] = case.get("conditions", [])
        for path, conditions in groups.items():
            for place, condition in enumerate(conditions):
                if condition["type"] == "territoire":
                    for spot, code in enumerate(condition["valeurs"]):
                        found.setdefault(code, f"{path}[{place}].valeurs[{spot}]")
    return found

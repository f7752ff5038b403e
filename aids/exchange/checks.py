"""What only the whole file shows: two aids with one code, unknown references, cycles. Pure."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from aids.exchange.readers import Faults

Document = dict[str, Any]


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

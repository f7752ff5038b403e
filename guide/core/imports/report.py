"""The report of an import: counts, kept fields, rejects; printed, stored and shown in the admin."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Any

from guide.core.french import number
from guide.core.imports.contract import Changes, Kept, Notice, Reject
from guide.core.imports.differences import RowDifference

MAX_LISTED = 200
_SPACE = 1 << 256


@dataclass(slots=True)
class Report:
    """What one import did, or would do.

    `fingerprint` stands for every line of it, in any order: two runs with the same one do the same thing.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    missing: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    _sum: int = 0

    def add(self, changes: Changes) -> None:
        self.created += len(changes.create)
        self.updated += len(changes.update)
        self.unchanged += changes.unchanged
        self.kept.extend(changes.kept)
        self.notices.extend(changes.notices)
        self.samples.extend(str(one) for one in changes.differences[: MAX_LISTED - len(self.samples)])
        self._mark("difference", changes.differences)
        self._mark("kept", changes.kept)
        self.reject(changes.rejects)

    def reject(self, rejects: Iterable[Reject]) -> None:
        rejects = list(rejects)
        self.rejects.extend(rejects)
        self._mark("reject", rejects)

    def lose(self, identifiers: list[str]) -> None:
        self.missing = identifiers
        self._mark("missing", identifiers)

    @property
    def fingerprint(self) -> str:
        return f"{self.created}-{self.updated}-{len(self.missing)}-{self._sum:064x}"

    def _mark(self, what: str, lines: Iterable[RowDifference | Kept | Reject | str]) -> None:
        for line in lines:
            plain: Any = line if isinstance(line, str) else astuple(line)
            digest = hashlib.sha256(f"{what} {plain!r}".encode()).digest()
            self._sum = (self._sum + int.from_bytes(digest)) % _SPACE

    def counts(self) -> dict[str, int]:
        """The counts by name, as stored in `ImportRun.counts`."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": len(self.kept),
            "missing": len(self.missing),
            "rejected": len(self.rejects),
            "noticed": len(self.notices),
            "skipped": self.skipped,
        }

    def details(self) -> dict[str, list]:
        """The first lines of each list, as stored in `ImportRun.details`."""
        return {
            "kept": [[k.identifier, k.field, k.current, k.offered] for k in self.kept[:MAX_LISTED]],
            "missing": self.missing[:MAX_LISTED],
            "notices": [[n.line, n.identifier, n.message] for n in self.notices[:MAX_LISTED]],
            "changes": self.samples,
        }


LABELS = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "kept": "champs gardés (corrigés à la main)",
    "missing": "absentes de la livraison",
    "rejected": "rejetées",
    "noticed": "prises, avec une remarque",
    "skipped": "hors champ (ailleurs, autre type)",
}


def lines(report: Report, *, limit: int = 20) -> list[str]:
    """The report in French, line by line, for a terminal."""
    text = [f"  {LABELS[name]:<36} {number(count):>9}" for name, count in report.counts().items()]
    for kept in report.kept[:limit]:
        text.append(f"  gardé : {kept.identifier}, {kept.field} = {kept.current!r} (proposé : {kept.offered!r})")
    for reject in report.rejects[:limit]:
        text.append(f"  rejet, ligne {reject.line}, {reject.identifier} : {reject.message}")
    for notice in report.notices[:limit]:
        text.append(f"  remarque, ligne {notice.line}, {notice.identifier} : {notice.message}")
    hidden = sum(max(0, len(listed) - limit) for listed in (report.kept, report.rejects, report.notices))
    if hidden:
        text.append(f"  … et {number(hidden)} autres, gardés dans le rapport enregistré")
    return text

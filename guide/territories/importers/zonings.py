"""Importer of one edition of a zoning: CartoSanté, DGCL's FRR list, or the plain CSV."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import Changes, Delivery, FileRefused, Importer, RawRow, Record, RowRejected
from guide.core.imports.differences import Difference, updated
from guide.territories import cog
from guide.territories.enums import Scheme, TerritoryKind
from guide.territories.importers import zoning_formats
from guide.territories.models import Containment, Territory, Zoning, ZoningEdition

BATCH = 500
FIELDS = ("partial", "note", "source", "source_url", "source_date", "confidence", "missing_since")
LABELS = {
    Scheme.DOCTORS: "Zonage des médecins généralistes",
    Scheme.FRR: "France Ruralités Revitalisation (FRR)",
    Scheme.QPV: "Quartiers prioritaires de la politique de la ville",
    Scheme.RED_ZONE: "Zone rouge de la solidarité territoriale",
}
DEFAULT_SCHEMES = {zoning_formats.CARTOSANTE: Scheme.DOCTORS, zoning_formats.FRR: Scheme.FRR}


@dataclass(frozen=True, slots=True)
class EditionOptions:
    """What the file does not say of its edition. Both dates are included; `scope` is (kind, code).

    `exhaustive` None: what the format says. CartoSanté lists every commune and DGCL every classed one, so
    that a commune without a row is outside; a plain file promises nothing.
    """

    file_format: str
    valid_from: date
    scope: tuple[str, str]
    scheme: str = ""
    valid_to: date | None = None
    label: str = ""
    legal_reference: str = ""
    date_note: str = ""
    exhaustive: bool | None = None

    def scheme_of_format(self) -> str:
        """The scheme asked for, else that of the format; ValueError when neither says."""
        scheme = self.scheme or DEFAULT_SCHEMES.get(self.file_format)
        if scheme not in Scheme.values:
            raise ValueError("zonage inconnu : donnez --scheme")
        return scheme


class ZoningsImporter(Importer):
    """File of the delivery: "zonings". One run is one edition; a row may expand to all communes of a place."""

    key = "zonings"
    label = "Zonage"
    batch_size = None

    def __init__(self, delivery: Delivery, options: EditionOptions):
        super().__init__(delivery)
        self.options = options
        self.scheme = options.scheme_of_format()
        self.edition: ZoningEdition | None = None
        self.communes: dict[str, int] = {}
        self.inside: dict[tuple[str, str], set[str]] = {}
        self.whole_levels: dict[str, tuple[str, int]] = {}
        self.stored: dict[str, Zoning] = {}
        self.edition_changes = False
        self.edition_before: dict[str, object] = {}

    def read(self) -> Iterator[RawRow]:
        """Rows of the file, once the places and the edition are known."""
        if self.options.valid_to and self.options.valid_to < self.options.valid_from:
            raise FileRefused(RefusalReason.UNREADABLE, "La fin de validité précède le début.")
        scope = self._scope()
        self._load_places(scope)
        self.edition, self.edition_changes = self._edition(scope)
        if self.edition.pk:
            self.stored = {
                f"{row.territory.code}|{row.level}": row
                for row in Zoning.objects.filter(edition=self.edition).select_related("territory")
            }
        return zoning_formats.read(self.delivery.files["zonings"], self.options.file_format)

    def _scope(self) -> Territory:
        kind, code = self.options.scope
        scope = Territory.objects.filter(kind=kind, code=code).first()
        if scope is None:
            raise FileRefused(
                RefusalReason.WRONG_REGION, f"Périmètre {kind} {code} inconnu : importez d'abord les territoires."
            )
        return scope

    def _load_places(self, scope: Territory) -> None:
        """Communes of the scope by code, and for each larger place the codes of its communes in the scope.

        The whole closure is read and sifted here: just after the places are imported, PostgreSQL has no statistics
        of them yet, and would take minutes over a sub-query.
        """
        communes = Territory.objects.within(scope).filter(kind=TerritoryKind.COMMUNE, missing_since=None)
        self.communes = dict(communes.values_list("code", "pk"))
        codes = {pk: code for code, pk in self.communes.items()}
        for kind, code, inner in Containment.objects.values_list("outer__kind", "outer__code", "inner"):
            if inner in codes:
                self.inside.setdefault((kind, code), set()).add(codes[inner])

    def _edition(self, scope: Territory) -> tuple[ZoningEdition, bool]:
        """(the edition of this delivery, new or stored, whether it differs from what is stored)."""
        options, delivery = self.options, self.delivery
        exhaustive = options.exhaustive
        values = {
            "exhaustive": options.file_format != zoning_formats.PLAIN if exhaustive is None else exhaustive,
            "date_note": options.date_note,
            "legal_reference": options.legal_reference,
            "source": delivery.source,
            "source_url": delivery.source_url,
            "source_date": delivery.source_date,
            "licence": delivery.licence,
        }
        identity = {
            "scheme": self.scheme,
            "scope": scope,
            "valid_from": options.valid_from,
            "label": options.label or LABELS[self.scheme],
        }
        if end := min(filter(None, (options.valid_to, self._day_before_next(scope))), default=None):
            values["valid_to"] = end
        edition = ZoningEdition.objects.filter(**identity).first() or ZoningEdition(**identity)
        changed = edition.pk is None or any(getattr(edition, name) != value for name, value in values.items())
        self.edition_before = {
            name: getattr(edition, name) for name, value in values.items() if getattr(edition, name) != value
        }
        for name, value in values.items():
            setattr(edition, name, value)
        return edition, changed

    def _same_scope(self, scope: Territory):
        return ZoningEdition.objects.filter(scheme=self.scheme, scope=scope)

    def _day_before_next(self, scope: Territory) -> date | None:
        """An older list ends the day before the complete one that followed it, already imported."""
        later = self._same_scope(scope).filter(exhaustive=True, valid_from__gt=self.options.valid_from)
        following = later.order_by("valid_from").values_list("valid_from", flat=True).first()
        return following - timedelta(days=1) if following else None

    def identify(self, row: RawRow) -> str:
        """The official code."""
        return row.values.get("code", "")

    def convert(self, row: RawRow) -> Iterable[Record]:
        """One record for each commune that the row names or expands to."""
        zoning = zoning_formats.convert(row.values, self.options.file_format, self.scheme)
        if zoning is None:
            return []
        codes = self._expand(zoning)
        if not zoning.partial:
            self._claim(codes, zoning.level, row.line)
        part = f"|{zoning.note}" if zoning.partial else ""
        return [Record(row.line, f"{code}|{zoning.level}{part}", self._values(zoning)) for code in codes]

    def _expand(self, zoning: zoning_formats.ZoningRow) -> list[str]:
        place = (str(zoning.kind), zoning.code)
        inside = self.inside.get(place, set())
        if not inside:
            if self._is_elsewhere(*place):
                return []
            raise RowRejected(*self._unknown(*place))
        unknown = [code for code in zoning.excepted if code not in inside]
        if unknown:
            raise RowRejected(
                RejectReason.UNKNOWN_COMMUNE, f"{zoning.code} : commune exceptée inconnue ici ({', '.join(unknown)})"
            )
        return sorted(inside - set(zoning.excepted))

    def _is_elsewhere(self, kind: str, code: str) -> bool:
        """A national list names places of all regions: those of the others are out of scope, not errors."""
        region = cog.region_holding(kind, code)
        return bool(region) and (TerritoryKind.REGION, region) not in self.inside

    def _unknown(self, kind: str, code: str) -> tuple[RejectReason, str]:
        if kind == TerritoryKind.COMMUNE:
            return RejectReason.UNKNOWN_COMMUNE, f"commune {code} inconnue (fusionnée ?)"
        return RejectReason.UNKNOWN_TERRITORY, f"{TerritoryKind(kind).label} {code} inconnu"

    def _claim(self, codes: list[str], level: str, line: int) -> None:
        """A commune has one level on the whole of its area; a second one contradicts the first."""
        for code in codes:
            other, first = self.whole_levels.get(code, (level, line))
            if other != level:
                raise RowRejected(
                    RejectReason.DUPLICATE, f"commune {code} : {level}, alors que la ligne {first} dit {other}"
                )
        self.whole_levels.update((code, (level, line)) for code in codes)

    def _values(self, zoning: zoning_formats.ZoningRow) -> dict[str, object]:
        return {name: getattr(zoning, name) for name in FIELDS[:-1]} | {"missing_since": None}

    def compare(self, records: list[Record]) -> Changes:
        """Rows of the edition against those stored."""
        changes = Changes()
        for (code, level), values in _merged(records).items():
            row = self.stored.get(f"{code}|{level}")
            if row is None:
                row = Zoning(edition=self.edition, territory_id=self.communes[code], level=level, **values)
                changes.create.append(row)
                changes.differences.append(Difference(f"{code} {level}", created=True))
            elif after := {name: value for name, value in values.items() if getattr(row, name) != value}:
                before = {name: getattr(row, name) for name in after}
                changes.differences.append(updated(f"{code} {level}", before, after, model=Zoning))
                for name, value in values.items():
                    setattr(row, name, value)
                changes.update.append(row)
            else:
                changes.unchanged += 1
        if self.edition_changes and self.edition.pk:
            changes.update.append(self.edition)
            before, after = self.edition_before, {name: getattr(self.edition, name) for name in self.edition_before}
            changes.differences.append(updated(f"édition : {self.edition}", before, after, model=ZoningEdition))
        return changes

    def apply(self, changes: Changes) -> None:
        """Write the edition, its rows, and the end of the editions that it replaces."""
        if self.edition_changes:
            self.edition.save()
        Zoning.objects.bulk_create(changes.create, batch_size=BATCH)
        rows = [row for row in changes.update if isinstance(row, Zoning)]
        if rows:
            Zoning.objects.bulk_update(rows, FIELDS, batch_size=BATCH)

    def known(self) -> int:
        """Rows of this edition at its last delivery."""
        return sum(row.missing_since is None for row in self.stored.values())

    def missing(self, seen: set[str]) -> list[str]:
        """Rows that a corrected delivery of the same edition no longer has."""
        present = {_key(external_id) for external_id in seen}
        gone = (key for key, row in self.stored.items() if _key(key) not in present and row.missing_since is None)
        return sorted(gone)

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them: they are no longer in force."""
        pks = [self.stored[identifier].pk for identifier in identifiers]
        Zoning.objects.filter(pk__in=pks).update(missing_since=timezone.localdate())

    def finish(self) -> None:
        """A complete edition ends, the day before, the editions of the same zoning and scope that came before."""
        if not self.edition.exhaustive:
            return
        start = self.edition.valid_from
        before = self._same_scope(self.edition.scope).filter(valid_from__lt=start)
        before.filter(Q(valid_to=None) | Q(valid_to__gte=start)).update(valid_to=start - timedelta(days=1))


def _key(external_id: str) -> tuple[str, str]:
    code, level, *_ = external_id.split("|")
    return code, level


def _merged(records: list[Record]) -> dict[tuple[str, str], dict[str, object]]:
    """One row for each commune and level: several parts of a commune (QPV) become one, with all their names."""
    merged: dict[tuple[str, str], dict[str, object]] = {}
    for record in records:
        values = merged.setdefault(_key(record.external_id), dict(record.values))
        values["partial"] = values["partial"] and record.values["partial"]
        if values["note"] != record.values["note"]:
            values["note"] = ", ".join(filter(None, (values["note"], record.values["note"])))[:250]
    return merged

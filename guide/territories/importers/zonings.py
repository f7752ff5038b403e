"""Importer of one edition of a zoning: CartoSanté, DGCL's FRR list, or the plain CSV, which all give the same rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.cells import Read, one_of, text, unknown, yes_no
from guide.core.imports.contract import Changes, Delivery, FileRefused, RawRow, Record, RowRejected
from guide.core.imports.merge import replace
from guide.core.imports.tables import CONFIDENCE, SOURCE, SOURCE_URL, Column, RowRecord, RowsImporter, Table
from guide.territories import cog
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.importers.codes import COMMUNE_COLUMN, KINDS, unknown_place
from guide.territories.models import Containment, Territory, Zoning, ZoningEdition

FORMATS = CARTOSANTE, FRR, PLAIN = ("cartosante", "frr", "plain")
# CartoSanté, column Zonage_MG, in lower case: (level, covers only a part of the commune, precision).
CARTOSANTE_LEVELS = {
    "1_zip": (Level.ZIP, False, ""),
    "2_zac": (Level.ZAC, False, ""),
    "3_qpv_zip": (Level.ZIP, True, "dans un quartier prioritaire (QPV)"),
    "4_qpv_zac": (Level.ZAC, True, "dans un quartier prioritaire (QPV)"),
    "5_zv": (Level.ZV, False, ""),
    "6_hz": (Level.HZ, False, ""),
    "7_gq_zac": (Level.ZAC, True, "dans un grand quartier"),
    "8_gq_zip": (Level.ZIP, True, "dans un grand quartier"),
}
_PARTIAL_FRR = (Level.FRR_KEPT, True, "sur une partie de la commune nouvelle")
# DGCL's words in lower case, and the Observatoire des territoires' codes of the same list (CGI 44 quindecies A).
FRR_LEVELS = {
    "frr socle": (Level.FRR, False, ""),
    "frr": (Level.FRR, False, ""),
    "frr+": (Level.FRR_PLUS, False, ""),
    "frr bénéficiaire": (Level.FRR_KEPT, False, ""),
    "frr bénéficiaire partiellement": _PARTIAL_FRR,
    "1": (Level.FRR_KEPT, False, ""),
    "2": _PARTIAL_FRR,
    "3": (Level.FRR, False, "zone spéciale d'action rurale"),
    "4": (Level.FRR, False, ""),
    "5": (Level.FRR_PLUS, False, ""),
}
NOT_CLASSED = ("", "-9999", "non classée", "non classee", "non", "nc")
LEVELS_OF = {
    Scheme.DOCTORS: (Level.ZIP, Level.ZAC, Level.ZV, Level.HZ),
    Scheme.FRR: (Level.FRR, Level.FRR_PLUS, Level.FRR_KEPT),
    Scheme.QPV: (Level.QPV,),
    Scheme.RED_ZONE: (Level.RED_ZONE,),
}
LABELS = {
    Scheme.DOCTORS: "Zonage des médecins généralistes",
    Scheme.FRR: "France Ruralités Revitalisation (FRR)",
    Scheme.QPV: "Quartiers prioritaires de la politique de la ville",
    Scheme.RED_ZONE: "Zone rouge de la solidarité territoriale",
}
DEFAULT_SCHEMES = {CARTOSANTE: Scheme.DOCTORS, FRR: Scheme.FRR}
_SEPARATORS = re.compile(r"[\s;,]+")


def _coded(levels: dict[str, tuple[Level, bool, str]]) -> Read:
    """Reads the words of a publisher as one of `levels`; None when they say that the commune is not classed."""

    def read(cell: str) -> tuple[Level, bool, str] | None:
        words = " ".join(cell.split())
        if words.lower() not in levels and words.lower() not in NOT_CLASSED:
            raise unknown(words)
        return levels.get(words.lower())

    return read


TABLES = {
    CARTOSANTE: Table(
        Column("code", COMMUNE_COLUMN),
        Column("coded", ("zonage", "Zonage_MG", "Zonage*"), _coded(CARTOSANTE_LEVELS)),
    ),
    FRR: Table(
        Column("code", COMMUNE_COLUMN),
        Column("coded", ("classement", "FRR", "codefrr", "code_frr", "classement*", "FRR*"), _coded(FRR_LEVELS)),
    ),
    PLAIN: Table(
        Column("kind", ("territory_kind", "type_territoire"), one_of(KINDS), needed="type de territoire absent"),
        Column("code", COMMUNE_COLUMN),
        Column("level", ("level", "niveau", "classement")),
        Column("excepted", ("sauf", "except"), lambda cell: set(filter(None, _SEPARATORS.split(cell))), optional=True),
        Column("partial", ("partial", "partiel"), lambda cell: bool(yes_no(cell)), optional=True),
        Column("note", ("note", "precision"), text(250), optional=True),
        SOURCE,
        SOURCE_URL,
        Column("source_date", ("source_date", "date"), text(40), optional=True),
        CONFIDENCE,
    ),
}


def _values(texts: dict[str, str], file_format: str, scheme: str) -> dict[str, Any] | None:
    """One row as the columns of the plain table; None when it says that the commune is not classed.

    Its place may be larger than a commune, less those `excepted`. RowRejected with its reason.
    """
    values = TABLES[file_format].values(texts)
    if file_format == PLAIN:
        if values["level"] not in LEVELS_OF[scheme]:
            told = f"{values['code']} : niveau « {values['level']} » hors liste ({', '.join(LEVELS_OF[scheme])})"
            raise RowRejected(RejectReason.BAD_VALUE, told)
        return values
    if values["coded"] is None:
        return None
    level, partial, note = values["coded"]
    place = {"kind": str(TerritoryKind.COMMUNE), "code": values["code"], "excepted": set()}
    unsaid = dict.fromkeys(("source", "source_url", "source_date", "confidence"), "")
    return place | {"level": level, "partial": partial, "note": note} | unsaid


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


class ZoningsImporter(RowsImporter):
    """File of the delivery: "zonings". One run is one edition; a row may expand to all communes of a place."""

    key = "zonings"
    label = "Zonage"

    def __init__(self, delivery: Delivery, options: EditionOptions):
        super().__init__(delivery)
        self.options = options
        self.scheme = options.scheme or DEFAULT_SCHEMES.get(options.file_format)
        if self.scheme not in Scheme.values:
            raise ValueError("zonage inconnu : donnez --scheme")
        self.communes: dict[str, int] = {}
        self.inside: dict[tuple[str, str], set[str]] = {}
        self.whole_levels: dict[str, tuple[str, int]] = {}

    def read(self) -> Iterator[RawRow]:
        """Rows of the file, once the places and the edition are known."""
        if self.options.valid_to and self.options.valid_to < self.options.valid_from:
            raise FileRefused(RefusalReason.UNREADABLE, "La fin de validité précède le début.")
        kind, code = self.options.scope
        scope = Territory.objects.filter(kind=kind, code=code).first()
        if scope is None:
            told = f"Périmètre {kind} {code} inconnu : importez d'abord les territoires."
            raise FileRefused(RefusalReason.WRONG_REGION, told)
        self._load_places(scope)
        self.about = self._about(scope)
        self.edition = ZoningEdition.objects.filter(**self.about.identity).first() or self.new(self.about)
        file_format = self.options.file_format
        sheet = "Data" if file_format == CARTOSANTE else ""
        return TABLES[file_format].rows(self.delivery.files["zonings"], sheet=sheet, legacy=file_format != PLAIN)

    def rows(self) -> Iterable[Zoning]:
        return Zoning.objects.filter(edition=self.edition).select_related("territory") if self.edition.pk else ()

    def key_of(self, row: Zoning) -> str:
        return f"{row.territory.code}|{row.level}"

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

    def _about(self, scope: Territory) -> RowRecord:
        options, delivery = self.options, self.delivery
        exhaustive = options.file_format != PLAIN if options.exhaustive is None else options.exhaustive
        values = {"exhaustive": exhaustive}
        values |= {name: getattr(options, name) for name in ("date_note", "legal_reference")}
        values |= {name: getattr(delivery, name) for name in ("source", "source_url", "source_date", "licence")}
        identity = {
            "scheme": self.scheme,
            "scope": scope,
            "valid_from": options.valid_from,
            "label": options.label or LABELS[self.scheme],
        }
        if end := min(filter(None, (options.valid_to, self._day_before_next(scope))), default=None):
            values["valid_to"] = end
        return RowRecord(0, "édition", values, ZoningEdition, identity)

    def _same_scope(self, scope: Territory):
        return ZoningEdition.objects.filter(scheme=self.scheme, scope=scope)

    def _day_before_next(self, scope: Territory) -> date | None:
        """An older list ends the day before the complete one that followed it, already imported."""
        later = self._same_scope(scope).filter(exhaustive=True, valid_from__gt=self.options.valid_from)
        following = later.order_by("valid_from").first()
        return following.valid_from - timedelta(days=1) if following else None

    def identify(self, row: RawRow) -> str:
        return row.values.get("code", "")

    def convert(self, row: RawRow) -> Iterable[Record]:
        """One record for each commune that the row names or expands to."""
        values = _values(row.values, self.options.file_format, self.scheme)
        if values is None:
            return []
        codes = self._expand(values.pop("kind"), values.pop("code"), values.pop("excepted"))
        level, part = values.pop("level"), f"|{values['note']}" if values["partial"] else ""
        if not part:
            self._claim(codes, level, row.line)
        about = {"edition": self.edition, "level": level}
        return [
            RowRecord(row.line, f"{code}|{level}{part}", values, Zoning, about | {"territory_id": self.communes[code]})
            for code in codes
        ]

    def _expand(self, kind: str, code: str, excepted: set[str]) -> list[str]:
        inside = self.inside.get((str(kind), code), set())
        if not inside:
            # A national list names places of all regions: those of the others are out of scope, not errors.
            region = cog.region_holding(kind, code)
            if region and (TerritoryKind.REGION, region) not in self.inside:
                return []
            raise unknown_place(kind, code)
        if unknown := sorted(excepted - inside):
            told = f"{code} : commune exceptée inconnue ici ({', '.join(unknown)})"
            raise RowRejected(RejectReason.UNKNOWN_COMMUNE, told)
        return sorted(inside - excepted)

    def _claim(self, codes: list[str], level: str, line: int) -> None:
        """A commune has one level on the whole of its area; a second one contradicts the first."""
        for code in codes:
            other, first = self.whole_levels.get(code, (level, line))
            if other != level:
                raise RowRejected(
                    RejectReason.DUPLICATE, f"commune {code} : {level}, alors que la ligne {first} dit {other}"
                )
        self.whole_levels.update((code, (level, line)) for code in codes)

    def compare(self, records: list[RowRecord]) -> Changes:
        changes = super().compare(_joined(records))
        if self.edition.pk and replace(self.current(self.edition, self.about), self.about.values).changes:
            self.update(self.about, self.edition, changes)
        return changes

    def name_of(self, record: RowRecord, row: Zoning | ZoningEdition) -> str:
        return f"édition : {row}" if record is self.about else record.external_id.replace("|", " ")

    def apply(self, changes: Changes) -> None:
        if self.edition.pk is None:
            self.edition.save()
        super().apply(changes)

    def missing(self, seen: set[str]) -> list[str]:
        """Rows that a corrected delivery of the same edition no longer has: they are no longer in force."""
        return super().missing({_key(external_id) for external_id in seen})

    def finish(self) -> None:
        """A complete edition ends, the day before, the editions of the same zoning and scope that came before."""
        if not self.edition.exhaustive:
            return
        start = self.edition.valid_from
        before = self._same_scope(self.edition.scope).filter(valid_from__lt=start)
        before.filter(Q(valid_to=None) | Q(valid_to__gte=start)).update(valid_to=start - timedelta(days=1))


def _key(external_id: str) -> str:
    """Commune and level of a record, whatever the part of the commune."""
    code, level, *_ = external_id.split("|")
    return f"{code}|{level}"


def _joined(records: list[RowRecord]) -> list[RowRecord]:
    """One record for each commune and level: several parts of a commune (QPV) become one, with all their names."""
    joined: dict[str, RowRecord] = {}
    for record in records:
        key = _key(record.external_id)
        one = joined.setdefault(key, RowRecord(record.line, key, dict(record.values), Zoning, record.identity))
        values, more = one.values, record.values
        values["partial"] = values["partial"] and more["partial"]
        if values["note"] != more["note"]:
            values["note"] = ", ".join(filter(None, (values["note"], more["note"])))[:250]
    return list(joined.values())

"""Importer of the documented structure list (CSV or XLSX), for what FINESS does not hold.

Columns in French, described in docs/imports-structures.md. One list is one source: its rows are known by (list,
identifiant), and a row that leaves the list is marked as missing from it.
"""

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.text import slugify

from guide.backoffice.perimeter import Reach
from guide.core.enums import Confidence, RefusalReason, RejectReason
from guide.core.french import fold
from guide.core.imports.cells import BadCell, email, one_of, several, split, text, unknown, url, words, yes_no
from guide.core.imports.contract import Delivery, FileRefused, RawRow, RowRejected
from guide.core.imports.tables import Column, Table
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.enums import SHORT_LABELS, CoordinateSource, DatePrecision, Kind, Ownership, PracticeMode, Rank
from structures.importers import wording, writes
from structures.importers.communes import KnownCommune, check_position
from structures.importers.finess import check_number
from structures.importers.merging import FINESS
from structures.importers.sync import Reached, StructureImporter

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"[T ]00:00:00$")
KINDS = words(Kind) | {fold(label): str(kind) for kind, label in SHORT_LABELS.items()}
OWNERSHIPS = words(Ownership) | {"prive lucratif": str(Ownership.FOR_PROFIT)}
CONFIDENCES = {fold(level.label): str(level) for level in Confidence if level.value}
PRECISIONS = {
    "site": str(CoordinateSource.SITE),
    "adresse": str(CoordinateSource.ADDRESS),
    "rue": str(CoordinateSource.STREET),
    "commune": str(CoordinateSource.COMMUNE),
}
_AREA_KINDS = (TerritoryKind.DEPARTMENT, TerritoryKind.EPCI, TerritoryKind.LIVING_AREA, TerritoryKind.REGION)


def identifier(cell: str) -> str:
    """The identifier of a row in its list."""
    if len(cell) > 120:
        raise BadCell("identifiant trop long (120 caractères au plus)", RejectReason.BAD_IDENTIFIER)
    return cell


def partial_date(cell: str) -> list:
    """[ISO date, precision] of AAAA, AAAA-MM, AAAA-MM-JJ or JJ/MM/AAAA; [] when empty.

    An unknown month or day is stored as the first, and `precision` says that it is not known.
    """
    if not cell:
        return []
    text = _TIME.sub("", cell)
    if french := _FRENCH_DATE.fullmatch(text):
        text = f"{french[3]}-{french[2]}-{french[1]}"
    match = _DATE.fullmatch(text)
    if not match:
        raise unknown(text, RejectReason.BAD_DATE)
    precision = DatePrecision.DAY if match[3] else DatePrecision.MONTH if match[2] else DatePrecision.YEAR
    try:
        day = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise unknown(text, RejectReason.BAD_DATE) from None
    return [day.isoformat(), str(precision)]


def end_date(cell: str) -> str:
    """ISO date of a closure; one known to the month or the year ends that period. "" when empty."""
    found = partial_date(cell)
    if not found:
        return ""
    day = date.fromisoformat(found[0])
    if found[1] == DatePrecision.DAY:
        return found[0]
    month = 12 if found[1] == DatePrecision.YEAR else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1]).isoformat()


def phone(cell: str) -> str:
    """A French number."""
    number = wording.phone(cell)
    if cell and not number:
        raise unknown(cell)
    return number


def degrees(cell: str) -> float | None:
    """A latitude or a longitude, decimal point or comma; None when empty."""
    try:
        return float(cell.replace(",", ".")) if cell else None
    except ValueError:
        raise unknown(cell) from None


def staff(cell: str) -> list:
    """[[slug, label, headcount]] of "médecin généraliste:2; infirmier"; a headcount may be unknown."""
    members = {}
    for part in split(cell):
        label, _, count = (piece.strip() for piece in part.partition(":"))
        if not label or (count and not count.isdigit()):
            raise unknown(part)
        members[slugify(label)[:60]] = [label[:120], int(count) if count else None]
    return [[slug, *member] for slug, member in sorted(members.items())]


def groups(cell: str) -> list:
    """[[reference, is_support]] of "ght-loiret (support); cpts-tours"."""
    found = {}
    for part in split(cell):
        reference, _, note = part.partition("(")
        if note and fold(note) != "support":
            raise unknown(part)
        found[reference.strip()] = bool(note)
    return [[reference, support] for reference, support in sorted(found.items())]


TABLE = Table(
    Column("identifier", ("identifiant",), identifier, needed="identifiant absent"),
    Column("kind", ("type",), one_of(KINDS), needed="type absent"),
    Column("name", ("nom",), text(200), needed="nom absent"),
    Column("commune", ("code_commune",), needed="code_commune absent"),
    Column("rank", ("rang",), one_of(words(Rank)), optional=True),
    Column("ownership", ("statut",), one_of(OWNERSHIPS), optional=True),
    Column("finess", ("finess",), optional=True),
    Column("finess_legal", ("finess_juridique",), text(9), optional=True),
    Column("siret", ("siret",), text(14), optional=True),
    Column("address", ("adresse",), text(250), optional=True),
    Column("postal_code", ("code_postal",), text(5), optional=True),
    Column("phone", ("telephone",), phone, optional=True),
    Column("email", ("courriel",), email, optional=True),
    Column("website", ("site",), url, optional=True),
    Column("opening", ("ouverture",), partial_date, optional=True),
    Column("closed_on", ("fermeture",), end_date, optional=True),
    Column("latitude", ("latitude",), degrees, optional=True),
    Column("longitude", ("longitude",), degrees, optional=True),
    Column("precision", ("precision",), one_of(PRECISIONS), optional=True),
    Column("modes", ("modes",), several(words(PracticeMode)), optional=True),
    Column("staff", ("professions",), staff, optional=True),
    Column("welcomes_interns", ("accueille_internes",), yes_no, optional=True),
    Column("recruiting", ("recrute",), yes_no, optional=True),
    Column("emergency", ("urgences",), text(60), optional=True),
    Column("maternity", ("maternite",), text(60), optional=True),
    Column("coverage", ("couverture",), split, optional=True),
    Column("groups", ("membre_de",), groups, optional=True),
    Column("stops", ("arrets",), split, optional=True),
    Column("presentation", ("presentation",), text(4000), optional=True),
    Column("source", ("source",), text(500), optional=True),
    Column("source_url", ("source_url",), url, optional=True),
    Column("source_date", ("source_date",), text(40), optional=True),
    Column("confidence", ("confiance",), one_of(CONFIDENCES), optional=True),
)


class ListImporter(StructureImporter):
    """One list of structures."""

    key = "structures"
    label = "Liste de structures"
    version = "1"
    fields = (
        "kind", "rank", "ownership", "name", "finess", "finess_legal", "siret", "commune_id", "address", "postal_code",
        "phone", "email", "website", "position", "opening", "closed_on", "emergency", "maternity",
        "welcomes_interns", "recruiting", "presentation", "source", "source_url", "source_date", "confidence",
        "modes", "staff", "stops", "groups", "coverage",
    )  # fmt: skip

    def __init__(self, delivery: Delivery, list_name: str = "structures"):
        super().__init__(delivery)
        self.source_key = list_name
        self._references: set[str] = set()

    def limit(self, reach: Reach) -> None:
        """A departmental editor imports what lies in their perimeter; the other rows are rejected."""
        if not reach.is_editor:
            super().limit(reach)
        self._reached = Reached(reach)

    def read(self) -> Iterator[RawRow]:
        """Rows of the file, after a first look at its identifiers: a row may name a group that stands below it."""
        if self.source_key == FINESS:
            raise FileRefused(RefusalReason.COLUMNS, "le nom de liste « finess » est celui du répertoire FINESS.")
        self.load_known()
        named = set()
        path = self.delivery.files["structures"]
        for row in TABLE.rows(path):
            texts = row.values
            self._references.update(name for name in (texts["identifiant"], texts.get("finess", "")) if name)
            with suppress(BadCell):  # told when the row is converted
                named.update(reference for reference, _ in groups(texts.get("membre_de", "")))
        self._references |= writes.resolve(named).keys()
        yield from TABLE.rows(path)

    def identify(self, row: RawRow) -> str:
        return row.values["identifiant"]

    def fingerprint(self, row: RawRow) -> tuple:
        return (*sorted(row.values.items()), self.delivery.source, self.delivery.source_url, self.delivery.source_date)

    def values_of(self, row: RawRow) -> dict[str, Any]:
        """Fields that the row offers. A column that the file does not have is not offered at all."""
        values = TABLE.values(row.values, absent=False)
        commune = self.communes.find(values.pop("commune"))
        placed = [values.pop(name, None) for name in ("latitude", "longitude", "precision")]
        values |= {"commune_id": commune.pk, "position": _position(commune, *placed)}
        del values["identifier"]
        if number := values.pop("finess", ""):
            check_number(number)
            values["finess"] = number
        for reference, _ in values.get("groups", ()):
            if reference not in self._references:
                raise RowRejected(RejectReason.UNKNOWN_REFERENCE, f"membre_de : « {reference} » inconnu")
        if "stops" in values:
            values["stops"] = self._stops(values["stops"])
        if "coverage" in values:
            values["coverage"] = self._coverage(values["coverage"])
        about = {name: values.get(name, "") for name in ("source", "source_url", "source_date")}
        return {"confidence": ""} | values | self.delivery.sourcing(**about)

    def _stops(self, parts: list[str]) -> list:
        """[[commune pk, place, schedule]] of "36006|Place de la République|mardi 9 h-12 h; …"."""
        stops = []
        for part in parts:
            code, *rest = (piece.strip() for piece in part.split("|"))
            place, schedule = [*rest, "", ""][:2]
            stops.append([self.communes.find(code).pk, place[:200], schedule[:200]])
        return sorted(stops)

    def _coverage(self, codes: list[str]) -> list[str]:
        """INSEE codes of the communes covered, or ["kind:code"] when one department, EPCI… covers it exactly."""
        wider = [code for code in codes if code not in self.communes.by_code]
        found = list(Territory.objects.filter(kind__in=_AREA_KINDS, code__in=wider).values_list("kind", "code", "pk"))
        for code in wider:
            if code not in {known for _, known, _ in found}:
                raise RowRejected(RejectReason.UNKNOWN_TERRITORY, f"couverture : « {code} » inconnu")
        if len(codes) == 1 and found:
            return [f"{found[0][0]}:{found[0][1]}"]
        inner = Territory.objects.filter(kind=TerritoryKind.COMMUNE, outer_links__outer__in=[pk for *_, pk in found])
        return sorted(
            {*(code for code in codes if code in self.communes.by_code), *inner.values_list("code", flat=True)}
        )


def _position(commune: KnownCommune, latitude: float | None, longitude: float | None, origin: str | None) -> list:
    """[latitude, longitude, origin]; without coordinates, or without a precision, the page says "approximative"."""
    if (latitude is None) != (longitude is None):
        raise RowRejected(RejectReason.MISSING_VALUE, "latitude sans longitude, ou l'inverse")
    if latitude is None or longitude is None:
        return commune.centre()
    return [*check_position(commune, latitude, longitude), origin or str(CoordinateSource.COMMUNE)]

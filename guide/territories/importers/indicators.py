"""Importer of figures and of the catalogue that defines them: the long table, DREES's APL workbook, the catalogue."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import models

from guide.core.enums import Confidence, RejectReason
from guide.core.french import fold
from guide.core.imports.cells import BadCell, number, one_of, whole, words, yes_no
from guide.core.imports.contract import Delivery, Notice, OutOfScope, RawRow, Record, RowRejected
from guide.core.imports.files import sheet_names
from guide.core.imports.tables import CONFIDENCE, SOURCE, SOURCE_URL, Column, RowRecord, RowsImporter, Table
from guide.territories.enums import Better, Family, TerritoryKind
from guide.territories.importers.codes import COMMUNE_COLUMN, KINDS, stranger
from guide.territories.models import Indicator, IndicatorValue, Territory

CATALOGUE, VALUES = "catalogue", "values"
# A count of persons below this could identify one of them (secret statistique, DESIGN section 3).
LOWEST_SHOWN = 5
# Places that a code alone may mean, in order; a bassin de vie bears the code of its pole commune.
UNNAMED_KINDS = [one for one in TerritoryKind if one not in (TerritoryKind.LIVING_AREA, TerritoryKind.CPTS_AREA)]
SECRET = ("s", "c", "secret", "masqué")
NOT_KNOWN = ("nd", "na", "n/d", "n/a", "-")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CODE = re.compile(r"[-a-z0-9_]{1,80}")


def _value(cell: str) -> float | None:
    """A figure; None when it is secret."""
    return None if cell.lower() in SECRET else number(cell)


def _known_value(cell: str) -> float | None:
    """A figure of DREES; None when it is not known."""
    return None if cell.lower() in NOT_KNOWN else number(cell)


def _year_and_period(cell: str) -> tuple[int, str]:
    """(last year named, the text when it says more): "2021" -> (2021, ""), "2016-2021" -> (2021, "2016-2021")."""
    years = _YEAR.findall(cell)
    if not years:
        raise BadCell(f"année « {cell[:80]} » illisible", RejectReason.BAD_DATE)
    return int(years[-1]), "" if cell == years[-1] else cell[:40]


def _code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise BadCell(f"code d'indicateur « {cell[:80]} » mal formé", RejectReason.BAD_IDENTIFIER)
    return cell


FIGURES = Table(
    Column(
        "kind",
        ("territory_kind", "type_territoire"),
        one_of(KINDS | {"country": TerritoryKind.COUNTRY, "pays": TerritoryKind.COUNTRY}),
        optional=True,
    ),
    Column("code", ("code", "territoire", "code_territoire"), needed="colonne « code » vide"),
    Column("name", ("name", "nom"), optional=True),
    Column("indicator", ("indicator", "indicateur"), needed="colonne « indicator » vide"),
    Column("value", ("value", "valeur"), _value, needed="colonne « value » vide"),
    Column("unit", ("unit", "unite", "unité"), optional=True),
    Column("year", ("year", "annee", "année"), _year_and_period, needed="colonne « year » vide"),
    SOURCE,
    SOURCE_URL,
    CONFIDENCE,
)
DEFINITIONS = Table(
    Column("code", ("code",), _code),
    Column("label", ("label", "libelle", "libellé"), needed="libellé absent"),
    Column("unit", ("unit", "unite", "unité"), optional=True),
    Column("decimals", ("decimals", "decimales", "décimales"), whole(0, 6, absent=0), optional=True),
    Column("family", ("family", "famille"), one_of(words(Family)), needed="famille absente"),
    Column("better", ("better", "sens"), one_of(words(Better)), optional=True),
    Column("note", ("note", "precautions"), optional=True),
    Column("headcount", ("headcount", "effectif"), lambda cell: bool(yes_no(cell)), optional=True),
    Column("position", ("position", "ordre"), whole(0, 9999, absent=100), optional=True),
)
# DREES, accessibilité potentielle localisée (APL): one sheet for each year, two of its columns.
APL_SHEET = re.compile(r"APL\D*(\d{4})")
APL_SOURCE = "DREES, accessibilité potentielle localisée (APL) aux médecins généralistes {year}"
APL = Table(
    Column("code", COMMUNE_COLUMN),
    Column(
        "apl_medecins_generalistes",
        ("apl_medecins_generalistes", "APL aux médecins généralistes"),
        _known_value,
    ),
    Column(
        "apl_medecins_generalistes_65_ans_et_moins",
        ("apl_medecins_generalistes_65_ans_et_moins", "APL aux médecins généralistes de 65 ans et moins"),
        _known_value,
        optional=True,
    ),
)


def read(path: Path) -> Iterator[RawRow]:
    """Rows as (year of the sheet or None, {heading: text})."""
    named = {name: APL_SHEET.fullmatch(name.strip()) for name in sheet_names(path)}
    sheets = {name: int(match[1]) for name, match in named.items() if match}  # none in a file that is no APL workbook
    for sheet, year in sheets.items():
        for row in APL.rows(path, sheet=sheet):
            if row.values["code"]:
                yield RawRow(row.line, (year, row.values))
    if not sheets:
        for row in FIGURES.rows(path):
            yield RawRow(row.line, (None, row.values))


def figures(year: int | None, texts: dict[str, str]) -> list[dict[str, Any]]:
    """The figures of one row, as the columns of FIGURES; RowRejected with its reason."""
    if year is None:
        return [FIGURES.values(texts)]
    values = APL.values(texts)
    about = dict.fromkeys(("name", "unit", "source_url"), "") | {
        "kind": TerritoryKind.COMMUNE,
        "code": values.pop("code"),
        "year": (year, ""),
        "source": APL_SOURCE.format(year=year),
        "confidence": str(Confidence.HIGH),
    }
    return [about | {"indicator": name, "value": found} for name, found in values.items() if found is not None]


class IndicatorsImporter(RowsImporter):
    """Files of the delivery: "catalogue", "values", or both (the catalogue is then read first).

    Figures are compared batch by batch, and none goes missing: a file may hold one year, or one indicator.
    """

    key = "indicators"
    label = "Indicateurs"
    batch_size = 5000
    given_by = CATALOGUE

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.places: dict[tuple[str, str], Territory] = {}
        self.names: dict[int, str] = {}
        self.indicators: dict[str, Indicator] = {}
        self.definitions: dict[str, Indicator] = {}  # those of the file, before those of the database

    def read(self) -> Iterator[RawRow]:
        """Rows of the files given, as (file, what it holds)."""
        rows = Territory.objects.filter(missing_since=None).only("kind", "code", "search_name")
        self.places = {(row.kind, row.code): row for row in rows}
        self.names = {row.pk: f"{row.kind} {row.code}" for row in self.places.values()}
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.definitions = dict(self.indicators)
        files = self.delivery.files
        if CATALOGUE in files:
            for row in DEFINITIONS.rows(files[CATALOGUE]):
                yield RawRow(row.line, (CATALOGUE, row.values))
        if VALUES in files:
            for row in read(files[VALUES]):
                yield RawRow(row.line, (VALUES, row.values))

    def identify(self, row: RawRow) -> str:
        file, values = row.values
        return f"{file} {(values if file == CATALOGUE else values[1])['code']}"

    def convert(self, row: RawRow) -> Iterable[Record]:
        file, values = row.values
        if file == CATALOGUE:
            return [self._definition(row.line, values)]
        try:
            return [self._figure(row.line, figure) for figure in figures(*values)]
        except OutOfScope:
            return []
        except RowRejected as reject:
            who = ", ".join(filter(None, (values[1]["code"], values[1].get("indicator"))))
            raise RowRejected(reject.reason, f"{who} : {reject.message}") from None

    def _definition(self, line: int, texts: dict[str, str]) -> Record:
        values = DEFINITIONS.values(texts)
        self.definitions[values["code"]] = Indicator(**values)
        code = values.pop("code")
        return RowRecord(line, f"{CATALOGUE} {code}", values, Indicator, {"code": code})

    def _figure(self, line: int, figure: dict[str, Any]) -> Record:
        place, definition, value = self._place(figure), self.definitions.get(figure["indicator"]), figure["value"]
        if definition is None:
            reason = "indicateur absent du catalogue (import_indicators --catalogue)"
            raise RowRejected(RejectReason.UNKNOWN_REFERENCE, reason)
        if not _same_unit(figure["unit"], definition.unit):
            reason = f"unité « {figure['unit']} », attendue « {definition.unit} »"
            raise RowRejected(RejectReason.BAD_VALUE, reason)
        masked = value is None or (definition.headcount and 0 < value < LOWEST_SHOWN)
        url = self._url(line, f"{figure['code']}, {figure['indicator']}", figure["source_url"])
        year, period = figure["year"]
        # The address of the delivery speaks for rows that name no source, or its own.
        own = figure["source"] if figure["source"] != self.delivery.source else ""
        values = {
            "value": None if masked else value,
            "masked": masked,
            **self.delivery.sourcing(own, source_url=url),
            "confidence": figure["confidence"],
        }
        identity = {"territory_id": place.pk, "indicator": definition.code, "year": year, "period": period}
        return RowRecord(line, " ".join(map(str, identity.values())), values, IndicatorValue, identity)

    def _place(self, figure: dict[str, Any]) -> Territory:
        code, kinds = figure["code"], [figure["kind"]] if figure["kind"] else UNNAMED_KINDS
        found = [self.places[kind, code] for kind in kinds if (kind, code) in self.places]
        if len(found) > 1 and figure["name"]:
            found = [place for place in found if place.search_name == fold(figure["name"])]
        if len(found) > 1:
            raise RowRejected(RejectReason.UNKNOWN_TERRITORY, "plusieurs territoires, précisez territory_kind")
        if not found:
            raise stranger(figure["kind"], code)
        return found[0]

    def _url(self, line: int, who: str, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            told = f"adresse de source « {url} » écartée : ce n'est pas une adresse web"
            self.notices.append(Notice(line, who, told))
            return ""
        return url

    def find(self, records: list[RowRecord]) -> Mapping[str, models.Model]:
        """The definitions, and the figures already stored for the places and indicators of a batch."""
        figures = [record.identity for record in records if record.model is IndicatorValue]
        rows = IndicatorValue.objects.filter(
            territory__in={figure["territory_id"] for figure in figures},
            indicator__code__in={figure["indicator"] for figure in figures},
        ).select_related("indicator")
        found = {f"{row.territory_id} {row.indicator.code} {row.year} {row.period}": row for row in rows}
        return found | {f"{CATALOGUE} {code}": row for code, row in self.indicators.items()}

    def new(self, record: RowRecord) -> models.Model:
        if record.model is Indicator:
            # The figures of the file will need it.
            return self.indicators.setdefault(record.identity["code"], super().new(record))
        indicator = self.indicators[record.identity["indicator"]]
        return IndicatorValue(**{**record.identity, "indicator": indicator}, **record.values)

    def name_of(self, record: RowRecord, row: models.Model) -> str:
        if record.model is Indicator:
            return row.code
        place, *others = record.identity.values()
        return " ".join(map(str, (self.names[place], *others)))


def _same_unit(found: str, expected: str) -> bool:
    """Whether a file's unit is the catalogue's, perhaps with a precision: "% des actifs" is "%"."""
    return not found or found.casefold().startswith(expected.casefold())

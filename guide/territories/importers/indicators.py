"""Importer of figures and of the catalogue that defines them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models

from guide.core.enums import RejectReason
from guide.core.french import fold
from guide.core.imports.contract import Delivery, Notice, OutOfScope, RawRow, Record, RowRejected
from guide.core.imports.tables import RowRecord, RowsImporter
from guide.territories.enums import TerritoryKind
from guide.territories.importers import indicator_formats
from guide.territories.importers.codes import stranger
from guide.territories.models import Indicator, IndicatorValue, Territory

CATALOGUE, VALUES = "catalogue", "values"
# A count of persons below this could identify one of them (secret statistique, DESIGN section 3).
LOWEST_SHOWN = 5
# Places that a code alone may mean, in order; a bassin de vie bears the code of its pole commune.
UNNAMED_KINDS = [one for one in TerritoryKind if one not in (TerritoryKind.LIVING_AREA, TerritoryKind.CPTS_AREA)]


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
            for row in indicator_formats.DEFINITIONS.rows(files[CATALOGUE]):
                yield RawRow(row.line, (CATALOGUE, row.values))
        if VALUES in files:
            for row in indicator_formats.read(files[VALUES]):
                yield RawRow(row.line, (VALUES, row.values))

    def identify(self, row: RawRow) -> str:
        file, values = row.values
        return f"{file} {(values if file == CATALOGUE else values[1])['code']}"

    def convert(self, row: RawRow) -> Iterable[Record]:
        file, values = row.values
        if file == CATALOGUE:
            return [self._definition(row.line, values)]
        try:
            return [self._figure(row.line, figure) for figure in indicator_formats.figures(*values)]
        except OutOfScope:
            return []
        except RowRejected as reject:
            who = ", ".join(filter(None, (values[1]["code"], values[1].get("indicator"))))
            raise RowRejected(reject.reason, f"{who} : {reject.message}") from None

    def _definition(self, line: int, texts: dict[str, str]) -> Record:
        values = indicator_formats.DEFINITIONS.values(texts)
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
        return RowRecord(line, _key(*identity.values()), values, IndicatorValue, identity)

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
        found = {_key(row.territory_id, row.indicator.code, row.year, row.period): row for row in rows}
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
        return _key(self.names[place], *others)


def _key(*parts: Any) -> str:
    return " ".join(str(part) for part in parts)


def _same_unit(found: str, expected: str) -> bool:
    """Whether a file's unit is the catalogue's, perhaps with a precision: "% des actifs" is "%"."""
    return not found or found.casefold().startswith(expected.casefold())

"""Importer of figures and of the catalogue that defines them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from guide.core.enums import RejectReason
from guide.core.french import fold
from guide.core.imports.contract import Changes, Delivery, Importer, Kept, Notice, RawRow, Record, RowRejected
from guide.core.imports.differences import Difference, updated
from guide.core.imports.merge import merge, storable
from guide.territories import cog
from guide.territories.enums import TerritoryKind
from guide.territories.importers import indicator_formats
from guide.territories.importers.indicator_formats import Definition, Figure
from guide.territories.models import Indicator, IndicatorValue, Territory

CATALOGUE, VALUES = "catalogue", "values"
# A count of persons below this could identify one of them (secret statistique, DESIGN section 3).
LOWEST_SHOWN = 5
BATCH = 500
DEFINED = ("label", "unit", "decimals", "family", "better", "note", "headcount", "position")
FIELDS = ("value", "masked", "source", "source_url", "confidence")
# Places that a code alone may mean, in order; a bassin de vie bears the code of its pole commune.
UNNAMED_KINDS = (
    TerritoryKind.COUNTRY,
    TerritoryKind.REGION,
    TerritoryKind.DEPARTMENT,
    TerritoryKind.EPCI,
    TerritoryKind.COMMUNE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A known place: primary key and normalised name."""

    pk: int
    search_name: str


class IndicatorsImporter(Importer):
    """Files of the delivery: "catalogue", "values", or both (the catalogue is then read first)."""

    key = "indicators"
    label = "Indicateurs"
    batch_size = 5000

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.places: dict[tuple[str, str], Place] = {}
        self.names: dict[int, str] = {}
        self.indicators: dict[str, Indicator] = {}
        self.definitions: dict[str, Definition] = {}
        self.notices: list[Notice] = []

    def read(self) -> Iterator[RawRow]:
        """Rows of the files given, as (file, what it holds)."""
        rows = Territory.objects.filter(missing_since=None).values_list("kind", "code", "pk", "search_name")
        self.places = {(kind, code): Place(pk, name) for kind, code, pk, name in rows}
        self.names = {place.pk: f"{kind} {code}" for (kind, code), place in self.places.items()}
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.definitions = {code: _definition(row) for code, row in self.indicators.items()}
        files = self.delivery.files
        if CATALOGUE in files:
            for row in indicator_formats.read_catalogue(files[CATALOGUE]):
                yield RawRow(row.line, (CATALOGUE, row.values))
        if VALUES in files:
            for row in indicator_formats.read(files[VALUES]):
                yield RawRow(row.line, (VALUES, row.values))

    def identify(self, row: RawRow) -> str:
        """The code of the indicator or of the place."""
        file, values = row.values
        return f"{file} {(values if file == CATALOGUE else values[1])['code']}"

    def convert(self, row: RawRow) -> Iterable[Record]:
        """A definition, or the figures of one row for places of the region."""
        file, values = row.values
        if file == CATALOGUE:
            definition = indicator_formats.definition(values)
            self.definitions[definition.code] = definition
            return [Record(row.line, f"{CATALOGUE} {definition.code}", {"definition": definition})]
        figures = [(self._place(figure), figure) for figure in indicator_formats.convert(*values)]
        return [self._figure(row.line, place, figure) for place, figure in figures if place]

    def _place(self, figure: Figure) -> Place | None:
        """The place of a figure, None when it lies in another region."""
        kinds = [figure.kind] if figure.kind else UNNAMED_KINDS
        found = [self.places[kind, figure.code] for kind in kinds if (kind, figure.code) in self.places]
        if len(found) > 1 and figure.name:
            found = [place for place in found if place.search_name == fold(figure.name)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise RowRejected(
                RejectReason.UNKNOWN_TERRITORY, f"{figure.code} : plusieurs territoires, précisez territory_kind"
            )
        if any(cog.region_holding(kind, figure.code) not in ("", settings.REGION) for kind in kinds):
            return None
        raise RowRejected(*_unknown(figure))

    def _figure(self, line: int, place: Place, figure: Figure) -> Record:
        who = f"{figure.code}, {figure.indicator}"
        definition = self.definitions.get(figure.indicator)
        if definition is None:
            raise RowRejected(
                RejectReason.UNKNOWN_REFERENCE,
                f"{who} : indicateur absent du catalogue (import_indicators --catalogue)",
            )
        if not _same_unit(figure.unit, definition.unit):
            raise RowRejected(
                RejectReason.BAD_VALUE, f"{who} : unité « {figure.unit} », attendue « {definition.unit} »"
            )
        source = figure.source or self.delivery.source
        if not source:
            raise RowRejected(RejectReason.MISSING_VALUE, f"{who} : source absente")
        masked = figure.value is None or (definition.headcount and 0 < figure.value < LOWEST_SHOWN)
        return Record(
            line,
            f"{place.pk} {figure.indicator} {figure.year} {figure.period}",
            {
                "identity": (place.pk, figure.indicator, figure.year, figure.period),
                "value": None if masked else figure.value,
                "masked": masked,
                "source": source[:500],
                "source_url": self._url(line, who, figure.source_url) or self._delivery_url(figure),
                "confidence": figure.confidence,
            },
        )

    def _url(self, line: int, who: str, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            self.notices.append(
                Notice(line, who, f"adresse de source « {url} » écartée : ce n'est pas une adresse web")
            )
            return ""
        return url[:500]

    def _delivery_url(self, figure: Figure) -> str:
        """The address of the delivery speaks for rows that name no source of their own."""
        return "" if figure.source and figure.source != self.delivery.source else self.delivery.source_url

    def compare(self, records: list[Record]) -> Changes:
        """Definitions and figures against those stored."""
        changes = Changes(notices=self.notices)
        self.notices = []
        figures = []
        for record in records:
            if "definition" in record.values:
                self._compare_definition(record.values["definition"], changes)
            else:
                figures.append(record)
        stored = _stored(figures)
        for record in figures:
            self._compare_figure(record, stored, changes)
        return changes

    def _compare_definition(self, definition: Definition, changes: Changes) -> None:
        offered = {name: getattr(definition, name) for name in DEFINED}
        row = self.indicators.get(definition.code)
        if row is None:
            provenance = {name: [CATALOGUE, storable(value)] for name, value in offered.items() if value != ""}
            changes.create.append(Indicator(code=definition.code, provenance=provenance, **offered))
            changes.differences.append(Difference(definition.code, created=True))
            return
        merged = merge({name: getattr(row, name) for name in DEFINED}, offered, row.provenance, CATALOGUE)
        changes.kept.extend(Kept(row.code, name, str(now), str(new)) for name, (now, new) in merged.kept.items())
        if not merged.changes and merged.provenance == row.provenance:
            changes.unchanged += 1
            return
        before = {name: getattr(row, name) for name in merged.changes}
        changes.differences.append(updated(row.code, before, merged.changes, model=Indicator))
        for name, value in merged.changes.items():
            setattr(row, name, value)
        row.provenance = merged.provenance
        changes.update.append(row)

    def _compare_figure(self, record: Record, stored: Mapping[tuple, IndicatorValue], changes: Changes) -> None:
        identity = record.values.pop("identity")
        row, named = stored.get(identity), " ".join(str(part) for part in (self.names[identity[0]], *identity[1:]))
        if row is None:
            changes.differences.append(Difference(named, created=True))
            place, indicator, year, period = identity
            row = IndicatorValue(territory_id=place, year=year, period=period, **record.values)
            changes.create.append((indicator, row))
        elif after := {name: value for name, value in record.values.items() if getattr(row, name) != value}:
            before = {name: getattr(row, name) for name in after}
            changes.differences.append(updated(named, before, after, model=IndicatorValue))
            for name, value in record.values.items():
                setattr(row, name, value)
            changes.update.append(row)
        else:
            changes.unchanged += 1

    def apply(self, changes: Changes) -> None:
        """Write definitions, then figures."""
        new = [item for item in changes.create if isinstance(item, Indicator)]
        Indicator.objects.bulk_create(new, batch_size=BATCH)
        self.indicators |= {row.code: row for row in new}
        for row in (item for item in changes.update if isinstance(item, Indicator)):
            row.save()
        figures = []
        for indicator, row in (item for item in changes.create if isinstance(item, tuple)):
            row.indicator = self.indicators[indicator]
            figures.append(row)
        IndicatorValue.objects.bulk_create(figures, batch_size=BATCH)
        changed = [item for item in changes.update if isinstance(item, IndicatorValue)]
        if changed:
            IndicatorValue.objects.bulk_update(changed, FIELDS, batch_size=BATCH)


def _definition(row: Indicator) -> Definition:
    return Definition(code=row.code, **{name: getattr(row, name) for name in DEFINED})


def _unknown(figure: Figure) -> tuple[RejectReason, str]:
    if figure.kind == TerritoryKind.COMMUNE or (not figure.kind and len(figure.code) == 5):
        return RejectReason.UNKNOWN_COMMUNE, f"commune {figure.code} inconnue (fusionnée ?)"
    return RejectReason.UNKNOWN_TERRITORY, f"territoire {figure.kind} {figure.code} inconnu"


def _same_unit(found: str, expected: str) -> bool:
    """Whether a file's unit is the catalogue's, perhaps with a precision: "% des actifs" is "%"."""
    return not found or found.casefold().startswith(expected.casefold())


def _stored(records: list[Record]) -> dict[tuple, IndicatorValue]:
    """Figures already stored for the places and indicators of a batch."""
    wanted: dict[str, set] = defaultdict(set)
    for record in records:
        place, indicator, *_ = record.values["identity"]
        wanted["territory__in"].add(place)
        wanted["indicator__code__in"].add(indicator)
    if not records:
        return {}
    rows = IndicatorValue.objects.filter(**wanted).select_related("indicator")
    return {(row.territory_id, row.indicator.code, row.year, row.period): row for row in rows}

"""The zonings of a place in French, ready to print: states of a commune, communes of a wider place counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.conf import settings

from guide.core.french import NBSP, UNKNOWN, long_date, partial_date, plural, typographic
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.models import Containment, ZoningEdition
from guide.territories.zonings import ORDER, Answer, Readings, State, ZoningRow, answer_of, read, stack

HEALTH, TAX, CITY = "zonage de santé", "zonage fiscal", "politique de la ville"
NATURES = {Scheme.DOCTORS: HEALTH, Scheme.RED_ZONE: HEALTH, Scheme.FRR: TAX, Scheme.QPV: CITY}
TONES = {HEALTH: "accent", TAX: "warm", CITY: "notice"}  # health and tax zonings never share one scale of colours
USES = {
    Scheme.DOCTORS: f"ouvre des aides à l'installation des médecins (CSP, art.{NBSP}L1434-4)",
    Scheme.RED_ZONE: "désigne les territoires où des médecins volontaires viennent consulter quelques jours par mois",
    Scheme.FRR: f"ouvre des exonérations d'impôts et de cotisations (CGI, art.{NBSP}44{NBSP}quindecies{NBSP}A)",
    Scheme.QPV: f"désigne des quartiers, jamais une commune entière (loi n°{NBSP}2014-173, art.{NBSP}5)",
}
OUTSIDE = "hors zonage"


def of_commune(commune: int) -> list[dict]:
    """The states of a commune (primary key) today, for `territories/_zoning_stack.html`."""
    return [describe(state) for state in stack(commune)]


def describe(state: State) -> dict:
    """One state as `territories/_zoning_stack.html` prints it."""
    told = state.previous if state.answer == Answer.UNKNOWN and state.previous else state
    return _heading(state.scheme) | {
        "tone": TONES[NATURES[state.scheme]] if state.answer == Answer.LEVEL else "quiet",
        "value": value(state),
        "lines": _lines(state) if told is state else [_ended(told)],
        "sources": _sources(told),
    }


def _heading(scheme: Scheme) -> dict[str, str]:
    """What a page says of a zoning itself; the official map is that of the zoning of doctors."""
    nature = NATURES[scheme]
    return {
        "title": scheme.heading,
        "nature": nature,
        # « Ce zonage fiscal… », but « Ce zonage… » where the nature is a policy.
        "noun": "zonage" if nature == CITY else nature,
        "use": USES[scheme],
        "map_url": settings.ZONING_MAP_URL if scheme == Scheme.DOCTORS else "",
    }


def value(state: State) -> str:
    """`ZIP`, `ZAC (sur une partie de la commune)`, `hors zonage` or `non renseigné`, without dates.

    Beside the level of a part, that the rest is outside goes without saying.
    """
    if state.answer == Answer.UNKNOWN:
        return UNKNOWN
    if state.answer == Answer.OUTSIDE:
        return OUTSIDE
    return ", ".join(_level(row) for row in state.rows if row.level != Level.HZ or row.partial)


def _level(row: ZoningRow) -> str:
    return f"{row.level.heading} (sur une partie de la commune)" if row.partial else row.level.heading


def _lines(state: State) -> list[str]:
    """Full labels, precisions, dates and text of the edition."""
    if state.edition is None:
        return []
    lines = [row.level.label for row in state.rows if row.level.label != row.level.heading]
    lines += [row.note for row in state.rows if row.note]
    return [*lines, _name(state.edition), *_notes(state.edition)]


def _name(edition: ZoningEdition) -> str:
    start = long_date(edition.valid_from)
    days = f"du {start} au {long_date(edition.valid_to)}" if edition.valid_to else f"en vigueur depuis le {start}"
    return f"{edition.label}, {days}"


def _notes(edition: ZoningEdition) -> list[str]:
    return [typographic(text) for text in (edition.date_note, edition.legal_reference) if text]


def _ended(previous: State) -> str:
    end = long_date(previous.edition.valid_to)
    return f"{value(previous)} jusqu'au {end} ({previous.edition.label}), nouveau zonage {UNKNOWN}"


def _sources(state: State) -> list[dict]:
    """Sources of the rows, else of the edition, each once, as inputs of components/source.html."""
    if state.edition is None:
        return []
    named = [row for row in state.rows if row.source] or [state.edition]
    return list({(one.source, one.source_date): _source(one) for one in named}.values())


def _source(named: ZoningRow | ZoningEdition) -> dict[str, str]:
    return {"source": named.source, "date": partial_date(named.source_date), "url": named.source_url}


def of_area(territory: int, day: date | None = None) -> list[dict]:
    """How the communes of a wider place (primary key) are classed on `day` (default: today), scheme by scheme.

    Editions in force that speak of the place, for `territories/_zoning_counts.html`; without any, it is unknown.
    """
    inside = Containment.objects.filter(outer=territory, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None)
    communes = list(inside.values_list("inner", flat=True))
    readings = read(communes, ZoningEdition.objects.at(day))
    return [
        _heading(scheme)
        | {
            "editions": [
                _edition(edition, readings, len(communes))
                for edition in readings.of_scheme(scheme)
                if readings.held[edition.scope_id]
            ]
        }
        for scheme in ORDER
    ]


def _edition(edition: ZoningEdition, readings: Readings, communes: int) -> dict:
    """What an edition says of the communes of a place, of which it may hold a part only."""
    rows = [readings.rows.get((edition.pk, commune), ()) for commune in readings.held[edition.scope_id]]
    return {
        "label": _name(edition),
        "notes": _notes(edition),
        "rows": [(label, plural(count, "commune")) for label, count in _counts(edition, rows, communes - len(rows))],
        **_source(edition),
    }


def _counts(edition: ZoningEdition, rows: list[Sequence[ZoningRow]], elsewhere: int) -> list[tuple[str, int]]:
    """Communes by level (one may have two partial ones), outside, unknown; those `elsewhere` are unknown."""
    by_level = Counter(row.level for some in rows for row in some if row.level != Level.HZ)
    answers = Counter(answer_of(edition, some) for some in rows)
    found = [(level.label, by_level[level]) for level in Level if by_level[level]]
    if partial := sum(any(row.partial and row.level != Level.HZ for row in some) for some in rows):
        found.append(("dont sur une partie de la commune", partial))
    if edition.exhaustive or answers[Answer.OUTSIDE]:
        found.append((OUTSIDE, answers[Answer.OUTSIDE]))
    if unknown := answers[Answer.UNKNOWN] + elsewhere:
        found.append((UNKNOWN, unknown))
    return found

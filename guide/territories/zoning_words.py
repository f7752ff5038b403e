"""The states of a commune's zonings in French, ready to print."""

from collections.abc import Sequence

from guide.core.french import NBSP, UNKNOWN, long_date, partial_date, plural, typographic
from guide.territories.enums import Level, Scheme
from guide.territories.zoning_counts import EditionCount
from guide.territories.zonings import Answer, Edition, Row, State

HEALTH, TAX, CITY = "zonage de santé", "zonage fiscal", "politique de la ville"
NATURES = {Scheme.DOCTORS: HEALTH, Scheme.RED_ZONE: HEALTH, Scheme.FRR: TAX, Scheme.QPV: CITY}
# What a sentence calls it: « Ce zonage fiscal… », but « Ce zonage… » where the nature is a policy.
NOUNS = NATURES | {Scheme.QPV: "zonage"}
USES = {
    Scheme.DOCTORS: f"ouvre des aides à l'installation des médecins (CSP, art.{NBSP}L1434-4)",
    Scheme.RED_ZONE: "désigne les territoires où des médecins volontaires viennent consulter quelques jours par mois",
    Scheme.FRR: f"ouvre des exonérations d'impôts et de cotisations (CGI, art.{NBSP}44{NBSP}quindecies{NBSP}A)",
    Scheme.QPV: f"désigne des quartiers, jamais une commune entière (loi n°{NBSP}2014-173, art.{NBSP}5)",
}
TITLES = {
    Scheme.DOCTORS: "Zonage médecin (ZIP, ZAC)",
    Scheme.RED_ZONE: "Zone rouge (solidarité territoriale)",
    Scheme.FRR: "France Ruralités Revitalisation (FRR)",
    Scheme.QPV: "Quartiers prioritaires (QPV)",
}
SHORT_LEVELS = {
    Level.ZIP: "ZIP",
    Level.ZAC: "ZAC",
    Level.ZV: "zone de vigilance",
    Level.HZ: "hors zonage",
    Level.FRR: "FRR socle",
    Level.FRR_PLUS: "FRR+",
    Level.FRR_KEPT: "effets FRR maintenus (ancienne ZRR)",
    Level.QPV: "quartier prioritaire",
    Level.RED_ZONE: "zone rouge",
}
OUTSIDE = "hors zonage"


def describe(state: State, map_url: str = "") -> dict:
    """One state as the template prints it; `map_url` is the official map of the zoning of doctors."""
    described = {
        "title": TITLES[state.scheme],
        "nature": NATURES[state.scheme],
        "noun": NOUNS[state.scheme],
        "use": USES[state.scheme],
        "tone": _tone(state),
        "value": value(state),
        "lines": _lines(state),
        "sources": _sources(state),
        "map_url": map_url if state.scheme == Scheme.DOCTORS else "",
    }
    if state.answer == Answer.UNKNOWN and state.previous:
        described |= {"lines": [_ended(state.previous)], "sources": _sources(state.previous)}
    return described


def value(state: State) -> str:
    """`ZIP`, `ZAC (sur une partie de la commune)`, `hors zonage` or `non renseigné`, without dates.

    Beside the level of a part, that the rest is outside goes without saying.
    """
    if state.answer == Answer.UNKNOWN:
        return UNKNOWN
    if state.answer == Answer.OUTSIDE:
        return OUTSIDE
    return ", ".join(_level(row) for row in state.rows if row.level != Level.HZ or row.partial)


def _level(row: Row) -> str:
    return f"{SHORT_LEVELS[row.level]} (sur une partie de la commune)" if row.partial else SHORT_LEVELS[row.level]


def _tone(state: State) -> str:
    """Suffix of the badge's class. Health and tax zonings never share one scale of colours."""
    if state.answer != Answer.LEVEL:
        return "quiet"
    return {HEALTH: "accent", TAX: "warm", CITY: "notice"}[NATURES[state.scheme]]


def _lines(state: State) -> list[str]:
    """Full labels, precisions, dates and text of the edition."""
    if state.edition is None:
        return []
    lines = [row.level.label for row in state.rows if row.level.label != SHORT_LEVELS[row.level]]
    lines += [row.note for row in state.rows if row.note]
    lines.append(f"{state.edition.label}, {_period(state.edition)}")
    return lines + [typographic(text) for text in (state.edition.date_note, state.edition.legal_reference) if text]


def _period(edition: Edition) -> str:
    if edition.valid_to:
        return f"du {long_date(edition.valid_from)} au {long_date(edition.valid_to)}"
    return f"en vigueur depuis le {long_date(edition.valid_from)}"


def _ended(previous: State) -> str:
    end = long_date(previous.edition.valid_to)
    return f"{value(previous)} jusqu'au {end} ({previous.edition.label}), nouveau zonage {UNKNOWN}"


def _sources(state: State) -> list[dict]:
    """Sources of the rows, else of the edition, each once, as inputs of components/source.html."""
    if state.edition is None:
        return []
    named = [row for row in state.rows if row.source] or [state.edition]
    return list(
        {
            (item.source, item.source_date): {
                "source": item.source,
                "date": partial_date(item.source_date),
                "url": item.source_url,
            }
            for item in named
        }.values()
    )


def describe_counts(scheme: Scheme, editions: Sequence[EditionCount], map_url: str = "") -> dict:
    """How the communes of a wider place are classed in one scheme, as the template prints it."""
    return {
        "title": TITLES[scheme],
        "nature": NATURES[scheme],
        "noun": NOUNS[scheme],
        "use": USES[scheme],
        "map_url": map_url if scheme == Scheme.DOCTORS else "",
        "editions": [
            {
                "label": f"{one.edition.label}, {_period(one.edition)}",
                "notes": [typographic(text) for text in (one.edition.date_note, one.edition.legal_reference) if text],
                "rows": _count_rows(one),
                "source": one.edition.source,
                "date": partial_date(one.edition.source_date),
                "url": one.edition.source_url,
            }
            for one in editions
        ],
    }


def _count_rows(one: EditionCount) -> list[tuple[str, str]]:
    rows = [(level.label, plural(number, "commune")) for level, number in one.levels]
    if one.partial:
        rows.append(("dont sur une partie de la commune", plural(one.partial, "commune")))
    if one.edition.exhaustive or one.outside:
        rows.append((OUTSIDE, plural(one.outside, "commune")))
    if one.unknown:
        rows.append((UNKNOWN, plural(one.unknown, "commune")))
    return rows

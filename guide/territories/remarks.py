"""What speaks for a place, and what to know before coming: what figures alone say by a few rules, each named
beside its sentence, then sentences of editors."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from guide.core.french import NBSP, number, partial_date
from guide.territories.enums import RemarkKind
from guide.territories.models import TerritoryRemark

# Distances (code of the figure, what is meant): good up to so many km, a drawback beyond so many.
DISTANCES = (
    ("distance_urgences", "le service d'urgences le plus proche", 10, 30),
    ("distance_chu", "l'hôpital universitaire le plus proche", 20, 80),
    # Never a drawback: the list of MSP is incomplete, so that a nearer one may exist.
    ("distance_msp", "la maison de santé (MSP) la plus proche", 5, math.inf),
)
# Figures set beside the country's, the opening of their sentence, what it says that the place's is the lower.
RATES = (
    ("prix_m2_median", "Le prix médian des logements est de", RemarkKind.ASSET),
    ("taux_pauvrete", "Le taux de pauvreté est de", RemarkKind.ASSET),
    ("densite_mg_y_compris_mep", "La densité de médecins généralistes est de", RemarkKind.CAUTION),
)
SHARE = 0.1  # a difference below a tenth says nothing: medians and rates of small places waver
GROWTH, DECLINE = 0.2, -0.5  # % a year


class Figure(NamedTuple):
    """One figure: its value, its words with their unit, its year in words, the number of its source on the page."""

    value: float
    text: str
    year: str
    source: int


class Finding(NamedTuple):
    """One computed remark: sentence, rule, numbers of the sources on the page."""

    kind: RemarkKind
    text: str
    rule: str
    sources: tuple[int, ...]


# A figure by its code: of the place, or of the country.
Ask = Callable[[str], Figure | None]


def findings(own: Ask, country: Ask, average: str = "") -> list[Finding]:
    """What the figures say by themselves: every rule that has something to say, in a fixed order. Pure.

    `average` is empty for a commune; for a wider place it says that a distance is a mean.
    """
    found = [_distance(own, average, *rule) for rule in DISTANCES]
    found += [_against_country(own, country, *rule) for rule in RATES]
    return [one for one in (*found, _people(own)) if one]


def in_words(one: Finding) -> str:
    """The sentence with its rule and the numbers of its sources, where nothing can be a link."""
    told = " et ".join(map(str, one.sources))
    return f"{one.text} (Règle{NBSP}: {one.rule}. Source{'s' if len(one.sources) > 1 else ''}{NBSP}{told}.)"


def _distance(own: Ask, average: str, code: str, what: str, near: float, far: float) -> Finding | None:
    figure = own(code)
    if figure is None:
        return None
    where = f"à moins d'un{NBSP}kilomètre" if figure.value < 1 else f"à {figure.text}"
    # Only structures of the region are known: across its border a nearer one may exist.
    text = f"Dans la région, {what} est {where} à vol d'oiseau{average} ({figure.year})."
    if figure.value <= near:
        return Finding(RemarkKind.ASSET, text, f"au plus {near}{NBSP}km", (figure.source,))
    if figure.value > far:
        return Finding(RemarkKind.CAUTION, text, f"plus de {far}{NBSP}km", (figure.source,))
    return None


def _against_country(own_of: Ask, country_of: Ask, code: str, opening: str, lower_is: RemarkKind) -> Finding | None:
    own, country = own_of(code), country_of(code)
    if own is None or country is None or not country.value:
        return None
    gap = round(own.value / country.value - 1, 6)
    if abs(gap) < SHARE:
        return None
    higher_is = RemarkKind.CAUTION if lower_is == RemarkKind.ASSET else RemarkKind.ASSET
    kind, side = (lower_is, "plus bas") if gap < 0 else (higher_is, "plus haut")
    text = f"{opening} {own.text} ({own.year}), contre {country.text} en France ({country.year})."
    rule = f"chiffre {side} d'au moins {number(SHARE * 100)}{NBSP}% que celui de la France"
    return Finding(kind, text, rule, tuple(dict.fromkeys((own.source, country.source))))


def _people(own: Ask) -> Finding | None:
    figure = own("evolution_annuelle_population")
    if figure is None:
        return None
    change = f"({figure.text}, {figure.year})"
    if figure.value > GROWTH:
        rule = f"plus de {number(GROWTH, 1)}{NBSP}% par an"
        return Finding(RemarkKind.ASSET, f"La population augmente {change}.", rule, (figure.source,))
    if figure.value < DECLINE:
        rule = f"moins de {number(DECLINE, 1)}{NBSP}% par an"
        return Finding(RemarkKind.CAUTION, f"La population diminue {change}.", rule, (figure.source,))
    return None


def read(territories: Iterable[int]) -> list[tuple]:
    """The rows of `context`: the remarks of these places."""
    found = TerritoryRemark.objects.live().filter(territory__in=list(territories)).order_by("position", "pk")
    return list(found.values_list("territory", "kind", "text", "source", "source_url", "year"))


def context(names: Mapping[int, str], rows: Iterable[tuple], computed: Iterable[Finding]) -> dict[str, list[dict]]:
    """Assets and cautions ready to print. Pure.

    `names` are the place and those that hold it by primary key, the place first with an empty name: a remark of a
    wider place says whose it is.
    """
    found: dict[str, list[dict]] = {kind.value: [] for kind in RemarkKind}
    order = list(names)
    for pk, kind, text, source, url, year in sorted(rows, key=lambda row: order.index(row[0])):
        told = f"{source}, {partial_date(year)}"
        found[kind].append({"about": names[pk], "text": text, "source": told, "url": url, "rule": "", "sources": ()})
    for one in computed:
        rule = f"Règle{NBSP}: {one.rule}."
        found[one.kind].append(
            {"about": "", "text": one.text, "source": "", "url": "", "rule": rule, "sources": one.sources}
        )
    return {"assets": found[RemarkKind.ASSET], "cautions": found[RemarkKind.CAUTION]}

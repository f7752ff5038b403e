"""What figures alone say for or against a place: a few rules, each named beside its sentence. Pure."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from guide.core.french import NBSP, number
from guide.territories.enums import RemarkKind

NEAR_EMERGENCY_KM, FAR_EMERGENCY_KM = 10, 30
NEAR_UNIVERSITY_KM, FAR_UNIVERSITY_KM = 20, 80
NEAR_HOUSE_KM = 5
SHARE = 0.1  # a difference below a tenth says nothing: medians and rates of small places waver
GROWTH, DECLINE = 0.2, -0.5  # % a year


class Figure(NamedTuple):
    """One figure: its value, its words with their unit, its year in words, the number of its source on the page."""

    value: float
    text: str
    year: str
    source: int


class Finding(NamedTuple):
    """One computed remark: sentence, rule, numbers of the sources. `codes` name the figures it was read from."""

    kind: RemarkKind
    text: str
    rule: str
    sources: tuple[int, ...]


class Subject(NamedTuple):
    """What the rules may ask: a figure of the place by code, that of France beside it, and what means are called.

    `average` is empty for a commune; for a wider place it says that a distance is a mean.
    """

    own: Callable[[str], Figure | None]
    country: Callable[[str], Figure | None]
    average: str = ""


def findings(subject: Subject) -> list[Finding]:
    """Every rule that has something to say, in a fixed order."""
    rules = (_emergency, _university, _health_house, _price, _poverty, _doctors, _people)
    return [found for rule in rules for found in rule(subject)]


def in_words(one: Finding) -> str:
    """The sentence with its rule and the numbers of its sources, where nothing can be a link."""
    told = " et ".join(map(str, one.sources))
    return f"{one.text} (Règle{NBSP}: {one.rule}. Source{'s' if len(one.sources) > 1 else ''}{NBSP}{told}.)"


def _emergency(subject: Subject) -> Iterable[Finding]:
    yield from _distance(
        subject, "distance_urgences", "le service d'urgences le plus proche", NEAR_EMERGENCY_KM, FAR_EMERGENCY_KM
    )


def _university(subject: Subject) -> Iterable[Finding]:
    yield from _distance(
        subject, "distance_chu", "l'hôpital universitaire le plus proche", NEAR_UNIVERSITY_KM, FAR_UNIVERSITY_KM
    )


def _health_house(subject: Subject) -> Iterable[Finding]:
    """Never a drawback: the list of MSP is incomplete, so that a nearer one may exist."""
    yield from _distance(subject, "distance_msp", "la maison de santé (MSP) la plus proche", NEAR_HOUSE_KM, None)


def _distance(subject: Subject, code: str, what: str, near: float, far: float | None) -> Iterable[Finding]:
    figure = subject.own(code)
    if figure is None:
        return
    where = f"à moins d'un{NBSP}kilomètre" if figure.value < 1 else f"à {figure.text}"
    # Only structures of the region are known: across its border a nearer one may exist.
    text = f"Dans la région, {what} est {where} à vol d'oiseau{subject.average} ({figure.year})."
    if figure.value <= near:
        yield Finding(RemarkKind.ASSET, text, f"au plus {near}{NBSP}km", (figure.source,))
    elif far is not None and figure.value > far:
        yield Finding(RemarkKind.CAUTION, text, f"plus de {far}{NBSP}km", (figure.source,))


def _price(subject: Subject) -> Iterable[Finding]:
    opening = "Le prix médian des logements est de"
    yield from _against_country(subject, "prix_m2_median", opening, lower_is=RemarkKind.ASSET)


def _poverty(subject: Subject) -> Iterable[Finding]:
    yield from _against_country(subject, "taux_pauvrete", "Le taux de pauvreté est de", lower_is=RemarkKind.ASSET)


def _doctors(subject: Subject) -> Iterable[Finding]:
    yield from _against_country(
        subject,
        "densite_mg_y_compris_mep",
        "La densité de médecins généralistes est de",
        lower_is=RemarkKind.CAUTION,
    )


def _against_country(subject: Subject, code: str, opening: str, *, lower_is: RemarkKind) -> Iterable[Finding]:
    own, country = subject.own(code), subject.country(code)
    if own is None or country is None or not country.value:
        return
    gap = round(own.value / country.value - 1, 6)
    if abs(gap) < SHARE:
        return
    kinds = list(RemarkKind)
    kind = lower_is if gap < 0 else kinds[1 - kinds.index(lower_is)]
    side = "plus bas" if gap < 0 else "plus haut"
    text = f"{opening} {own.text} ({own.year}), contre {country.text} en France ({country.year})."
    yield Finding(
        kind,
        text,
        f"chiffre {side} d'au moins {number(SHARE * 100)}{NBSP}% que celui de la France",
        tuple(dict.fromkeys((own.source, country.source))),
    )


def _people(subject: Subject) -> Iterable[Finding]:
    figure = subject.own("evolution_annuelle_population")
    if figure is None:
        return
    change = f"({figure.text}, {figure.year})"
    if figure.value > GROWTH:
        rule = f"plus de {number(GROWTH, 1)}{NBSP}% par an"
        yield Finding(RemarkKind.ASSET, f"La population augmente {change}.", rule, (figure.source,))
    elif figure.value < DECLINE:
        rule = f"moins de {number(DECLINE, 1)}{NBSP}% par an"
        yield Finding(RemarkKind.CAUTION, f"La population diminue {change}.", rule, (figure.source,))

"""The filter panel of the catalogue: every choice with its state and its count, ready to print."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.utils.text import capfirst

from aids.eligibility import shown
from aids.listing.facets import Counted, count, fits, tally
from aids.listing.search import Search
from aids.querysets import LEVEL_SCHEMES
from aids.simulator.questions import SPECIALTIES
from aids.situations import Situation
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import Form, Mode, Profile, TimeState
from guide.core.french import fold
from guide.territories.enums import Level


class Option(NamedTuple):
    """One choice and how many aids it would give."""

    value: str
    label: str
    chosen: bool
    count: str


class Group(NamedTuple):
    """The choices of one filter; `control` is checks or select."""

    name: str
    label: str
    control: str
    options: list[Option]


class Panel(NamedTuple):
    """Everything that the panel prints."""

    groups: list[Group]
    commune: str
    words: str


def build(search: Search, aids: Iterable[Counted]) -> Panel:
    """The panel; `aids` are those that hold the words."""
    situation = search.situation()
    everywhere = list(aids)
    aids = _not_replaced(search, everywhere, situation)
    open_aids = [aid for aid in aids if _in_state(search, aid)]
    plain = _plain(search, aids)
    fitting = {id(aid) for aid in aids if fits(aid.rule, situation)}
    counts = {
        **{kind.value: count(plain, kind, _each(situation, kind)) for kind in _ANSWERS},
        "zone": count(plain, Kind.ZONING, _zoned(search, situation)),
        "departement": _by_department(search, everywhere, situation),
        "forme": tally(a.rule.form for a in open_aids if id(a) in fitting and _has(search, "financeur", a.funder)),
        "financeur": tally(a.funder for a in open_aids if id(a) in fitting and _has(search, "forme", a.rule.form)),
    }
    return Panel(_groups(search, counts), search.one("commune"), search.one("q"))


def _in_state(search: Search, aid: Counted) -> bool:
    wanted = {"ouverte": TimeState.OPEN, "annoncee": TimeState.ANNOUNCED, "fermee": TimeState.CLOSED}
    asked = search.one("etat")
    return aid.state == wanted[asked] if asked else aid.state != TimeState.CLOSED


def _has(search: Search, name: str, value: str) -> bool:
    return name not in search.values or value in search.values[name]


def _each(situation: Situation, kind: Kind) -> dict[str, Situation]:
    """The situation with each profile, specialty or mode alone."""
    name, choices, is_set = _ANSWERS[kind]
    return {str(v): replace(situation, **{name: frozenset({v}) if is_set else v}) for v in choices}


_ANSWERS = {
    Kind.PROFILE: ("profiles", Profile.values, True),
    Kind.SPECIALTY: ("specialty", [code for code, _ in SPECIALTIES], False),
    Kind.MODE: ("modes", Mode.values, True),
}


def _zoned(search: Search, situation: Situation) -> dict[str, Situation]:
    """Each level, in place of the one asked for in the same zoning."""
    kept, department = search.values.get("zone", []), search.one("departement")
    return {
        level: replace(
            situation,
            place=search.place(department, [*(z for z in kept if LEVEL_SCHEMES[z] != scheme), level]),
        )
        for level, scheme in LEVEL_SCHEMES.items()
    }


def _by_department(search: Search, aids: list[Counted], situation: Situation) -> dict[str, int]:
    """Counts by department; none when a commune is chosen, which already says the department."""
    zones = search.values.get("zone", ())
    found = {}
    for row in () if search.places.commune else search.places.departments:
        there = replace(situation, place=search.place(row.code, zones))
        found[row.code] = sum(fits(aid.rule, there) for aid in _plain(search, _not_replaced(search, aids, there)))
    return found


def _not_replaced(search: Search, aids: list[Counted], situation: Situation) -> list[Counted]:
    """`aids` without the generic ones that a local variant replaces at the place of `situation`."""
    kept = {rule.code for rule in shown(search.catalogue.rules, situation, search.day)}
    return [aid for aid in aids if aid.rule.code in kept]


def _plain(search: Search, aids: list[Counted]) -> list[Counted]:
    """Those that the filters which read no condition leave in."""
    return [
        aid
        for aid in aids
        if _in_state(search, aid) and _has(search, "forme", aid.rule.form) and _has(search, "financeur", aid.funder)
    ]


def _groups(search: Search, counts: Mapping[str, Mapping[str, int]]) -> list[Group]:
    rows = () if search.places.commune else search.places.departments
    departments = [(row.code, f"{row.name} ({row.code})") for row in rows]
    choices = (
        ("profil", "Profil", "select", _capital(Profile)),
        ("specialite", "Spécialité", "select", SPECIALTIES),
        ("mode", "Mode d'exercice", "select", _capital(Mode)),
        ("departement", "Département", "select", departments),
        ("zone", "Classement de la commune", "checks", [(level, _level(level)) for level in LEVEL_SCHEMES]),
        ("forme", "Forme de l'aide", "checks", _capital(Form)),
        ("financeur", "Qui la verse", "checks", sorted(search.funders.items(), key=lambda pair: fold(pair[1]))),
    )
    return [
        Group(name, label, control, _options(name, values, search, counts[name]))
        for name, label, control, values in choices
        if values
    ]


def _options(name, values, search: Search, counts: Mapping[str, int]) -> list[Option]:
    chosen = search.values.get(name, ())
    return [Option(str(v), label, v in chosen, str(counts.get(v, 0))) for v, label in values]


def _capital(choices) -> list[tuple[str, str]]:
    return [(choice.value, capfirst(choice.label)) for choice in choices]


def _level(level: str) -> str:
    label = Level(level).label
    return capfirst(label)

"""The list of the ways to practise by family, and the page of each: the aids that it opens, where one practises so."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from aids.aids_of_place import link
from aids.catalogue import current
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, Verdict, evaluate, shown
from aids.rules import Situation
from aids.vocabulary import TIME_BADGES, Mode, Profile, TimeState
from guide.core.french import NBSP, joined, number, plural, typographic
from guide.core.rich_text import plain
from guide.editorial.enums import Criterion, Family, subject_of
from guide.editorial.models import PracticeOption
from guide.editorial.rendering import Rendering, foot, lexicon
from guide.territories import maps
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from structures.enums import PLURALS, SHORT_LABELS, Kind
from structures.listing import notes_for
from structures.models import Structure

SECTION = "Façons d'exercer"
UNCOUNTED = "Aucune structure propre"
NONE_KNOWN = "Aucune structure recensée à ce jour"
# Ids that the template uses.
RESERVED = (
    "en-bref",
    "quoi",
    "pour-qui",
    "semaine",
    "pour-contre",
    "etapes",
    "aides",
    "ou",
    "appeler",
    "carte",
    "temoignages",
    "contacts-sujet",
)
TEXTS = ("audience", "day", "week", "advantages", "drawbacks", "aids_note", "who_to_call")
SHOWN = 4  # structures listed for each department; the link leads to the others
ELSEWHERE = "Département non renseigné"
# Kinds whose label does not count: (one, several).
NOUNS = {Kind.UNSCHEDULED: ("lieu de soins non programmés", "lieux de soins non programmés")}
ABOUT_PRACTICE = (ConditionKind.MODE, ConditionKind.COORDINATED, ConditionKind.STRUCTURE)


def comparison_of(slugs: Iterable[str]) -> str:
    """Address of the comparison of these options; of all of them without any."""
    query = urlencode([("o", slug) for slug in slugs])
    return reverse("practice:compare") + (f"?{query}" if query else "")


def trail(title: str) -> list[tuple[str, str]]:
    """Breadcrumb of a page under the list."""
    return [(SECTION, reverse("practice:list")), (title, "")]


def list_context() -> dict:
    """What practice/list.html prints."""
    groups = families()
    return {
        "breadcrumb": [(SECTION, "")],
        "groups": groups,
        "total": plural(sum(len(cards) for _, cards in groups), "façon d'exercer", "façons d'exercer"),
        "compare": reverse("practice:compare"),
        "questionnaire": reverse("practice:questionnaire"),
    }


def families() -> list[tuple[Family, list[dict]]]:
    """Live options by family, in the order of the vocabulary; families without option are left out."""
    cards: dict[Family, list[dict]] = {family: [] for family in Family}
    counts = dict(Structure.objects.live().order_by().values_list("kind").annotate(Count("pk")))
    for option in PracticeOption.objects.live().in_order().prefetch_related("kinds", "points"):
        cards[option.family].append(_card(option, counts))
    return [(family, found) for family, found in cards.items() if found]


def _card(option: PracticeOption, counts: Mapping[str, int]) -> dict[str, Any]:
    """An option in the list; its status may be empty, its count says how many structures there are."""
    status = next((point.text for point in option.points.all() if point.criterion == Criterion.STATUS), "")
    kinds = [row.kind for row in option.kinds.all()]
    found = _sentence({kind: counts.get(kind, 0) for kind in kinds})
    none = NONE_KNOWN if kinds else UNCOUNTED
    count = f"{found} dans ce guide" if found else none
    return {"option": option, "status": typographic(plain(escape(status))), "count": count}


def option_context(option: PracticeOption, version: str) -> dict[str, Any]:
    """What practice/detail.html prints of an option in whatever state, at a content version."""
    rendering = Rendering(lexicon(version), reserved=RESERVED)
    mode = option.simulator_mode
    kinds = list(option.kinds.values_list("kind", flat=True))
    points = dict(option.points.values_list("criterion", "text"))
    return {
        "subject": subject_of(option.family, mode),
        "option": option,
        "breadcrumb": trail(option.title),
        "family": Family(option.family).heading,
        "canonical": option.get_absolute_url(),
        "about": rendering.html(option.body),
        **{name: rendering.html(getattr(option, name)) for name in TEXTS},
        "points": [(capfirst(one.label), rendering.unmarked(points[one])) for one in Criterion if one in points],
        "steps": [(step.title, rendering.unmarked(step.text), step.duration) for step in option.steps.all()],
        "aids": _aids(mode, kinds, version),
        "mode": Mode(mode).label if mode else "",
        "presence": _presence(kinds, version),
        "compare": comparison_of([]),
        "questionnaire": reverse("practice:questionnaire"),
        "list": reverse("practice:list"),
        **foot(option, rendering),
    }


def _aids(mode: str, kinds: Collection[str], version: str) -> dict[str, Any] | None:
    """What practice/_aids.html prints for a mode of the simulator and kinds of structures, at a content version.

    None without a mode: the aids are then those of the practice that it is combined with.
    """
    if not mode:
        return None
    day = timezone.localdate()
    coordinated = True if Mode.COORDINATED in ConditionKind.MODE.declaration.terms.surely(mode) else None
    person = Situation(modes=frozenset({mode}), structures=frozenset(kinds) or None, coordinated=coordinated)
    rules = [rule for rule in current(version).rules if rule.state_on(day) != TimeState.CLOSED]
    verdicts = [evaluate(rule, person, day) for rule in shown(rules, person, day)]
    refused = sum(1 for verdict in verdicts if _is_refused(verdict, day))
    query = f"?{ConditionKind.MODE.value}={mode}"
    return {
        "links": [_link(verdict) for verdict in verdicts if _is_asked(verdict)],
        "others": plural(refused, "autre aide demande", "autres aides demandent") if refused else "",
        "simulator": simulator_address(mode),
        "catalogue": reverse("aids:list") + query,
    }


def simulator_address(mode: str) -> str:
    """The simulator filled with a mode; with the profile too, where only one can practise so."""
    retired = f"{ConditionKind.PROFILE.value}={Profile.RETIRED.value}&" if mode == Mode.AFTER_RETIREMENT else ""
    return f"{reverse('aids:simulator')}?{retired}{ConditionKind.MODE.value}={mode}"


def _is_asked(verdict: Verdict) -> bool:
    """Whether a way to get the aid asks for this practice, and finds it."""
    return verdict.state != State.NOT_ELIGIBLE and any(
        result.condition.kind in ABOUT_PRACTICE and result.outcome == Outcome.MET
        for case in verdict.cases
        if case.state != State.NOT_ELIGIBLE
        for result in case.results
    )


def _is_refused(verdict: Verdict, day) -> bool:
    """Whether this practice alone closes the aid."""
    return verdict.state == State.NOT_ELIGIBLE and evaluate(verdict.aid, Situation(), day).state != State.NOT_ELIGIBLE


def _link(verdict: Verdict) -> dict[str, Any]:
    found, is_open = link(verdict), verdict.time_state == TimeState.OPEN
    return found if is_open else found | {"badges": [*found["badges"], TIME_BADGES[verdict.time_state]]}


def _presence(kinds: Collection[str], version: str) -> dict[str, Any] | None:
    """What practice/_presence.html prints of the live structures of these kinds, at a content version.

    `points` are (kind, longitude, latitude) for the map; `drawing` is None without a region.

    None for an option that no kind of structures shows.
    """
    if not kinds:
        return None
    found = list(
        Structure.objects.live()
        .of_kinds(kinds)
        .select_related("commune__parent")
        .order_by("commune__parent__name", "commune__parent__code", "search_text", "pk")
    )
    counts = Counter(structure.kind for structure in found)
    by_department = groupby(found, attrgetter("commune.parent"))
    return {
        "sentence": _sentence({kind: counts[kind] for kind in kinds}),
        "groups": [_group(department, list(rows), kinds) for department, rows in by_department],
        "drawing": _drawing(kinds),
        "points": [(one.kind, one.longitude, one.latitude) for one in found if one.latitude is not None],
        "notes": notes_for(kinds, version),
        "list_href": _address("structures:list", kinds),
        "map_href": _address("structures:map", kinds),
    }


def _sentence(counts: Mapping[str, int]) -> str:
    """`112 MSP et 1 centre de santé`; kinds without any structure are left out, and none gives an empty text."""
    return joined(_counted(kind, count) for kind, count in counts.items() if count)


def _counted(kind: str, count: int) -> str:
    label = SHORT_LABELS[Kind(kind)]
    one = label if label.isupper() else label[:1].lower() + label[1:]
    singular, several = NOUNS.get(Kind(kind), (one, PLURALS[Kind(kind)]))
    return f"{number(count)} {singular if count == 1 else several}"


def _group(department: Territory | None, rows: list[Structure], kinds: Iterable[str]) -> dict[str, Any]:
    """Structures of one department: the first ones, how many in all, and where all are; "" when all are shown."""
    all_are_shown = department is None or len(rows) <= SHOWN
    return {
        "title": f"{department.name} ({department.code})" if department else ELSEWHERE,
        "count": plural(len(rows), "structure"),
        "structures": rows[:SHOWN],
        "href": "" if all_are_shown else _address("structures:list", kinds, department.code),
    }


def _address(name: str, kinds: Iterable[str], department: str = "") -> str:
    pairs = [("type", kind) for kind in sorted(kinds)] + ([("departement", department)] if department else [])
    return f"{reverse(name)}?{urlencode(pairs)}"


def _drawing(kinds: Iterable[str]) -> maps.Drawing | None:
    """The departments of the region, each leading to the list of its structures."""
    inside = Containment.objects.filter(outer__kind=TerritoryKind.REGION, outer__code=settings.REGION).values("inner")
    places = Territory.objects.live().filter(pk__in=inside, kind__in=(TerritoryKind.REGION, TerritoryKind.DEPARTMENT))
    columns = ("kind", "code", "name", "longitude", "latitude", "bbox", "contour__path_coarse")
    rows = list(places.order_by("search_name", "code").values_list(*columns))
    region = next((row for row in rows if row[0] == TerritoryKind.REGION), None)
    departments = [row for row in rows if row[0] == TerritoryKind.DEPARTMENT and row[6]]
    if region is None or not region[5] or not departments:
        return None
    drawing = maps.draw(
        "carte",
        f"Où exercer ainsi{NBSP}: les départements de la région",
        f"Chaque département mène à la liste de ses structures{NBSP}; les points sont les structures.",
        region[5],
        [maps.Shape(path, name, _address("structures:list", kinds, code)) for _, code, name, *_, path in departments],
        outline=region[6] or "",
    )
    return maps.with_labels(drawing, [(row[2], row[3], row[4]) for row in departments if row[4] is not None])

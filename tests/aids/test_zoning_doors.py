"""Which zoning holds in a commune today: one table of editions, read through every door of the site.

A commune, editions of the zoning of doctors that overlap, and three aids: one for ZIP, one for ZAC, one for what is
outside. Pages must say the same level, and every verdict must follow from it.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import timezone

from aids import aids_of_place
from aids.admin.trials import bench
from aids.amounts import Range
from aids.catalogue import current
from aids.eligibility import State, evaluate
from aids.golden import golden_case
from aids.practice_places import places_of
from aids.rules import Situation
from aids.simulator.money import euros
from guide.core import content_version
from guide.core.french import plural
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.models import Territory
from tests.aids.factories import AidFactory
from tests.aids.pages import text_of
from tests.aids.rules import aid, case, zoned
from tests.factories import DepartmentFactory, RegionFactory, TerritoryFactory, ZoningEditionFactory, ZoningFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db

EUROS = {"ZIP": 10_000, "ZAC": 5_000, "HZ": 1_000}
PERSON = {"profil": "jeune-diplome", "mode": "liberal-individuel"}
UNKNOWN, OUTSIDE, PARTLY = "non renseigné", "hors zonage", "ZIP (sur une partie de la commune)"


def edition(days, *rows, exhaustive=False, scope="region", ended=None):
    """Begun `days` ago, ended `ended` days ago; rows of the commune: "ZIP", "~ZIP" (a part), "-ZIP" (taken out)."""
    return {"days": days, "rows": rows, "exhaustive": exhaustive, "scope": scope, "ended": ended}


def case_of(name, editions, words, verdicts):
    """`editions` as they were entered, what pages say, and the verdicts of the aids for ZIP, ZAC and outside."""
    return pytest.param(editions, words, dict(zip(EUROS, verdicts.split(), strict=True)), id=name)


TABLE = [
    case_of("no edition", [], UNKNOWN, "maybe maybe maybe"),
    case_of("a list names it", [edition(9, "ZIP")], "ZIP", "yes no no"),
    case_of("a list does not name it", [edition(9)], UNKNOWN, "maybe maybe maybe"),
    case_of("an exhaustive list does not name it", [edition(9, exhaustive=True)], OUTSIDE, "no no yes"),
    case_of("named as outside", [edition(9, "HZ")], OUTSIDE, "no no yes"),
    # overlapping editions
    case_of(
        "facts of the press after an exhaustive list",
        [edition(5, "ZIP"), edition(9, "ZAC", exhaustive=True)], "ZIP", "yes no no",
    ),
    case_of(
        "an exhaustive list after facts of the press",
        [edition(9, "ZIP"), edition(5, "ZAC", exhaustive=True)], "ZAC", "no yes no",
    ),
    case_of(
        "left outside by an exhaustive list, named by an older one",
        [edition(5, exhaustive=True), edition(9, "ZIP")], OUTSIDE, "no no yes",
    ),
    case_of(
        "a newer list that does not name it is silent", [edition(9, "ZIP"), edition(5)], "ZIP", "yes no no",
    ),
    case_of(
        "a silent list after an exhaustive one that leaves it outside",
        [edition(9, exhaustive=True), edition(5)], OUTSIDE, "no no yes",
    ),
    case_of("named as outside after ZIP", [edition(9, "ZIP"), edition(5, "HZ")], OUTSIDE, "no no yes"),
    case_of("of one day, the one entered last", [edition(5, "ZIP"), edition(5, "ZAC")], "ZAC", "no yes no"),
    # scoped editions
    case_of(
        "an exhaustive list of its department",
        [edition(9, "ZIP", exhaustive=True), edition(5, exhaustive=True, scope="department")], OUTSIDE, "no no yes",
    ),
    case_of(
        "an exhaustive list of another department",
        [edition(9, "ZIP"), edition(5, exhaustive=True, scope="elsewhere")], "ZIP", "yes no no",
    ),
    case_of(
        "a row of a list whose scope does not hold it",
        [edition(9, "ZIP"), edition(5, "ZAC", scope="elsewhere")], "ZIP", "yes no no",
    ),
    # rows that a correction took out
    case_of("taken out of a list", [edition(9, "ZAC"), edition(5, "-ZIP")], "ZAC", "no yes no"),
    case_of("taken out of an exhaustive list", [edition(5, "-ZIP", exhaustive=True)], OUTSIDE, "no no yes"),
    # levels of a part of the commune
    case_of("a part, the rest not said", [edition(9, "~ZIP")], PARTLY, "maybe maybe maybe"),
    case_of("a part, the rest outside", [edition(9, "~ZIP", exhaustive=True)], PARTLY, "maybe no maybe"),
    case_of("a part, the rest named as outside", [edition(9, "~ZIP", "HZ")], PARTLY, "maybe no maybe"),
    case_of("a part, the rest in ZAC", [edition(9, "~ZIP", "ZAC")], f"{PARTLY}, ZAC", "maybe maybe no"),
    case_of("a part after the whole", [edition(9, "ZAC"), edition(5, "~ZIP")], PARTLY, "maybe maybe maybe"),
    case_of(
        "a part after an exhaustive list", [edition(9, exhaustive=True), edition(5, "~ZIP")], PARTLY,
        "maybe maybe maybe",
    ),
    case_of(
        "ZIP save for a part", [edition(9, "ZIP", "~HZ")], "ZIP, hors zonage (sur une partie de la commune)",
        "maybe no maybe",
    ),
    case_of(
        "a part outside, the rest not said", [edition(9, "ZIP"), edition(5, "~HZ")],
        "hors zonage (sur une partie de la commune)", "maybe maybe maybe",
    ),
    # closed editions
    case_of("its last day", [edition(9, "ZIP", ended=0)], "ZIP", "yes no no"),
    case_of("ended yesterday", [edition(9, "ZIP", ended=1)], UNKNOWN, "maybe maybe maybe"),
    case_of("begins tomorrow", [edition(-1, "ZIP")], UNKNOWN, "maybe maybe maybe"),
    case_of(
        "an older one still open", [edition(9, "ZIP"), edition(5, exhaustive=True, ended=1)], "ZIP", "yes no no"
    ),
    case_of("ended, then silence", [edition(9, "ZIP", ended=5), edition(4)], UNKNOWN, "maybe maybe maybe"),
]  # fmt: skip


def make(editions) -> Territory:
    """The commune, the editions and the aids."""
    region = RegionFactory()
    scopes = {"region": region, "department": DepartmentFactory(code="36", inside=[region])}
    scopes["elsewhere"] = DepartmentFactory(code="18", inside=[region])
    department = scopes["department"]
    commune = TerritoryFactory(
        code="36901", name="Ici", latitude=46.6, longitude=1.7, inside=[region, department], parent=department
    )
    today = timezone.localdate()
    for one in editions:
        made = ZoningEditionFactory(
            scheme=Scheme.DOCTORS,
            scope=scopes[one["scope"]],
            exhaustive=one["exhaustive"],
            valid_from=today - timedelta(one["days"]),
            valid_to=None if one["ended"] is None else today - timedelta(one["ended"]),
        )
        for row in one["rows"]:
            ZoningFactory(
                edition=made,
                territory=commune,
                level=Level(row.lstrip("~-")),
                partial=row.startswith("~"),
                missing_since=today if row.startswith("-") else None,
            )
    for level, amount in EUROS.items():
        sheet = AidFactory(code=level, name=level, rule=aid(case(zoned(level))))
        sheet.cases.get().amounts.create(kind="forfait", minimum=amount, maximum=amount)
    return commune


VERDICTS = {State.ELIGIBLE: "yes", State.TO_CHECK: "maybe", State.NOT_ELIGIBLE: "no"}


def rules():
    return current(content_version.current()).rules


def verdicts_of(situation: Situation) -> dict[str, str]:
    today = timezone.localdate()
    return {rule.code: VERDICTS[evaluate(rule, situation, today).state] for rule in rules()}


def territory_page(client, commune) -> str:
    text = text_of(client.get(commune.get_absolute_url()))
    return re.search(r".*Zonage médecin \(ZIP, ZAC\) (.*?) zonage de santé", text)[1]


def head_of_the_page(client, commune) -> str:
    facts = parsed(client.get(commune.get_absolute_url())).one('[aria-labelledby="en-bref"] dl').facts()
    return facts["Zonage médecin (ZIP, ZAC)"].removesuffix(" carte officielle de l'ARS")


def comparison(client, commune) -> str:
    text = text_of(client.get("/territoires/comparer/", {"t": commune.slug}))
    said = re.search(r"Zonage médecin \(ZIP, ZAC\) (.*?) France Ruralités", text)[1]
    return said.replace("en partie", "sur une partie de la commune").replace("Non renseigné", UNKNOWN)


def aids_of_the_page(client, commune) -> set[str]:
    """Aids that the page of the commune lists: those that the zoning does not refuse."""
    groups = aids_of_place.found_in(commune, content_version.current())["groups"]
    return {link["name"] for group in groups for link in group["links"]}


def catalogue(client, commune) -> set[str]:
    """Aids that the catalogue lists; it refuses on a sure level of the whole commune alone."""
    links = parsed(client.get("/aides/", {"commune": commune.code})).links("main a")
    return {level for level in EUROS if f"/aides/{level}/" in links}


def simulator(client, commune) -> dict[str, str]:
    shown = client.get("/aides/simulateur/", PERSON | {"commune": commune.code}).context
    rows = [*shown["best"], *(row for fold in shown["folds"] for row in fold.rows)]
    return {row["name"]: "yes" if row["is_granted"] else "no" if row["is_refused"] else "maybe" for row in rows}


def map_of_aids(client, commune) -> str:
    (entry,) = client.get("/aides/carte/", PERSON).context["legend"]
    assert entry["size"] == plural(1, "commune")
    return entry["label"].removeprefix("à préciser\u00a0: ")


def golden(client, commune) -> dict[str, str]:
    answers = {"profils": [PERSON["profil"]], "commune": commune.code, "jour": timezone.localdate().isoformat()}
    return verdicts_of(golden_case("x", answers).situation)


def bench_of_an_aid(client, commune) -> dict[str, str]:
    named = {"Aide accordée": "yes", "À vérifier": "maybe", "Aide refusée": "no"}
    request = RequestFactory().get("/", PERSON | {"commune": commune.code})
    return {rule.code: named[bench(request, rule)["verdict"]] for rule in rules()}


def whole_region(client, commune) -> dict[str, str]:
    """As the benchmarks read it: all the communes at once."""
    communes = Territory.objects.of_kind(TerritoryKind.COMMUNE)
    return verdicts_of(Situation(place=places_of(communes, timezone.localdate())[commune.pk]))


@pytest.mark.parametrize(("editions", "words", "verdicts"), TABLE)
def test_every_door_reads_the_same_zoning(client, editions, words, verdicts):
    commune = make(editions)
    doors = (territory_page, head_of_the_page, comparison, aids_of_the_page, catalogue, simulator, map_of_aids, golden)
    said = {door.__name__: door(client, commune) for door in (*doors, bench_of_an_aid, whole_region)}
    sure = sum(EUROS[level] for level, verdict in verdicts.items() if verdict == "yes")
    hoped = sure + sum(EUROS[level] for level, verdict in verdicts.items() if verdict == "maybe")
    possible = {level for level, verdict in verdicts.items() if verdict != "no"}
    expected = {
        "territory_page": words,
        "head_of_the_page": words,
        "comparison": words,
        "aids_of_the_page": possible,
        "catalogue": possible if "maybe" not in verdicts.values() else set(EUROS),
        "simulator": verdicts,
        "map_of_aids": euros(Range(Decimal(sure), Decimal(hoped))),
        "golden": verdicts,
        "bench_of_an_aid": verdicts,
        "whole_region": verdicts,
    }
    if words == f"{PARTLY}, ZAC":  # the comparison names what covers the whole first
        expected["comparison"] = "ZAC, ZIP (sur une partie de la commune)"
    assert said == expected

"""Aids: the price of a simulation and of the map as multiples, queries of the catalogue with all its filters."""

import gzip
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aids.catalogue import Catalogue, current
from aids.eligibility import State, evaluate_all, sight, signature
from aids.practice_places import places_of
from aids.prospects import prospects
from aids.rules import PracticePlace, Situation, ZoningState
from aids.simulator.answers import Answers, find_places
from aids.simulator.result import simulate
from aids.sums import best_plan, offers
from aids.vocabulary import Profile, Sector
from bench.latency import CONSTANT
from bench.load import Target, ask, p50
from bench.server import gunicorn
from bench.tables import kilobytes, table, title
from guide.core import content_version
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import place_rows

ROUNDS = 9
COUNTRY = 35_000
PERSON = "profil=primo-installe&specialite=medecine-generale&mode=liberal&secteur=secteur-1&premiere-installation=oui"
SIMULATION = Target("simulation in a commune", f"/aides/simulateur/?{PERSON}&meme-categorie=non&commune=36046")
CATALOGUE = Target(
    "catalogue, every filter",
    "/aides/?profil=primo-installe&specialite=medecine-generale&mode=liberal&zone=ZIP&commune=36044"
    "&forme=forfait&financeur=assurance-maladie&etat=ouverte&q=installation",
)
MAP = Target("map of aids", f"/aides/carte/?{PERSON}")
PAGES = (Target("catalogue", "/aides/"), CATALOGUE, SIMULATION, MAP)


def report() -> None:
    """Pages on gunicorn against the constant view, then the evaluation of the map in memory."""
    _pages()
    _evaluation()


def _pages() -> None:
    title("Aids: pages as a ratio to the constant view (goal for a simulation: under 40), queries, sizes")
    counted = [_counted(target) for target in PAGES]
    with gunicorn() as port:
        for target in (CONSTANT, *PAGES):
            ask(port, target), ask(port, target)
        constant, *times = p50(port, [CONSTANT, *PAGES])
    rows = [
        (target.name, status, f"{spent / constant:.1f}", queries, kilobytes(size))
        for target, spent, (status, queries, size) in zip(PAGES, times, counted, strict=True)
    ]
    table(["page", "status", "ratio", "queries", "gzip kB"], rows)


def _counted(target: Target) -> tuple[int, int, int]:
    """Status, queries once the worker is warm, bytes compressed."""
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.get(target.path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(target.path)
    return response.status_code, len(captured), len(gzip.compress(response.content, 6))


def _evaluation() -> None:
    """The verdicts of all communes, each distinct signature once, against one simulation."""
    catalogue, day = current(content_version.current()), timezone.localdate()
    communes = place_rows(Territory.objects.live().of_kind(TerritoryKind.COMMUNE).order_by("code"))
    region = list(places_of(communes, day).values())
    country = _country(region)
    alone = _median(lambda: _verdicts(catalogue, region[0], day))
    whole = _median(_simulation)
    title(f"Aids: {len(catalogue.rules)} rules over many communes, as a multiple of one simulation in process")
    rows = []
    for places, goal in ((region, 5), (country, 20)):
        seen = sight(catalogue.rules)
        signatures = len({signature(place, seen) for place in places})
        spent = _median(lambda places=places: _map(catalogue, places, day))
        name = f"{len(places):,} communes"
        rows.append((name, signatures, f"{spent / whole:.1f}", f"under {goal}", f"{spent / alone:.0f}"))
    table(["places", "signatures", "x simulation", "goal", "x verdicts alone"], rows)


def _person(place: PracticePlace | None) -> Situation:
    return Situation(
        profiles=frozenset({Profile.NEWLY_SETTLED.value}),
        specialty="medecine-generale",
        modes=frozenset({"liberal"}),
        sector=Sector.ONE.value,
        place=place,
        first_installation=True,
        same_category=False,
    )


def _simulation() -> None:
    """One simulation as the site runs it: answers, places around, verdicts, sums, near misses, other answers."""
    answers = Answers.read(RequestFactory().get(SIMULATION.path))
    catalogue = current(content_version.current())
    simulate(answers, find_places(answers, catalogue.version), catalogue)


def _verdicts(catalogue: Catalogue, place: PracticePlace, day: date) -> None:
    """The engine alone at one place: verdicts, and the best compatible set."""
    verdicts = evaluate_all(catalogue.rules, _person(place), day)
    granted = [verdict for verdict in verdicts if verdict.state == State.ELIGIBLE]
    best_plan(offers(granted, None), catalogue.conflicts)


def _map(catalogue: Catalogue, places: list[PracticePlace], day: date) -> None:
    prospects(catalogue.rules, catalogue.conflicts, _person(None), places, day)


def _country(region: list[PracticePlace]) -> list[PracticePlace]:
    """As many made-up communes as the country has, in every zone, in the perimeters of the region's own."""
    chance = random.Random(24)
    doctors = [None, Level.ZIP, Level.ZAC, Level.ZV, Level.HZ]
    rural = [None, Level.FRR, Level.FRR_PLUS, Level.HZ]
    made = []
    for number in range(COUNTRY):
        model = region[number % len(region)]
        drawn = {Scheme.DOCTORS.value: chance.choice(doctors), Scheme.FRR.value: chance.choice(rural)}
        zonings = {scheme: ZoningState(frozenset({level.value})) for scheme, level in drawn.items() if level}
        made.append(PracticePlace(f"X{number}", f"X{number}", model.inside, model.touching, zonings))
    return made


def _median(run: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)

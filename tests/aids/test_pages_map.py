import gzip
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aids.eligibility import State, evaluate
from aids.prospects import classes, prospects
from aids.rules import Situation
from guide.territories.models import Contour
from tests.aids import strategies
from tests.aids.factories import AidFactory
from tests.aids.pages import DOCTOR, cold, small_region, text_of
from tests.aids.rules import aid, case, condition, lump, place, zoned
from tests.factories import TerritoryFactory
from tests.markup import parsed
from tests.new_process import MOST_QUERIES

db = pytest.mark.django_db
PATH = "/aides/carte/"
DAY = date(2026, 6, 1)


def draw(*territories):
    for number, territory in enumerate(territories):
        path = f"M{number} 0l5 5-5 0z"
        Contour.objects.create(territory=territory, full="", simplified="", path_fine=path, path_coarse=path)


@db
def test_each_commune_is_drawn_in_its_class_and_counted_in_the_tables(client):
    places = small_region()
    draw(places["36901"], places["36902"], places["36903"], places["36"])
    response = client.get(PATH, {**DOCTOR})
    areas, text = parsed(response).all('svg .aidmap__area[fill^="url(#motif-"][d^="M"]'), text_of(response)
    assert len(areas) == 3
    assert "5 000 € (1 commune)" in text
    assert "10 000 € (1 commune)" in text
    assert "à préciser : jusqu'à 10 000 €" in text
    assert "Par département" in text
    assert places["36"].name in text


@db
def test_a_pattern_tells_the_classes_apart_without_colour(client):
    places = small_region()
    draw(places["36901"], places["36903"])
    patterns = parsed(client.get(PATH, {**DOCTOR})).all("svg pattern")
    marks = [pattern.all(".aidmap__mark") + pattern.all(".aidmap__dot") for pattern in patterns]
    drawn = {tuple(tuple(sorted(mark.node.items())) for mark in pattern) for pattern in marks}
    assert len(drawn) == len(patterns) >= 2


@db
def test_the_place_of_an_address_does_not_count(client):
    small_region()
    without = text_of(client.get(PATH, {**DOCTOR}))
    assert text_of(client.get(PATH, {**DOCTOR, "commune": "36901"})) == without
    assert text_of(client.get(PATH, {**DOCTOR, "departement": "99"})) == without


@db
def test_fifty_communes_ask_no_more_queries_than_one(client):
    places = small_region()
    address = f"{PATH}?profil=interne"
    few = cold(client, address)
    for number in range(50):
        TerritoryFactory(code=f"369{number + 10}", inside=[places["24"], places["36"]], parent=places["36"])
        AidFactory(code=f"aide-{number}", rule=aid(case(zoned("ZIP"))))
    assert cold(client, address) == few <= MOST_QUERIES


@db
def test_wrong_answers_draw_no_map(client):
    small_region()
    response = client.get(PATH, {"profil": "nouveau"})
    assert response.status_code == 200
    assert "n'existe pas" in text_of(response)
    assert parsed(response).all(".aidmap__area") == []


@given(
    rules=st.lists(strategies.rules(), max_size=6),
    situation=strategies.situations,
    places=st.lists(strategies.places, min_size=1, max_size=12),
)
@settings(max_examples=80, deadline=None)
def test_each_place_gets_the_answer_that_the_engine_gives_there(rules, situation, places):
    from dataclasses import replace

    rules = [replace(rule, code=f"aide-{rank}") for rank, rule in enumerate(rules)]
    found = prospects(rules, [], situation, places, DAY)
    for one, there in zip(found, places, strict=True):
        verdicts = [evaluate(rule, replace(situation, place=there), DAY) for rule in rules]
        assert one.granted == sum(verdict.state == State.ELIGIBLE for verdict in verdicts)


def test_an_aid_is_evaluated_once_for_all_the_places_it_cannot_tell_apart(monkeypatch):
    calls = []
    monkeypatch.setattr("aids.prospects.evaluate", lambda *args: calls.append(1) or evaluate(*args))
    zip_aid = aid(case(zoned("ZIP"), amounts=[lump(10_000)]), code="zip")
    anywhere = aid(case(condition("profil", "interne")), code="partout")
    towns = [place(level, code=f"36{number:03}") for number in range(600) for level in ("ZIP", "ZAC", None)]
    prospects([zip_aid, anywhere], [], Situation(), towns, DAY)
    assert len(calls) == 3 + 1


def test_equal_figures_are_one_class_and_there_are_seven_at_most():
    rules = [aid(case(zoned("ZIP"), amounts=[lump(1000)]), code="zip")]
    rules += [
        aid(case(condition("territoire", f"commune:36{n:03}"), amounts=[lump(100 * n)]), code=f"c{n}")
        for n in range(9)
    ]
    towns = [place(level, code=f"36{n:03}") for n in range(12) for level in ("ZIP", None)]
    towns += [place(code=f"36{n:03}") for n in range(12)]
    found = prospects(rules, [], Situation(), towns, DAY)
    made = classes(found)
    assert len(made) <= 7
    assert sorted(p for one in made for p in one.prospects) == sorted(set(found))
    assert len({one.rank for one in made}) == len(made)


@db
def test_a_region_of_1754_communes_stays_under_150_kb_compressed(client):
    places = small_region()
    draw(*(places[code] for code in ("36901", "36902", "36903")))
    body = client.get(PATH, {**DOCTOR}).content
    without_paths = re.sub(rb' d="[^"]*"', b"", body)
    assert len(gzip.compress(without_paths)) < 20_000


@db
def test_an_answer_still_missing_is_a_range_and_never_zero(client):
    places = small_region()
    draw(places["36901"])
    text = text_of(client.get(PATH, {"profil": "interne"}))
    assert "à préciser : jusqu'à 36 000 € et plus" in text
    assert "aucune somme" not in text
    assert "Il manque : votre spécialité" in text
    said = text_of(client.get(PATH, {"profil": "interne", "specialite": "medecine-generale", "etudes": "36"}))
    assert "et plus" not in said


@db
def test_empty_answers_lead_to_the_canonical_address(client):
    response = client.get(f"{PATH}?profil=interne&specialite=&mode=")
    assert (response.status_code, response["Location"]) == (302, f"{PATH}?profil=interne")

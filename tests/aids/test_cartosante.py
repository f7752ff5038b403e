"""The day staff import the CartoSanté file, the verdict on the first-installation aid becomes sharp."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from aids.amounts import Range, summary, total
from aids.catalogue import to_rules
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, evaluate
from aids.models import Aid
from aids.practice_places import places_of
from aids.reasons import Located, explain, near_misses
from aids.rules import Situation
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from tests.aids.regions import FILES, REGION_FILE, centre_val_de_loire, load
from tests.factories import TerritoryFactory

DAY = date(2026, 6, 1)
BOTH = "10\u202f000\u00a0€ si la commune est en ZIP, 5\u202f000\u00a0€ si la commune est en ZAC"
ZIP, ZAC, OUTSIDE = "18033", "36044", "36063"


@pytest.fixture
def aid(db):
    places = centre_val_de_loire()
    outside = {"code": OUTSIDE, "name": "Déols", "latitude": 46.83, "longitude": 1.70}
    TerritoryFactory(**outside, inside=[places["24"], places["36"]])
    Territory.objects.filter(code=ZAC).update(name="Châteauroux", latitude=46.81, longitude=1.69)
    Territory.objects.filter(code=ZIP).update(name="Bourges", latitude=47.08, longitude=2.40)
    load(REGION_FILE)
    (rule,) = to_rules(Aid.objects.filter(code="aide-primo-installation"))
    return rule


def import_cartosante():
    options = ["--format=cartosante", "--valid-from=2026-02-05", "--source=ARS Centre-Val de Loire", "--apply"]
    call_command("import_zonings", str(FILES / "cartosante.csv"), *options, verbosity=0)


def located() -> dict[str, Located]:
    communes = Territory.objects.of_kind(TerritoryKind.COMMUNE).order_by("code")
    positions = {code: (lat, lon) for code, lat, lon in communes.values_list("code", "latitude", "longitude")}
    return {place.code: Located(place, *positions[place.code]) for place in places_of(communes, DAY).values()}


def newcomer(place) -> Situation:
    return Situation(
        profiles=frozenset({"primo-installe"}),
        specialty="medecine-generale",
        modes=frozenset({"liberal"}),
        sector="secteur-1",
        place=place,
        first_installation=True,
        same_category=False,
        installed_on=DAY,
    )


def verdict_in(aid, code):
    return evaluate(aid, newcomer(located()[code].place), DAY)


@pytest.mark.parametrize("code", [ZIP, ZAC, OUTSIDE])
def test_before_the_file_the_verdict_is_to_be_checked_and_shows_both_outcomes(aid, code):
    verdict = verdict_in(aid, code)
    assert verdict.state == State.TO_CHECK
    assert verdict.questions == (ConditionKind.ZONING,)
    assert summary(verdict) == BOTH
    assert near_misses(aid, newcomer(None), located()[code], located().values(), DAY) == []


@pytest.mark.parametrize(("code", "euros"), [(ZIP, 10_000), (ZAC, 5_000)])
def test_after_the_file_the_amount_is_the_one_of_the_zone(aid, code, euros):
    import_cartosante()
    verdict = verdict_in(aid, code)
    assert verdict.state == State.ELIGIBLE
    (granted,) = verdict.possible_cases
    assert total(granted.case.amounts) == Range(Decimal(euros), Decimal(euros))


def test_after_the_file_a_commune_outside_is_refused_with_the_nearest_better_ones(aid):
    import_cartosante()
    verdict, places = verdict_in(aid, OUTSIDE), located()
    assert verdict.state == State.NOT_ELIGIBLE
    (reason,) = explain(verdict, newcomer(places[OUTSIDE].place), DAY)
    assert "il faut exercer dans une commune classée z" in reason.lower()
    found = near_misses(aid, newcomer(None), places[OUTSIDE], places.values(), DAY)
    assert [(miss.place.name, miss.gain.low) for miss in found] == [("Châteauroux", 5_000), ("Bourges", 10_000)]
    assert found[0].distance_km < found[1].distance_km


def test_the_page_of_the_simulator_turns_with_the_file(aid, client):
    def page(code) -> str:
        answers = {
            "profil": "primo-installe",
            "specialite": "medecine-generale",
            "mode": "liberal",
            "secteur": "secteur-1",
            "commune": code,
            "date": DAY.isoformat(),
            "premiere-installation": "oui",
            "meme-categorie": "non",
            "date-installation": DAY.isoformat(),
        }
        response = client.get(reverse("aids:simulator"), answers)
        assert response.status_code == 200
        return response.content.decode()

    assert BOTH in page(OUTSIDE)
    import_cartosante()
    assert BOTH not in page(OUTSIDE)
    assert "Châteauroux (ZAC)" in page(OUTSIDE)

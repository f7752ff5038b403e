from datetime import date

import pytest

from aids.catalogue import incompatibilities, to_rules
from aids.eligibility import Sight
from aids.models import Aid
from aids.practice_places import place_of, places_of
from aids.rules import AidRule, ZoningState
from guide.territories.enums import Scheme
from guide.territories.models import Territory
from tests.aids.factories import AidFactory
from tests.aids.regions import REGION_FILE, centre_val_de_loire, load
from tests.aids.rules import aid, case, condition, zoned
from tests.factories import (
    DepartmentFactory,
    RegionFactory,
    TerritoryFactory,
    ZoningEditionFactory,
    ZoningFactory,
)
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_rules_come_back_as_they_were_written():
    rule = aid(
        case(condition("profil", "interne"), zoned("ZIP", "ZAC")),
        common=[condition("mode", "liberal")],
        exclusions=[condition("specialite", "radiologie")],
    )
    AidFactory(code=rule.code, rule=rule)
    (loaded,) = to_rules(Aid.objects.all())
    assert isinstance(loaded, AidRule)
    assert loaded.common == rule.common
    assert loaded.exclusions == rule.exclusions
    assert loaded.cases[0].conditions == rule.cases[0].conditions


def test_one_aid_or_fifty_ask_the_same_number_of_queries():
    rule = aid(case(condition("profil", "interne")))
    AidFactory(rule=rule)
    few = count_queries(lambda: to_rules(Aid.objects.live()))
    for _ in range(49):
        AidFactory(rule=rule)
    assert count_queries(lambda: to_rules(Aid.objects.live())) == few <= 3


def test_the_region_file_gives_its_rules_and_pairs():
    centre_val_de_loire()
    load(REGION_FILE)
    rules = {rule.code: rule for rule in to_rules(Aid.objects.live())}
    assert [case.code for case in rules["aide-primo-installation"].cases] == ["zip", "zac"]
    assert rules["bourse-indre"].variant_of == "indemnite-etude-projet-professionnel"
    assert rules["bourse-indre"].common[0].names
    pairs = {(pair.first, pair.second) for pair in incompatibilities(Aid.objects.live())}
    assert ("indemnite-docteur-junior-zip", "indemnite-transport-interne") in pairs


def test_zoning_of_communes_on_a_day():
    region = RegionFactory()
    whole = ZoningEditionFactory(scope=region, exhaustive=True)
    facts = ZoningEditionFactory(
        scheme="zonage_medecin", scope=region, exhaustive=False, valid_from="2022-01-01", valid_to="2025-12-31"
    )
    newer = ZoningEditionFactory(scheme="zonage_medecin", scope=region, exhaustive=False, valid_from="2025-06-01")
    zoned_one, outside, part = (TerritoryFactory(inside=[region]) for _ in range(3))
    ZoningFactory(edition=whole, territory=zoned_one, level="FRR")
    ZoningFactory(edition=facts, territory=zoned_one, level="ZIP")
    ZoningFactory(edition=newer, territory=zoned_one, level="ZAC")
    ZoningFactory(edition=facts, territory=part, level="ZIP", partial=True)
    communes = Territory.objects.filter(pk__in=[zoned_one.pk, outside.pk, part.pk]).order_by("pk")

    def on(*day):
        return [place.zonings for place in places_of(communes, date(*day)).values()]

    frr, out = ZoningState(frozenset({"FRR"})), ZoningState()
    assert on(2026, 6, 1) == [
        {"frr": frr, "zonage_medecin": ZoningState(frozenset({"ZAC"}))}, {"frr": out}, {"frr": out},
    ]  # fmt: skip
    assert on(2025, 12, 1)[0]["zonage_medecin"].levels == {"ZAC"}
    assert on(2025, 5, 1)[0] == {"zonage_medecin": ZoningState(frozenset({"ZIP"}))}
    assert on(2025, 5, 1)[2]["zonage_medecin"] == ZoningState(partial=frozenset({"ZIP"}), complete=False)


def test_places_ask_a_fixed_number_of_queries():
    region = RegionFactory()
    TerritoryFactory(inside=[region])
    few = count_queries(lambda: places_of(list(Territory.objects.filter(kind="commune")), DAY))
    for _ in range(30):
        TerritoryFactory(inside=[region])
    assert count_queries(lambda: places_of(list(Territory.objects.filter(kind="commune")), DAY)) == few <= MOST_QUERIES


def test_a_department_touches_what_lies_in_it():
    region = RegionFactory()
    department = DepartmentFactory(code="36", inside=[region])
    commune = TerritoryFactory(inside=[region, department])
    TerritoryFactory(inside=[region])
    place = place_of(department, DAY)
    assert place.inside == {"region:24", "department:36"}
    assert place.touching == place.inside | {f"commune:{commune.code}"}
    assert place_of(commune, DAY).inside == place.touching


def test_a_zoning_that_a_correction_took_out_opens_no_right():
    places = centre_val_de_loire()
    commune = TerritoryFactory(inside=[places["24"], places["36"]])
    edition = ZoningEditionFactory(scheme=Scheme.DOCTORS, scope=places["24"], exhaustive=False, valid_from=DAY)
    ZoningFactory(edition=edition, territory=commune, level="ZIP", missing_since=DAY)
    seen = Sight((Scheme.DOCTORS.value,), frozenset())
    assert place_of(commune, DAY, seen).zonings == place_of(commune, DAY).zonings == {}

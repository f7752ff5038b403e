import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, evaluate
from aids.exchange.importer import AidsImporter
from aids.listing.filters import Counted, count
from aids.models import Aid, AidChange, AidNeed
from aids.rules import Situation
from aids.vocabulary import Need, TimeState
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from tests.aids import strategies
from tests.aids.factories import AidFactory
from tests.aids.pages import cold, small_region, text_of
from tests.aids.rules import aid, case, condition, lump, zoned
from tests.factories import DepartmentFactory, RegionFactory
from tests.markup import parsed
from tests.new_process import MOST_QUERIES

PATH = "/aides/"
db = pytest.mark.django_db


def names(response) -> list[str]:
    whole = parsed(response)
    closed = whole.links('[aria-labelledby="fermees"] .row__title a')
    listed = whole.links(".row__title a")
    return [address.split("/")[2] for address in listed[: len(listed) - len(closed)]]


def counts(response, name) -> dict[str, int]:
    """Counts of the choices of a list (`select`) of the panel."""
    options = parsed(response).all(f"select#f-{name} option")
    return {one["value"]: int(one.text.rpartition("(")[2].rstrip(")")) for one in options if one["value"]}


def three_aids():
    RegionFactory()
    AidFactory(code="interne", rule=aid(case(condition("profil", "interne"))))
    AidFactory(code="zip", rule=aid(case(zoned("ZIP")), common=[condition("mode", "liberal")]))
    AidFactory(code="pour-tous")


@db
def test_every_open_or_announced_aid_is_listed_and_the_closed_ones_come_apart(client):
    three_aids()
    AidFactory(code="close", closes_on=date(2020, 1, 1))
    AidFactory(code="annoncee", time_state=TimeState.ANNOUNCED)
    response = client.get(PATH)
    assert names(response) == ["annoncee", "interne", "pour-tous", "zip"]
    assert "Aides fermées" in text_of(response)
    assert parsed(response).links('[aria-labelledby="fermees"] .row__title a') == ["/aides/close/"]
    assert names(client.get(PATH, {"etat": "fermee"})) == ["close"]


@db
def test_aids_stand_once_by_what_they_are_for_the_largest_sum_first(client):
    def needed(code, *needs, euros=None):
        one = AidFactory(code=code, rule=aid(case(amounts=[lump(euros)] if euros else [])))
        AidNeed.objects.bulk_create(AidNeed(aid=one, need=need) for need in needs)

    needed("petite", Need.SETTLE, euros=5000)
    needed("grande", Need.SETTLE, Need.FAMILY, euros=50_000)
    needed("sans-somme", Need.SETTLE)
    needed("bourse", Need.STUDIES)
    needed("logement", Need.PLACEMENT, Need.HOUSING)
    needed("impot", Need.TAX, Need.SETTLE)
    needed("sans-besoin")
    response = client.get(PATH)
    assert names(response) == ["bourse", "grande", "petite", "sans-somme", "impot", "logement", "sans-besoin"]
    titles = [one["id"] for one in parsed(response).all(".section__title[id]")]
    assert titles == ["etudier", "s-installer", "fiscalite", "se-loger", "autres"]


@db
def test_what_is_true_of_most_aids_is_said_once(client):
    three_aids()
    AidFactory(code="annoncee", time_state=TimeState.ANNOUNCED)
    AidFactory(code="verifiee", verified_on=date(2026, 2, 5))
    text = text_of(client.get(PATH))
    assert text.count("Ouverte") == 1  # the licence of the foot
    assert "vérification non renseignée" not in text
    assert text.count("Annoncée") == 1
    assert text.count("vérifiée le 5 février 2026") == 1


@db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"profil": "externe"}, ["pour-tous", "zip"]),
        ({"mode": "msp"}, ["interne", "pour-tous", "zip"]),
        ({"mode": "salarie"}, ["interne", "pour-tous"]),
        ({"zone": "ZAC"}, ["interne", "pour-tous"]),
        ({"zone": ["ZIP", "FRR"], "profil": "interne"}, ["interne", "pour-tous", "zip"]),
        ({"q": "pour tous"}, ["pour-tous"]),
        ({"forme": "bourse"}, []),
    ],
)
def test_filters(client, query, expected):
    three_aids()
    assert names(client.get(PATH, query)) == expected


@db
def test_a_count_says_how_many_aids_the_choice_gives(client):
    small_region()
    for query in ({}, {"departement": "36"}, {"mode": "liberal", "zone": "ZAC"}):
        response = client.get(PATH, query)
        for name in ("profil", "specialite", "departement"):
            found = counts(response, name)
            for value in list(found)[:4]:
                assert len(names(client.get(PATH, {**query, name: value}))) == found[value], (query, name, value)


@db
def test_the_zoning_of_the_chosen_commune_counts(client):
    small_region()
    assert "indemnite-docteur-junior-zip" in names(client.get(PATH, {"commune": "36901"}))
    assert "indemnite-docteur-junior-zip" not in names(client.get(PATH, {"commune": "36902"}))
    assert "indemnite-docteur-junior-zip" in names(client.get(PATH, {"commune": "36903"}))


@db
def test_a_perimeter_is_the_aid_s_own(client):
    small_region()
    here = names(client.get(PATH, {"departement": "36"}))
    assert "bourse-indre" in here
    assert "bourse-loiret" not in here


@given(rule=strategies.rules(), situation=strategies.situations)
@settings(max_examples=150, deadline=None)
def test_the_counts_agree_with_the_engine(rule, situation):
    from dataclasses import replace

    rule = replace(rule, state=TimeState.OPEN, opens_on=None, closes_on=None)
    situation = replace(situation, installed_on=None)
    choices = {mode: replace(situation, modes=frozenset({mode})) for mode in strategies.MODES}
    counted = count([Counted(rule, "", TimeState.OPEN)], ConditionKind.MODE, choices)
    expected = {m for m, s in choices.items() if evaluate(rule, s, date(2026, 6, 1)).state != State.NOT_ELIGIBLE}
    assert {mode for mode in choices if counted[mode]} == expected


def test_counts_of_no_choice_at_all():
    assert count([Counted(aid(), "", TimeState.OPEN)], ConditionKind.TERRITORY, {}) == {}
    assert Situation().place is None


@db
def test_htmx_gets_the_results_alone(client):
    three_aids()
    response = client.get(PATH, {"profil": "interne"}, headers={"HX-Request": "true"})
    body = parsed(response)
    assert not body.is_whole()
    assert body.one('[hx-swap-oob="innerHTML"]').text.startswith("3")
    assert response["HX-Push-Url"] == "/aides/?profil=interne"


@db
def test_as_many_queries_for_three_aids_and_for_fifty(client):
    small_region()
    addresses = [PATH, f"{PATH}?commune=36901&zone=FRR&profil=interne&q=aide", f"{PATH}?departement=36&forme=bourse"]
    few = [cold(client, address) for address in addresses]
    for number in range(50):
        AidFactory(code=f"aide-{number}", rule=aid(case(zoned("ZIP")), common=[condition("profil", "interne")]))
    assert [cold(client, address) for address in addresses] == few
    assert max(few) <= MOST_QUERIES


@db
def test_csv_has_one_line_for_each_aid_of_the_filter(client):
    small_region()
    response = client.get("/aides.csv", {"profil": "interne", "departement": "36"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert sorted(row["code"] for row in rows) == sorted(
        names(client.get(PATH, {"profil": "interne", "departement": "36"}))
    )
    indre = next(row for row in rows if row["code"] == "bourse-indre")
    assert indre["page"].endswith("/aides/bourse-indre/")
    assert "1 000" in indre["montants"].replace("\u202f", " ")


@db
def test_the_whole_json_is_imported_again_without_any_change(client, tmp_path):
    small_region()
    path = tmp_path / "aids.json"
    path.write_bytes(client.get("/aides.json").content)
    document = json.loads(path.read_text())
    assert {one["code"] for one in document["aides"]} == set(Aid.objects.values_list("code", flat=True))
    _, report = run_import(AidsImporter(Delivery({"aids": path}, "Essai")), apply=False, accept_fewer=True)
    assert (report.counts()["created"], report.counts()["updated"]) == (0, 0)


@db
def test_the_feed_tells_changes_of_aids_and_zonings_newest_first(client):
    small_region()
    AidChange.objects.create(aid=Aid.objects.get(code="cesp"), on=date(2026, 3, 1), text="Nouveau montant.")
    AidChange.objects.create(aid=Aid.objects.get(code="cesp"), on=date(2999, 1, 1), text="Pas encore.")
    tree = ElementTree.fromstring(client.get("/aides/flux.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [
        (e.findtext(f"{atom}updated"), e.findtext(f"{atom}title"), e.findtext(f"{atom}summary"))
        for e in tree.iter(f"{atom}entry")
    ]
    assert entries == sorted(entries, key=lambda entry: entry[0], reverse=True)
    assert ("2026-03-01T12:00:00+00:00", "CESP, contrat d'engagement de service public", "Nouveau montant.") in entries
    assert any("Nouveau zonage" in title for _, title, _ in entries)
    assert all(summary != "Pas encore." for _, _, summary in entries)


@db
def test_departments_are_choices(client):
    RegionFactory()
    DepartmentFactory(code="36", name="Indre")
    AidFactory()
    assert counts(client.get(PATH), "departement") == {"36": 1}

"""What a change of the rules does to the golden cases, in memory, from a file, and where the cases come from."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aids.golden import ABSENT, GoldenCase, GoldenWatch, compare, golden_case
from aids.models import Aid
from aids.models import GoldenCase as StoredCase
from aids.vocabulary import TimeState
from guide.core.enums import Status
from guide.core.models import ImportRun
from guide.territories.enums import Level, Scheme
from tests.aids.factories import AidFactory
from tests.aids.regions import (
    FILES,
    GOLDEN_FILE,
    REGION_FILE,
    centre_val_de_loire,
    load_golden,
    region_with_golden_cases,
)
from tests.aids.rules import DAY, aid, case, condition, lump, place, situation, zoned
from tests.factories import ZoningEditionFactory, ZoningFactory

ZIP_CASE = case(zoned("ZIP"), amounts=[lump(10_000)])
INTERN = GoldenCase("interne en ZIP", situation(profiles="interne", place=place("ZIP")), DAY)
LOCUM = GoldenCase("remplaçant hors zone", situation(profiles="remplacant-these", place=place(None)), DAY)


def told(before, after, *cases):
    return [(found.case, found.before, found.after) for found in compare(before, after, cases or (INTERN, LOCUM))]


def test_equal_rules_change_nothing_whatever_their_order():
    rules = [aid(ZIP_CASE, code="a"), aid(code="b")]
    assert told(rules, rules[::-1]) == []


def test_another_amount_changes_only_who_is_granted():
    dearer = aid(case(zoned("ZIP"), amounts=[lump(12_000)]))
    assert told([aid(ZIP_CASE)], [dearer]) == [
        ("interne en ZIP", "accordée\u00a0: 10\u202f000\u00a0€", "accordée\u00a0: 12\u202f000\u00a0€")
    ]


def test_a_new_condition_says_why_it_refuses():
    stricter = aid(ZIP_CASE, common=[condition("profil", "remplacant-these")])
    ((title, _, after),) = told([aid(ZIP_CASE)], [stricter])
    assert title == "interne en ZIP"
    assert after.startswith("refusée\u00a0: Il faut être remplaçant thésé")


def test_another_reason_for_the_same_refusal_is_no_difference():
    stricter = aid(ZIP_CASE, common=[condition("profil", "interne")])
    assert told([aid(ZIP_CASE)], [stricter], LOCUM) == []


def test_an_aid_that_comes_or_goes_is_not_offered_on_the_other_side():
    assert [before for _, before, _ in told([], [aid()])] == [ABSENT, ABSENT]
    assert [after for _, _, after in told([aid()], [])] == [ABSENT, ABSENT]


def test_a_local_variant_that_opens_hides_its_generic_aid():
    generic, variant = aid(code="generique"), aid(code="locale", variant_of="generique")
    closed = replace(variant, state=TimeState.CLOSED)
    found = compare([generic, closed], [generic, variant], [INTERN])
    assert [(one.code, one.after) for one in found] == [("generique", ABSENT), ("locale", "accordée")]


# --- in the database --------------------------------------------------------------------------------------------


@pytest.fixture
def region(db):
    region_with_golden_cases()


def changed_file(tmp_path, change) -> str:
    """The aids of the region, one of them changed."""
    document = json.loads(REGION_FILE.read_text())
    change(next(one for one in document["aides"] if one["code"] == "aide-primo-installation"))
    path = tmp_path / "aids.json"
    path.write_text(json.dumps(document))
    return str(path)


def check(path) -> str:
    out = StringIO()
    call_command("check_aids", path, stdout=out)
    return out.getvalue()


def test_a_draft_is_not_watched_and_a_planned_publication_is(db):
    load_golden()
    watch = GoldenWatch()
    draft = AidFactory(status=Status.DRAFT)
    assert watch.differences() == []
    Aid.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED, publish_at="2100-01-01T00:00:00Z")
    assert len(watch.differences()) == StoredCase.objects.count()


def test_the_file_that_is_loaded_changes_no_golden_case(region):
    assert "0\u00a0cas type change de verdict." in check(str(REGION_FILE))


def test_check_aids_lists_what_a_file_would_change_and_writes_nothing(region, tmp_path):
    def halve(aid_):
        aid_["cas"][0]["montants"][0]["minimum"] = 8_000

    runs = ImportRun.objects.count()
    said = check(changed_file(tmp_path, halve))
    assert "généraliste qui s'installe, secteur 1, ZIP" in said
    assert "avant : accordée\u00a0: 10\u202f000\u00a0€" in said
    assert "après : accordée\u00a0: 8\u202f000\u00a0€" in said
    assert "secteur 1, ZAC" not in said
    assert check(str(REGION_FILE)).startswith("0\u00a0cas type")
    assert ImportRun.objects.count() == runs


def test_check_aids_refuses_a_faulty_file_with_its_path(region):
    with pytest.raises(CommandError, match=r"aides\[0\]\.cas\[0\]\.montants\[0\]\.minimum : montant négatif"):
        check(str(FILES / "refused/negative_amount.json"))


def test_check_aids_without_golden_cases_says_so(db):
    with pytest.raises(CommandError, match="import_golden_cases"):
        check(str(REGION_FILE))


# --- the cases themselves ---------------------------------------------------------------------------------------


def test_golden_cases_come_in_once_and_a_second_import_changes_nothing(db):
    call_command("import_golden_cases", str(GOLDEN_FILE), apply=True, verbosity=0)
    titles = [one["titre"] for one in json.loads(GOLDEN_FILE.read_text())]
    assert [one.title for one in StoredCase.objects.all()] == titles
    _, report = load_golden()
    assert (report.created, report.updated, report.unchanged) == (0, 0, len(titles))


def test_a_case_that_an_editor_changed_or_added_is_kept(db):
    load_golden()
    edited = StoredCase.objects.first()
    edited.answers = {"jour": "2027-01-01", "profils": ["externe"]}
    edited.save()
    StoredCase.objects.create(title="Le nôtre", answers={"jour": "2027-01-01", "profils": ["interne"]})
    _, report = load_golden()
    edited.refresh_from_db()
    assert edited.answers["jour"] == "2027-01-01"
    assert report.missing == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("profil_inconnu", "[0].profils[0] : « inconnu » inconnu"),
        ("niveau_d_un_autre_zonage", "[0].zone : « FRR » inconnu"),
        ("deux_lieux", "[0].departement : une commune ou un département"),
        ("reponse_en_texte", "[0].verifie.creation-ou-reprise : true ou false attendu"),
        ("sans_jour", "[0].jour : clé obligatoire absente"),
        ("un_objet", "liste de 1 à 500 éléments attendue"),
    ],
)
def test_a_faulty_file_of_golden_cases_is_refused_with_the_path_of_the_fault(db, name, message):
    run, _ = load_golden(FILES / f"golden/{name}.json")
    assert message in run.message
    assert StoredCase.objects.count() == 0


def test_the_second_of_two_cases_of_one_title_is_rejected(db):
    _, report = load_golden(FILES / "golden/deux_titres.json")
    assert [reject.identifier for reject in report.rejects] == ["X"]
    assert StoredCase.objects.get().answers["profils"] == ["interne"]


def test_a_case_in_a_commune_has_its_territories_and_its_zonings_of_the_day(db):
    places = centre_val_de_loire()
    edition = ZoningEditionFactory(scheme=Scheme.DOCTORS, scope=places["24"], valid_from=date(2026, 2, 5))
    ZoningFactory(edition=edition, territory=places["36044"], level=Level.ZAC)
    answers = {"profils": ["interne"], "commune": "36044", "frr": "FRR+"}
    before, after = (
        golden_case("x", {**answers, "jour": day}).situation.place for day in ("2026-01-01", "2026-06-01")
    )
    assert "department:36" in after.inside
    assert set(before.zonings) == {"frr"}
    assert {scheme: set(state.levels) for scheme, state in after.zonings.items()} == {
        "zonage_medecin": {"ZAC"},
        "frr": {"FRR+"},
    }

"""Two people open the same sheet and save it one after the other."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from aids.models import Aid, AidCase
from guide.backoffice.conflicts import guard
from guide.backoffice.conflicts.merging import merge, merge_rows
from guide.backoffice.models import Version
from structures.models import Structure
from tests.aids.editing import posted
from tests.aids.regions import region_with_golden_cases
from tests.factories import StructureFactory, UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def person(name: str) -> Client:
    client = Client()
    client.force_login(UserFactory(first_name=name, last_name="Essai"))
    return client


@pytest.fixture
def anne(db):
    return person("Anne")


@pytest.fixture
def bob(db):
    return person("Bob")


@pytest.fixture
def structure(db):
    sheet = StructureFactory(phone="02 54 00 00 00", email="a@example.org")
    sheet.staff.create(speciality="medecine-generale", label="Médecine générale", headcount=3)
    sheet.staff.create(speciality="infirmier", label="Soins infirmiers", headcount=2)
    return sheet


def page(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row) -> dict:
    return posted(client.get(page(row)))


def save(client, row, form, **changes):
    return client.post(page(row), form | changes | {"_save": "1"})


def test_what_only_one_of_them_changed_is_merged_and_said(anne, bob, structure):
    first, second = opened(anne, structure), opened(bob, structure)
    assert save(anne, structure, first, phone="02 54 11 11 11").status_code == 302
    response = bob.post(page(structure), second | {"email": "b@example.org", "_save": "1"}, follow=True)
    text = response.content.decode().replace("\u00a0", " ")
    assert "Anne Essai a enregistré cette fiche" in text
    assert "vôtres : téléphone" in text
    structure.refresh_from_db()
    assert (structure.phone, structure.email) == ("02 54 11 11 11", "b@example.org")


@pytest.mark.parametrize(("choice", "phone"), [("mine", "02 54 22 22 22"), ("theirs", "02 54 11 11 11")])
def test_what_both_changed_is_shown_with_who_and_chosen_field_by_field(anne, bob, structure, choice, phone):
    first, second = opened(anne, structure), opened(bob, structure)
    save(anne, structure, first, phone="02 54 11 11 11", website="https://anne.example.org/")
    shown = save(bob, structure, second, phone="02 54 22 22 22", email="b@example.org")
    text = shown.content.decode()
    assert shown.status_code == 200
    for value in ("Anne Essai", "02 54 00 00 00", "02 54 11 11 11", "02 54 22 22 22", "site internet"):
        assert value in text
    structure.refresh_from_db()
    assert structure.phone == "02 54 11 11 11"
    assert save(bob, structure, posted(shown), **{"_choice:phone": choice}).status_code == 302
    structure.refresh_from_db()
    assert structure.phone == phone
    assert (structure.email, structure.website) == ("b@example.org", "https://anne.example.org/")
    assert len(Version.objects.of(Structure, structure.pk)) == 2


def test_a_third_save_while_choosing_is_shown_again(anne, bob, structure):
    first, second = opened(anne, structure), opened(bob, structure)
    save(anne, structure, first, phone="02 54 11 11 11")
    shown = save(bob, structure, second, phone="02 54 22 22 22")
    save(anne, structure, opened(anne, structure), phone="02 54 33 33 33")
    again = save(bob, structure, posted(shown), **{"_choice:phone": "mine"})
    assert again.status_code == 200
    assert "02 54 33 33 33" in again.content.decode()


def test_rows_of_lists_that_each_changed_are_merged(anne, bob, structure):
    first, second = opened(anne, structure), opened(bob, structure)
    names = [first[f"staff-{rank}-label"][0] for rank in range(2)]
    one, two = names.index("Médecine générale"), names.index("Soins infirmiers")
    assert (
        save(anne, structure, first, **{f"staff-{one}-headcount": "4", f"staff-{two}-DELETE": "on"}).status_code == 302
    )
    new = {"staff-2-speciality": "kine", "staff-2-label": "Kinésithérapie", "staff-TOTAL_FORMS": "3"}
    assert save(bob, structure, second, **new).status_code == 302
    found = dict(structure.staff.values_list("label", "headcount"))
    assert found == {"Médecine générale": 4, "Kinésithérapie": None}


@pytest.mark.parametrize(("choice", "kept"), [("mine", 5), ("theirs", 4)])
def test_a_row_that_both_changed_is_chosen(anne, bob, structure, choice, kept):
    structure.staff.filter(speciality="infirmier").delete()
    first, second = opened(anne, structure), opened(bob, structure)
    save(anne, structure, first, **{"staff-0-headcount": "4"})
    shown = save(bob, structure, second, **{"staff-0-headcount": "5"})
    key = f"_choice:staff:{structure.staff.get().pk}"
    assert key in shown.content.decode()
    assert save(bob, structure, posted(shown), **{key: choice}).status_code == 302
    assert structure.staff.get().headcount == kept


def test_a_row_that_one_deleted_and_the_other_changed_can_be_kept(anne, bob, structure):
    structure.staff.filter(speciality="infirmier").delete()
    key = f"_choice:staff:{structure.staff.get().pk}"
    first, second = opened(anne, structure), opened(bob, structure)
    save(anne, structure, first, **{"staff-0-DELETE": "on"})
    shown = save(bob, structure, second, **{"staff-0-headcount": "5"})
    assert "ligne retirée" in shown.content.decode()
    assert save(bob, structure, posted(shown), **{key: "mine"}).status_code == 302
    assert structure.staff.get().headcount == 5


def test_a_page_that_was_not_outdated_asks_nothing(anne, structure):
    assert save(anne, structure, opened(anne, structure), phone="02 54 11 11 11").status_code == 302


def test_a_form_with_a_fault_keeps_what_it_was_opened_on(anne, bob, structure):
    second = opened(bob, structure)
    faulty = save(bob, structure, second, name="", phone="02 54 22 22 22")
    save(anne, structure, opened(anne, structure), phone="02 54 11 11 11")
    shown = save(bob, structure, posted(faulty), name="MSP corrigée")
    assert "_choice:phone" in shown.content.decode()


def test_an_unreadable_mark_asks_about_all_that_differs(anne, bob, structure):
    second = opened(bob, structure)
    save(anne, structure, opened(anne, structure), phone="02 54 11 11 11")
    shown = save(bob, structure, second, _opened="autre")
    assert "_choice:phone" in shown.content.decode()


def test_an_aid_keeps_both_changes_and_its_golden_cases_are_still_confirmed(anne, bob):
    region_with_golden_cases()
    case = AidCase.objects.get(aid__code="aide-primo-installation", code="zip")
    first, second = opened(anne, case), opened(bob, case)
    assert save(anne, case, first, label="ZIP, précisé par Anne").status_code == 302
    confirmation = save(bob, case, second, **{"amounts-0-minimum": "9000"})
    assert "cas type" in parsed(confirmation).text
    answer = posted(confirmation) | {"_confirmed": confirmation.context["fingerprint"]}
    assert bob.post(page(case), answer).status_code == 302
    case.refresh_from_db()
    assert (case.label, case.amounts.get().minimum) == ("ZIP, précisé par Anne", 9_000)
    assert Version.objects.of(Aid, case.aid_id).count() == 2


def test_an_aid_that_both_changed_is_chosen_then_confirmed(anne, bob):
    region_with_golden_cases()
    aid = Aid.objects.get(code="aide-primo-installation")
    first, second = opened(anne, aid), opened(bob, aid)
    assert save(anne, aid, first, summary="Vu par Anne.").status_code == 302
    shown = save(bob, aid, second, summary="Vu par Bob.", time_state="close")
    assert "_choice:summary" in shown.content.decode()
    confirmation = save(bob, aid, posted(shown), **{"_choice:summary": "theirs"})
    assert "cas type" in parsed(confirmation).text
    answer = posted(confirmation) | {"_confirmed": confirmation.context["fingerprint"]}
    assert bob.post(page(aid), answer).status_code == 302
    aid.refresh_from_db()
    assert (aid.summary, aid.time_state) == ("Vu par Anne.", "close")


# --- the merge itself -------------------------------------------------------------------


def row(pk: str, value: str) -> dict:
    return {"pk": pk, "fields": {"name": {"name": [value]}}}


def fields(**values) -> dict:
    return {"fields": {name: {name: [value]} for name, value in values.items()}, "lists": {}}


def test_the_same_change_on_both_sides_is_no_conflict():
    found = merge(fields(a="1"), fields(a="2"), fields(a="2"), {})
    assert (found.conflicts, found.fields) == ([], [])


def test_rows_made_again_as_they_were_are_the_same_rows():
    rows, conflicts = merge_rows("p", [row("1", "a")], [row("7", "a")], [row("1", "b")], {})
    assert (rows, conflicts) == ([row("7", "b")], [])


def test_a_row_deleted_by_both_stays_deleted():
    assert merge_rows("p", [row("1", "a")], [], [], {}) == ([], [])


def test_the_same_row_added_by_both_is_kept_once():
    assert merge_rows("p", [], [row("3", "a")], [row("", "a")], {}) == ([row("3", "a")], [])


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_the_same_instant_wait_for_each_other(anne, structure, monkeypatch):
    seen = []

    def watched(page, request, obj):
        seen.append(connection.in_atomic_block)

    monkeypatch.setattr(guard, "merge_in", watched)
    save(anne, structure, opened(anne, structure), phone="02 54 11 11 11")
    assert seen == [True]

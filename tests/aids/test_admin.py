"""An editor changes the rules of an aid, sees which golden cases turn, and keeps the change or not."""

import pytest
from django.urls import reverse

from aids.exchange.rows import documents_of, faults_of
from aids.models import Aid, AidCase, GoldenCase
from guide.core import content_version
from guide.territories.models import Territory
from tests.aids.editing import posted
from tests.aids.factories import AidFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates, pytest.mark.usefixtures("golden_region")]
CODE = "aide-primo-installation"


def page(row) -> str:
    return reverse(f"admin:aids_{row._meta.model_name}_change", args=[row.pk])


def zip_case() -> AidCase:
    return AidCase.objects.get(aid__code=CODE, code="zip")


def form_of(client, row) -> dict:
    return posted(client.get(page(row)))


def test_saving_a_form_as_it_stands_asks_nothing_and_changes_nothing(client, signed_in_administrator):
    aid = Aid.objects.get(code=CODE)
    before = documents_of(Aid.objects.all())
    version = content_version.current()
    for row in (aid, *aid.cases.all()):
        response = client.post(page(row), form_of(client, row) | {"_save": "1"})
        assert response.status_code == 302, response.content.decode()
    assert documents_of(Aid.objects.all()) == before
    assert content_version.current() != version


def test_every_aid_of_the_region_could_be_saved_and_exported():
    assert {aid.code: faults for aid in Aid.objects.all() if (faults := faults_of(aid))} == {}


def test_an_amount_that_changes_verdicts_is_shown_then_kept_once_confirmed(client, signed_in_administrator):
    case, version = zip_case(), content_version.current()
    changed = form_of(client, case) | {"amounts-0-minimum": "9000", "_save": "1"}
    shown = client.post(page(case), changed)
    text = parsed(shown)
    assert shown.status_code == 200
    assert "généraliste qui s'installe, secteur 1, ZIP" in text
    assert "accordée\u00a0: 10\u202f000\u00a0€" in text
    assert "accordée\u00a0: 9\u202f000\u00a0€" in text
    assert "secteur 1, ZAC" not in text
    assert zip_case().amounts.get().minimum == 10_000
    assert content_version.current() == version
    confirmed = client.post(page(case), posted(shown) | {"_confirmed": shown.context["fingerprint"]})
    assert confirmed.status_code == 302
    assert zip_case().amounts.get().minimum == 9_000
    assert content_version.current() != version


def test_a_confirmation_of_other_differences_is_asked_again(client, signed_in_administrator):
    case = zip_case()
    changed = form_of(client, case) | {"amounts-0-minimum": "9000", "_save": "1", "_confirmed": "autre"}
    assert client.post(page(case), changed).status_code == 200
    assert zip_case().amounts.get().minimum == 10_000


def test_going_back_gives_the_form_as_it_was_typed(client, signed_in_administrator):
    case = zip_case()
    shown = client.post(page(case), form_of(client, case) | {"amounts-0-minimum": "9000", "_save": "1"})
    back = client.post(page(case), posted(shown) | {"_revise": "1"})
    assert "Rien n'a été enregistré" in parsed(back).text
    assert posted(back)["amounts-0-minimum"] == ["9000"]
    assert zip_case().amounts.get().minimum == 10_000


def test_closing_an_aid_names_the_cases_that_lose_it(client, signed_in_administrator):
    aid = Aid.objects.get(code=CODE)
    shown = client.post(page(aid), form_of(client, aid) | {"time_state": "close", "_save": "1"})
    text = shown.content.decode()
    assert "refusée\u00a0: Cette aide est fermée" in text
    assert Aid.objects.get(code=CODE).time_state == "ouverte"


def test_a_draft_changes_no_verdict_and_its_publication_does(client, signed_in_administrator):
    draft = AidFactory(status="draft", name="Aide nouvelle")
    draft.sources.create(title="Délibération")
    draft.cases.update(label="Pour tous")
    response = client.post(page(draft), form_of(client, draft) | {"summary": "Autre.", "_save": "1"})
    assert response.status_code == 302
    shown = client.post(page(draft), form_of(client, draft) | {"_transition": "publish"})
    assert "non proposée" in shown.content.decode()
    draft.refresh_from_db()
    assert (draft.status, draft.summary) == ("draft", "Autre.")


@pytest.mark.parametrize(
    ("kind", "accepted", "message"),
    [
        ("profil", "inconnu", "Codes possibles\u00a0: etudiant-1er-cycle"),
        ("profil", "", "clé obligatoire"),
        ("territoire", "department:99", "Territoire « department:99 » inconnu"),
        ("territoire", "Indre", "n'est pas une valeur"),
        ("age", "", "il faut maximum ou minimum"),
    ],
)
def test_a_condition_that_lacks_what_its_type_asks_is_refused(
    client, signed_in_administrator, kind, accepted, message
):
    case = zip_case()
    values = form_of(client, case) | {"conditions-0-kind": kind, "conditions-0-scheme": "", "_save": "1"}
    response = client.post(page(case), values | {"conditions-0-accepted": accepted})
    assert message.replace("\u00a0", " ") in parsed(response).plain


def test_accepted_values_are_written_with_their_territories(client, signed_in_administrator):
    GoldenCase.objects.all().delete()
    case = zip_case()
    changed = {"conditions-0-kind": "territoire", "conditions-0-scheme": "", "_save": "1"}
    values = form_of(client, case) | changed | {"conditions-0-accepted": "department:36 ; commune:18033"}
    assert client.post(page(case), values).status_code == 302
    found = zip_case().conditions.get().values.values_list("value", "territory__code")
    assert sorted(found) == [("commune:18033", "18033"), ("department:36", "36")]


def test_territories_of_a_condition_are_picked_by_name_and_shown_again(client, signed_in_administrator):
    GoldenCase.objects.all().delete()
    case, indre = zip_case(), Territory.objects.get(kind="department", code="36")
    changed = {"conditions-0-kind": "territoire", "conditions-0-scheme": "", "conditions-0-places": [indre.pk]}
    values = form_of(client, case) | changed | {"conditions-0-picked": [], "_save": "1"}
    assert client.post(page(case), values).status_code == 302
    found = zip_case().conditions.get().values.values_list("value", "territory__code")
    assert list(found) == [("department:36", "36")]
    shown = parsed(client.get(page(case)))
    assert str(indre.pk) in shown.values('select[name="conditions-0-places"] option[selected]', "value")
    choices = {"term": "36", "app_label": "aids", "model_name": "aidconditionvalue", "field_name": "territory"}
    offered = client.get(reverse("admin:autocomplete"), choices).json()["results"]
    assert str(indre.pk) in {one["id"] for one in offered}


def test_a_condition_of_place_without_a_place_says_so_at_the_list_of_territories(client, signed_in_administrator):
    case = zip_case()
    changed = {"conditions-0-kind": "territoire", "conditions-0-scheme": "", "conditions-0-picked": []}
    response = client.post(page(case), form_of(client, case) | changed | {"_save": "1"})
    assert parsed(response).one("#id_conditions-0-places_error").text

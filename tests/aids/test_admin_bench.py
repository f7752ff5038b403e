"""The test bench of an aid: saved rules, rules that are being typed, wrong answers; and values picked by name."""

import pytest
from django.urls import reverse

from aids.models import Aid, AidCase
from guide.backoffice.models import Version
from tests.aids.editing import posted
from tests.factories import UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
CODE = "aide-primo-installation"
SETTLING = {
    "profil": "primo-installe",
    "mode": "liberal",
    "secteur": "secteur-1",
    "premiere-installation": "oui",
    "meme-categorie": "non",
    "departement": "36",
    "date": "2026-06-01",
}


@pytest.fixture(autouse=True)
def editor(client, db):
    client.force_login(UserFactory())


@pytest.fixture
def aid(golden_region):
    return Aid.objects.get(code=CODE)


def bench(row) -> str:
    return reverse(f"admin:aids_{row._meta.model_name}_bench", args=[row.pk])


def page(row) -> str:
    return reverse(f"admin:aids_{row._meta.model_name}_change", args=[row.pk])


def test_the_sheet_says_its_rules_in_sentences(client, aid):
    text = client.get(page(aid)).content.decode()
    for shown in (text, client.get(page(aid.cases.get(code="zip"))).content.decode()):
        assert "en ZIP, vous installer pour la première fois" in shown
        assert "→ 10\u202f000\u00a0€" in shown


def test_a_situation_has_its_verdict_with_its_reasons_case_by_case(client, aid):
    text = client.get(bench(aid), SETTLING).content.decode()
    assert "À vérifier\u00a0: 10\u202f000\u00a0€ si la commune est en ZIP" in text
    refused = parsed(client.get(bench(aid), SETTLING | {"secteur": "secteur-3"}))
    assert "n'existe pas" in refused.text
    refused = client.get(bench(aid), SETTLING | {"profil": "retraite"}).content.decode()
    assert "Aide refusée" in refused
    assert "Il faut être" in refused


def test_the_bench_of_a_case_is_that_of_its_aid(client, aid):
    assert client.get(bench(aid.cases.get(code="zip")), SETTLING).status_code == 200


def test_rules_being_typed_are_tried_and_not_saved(client, aid):
    case = aid.cases.get(code="zip")
    typed = posted(client.get(page(case))) | {"amounts-0-minimum": "12000", "_essai": "1"}
    first = client.post(page(case), typed)
    assert "12\u202f000\u00a0€" in first.content.decode()
    assert "Rien n'est enregistré" in first.content.decode()
    said = {f"essai-{name}": value for name, value in SETTLING.items()}
    second = client.post(page(case), posted(first) | said)
    assert "12\u202f000\u00a0€ si la commune est en ZIP" in second.content.decode()
    assert AidCase.objects.get(pk=case.pk).amounts.get().minimum == 10_000
    assert not Version.objects.exists()
    back = client.post(page(case), posted(second) | {"_revise": "1"})
    assert posted(back)["amounts-0-minimum"] == ["12000"]


def test_values_are_picked_by_name_and_those_of_another_kind_do_not_count(client, aid):
    case = aid.cases.get(code="zip")
    form = posted(client.get(page(case)))
    assert form["conditions-0-picked"] == ["zonage|ZIP"]
    changed = form | {"conditions-0-picked": ["zonage|ZIP", "zonage|ZAC", "profil|interne"], "_save": "1"}
    shown = client.post(page(case), changed)
    client.post(page(case), posted(shown) | {"_confirmed": shown.context["fingerprint"]})
    assert sorted(case.conditions.get().values.values_list("value", flat=True)) == ["ZAC", "ZIP"]


def test_a_return_to_a_version_of_an_aid_is_confirmed_when_it_turns_golden_cases(client, aid):
    case = aid.cases.get(code="zip")
    shown = client.post(page(case), posted(client.get(page(case))) | {"amounts-0-minimum": "9000", "_save": "1"})
    client.post(page(case), posted(shown) | {"_confirmed": shown.context["fingerprint"]})
    version = Version.objects.get()
    address = reverse("admin:aids_aidcase_revert", args=[case.pk, version.pk])
    assert "10" in client.get(address).content.decode()
    confirmation = client.post(address)
    assert "cas type" in parsed(confirmation).text
    assert AidCase.objects.get(code="zip", aid=aid).amounts.get().minimum == 9_000
    client.post(address, {"_confirmed": confirmation.context["fingerprint"]})
    assert AidCase.objects.get(code="zip", aid=aid).amounts.get().minimum == 10_000

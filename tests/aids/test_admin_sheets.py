"""What the administration of an aid refuses, keeps and finds."""

import pytest
from django.urls import reverse

from aids.models import Aid, AidIncompatibility, Funder
from tests.aids.editing import posted
from tests.aids.factories import AidFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
CODE = "aide-primo-installation"


def page(row) -> str:
    return reverse(f"admin:aids_{row._meta.model_name}_change", args=[row.pk])


def form_of(client, row) -> dict:
    return posted(client.get(page(row)))


def test_an_aid_without_source_is_refused_with_the_fault(client, signed_in_administrator):
    aid = AidFactory()
    response = client.post(page(aid), form_of(client, aid) | {"_save": "1"})
    assert response.status_code == 200
    assert aid.sources.count() == 0


def test_a_case_without_amount_nor_title_is_refused_with_its_path(client, signed_in_administrator):
    aid = AidFactory()
    aid.sources.create(title="Délibération")
    response = client.post(page(aid), form_of(client, aid) | {"_save": "1"})
    assert "cas[0] : un montant ou un intitulé est nécessaire" in response.content.decode()


def test_variants_of_one_another_are_refused(client, signed_in_administrator):
    generic = AidFactory()
    local = AidFactory(generic=generic)
    for aid in (generic, local):
        aid.sources.create(title="Délibération")
    response = client.post(page(generic), form_of(client, generic) | {"generic": local.pk, "_save": "1"})
    assert "variantes les unes des autres" in response.content.decode()


def test_a_pair_of_incompatible_aids_is_kept_in_one_order(client, signed_in_administrator):
    first, second = AidFactory(), AidFactory()
    add = reverse("admin:aids_aidincompatibility_add")
    values = {"first": second.pk, "second": first.pk, "note": "", "mark": "confirme"}
    assert client.post(add, values).status_code == 302
    assert AidIncompatibility.objects.filter(first=first, second=second).exists()
    assert "existe déjà" in client.post(add, values).content.decode()
    same = client.post(add, values | {"second": second.pk}).content.decode()
    assert "incompatible avec elle-même" in same


def test_the_search_text_follows_the_name(client, signed_in_administrator):
    aid = AidFactory(funder=Funder.objects.create(code="etat", name="État"))
    aid.sources.create(title="Délibération")
    aid.cases.update(label="Pour tous")
    client.post(page(aid), form_of(client, aid) | {"name": "Aide à Châteauroux", "_save": "1"})
    assert list(Aid.objects.matching("chateauroux")) == [aid]


def test_a_golden_case_is_read_as_the_import_does(client, signed_in_administrator):
    add = reverse("admin:aids_goldencase_add")
    wrong = {"title": "X", "position": 1, "answers": '{"jour": "2026-13-01", "profils": ["autre"]}'}
    text = client.post(add, wrong).content.decode()
    assert "date AAAA-MM-JJ attendue" in text
    assert "« autre » inconnu" in text
    right = {**wrong, "answers": '{"jour": "2026-06-01", "profils": ["interne"], "commune": "36044"}'}
    assert client.post(add, right).status_code == 302


def test_an_aid_is_archived_and_not_deleted(client, signed_in_administrator):
    aid = AidFactory()
    address = reverse("admin:aids_aid_delete", args=[aid.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


def test_an_aid_is_found_by_the_new_name_of_its_funder(client, signed_in_administrator):
    aid = AidFactory(funder__name="Conseil départemental")
    aid.funder.refresh_from_db()
    values = form_of(client, aid.funder) | {"name": "Agence du Berry", "_save": "1"}
    assert client.post(page(aid.funder), values).status_code == 302
    assert list(Aid.objects.matching("agence berry")) == [aid]
    assert not Aid.objects.matching("conseil departemental")

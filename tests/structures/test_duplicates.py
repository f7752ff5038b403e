"""Structures suspected to be entered twice: an explainable rule, what editors dismiss is remembered."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from guide.backoffice.access import Role
from guide.core.enums import Status
from structures.duplicates import Facts, reasons, street
from structures.models import DuplicatePair
from tests.factories import DepartmentFactory, DuplicatePairFactory, EditorFactory, StructureFactory, TerritoryFactory

BARE = "noms sans mot propre, même type, même commune"


def facts(name: str, pk: int = 1, **values) -> Facts:
    return Facts(**{"pk": pk, "kind": "msp", "commune": 1, "name": name, "commune_name": "La Châtre", **values})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("MSP des Tilleuls", "Maison de santé les Tilleuls, La Châtre", ["noms proches : tilleuls"]),
        ("MSP du Val d'Or", "Maison de santé du Val d'Or", ["noms proches : or, val"]),
        ("MSP des Tilleuls", "MSP du Moulin", []),
        (
            "MSP de La Châtre",
            "Maison de santé pluriprofessionnelle",
            [BARE],
        ),
        ("MSP de La Châtre", "MSP du Moulin", []),
        ("Cabinet Grand Pré Nord", "Cabinet Grand Pré Sud Est", []),
    ],
)
def test_names_are_close_when_most_of_their_own_words_are_shared(one, other, expected):
    assert [why.replace("\u00a0", " ") for why in reasons(facts(one), facts(other, 2))] == expected


@pytest.mark.parametrize(
    ("values", "other", "word"),
    [
        ({"phone": "02 54 00 00 00"}, {"phone": "+33254000000"}, "téléphone"),
        ({"siret": "123 456 789 00011"}, {"siret": "12345678900011"}, "SIRET"),
        ({"address": "12 av. Jean-Jaurès"}, {"address": "12 Avenue Jean Jaurès"}, "adresse"),
        ({"address": "Le Bourg"}, {"address": "Le Bourg"}, ""),
        ({"phone": ""}, {"phone": ""}, ""),
    ],
)
def test_a_shared_telephone_siret_or_address_is_said(values, other, word):
    found = reasons(facts("MSP du Moulin", **values), facts("MSP des Tilleuls", 2, **other))
    assert bool(found) is bool(word)
    assert all(word in why for why in found)


@pytest.mark.parametrize("other", [{"kind": "hopital"}, {"commune": 2}])
def test_another_kind_or_commune_is_another_structure(other):
    same = {"phone": "02 54 00 00 00"}
    assert not reasons(facts("MSP du Moulin", **same), facts("MSP du Moulin", 2, **same, **other))


def test_the_rule_says_the_same_in_both_orders():
    one, other = facts("MSP du Moulin"), facts("Maison du Moulin", 2)
    assert reasons(one, other) == reasons(other, one)


def test_a_street_without_a_number_proves_nothing():
    assert street("rue de la Gare") == ""
    assert facts("Maison de santé de La Châtre").own_words == frozenset()


def find() -> list[tuple[int, int]]:
    call_command("find_duplicates", verbosity=0)
    return list(DuplicatePair.objects.filter(dismissed_at=None).values_list("first", "second"))


@pytest.mark.django_db
def test_pairs_are_found_once_and_forgotten_when_nothing_holds_them():
    commune = TerritoryFactory()
    one, other = (StructureFactory(commune=commune, name=name) for name in ("MSP du Moulin", "Maison du Moulin"))
    StructureFactory(commune=commune, name="MSP le Moulin", status=Status.ARCHIVED)
    assert find() == find() == [(one.pk, other.pk)]
    other.name = "MSP des Tilleuls"
    other.save()
    assert find() == []


@pytest.mark.django_db
def test_a_pair_that_an_editor_dismissed_is_not_suspected_again(client):
    indre = DepartmentFactory(code="36")
    client.force_login(EditorFactory(territories=[indre]))
    commune = TerritoryFactory(inside=[indre])
    for name in ("MSP du Moulin", "Maison du Moulin"):
        StructureFactory(commune=commune, name=name)
    find()
    pair = DuplicatePair.objects.get()
    address = reverse("admin:structures_duplicatepair_changelist")
    client.post(address, {"action": "not_duplicates", "_selected_action": [pair.pk]})
    assert find() == []
    assert DuplicatePair.objects.get().dismissed_by
    assert not client.get(address).context["cl"].result_list
    client.post(f"{address}?avis=ecartees", {"action": "again", "_selected_action": [pair.pk]})
    assert len(find()) == 1


@pytest.mark.django_db
@pytest.mark.admin_templates
def test_a_pair_is_dismissed_by_editors_of_its_department_alone(client):
    indre, cher = DepartmentFactory(code="36"), DepartmentFactory(code="18")
    outside = DuplicatePairFactory(first__commune=TerritoryFactory(inside=[cher]))
    inside = DuplicatePairFactory(first__commune=TerritoryFactory(inside=[indre]))
    address = reverse("admin:structures_duplicatepair_changelist")
    tried = {"action": "not_duplicates", "_selected_action": [inside.pk, outside.pk]}
    client.force_login(EditorFactory(role=Role.CONTRIBUTOR, territories=[indre]))
    client.post(address, tried)
    assert DuplicatePair.objects.filter(dismissed_at=None).count() == 2
    client.force_login(EditorFactory(territories=[indre]))
    client.post(address, tried)
    assert list(DuplicatePair.objects.filter(dismissed_at=None)) == [outside]

"""What lies in a perimeter, by path of fields, by function, and for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.urls import reverse

from aids.local_aids import aid_inside
from aids.models import Aid
from aids.rules import AidRule, CaseRule, Condition
from guide.backoffice.access import EVERYWHERE, Access, Role
from guide.backoffice.perimeter import Reach, lies_inside, may_change, may_delete, reach_of, scope_of, within_perimeter
from guide.backoffice.roles import access_of, sync_roles
from guide.core.enums import Status
from guide.territories.models import Territory, Zoning
from structures.models import Stop, Structure
from tests.aids.editing import posted
from tests.aids.factories import AidFactory
from tests.factories import (
    EditorFactory,
    RegionFactory,
    StructureFactory,
    TerritoryFactory,
    UserFactory,
    ZoningEditionFactory,
    ZoningFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def where(*codes, role="common"):
    place = Condition("territoire", frozenset(f"department:{code}" for code in codes))
    if role == "common":
        return AidRule(code="", name="", cases=(CaseRule("cas"),), common=(place,))
    return AidRule(code="", name="", cases=(CaseRule("cas", conditions=(place,)),))


def names(queryset) -> set[str]:
    return set(queryset.values_list("name", flat=True))


def test_a_path_of_two_steps_is_one_line(editor, indre):
    """An opportunity of a structure will declare `structure__commune`: a stop stands for it here."""
    inside, outside = StructureFactory(commune=TerritoryFactory(inside=[indre])), StructureFactory()
    stops = [Stop.objects.create(structure=one, commune=one.commune, place="Mairie") for one in (inside, outside)]
    assert list(within_perimeter(editor, Stop.objects.all(), "structure__commune")) == stops[:1]


def test_of_several_places_all_must_lie_inside(editor, indre, cher):
    """Contacts have several territories; a zoning edition's own communes stand for them here."""
    here, there = TerritoryFactory(inside=[indre]), TerritoryFactory(inside=[cher])
    region = RegionFactory()
    local, shared, far = ZoningEditionFactory.create_batch(3, scope=region)
    for edition, commune in ((local, here), (shared, here), (shared, there), (far, there)):
        ZoningFactory(territory=commune, edition=edition)
    assert list(within_perimeter(editor, type(local).objects.all(), "rows__territory")) == [local]


def test_a_place_may_be_the_row_itself(editor, indre):
    commune = TerritoryFactory(inside=[indre])
    TerritoryFactory()
    assert set(within_perimeter(editor, Territory.objects.all(), "pk")) == {indre, commune}


def test_a_path_that_leads_to_no_place_is_a_fault_of_the_code(editor):
    with pytest.raises(FieldDoesNotExist):
        within_perimeter(editor, Structure.objects.all(), "comune")
    with pytest.raises(FieldDoesNotExist):
        within_perimeter(editor, Structure.objects.all(), "name")


def test_without_a_path_nothing_is_within_a_department(editor):
    ZoningFactory()
    assert not within_perimeter(editor, Zoning.objects.all(), None).exists()


@pytest.mark.parametrize("role", list(Role))
def test_who_reaches_what_without_any_territory(role):
    StructureFactory()
    user = EditorFactory(role=role)
    assert within_perimeter(user, Structure.objects.all(), "commune").exists() == (role in EVERYWHERE)


def test_a_contributor_also_reaches_the_sheets_that_they_made_elsewhere(indre, cher):
    here, elsewhere = TerritoryFactory(inside=[indre]), TerritoryFactory(inside=[cher])
    inside, outside = StructureFactory(commune=here), StructureFactory(commune=elsewhere)
    stops = [Stop.objects.create(structure=inside, commune=where, place="Mairie") for where in (here, elsewhere)]
    for role, reached in ((Role.DEPARTMENT, {inside}), (Role.CONTRIBUTOR, {inside, outside})):
        user = EditorFactory(role=role, territories=[indre])
        Structure.objects.filter(pk=outside.pk).update(created_by=user)
        assert set(within_perimeter(user, Structure.objects.all(), "commune")) == reached
        assert set(within_perimeter(user, Stop.objects.all(), "commune")) == {stops[0]}


def test_nobody_without_a_role_reaches_anything(indre):
    StructureFactory()
    for user in (AnonymousUser(), UserFactory(is_superuser=False), EditorFactory(territories=[indre], is_staff=False)):
        assert reach_of(user).role is None
        assert not within_perimeter(user, Structure.objects.all(), "commune").exists()


def test_the_widest_of_several_roles_holds(editor):
    editor.groups.add(Group.objects.get(name=Role.REGION.label))
    assert reach_of(editor).everywhere


def test_an_aid_is_local_by_its_conditions_and_never_by_its_funder(indre, cher):
    AidFactory(name="nationale")
    AidFactory(name="de l'Indre", rule=where("36"))
    AidFactory(name="du Cher", rule=where("18"))
    AidFactory(name="des deux", rule=where("36", "18"))
    AidFactory(name="de l'Indre par ses cas", rule=where("36", role="case"))
    half = AidFactory(name="de l'Indre par un cas sur deux", rule=where("36", role="case"))
    half.cases.create(code="partout")
    region = RegionFactory()
    AidFactory(name="régionale", rule=AidRule("", "", (CaseRule("cas"),), common=(
        Condition("territoire", frozenset({f"region:{region.code}"})),)))  # fmt: skip
    inside = Territory.objects.within(indre).values("pk")
    local = {"de l'Indre", "de l'Indre par ses cas"}
    assert names(Aid.objects.filter(aid_inside(inside))) == local
    both = Territory.objects.filter(outer_links__outer__in=[indre, cher]).values("pk")
    assert names(Aid.objects.filter(lies_inside(Aid, aid_inside, both))) == {*local, "du Cher", "des deux"}


def test_an_aid_that_would_leave_the_perimeter_is_not_kept_and_says_why(client, editor, indre):
    client.force_login(editor)
    aid = AidFactory(rule=where("36"))
    aid.sources.create(title="Délibération")
    aid.cases.update(label="Pour tous")
    page = reverse("admin:aids_aid_change", args=[aid.pk])
    shown = posted(client.get(page))
    response = client.post(page, shown | {"conditions-0-DELETE": "on", "_save": "1"})
    assert "une condition de territoire dans Indre" in response.content.decode().replace("\u00a0", " ")
    assert aid.conditions.exists()


def test_the_groups_follow_the_tables(db):
    region = Group.objects.get(name="Éditeur régional")
    region.permissions.clear()
    sync_roles()
    held = set(region.permissions.values_list("codename", flat=True))
    assert {"change_structure", "change_stop", "delete_aid", "change_zoning", "view_territory"} <= held
    assert not {"change_territory", "add_user", "view_user", "change_perimeter"} & held
    contributor = Group.objects.get(name="Contributeur")
    held = set(contributor.permissions.values_list("codename", flat=True))
    assert "add_structure" in held
    assert "change_zoning" not in held


def test_an_app_declares_its_models_in_one_line():
    assert access_of("structures", "stop") == Access.LOCAL
    assert access_of("structures", "completenessnote") == Access.REGIONAL
    assert access_of("sessions", "session") == Access.CLOSED


def test_a_condition_made_by_a_function_receives_the_places(editor, indre):
    inside = StructureFactory(commune=TerritoryFactory(inside=[indre]))
    StructureFactory()
    found = within_perimeter(editor, Structure.objects.all(), lambda places: Q(commune__in=places))
    assert list(found) == [inside]


def test_a_perimeter_is_told_by_its_names_in_order(indre, cher):
    assert reach_of(EditorFactory(territories=[indre, cher])).names() == "Cher, Indre"
    assert reach_of(EditorFactory()).names() == "aucun territoire"


def test_an_import_is_limited_to_the_perimeter_of_who_has_one(editor, indre):
    assert scope_of(editor) == Reach(Role.DEPARTMENT, (indre.pk,))
    assert scope_of(UserFactory(is_superuser=True)) is None
    assert scope_of(EditorFactory(role=Role.REGION)) is None


def test_a_path_of_one_place_is_read_without_looking_for_others(indre):
    here = StructureFactory(commune=TerritoryFactory(inside=[indre]))
    inside = Territory.objects.filter(pk=here.commune_id).values("pk")
    assert lies_inside(Structure, "commune", inside) == Q(commune__in=inside)
    assert lies_inside(Territory, "pk", inside) == Q(pk__in=inside)
    assert lies_inside(Stop, "structure__commune", inside) == Q(structure__commune__in=inside)


def test_a_path_that_leads_to_no_place_is_named():
    with pytest.raises(FieldDoesNotExist, match=r"structures\.Structure\.name leads to no place"):
        lies_inside(Structure, "name__commune", Territory.objects.none())


def test_who_may_change_a_sheet_by_its_place_and_its_state(editor, indre):
    here = TerritoryFactory(inside=[indre])
    contributor = EditorFactory(role=Role.CONTRIBUTOR, territories=[indre])
    everyone = UserFactory(is_superuser=True)
    for status, commune, expected in (
        (Status.DRAFT, here, (True, True, True)),
        (Status.PUBLISHED, here, (True, True, False)),
        (Status.DRAFT, TerritoryFactory(), (True, False, False)),
    ):
        sheet = StructureFactory(status=status, commune=commune)
        assert tuple(may_change(user, sheet, "commune") for user in (everyone, editor, contributor)) == expected
    stop = Stop.objects.create(structure=StructureFactory(commune=here), commune=here, place="Mairie")
    assert [may_change(user, stop, "commune") for user in (everyone, editor, contributor)] == [True, True, False]


def test_a_contributor_deletes_only_a_draft_of_their_own(editor, indre):
    here = TerritoryFactory(inside=[indre])
    contributor = EditorFactory(role=Role.CONTRIBUTOR, territories=[indre])
    own = StructureFactory(status=Status.DRAFT, commune=here, created_by=contributor)
    other = StructureFactory(status=Status.DRAFT, commune=here, created_by=editor)
    published = StructureFactory(status=Status.PUBLISHED, commune=here, created_by=contributor)
    found = [
        [may_delete(user, sheet, "commune") for sheet in (own, other, published)] for user in (contributor, editor)
    ]
    assert found == [[True, False, False], [True, True, True]]
    assert not may_delete(contributor, Stop(structure=own, commune=here), "commune")
    assert not may_delete(editor, StructureFactory(commune=TerritoryFactory()), "commune")

"""Nothing is lost: versions, differences, return to a version, and the bin."""

import pytest
from django.urls import reverse

from aids.models import AidIncompatibility
from guide.backoffice import actions
from guide.backoffice.history.recording import note_changes, read
from guide.backoffice.life_cycle import TRANSITIONS
from guide.backoffice.models import Action, Version
from guide.core.enums import Status
from guide.core.models import SlugRedirect
from structures.models import Membership, Stop, Structure
from tests.aids.editing import posted
from tests.aids.factories import AidFactory
from tests.editorial.factories import GlossaryTermFactory
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory, UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


@pytest.fixture
def editor(client):
    user = UserFactory(first_name="Anne", last_name="Martin")
    client.force_login(user)
    return user


def page(row, name="change", *args) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *args])


def save(client, row, **changes):
    """Open the form of a sheet, change some fields, save."""
    response = client.post(page(row), posted(client.get(page(row))) | changes | {"_save": "1"})
    assert response.status_code == 302, response.content.decode()


def versions(row) -> list[Version]:
    return list(Version.objects.of(type(row), row.pk))


def with_rows() -> Structure:
    structure = StructureFactory(name="MSP des Tilleuls", phone="02 54 00 00 00")
    structure.modes.create(mode="liberal")
    structure.staff.create(speciality="medecine-generale", label="Médecine générale", headcount=3)
    return structure


def test_a_save_says_who_changed_what_with_the_rows_of_the_sheet(client, editor):
    structure = with_rows()
    save(client, structure, phone="02 54 11 11 11", **{"staff-0-headcount": "4"})
    shown = parsed(client.get(page(structure, "history")))
    assert "Anne Martin" in shown.text
    assert ["Téléphone", "02 54 00 00 00", "02 54 11 11 11"] in shown.rows()
    staff = next(row for row in shown.rows() if "Médecine générale" in row[0])
    assert staff[1:] == ["3", "4"]


def test_a_save_without_change_leaves_no_version(client, editor):
    structure = with_rows()
    save(client, structure)
    assert versions(structure) == []


def test_a_return_to_a_version_is_shown_then_written_with_the_rows_and_is_a_version_itself(client, editor):
    structure = with_rows()
    save(client, structure, name="MSP des Ormes", slug="msp-des-ormes", **{"staff-0-DELETE": "on"})
    assert structure.staff.count() == 0
    (change,) = versions(structure)
    address = page(structure, "revert", change.pk)
    shown = client.get(address).content.decode()
    assert "MSP des Tilleuls" in shown
    structure.refresh_from_db()
    assert structure.name == "MSP des Ormes"
    assert client.post(address).status_code == 302
    structure.refresh_from_db()
    assert (structure.name, structure.slug) == ("MSP des Tilleuls", "msp-des-tilleuls")
    assert "tilleuls" in structure.search_text
    assert structure.staff.get().headcount == 3
    assert SlugRedirect.objects.filter(old_slug="msp-des-ormes", new_slug="msp-des-tilleuls").exists()
    assert [version.action for version in versions(structure)] == [Action.REVERT, Action.CHANGE]


def test_a_return_to_an_address_that_another_sheet_took_is_refused_and_writes_nothing(client, editor):
    structure = with_rows()
    save(client, structure, name="MSP des Ormes", slug="msp-des-ormes")
    StructureFactory(slug="msp-des-tilleuls")
    (change,) = versions(structure)
    text = client.post(page(structure, "revert", change.pk)).content.decode()
    assert "existe déjà" in text
    structure.refresh_from_db()
    assert structure.name == "MSP des Ormes"


def test_a_version_of_another_sheet_is_not_found(client, editor):
    structure, other = with_rows(), StructureFactory()
    save(client, other, phone="02 54 11 11 11")
    assert client.get(page(structure, "revert", versions(other)[0].pk)).status_code == 404


def test_a_deleted_sheet_comes_back_from_the_bin_with_all_that_hung_on_it(client, editor):
    structure = with_rows()
    Stop.objects.create(structure=structure, commune=TerritoryFactory(name="Éguzon"), place="mairie")
    member = StructureFactory()
    Membership.objects.create(member=member, group=structure)
    client.post(page(structure, "delete"), {"post": "yes"})
    assert not Structure.objects.filter(pk=structure.pk).exists()
    (deletion,) = versions(structure)
    address = reverse("admin:backoffice_deletedsheet_change", args=[deletion.pk])
    assert "MSP des Tilleuls" in client.get(reverse("admin:backoffice_deletedsheet_changelist")).content.decode()
    assert "Éguzon" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    back = Structure.objects.get(pk=structure.pk)
    assert (back.name, back.staff.count(), back.modes.count(), back.stops.get().place) == (
        "MSP des Tilleuls", 1, 1, "mairie",
    )  # fmt: skip
    assert list(back.members.all()) == [member]
    assert not Version.objects.in_bin().exists()


@pytest.mark.parametrize("taken", [{"slug": "msp-des-tilleuls"}, {"finess": "360000111"}])
def test_a_sheet_whose_address_or_number_is_taken_stays_in_the_bin_and_says_so(client, editor, taken):
    structure = StructureFactory(name="MSP des Tilleuls", finess="360000111")
    client.post(page(structure, "delete"), {"post": "yes"})
    StructureFactory(**taken)
    (deletion,) = versions(structure)
    text = client.post(reverse("admin:backoffice_deletedsheet_change", args=[deletion.pk])).content.decode()
    assert "existe déjà" in text
    assert Structure.objects.count() == 1


def test_a_sheet_whose_commune_is_gone_stays_in_the_bin_and_says_so(client, editor):
    structure = StructureFactory()
    client.post(page(structure, "delete"), {"post": "yes"})
    structure.commune.delete()
    (deletion,) = versions(structure)
    text = client.post(reverse("admin:backoffice_deletedsheet_change", args=[deletion.pk])).content.decode()
    assert "« commune » désigne" in text.replace("\u00a0", " ")


def test_a_new_sheet_says_who_made_it(client, editor):
    address = reverse("admin:structures_completenessnote_add")
    client.post(address, {"kind": "msp", "text": "Liste incomplète", "source": "Presse", "_save": "1"})
    version = Version.objects.get()
    assert (version.action, version.by, version.before) == (Action.CREATE, editor, None)


def test_sheets_published_together_each_leave_a_version(editor, django_assert_max_num_queries):
    StructureFactory.create_batch(12, status=Status.DRAFT)
    with django_assert_max_num_queries(60):  # two for each kind of sheet, none for each row
        actions.move(TRANSITIONS["publish"], sheets=Structure.objects.all(), by=editor)
    assert Version.objects.filter(action=Action.STATUS, by=editor).count() == 12


def test_the_history_asks_as_many_queries_for_many_changes_as_for_one(client, editor, django_assert_max_num_queries):
    structure = with_rows()
    for number in range(8):
        save(client, structure, phone=f"02 54 00 00 1{number}", commune=str(TerritoryFactory().pk))
    with django_assert_max_num_queries(25):
        client.get(page(structure, "history"))


def test_a_return_to_a_version_neither_publishes_nor_archives(client, editor):
    structure = with_rows()
    save(client, structure, phone="02 54 11 11 11")
    change = versions(structure)[0]
    actions.move(TRANSITIONS["archive"], sheets=Structure.objects.all(), by=editor)
    assert client.post(page(structure, "revert", change.pk)).status_code == 302
    structure.refresh_from_db()
    assert (structure.phone, structure.status) == ("02 54 00 00 00", Status.ARCHIVED)


def test_a_departmental_editor_takes_back_what_was_deleted_in_the_perimeter_and_nothing_else(client):
    indre, cher = DepartmentFactory(code="36", name="Indre"), DepartmentFactory(code="18", name="Cher")
    anne, bob = EditorFactory(territories=[indre]), EditorFactory(territories=[cher])
    structure = StructureFactory(commune=TerritoryFactory(inside=[indre]))
    client.force_login(anne)
    client.post(page(structure, "delete"), {"post": "yes"})
    (deletion,) = versions(structure)
    address = reverse("admin:backoffice_deletedsheet_change", args=[deletion.pk])
    client.force_login(bob)
    client.post(address)
    assert not Structure.objects.exists()
    client.force_login(anne)
    assert client.post(address).status_code == 302
    assert Structure.objects.get() == structure


def test_a_departmental_editor_does_not_send_a_sheet_out_of_the_perimeter(client):
    indre = DepartmentFactory(code="36", name="Indre")
    editor = EditorFactory(territories=[indre])
    outside = TerritoryFactory(name="Vierzon")
    structure = StructureFactory(commune=outside)
    before = read(Structure, [structure.pk])
    Structure.objects.filter(pk=structure.pk).update(commune=TerritoryFactory(inside=[indre]))
    note_changes(Structure, before, by=None, action=Action.CHANGE)
    client.force_login(editor)
    (change,) = versions(structure)
    assert "périmètre" in client.post(page(structure, "revert", change.pk)).content.decode()
    structure.refresh_from_db()
    assert structure.commune != outside
    assert client.get(page(StructureFactory(), "history")).status_code == 403


def incompatible_pair() -> AidIncompatibility:
    return AidIncompatibility.objects.create(first=AidFactory(), second=AidFactory())


@pytest.mark.parametrize("make", [GlossaryTermFactory, incompatible_pair])
def test_the_bin_calls_each_sheet_as_it_calls_itself(client, editor, make):
    row = make()
    called = str(row)
    client.post(page(row, "delete"), {"post": "yes"})
    (found,) = client.get(reverse("admin:backoffice_deletedsheet_changelist")).context["cl"].result_list
    assert found.label == called

"""Exports of the lists of the administration: what the list shows, in a file that runs nothing."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime
from openpyxl import load_workbook

from guide.backoffice.access import Role
from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.models import Proposal
from guide.core.exports import harmless
from structures.models import Structure
from tests.factories import (
    DepartmentFactory,
    EditorFactory,
    ProposalFactory,
    StructureFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.markup import parsed
from tests.portal.perimeter_rows import PLACED
from tests.portal.test_admin_pages import MAKERS, address

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

EXPORTED = [model for model, page in admin.site._registry.items() if isinstance(page, GuideAdmin)]
by_label = {"ids": lambda model: model._meta.label}


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def lines(response) -> list[dict[str, str]]:
    text = content(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("model", EXPORTED, **by_label)
def test_every_list_is_exported_with_as_many_queries_for_many_rows(staff, model, ending):
    MAKERS[model]()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = staff.get(address(model, "export", ending))
            assert response.status_code == 200
            assert content(response)
        return len(captured)

    few = queries()
    for _ in range(3):
        try:
            with transaction.atomic():
                MAKERS[model]()
        except IntegrityError:  # a maker of one row alone: the list is short by nature
            break
    assert queries() == few
    assert few <= 25


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("model", [model for model in PLACED if model in EXPORTED], **by_label)
def test_an_export_stays_inside_the_perimeter(client, model, ending):
    indre, cher = DepartmentFactory(code="36", name="Indre"), DepartmentFactory(code="18", name="Cher")
    inside, outside = PLACED[model](indre), PLACED[model](cher)
    client.force_login(EditorFactory(territories=[indre]))
    found = content(client.get(address(model, "export", ending)))
    rows = (
        [row["identifiant"] for row in csv.DictReader(io.StringIO(found.decode("utf-8-sig")), delimiter=";")]
        if ending == "csv"
        else [str(row[0]) for row in load_workbook(io.BytesIO(found)).active.iter_rows(min_row=2, values_only=True)]
    )
    assert rows == [str(inside.pk)]
    chosen = {"action": f"export_{ending}", "_selected_action": [outside.pk]}
    response = client.post(address(model, "changelist"), chosen)
    assert response.status_code in (200, 302)
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    assert str(outside).encode() not in sent


def test_the_list_links_to_its_own_export_with_its_filters(staff):
    StructureFactory(name="MSP du Lac")
    page = staff.get(address(Structure, "changelist"), {"q": "lac", "p": "1"})
    assert "exporter/xlsx/?q=lac" in parsed(page).links()


def test_an_export_follows_search_and_filters(staff):
    StructureFactory(name="MSP du Lac", kind="msp")
    StructureFactory(name="Hôpital du Lac", kind="hopital")
    StructureFactory(name="MSP du Pré", kind="msp")
    found = lines(staff.get(address(Structure, "export", "csv"), {"q": "lac", "kind__exact": "msp"}))
    assert [row["nom"] for row in found] == ["MSP du Lac"]


def test_columns_and_values_are_french(staff):
    commune = TerritoryFactory(name="La Châtre")
    StructureFactory(name="MSP du Lac", kind="msp", commune=commune, status="published", recruiting=True)
    (row,) = lines(staff.get(address(Structure, "export", "csv")))
    assert (row["commune"], row["état"], row["recrute des médecins"]) == ("La Châtre", "publié", "oui")
    assert not {"provenance", "search_text", "provenance des champs"} & row.keys()


def test_only_the_chosen_rows_are_exported(staff):
    chosen, _other = StructureFactory(name="Choisie"), StructureFactory(name="Autre")
    response = staff.post(address(Structure, "changelist"), {"action": "export_csv", "_selected_action": [chosen.pk]})
    assert [row["nom"] for row in lines(response)] == ["Choisie"]


@pytest.mark.parametrize("name", ["=1+1", "+33 2", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs_as_a_formula(staff, name):
    StructureFactory(name=name)
    (row,) = lines(staff.get(address(Structure, "export", "csv")))
    assert row["nom"] == harmless(name) == f"'{name}"
    sheet = load_workbook(io.BytesIO(content(staff.get(address(Structure, "export", "xlsx"))))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}


def test_signs_that_a_workbook_forbids_are_left_out(staff):
    StructureFactory(name="MSP\x0b du Lac")
    sheet = load_workbook(io.BytesIO(content(staff.get(address(Structure, "export", "xlsx"))))).active
    assert "MSP du Lac" in [cell.value for cell in sheet[2]]


def test_private_fields_are_in_no_export(staff, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Structure], "private_fields", ("email",))
    StructureFactory(email="confie@exemple.fr")
    response = content(staff.get(address(Structure, "export", "csv"))).decode()
    assert "confie@exemple.fr" not in response


@pytest.mark.parametrize("ending", ["pdf", "CSV", "x"])
def test_an_unknown_format_is_not_found(staff, ending):
    assert staff.get(address(Structure, "export", ending)).status_code == 404


def test_a_wrong_filter_exports_nothing(staff):
    StructureFactory()
    assert staff.get(address(Structure, "export", "csv"), {"status": "x", "pas_un_champ": "1"}).status_code == 302


def test_who_has_no_role_exports_nothing(client):
    user = UserFactory(is_superuser=False)
    client.force_login(user)
    assert client.get(address(Structure, "export", "csv")).status_code == 403
    assert client.get(reverse("admin:structures_structure_changelist")).status_code == 403


def test_days_and_hours_are_dates_of_the_workbook(staff):
    row = StructureFactory(verified_on="2026-02-05")
    sheet = load_workbook(io.BytesIO(content(staff.get(address(Structure, "export", "xlsx"))))).active
    (header, values) = sheet.iter_rows(values_only=True)
    told = dict(zip(header, values, strict=True))
    assert told["vérifié le"] == datetime(2026, 2, 5)
    assert abs(told["créé le"] - localtime(row.created_at).replace(tzinfo=None)) < timedelta(seconds=2)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_list_of_accounts_is_exported_without_passwords_by_administrators_alone(client, ending):
    user = EditorFactory(role=Role.ADMINISTRATOR, username="agathe", email="agathe@example.org")
    user.set_password("un secret")
    user.save()
    client.force_login(user)
    assert "exporter/xlsx/" in client.get(address(User, "changelist")).content.decode()
    found = content(client.get(address(User, "export", ending)))
    cells = (
        found.decode("utf-8-sig")
        if ending == "csv"
        else str(list(load_workbook(io.BytesIO(found)).active.iter_rows(values_only=True)))
    )
    assert "agathe@example.org" in cells
    assert Role.ADMINISTRATOR.label in cells
    assert user.password not in cells
    assert "mot de passe" not in cells
    for role in (Role.REGION, Role.DEPARTMENT, Role.CONTRIBUTOR):
        client.force_login(EditorFactory(role=role))
        assert client.get(address(User, "export", ending)).status_code == 403


def test_proposals_are_exported_by_name_without_who_confided_theirs(client):
    ProposalFactory(sheet=StructureFactory(name="MSP du Lac"), contact="Mme Untel", text="=1+1")
    client.force_login(EditorFactory(role=Role.REGION))
    assert "exporter/csv/" in client.get(address(Proposal, "changelist")).content.decode()
    (row,) = lines(client.get(address(Proposal, "export", "csv")))
    assert row["fiche"] == "MSP du Lac"
    assert row["explication"] == "'=1+1"
    assert "Mme Untel" not in row.values()


def test_proposals_about_sheets_outside_are_not_exported(client):
    indre, cher = DepartmentFactory(code="36", name="Indre"), DepartmentFactory(code="18", name="Cher")
    for department, name in ((indre, "Dedans"), (cher, "Dehors")):
        commune = TerritoryFactory(inside=[department])
        ProposalFactory(sheet=StructureFactory(name=name, commune=commune))
    client.force_login(EditorFactory(territories=[indre]))
    assert [row["fiche"] for row in lines(client.get(address(Proposal, "export", "csv")))] == ["Dedans"]

"""The entrance of the administration: what is to be done today, inside the perimeter, in few queries."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from aids.models import Aid
from guide.backoffice.access import Role
from guide.core.enums import Status
from guide.core.models import ImportReject, ImportRun
from structures.models import Structure
from tests.factories import (
    DuplicatePairFactory,
    EditorFactory,
    ImportRejectFactory,
    ImportRunFactory,
    LinkCheckFactory,
    ProposalFactory,
    StructureFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.markup import parsed
from tests.new_process import count_queries
from tests.portal.perimeter_rows import aid, structure
from tests.portal.test_admin_pages import address

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

OLD = date(2020, 1, 1)
MAX_QUERIES = 25
SLUGS = count()


def everything(department, word: str = "") -> None:
    """One row for each block."""
    soon = timezone.now() + timedelta(days=20)

    def named(name: str, **values) -> Structure:
        return structure(department, name=f"{name} {word}", slug=f"{name}-{next(SLUGS)}", **values)

    stale = named("perimee", verified_on=OLD)
    named("jamais", latitude=None, longitude=None, coordinate_source="")
    named("relire", status=Status.IN_REVIEW)
    named("finit", unpublish_at=soon, verified_on=timezone.localdate())
    aid(department, name=f"Ferme {word}", status=Status.PUBLISHED, closes_on=soon.date())
    ProposalFactory(sheet=stale, contact=f"Contact {word}")
    DuplicatePairFactory(first=stale, reason=f"même nom {word}")
    LinkCheckFactory(sheet=stale, url=f"https://exemple.org/{word}/{stale.pk}")


def blocks(client) -> dict:
    return {block.code: block for block in client.get("/admin/").context["blocks"]}


def test_each_block_says_what_is_to_be_done(client, signed_in_editor, indre):
    everything(indre, "ici")
    ImportRunFactory()
    found = blocks(client)
    counts = {code: block.count for code, block in found.items()}
    assert counts == {
        "review": 1, "stale": 1, "never": 3, "ends": 1, "proposals": 1, "closing": 1, "unplaced": 1,
        "duplicates": 1, "links": 1, "imports": 1,
    }  # fmt: skip
    assert found["stale"].rows[0].note.replace("\u00a0", " ") == "à revérifier depuis le 31 décembre 2020"
    for row in (row for block in found.values() for row in block.rows):
        assert client.get(row.address).status_code == 200, row
    page = client.get("/admin/").content.decode()
    assert "Toujours à jour" in page
    assert "même nom ici" in page
    assert "Contact ici" in page


def test_imports_have_their_french_names_everywhere(client, signed_in_editor):
    run = ImportRunFactory(importer="golden-cases", file_name="cas.json")
    ImportRejectFactory(run=run)
    assert blocks(client)["imports"].rows[0].name == "Cas types, cas.json"
    for model, page, *args in (
        (ImportRun, "changelist"), (ImportRun, "change", run.pk), (ImportReject, "changelist"),
    ):  # fmt: skip
        text = client.get(address(model, page, *args)).content.decode()
        assert "Cas types" in text
        assert ">golden-cases<" not in text
    assert "Cas types" in str(run)


def test_nothing_of_another_department_shows(client, signed_in_editor, indre, cher):
    everything(cher, "ailleurs")
    assert not any(block.count for code, block in blocks(client).items() if code != "imports")
    assert "ailleurs" not in client.get("/admin/").content.decode()


def test_the_region_sees_all_of_them(client, indre, cher):
    client.force_login(EditorFactory(role=Role.REGION))
    everything(indre)
    everything(cher)
    assert all(block.count >= 2 for code, block in blocks(client).items() if code != "imports")


def test_who_has_no_role_sees_no_block(client, indre):
    client.force_login(UserFactory(is_superuser=False))
    everything(indre, "secret")
    response = client.get("/admin/")
    assert response.context["blocks"] == []
    assert "secret" not in response.content.decode()


def test_the_links_of_the_blocks_lead_to_lists_of_as_many_rows(client, signed_in_editor, indre, cher):
    for department in (indre, cher):
        everything(department)
    for block in blocks(client).values():
        if block.code in ("review", "imports"):
            continue
        listed = sum(client.get(more.address).context["cl"].result_count for more in block.more)
        assert listed == block.count, block.code


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.REGION, Role.CONTRIBUTOR])
def test_the_page_asks_as_many_queries_for_many_sheets_as_for_few(client, indre, role):
    client.force_login(EditorFactory(role=role, territories=[indre]))
    ImportRunFactory()

    for _ in range(6):
        everything(indre)
    client.get("/admin/")  # the types of content are read once per process
    few = count_queries(lambda: client.get("/admin/"))
    for _ in range(20):
        everything(indre)
    assert count_queries(lambda: client.get("/admin/")) == few <= MAX_QUERIES


def test_one_click_says_that_a_sheet_is_still_up_to_date(client, signed_in_editor, indre):
    everything(indre)
    row = blocks(client)["stale"].rows[0]
    assert client.get(row.confirm).status_code == 405
    assert client.post(row.confirm).status_code == 302
    assert blocks(client)["stale"].count == 0
    sheet = Structure.objects.get(name="perimee ")
    assert (sheet.verified_on, sheet.updated_by) == (timezone.localdate(), signed_in_editor)


@pytest.mark.parametrize("model", [Structure, Aid])
def test_a_sheet_outside_cannot_be_called_up_to_date(client, signed_in_editor, cher, model):
    sheet = {Structure: structure, Aid: aid}[model](cher, verified_on=OLD)
    place = [model._meta.app_label, model._meta.model_name, sheet.pk]
    assert client.post(reverse("admin:sheet_verify", args=place)).status_code == 403
    chosen = {"action": "mark_verified", "_selected_action": [sheet.pk]}
    client.post(address(model, "changelist"), chosen)
    sheet.refresh_from_db()
    assert sheet.verified_on == OLD


def test_a_contributor_has_no_such_button_and_no_such_right(client, indre):
    client.force_login(EditorFactory(role=Role.CONTRIBUTOR, territories=[indre]))
    everything(indre)
    assert not any(row.confirm for block in blocks(client).values() for row in block.rows)
    draft = structure(indre, status=Status.DRAFT, verified_on=OLD)
    place = ["structures", "structure", draft.pk]
    assert client.post(reverse("admin:sheet_verify", args=place)).status_code == 403
    assert client.post(reverse("admin:sheet_invitations", args=place)).status_code == 403
    draft.refresh_from_db()
    assert draft.verified_on == OLD


@pytest.mark.parametrize(
    "place",
    [("structures", "membership", 1), ("nulle", "part", 1), ("auth", "user", 1), ("structures", "structure", 0)],
)
def test_what_is_no_sheet_is_not_found(client, signed_in_editor, place):
    assert client.post(reverse("admin:sheet_verify", args=place)).status_code == 404


def test_the_action_of_the_list_dates_many_sheets(client, signed_in_editor, indre):
    chosen = [structure(indre, verified_on=OLD).pk for _ in range(3)]
    other = structure(indre, verified_on=OLD)
    client.post(address(Structure, "changelist"), {"action": "mark_verified", "_selected_action": chosen})
    assert Structure.objects.filter(verified_on=timezone.localdate()).count() == 3
    other.refresh_from_db()
    assert other.verified_on == OLD


def test_the_button_of_the_form_saves_and_dates(client, signed_in_editor, indre):
    sheet = structure(indre, verified_on=OLD, phone="")
    page = client.get(address(Structure, "change", sheet.pk))
    assert parsed(page).one('[name="_verified"]')
    values = {name: "" if value is None else value for name, value in page.context["adminform"].form.initial.items()}
    for formset in page.context["inline_admin_formsets"]:
        values |= {f"{formset.formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values |= {"phone": "02 54 00 00 00", "_verified": "1"}
    response = client.post(address(Structure, "change", sheet.pk), values)
    assert response.status_code == 302, response.context["errors"]
    sheet.refresh_from_db()
    assert (sheet.verified_on, sheet.phone) == (timezone.localdate(), "02 54 00 00 00")


@pytest.mark.parametrize("value", ["a-jour", "bientot", "perimee", "jamais", "zzz"])
@pytest.mark.parametrize("model", [Structure, Aid])
def test_the_filter_of_freshness_takes_any_value(client, signed_in_editor, indre, model, value):
    {Structure: structure, Aid: aid}[model](indre, verified_on=OLD)
    page = client.get(address(model, "changelist"), {"fraicheur": value, "fin": value})
    assert page.status_code == 200


def test_the_list_filtered_by_freshness_shows_that_age_alone(client, signed_in_editor, indre):
    stale = structure(indre, verified_on=OLD)
    structure(indre, verified_on=timezone.localdate())
    structure(indre)
    page = client.get(address(Structure, "changelist"), {"fraicheur": "perimee"})
    assert [row.pk for row in page.context["cl"].result_list] == [stale.pk]


def test_a_dead_link_names_the_sheets_of_the_perimeter_alone(client, signed_in_editor, indre, cher):
    link = LinkCheckFactory(sheet=structure(indre, name="Dedans"))
    link.uses.create(sheet=structure(cher, name="Dehors"), field="site internet")
    elsewhere = LinkCheckFactory(sheet=structure(cher))
    page = client.get(reverse("admin:backoffice_linkcheck_change", args=[link.pk])).content.decode()
    assert "Dedans" in page
    assert "Dehors" not in page
    listed = client.get(reverse("admin:backoffice_linkcheck_changelist")).context["cl"].result_list
    assert [one.pk for one in listed] == [link.pk]
    assert client.get(reverse("admin:backoffice_linkcheck_change", args=[elsewhere.pk])).status_code in (302, 403)


def test_a_stale_list_of_many_communes_is_read_in_order(client, signed_in_editor, indre):
    for days in (3, 1, 2):
        StructureFactory(
            commune=TerritoryFactory(inside=[indre]), verified_on=OLD + timedelta(days=days), name=f"Rang {days}"
        )
    assert [row.name for row in blocks(client)["stale"].rows] == ["Rang 1", "Rang 2", "Rang 3"]

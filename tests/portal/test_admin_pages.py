"""Every admin page opens with data: the staff's tool never breaks in silence."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from aids.models import Aid, AidCase, AidIncompatibility, Funder, GoldenCase
from guide.backoffice.access import Role
from guide.backoffice.models import DeletedSheet, LinkCheck, Proposal
from guide.core.models import ImportReject, ImportRun, SlugRedirect, Task
from guide.desk.models import ContactBody
from guide.editorial.models import (
    Document,
    Event,
    GlossaryTerm,
    KeyFigure,
    NewsItem,
    Page,
    Partner,
    PracticeOption,
    Reference,
    Testimonial,
)
from guide.territories.models import (
    Amenity,
    Indicator,
    IndicatorValue,
    PostalCode,
    Territory,
    TerritoryRemark,
    TravelTime,
    Zoning,
    ZoningEdition,
)
from structures.models import CompletenessNote, DuplicatePair, Structure, StructureSource
from tests.aids.factories import AidFactory, FunderFactory
from tests.desk.factories import ContactBodyFactory
from tests.editorial.factories import (
    DocumentFactory,
    EventFactory,
    GlossaryTermFactory,
    KeyFigureFactory,
    NewsItemFactory,
    PageFactory,
    PartnerFactory,
    ReferenceFactory,
    TestimonialFactory,
)
from tests.editorial.practice import PracticeOptionFactory
from tests.factories import (
    AmenityFactory,
    DeletedSheetFactory,
    DuplicatePairFactory,
    EditorFactory,
    ImportRejectFactory,
    ImportRunFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    LinkCheckFactory,
    ProposalFactory,
    StructureFactory,
    TaskFactory,
    TerritoryFactory,
    TerritoryRemarkFactory,
    TravelTimeFactory,
    UserFactory,
    ZoningEditionFactory,
    ZoningFactory,
)
from tests.markup import parsed
from tests.new_process import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

MAKERS = {
    Aid: AidFactory,
    AidCase: lambda: AidFactory().cases.get(),
    AidIncompatibility: lambda: AidIncompatibility.objects.create(first=AidFactory(), second=AidFactory()),
    Amenity: AmenityFactory,
    ContactBody: ContactBodyFactory,
    CompletenessNote: lambda: CompletenessNote.objects.create(kind="msp", text="Liste incomplète", source="Presse"),
    DeletedSheet: DeletedSheetFactory,
    DuplicatePair: DuplicatePairFactory,
    Document: DocumentFactory,
    Event: EventFactory,
    Funder: FunderFactory,
    GlossaryTerm: GlossaryTermFactory,
    GoldenCase: lambda: GoldenCase.objects.create(
        title="Un remplaçant", answers={"jour": "2026-06-01", "profils": ["remplacant-these"]}
    ),
    Group: lambda: Group.objects.create(name="Éditeurs"),
    ImportReject: ImportRejectFactory,
    ImportRun: lambda: ImportRejectFactory().run,
    Indicator: IndicatorFactory,
    IndicatorValue: IndicatorValueFactory,
    LinkCheck: LinkCheckFactory,
    KeyFigure: KeyFigureFactory,
    NewsItem: NewsItemFactory,
    Page: PageFactory,
    Partner: PartnerFactory,
    PracticeOption: PracticeOptionFactory,
    Proposal: ProposalFactory,
    Reference: ReferenceFactory,
    SlugRedirect: lambda: SlugRedirect.objects.create(kind="structure", old_slug="avant", new_slug="apres"),
    Structure: StructureFactory,
    Task: TaskFactory,
    Testimonial: TestimonialFactory,
    Territory: TerritoryFactory,
    TerritoryRemark: TerritoryRemarkFactory,
    TravelTime: TravelTimeFactory,
    User: UserFactory,
    Zoning: ZoningFactory,
    ZoningEdition: ZoningEditionFactory,
}


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_the_pages_of_a_model_open_with_data(model, staff):
    row = MAKERS[model]()
    assert staff.get(address(model, "changelist")).status_code == 200
    if admin.site._registry[model].search_fields:
        assert staff.get(address(model, "changelist"), {"q": "36 la châtre"}).status_code == 200
    response = staff.get(address(model, "change", row.pk))
    assert response.status_code == 200
    named = row.label if isinstance(row, DeletedSheet) else str(row)
    assert escape(named) in response.content.decode()
    addable = staff.get(address(model, "add")).status_code
    assert addable in (200, 403)


def test_the_first_page_of_the_admin_names_the_site(staff, settings):
    assert f"{settings.SITE_NAME} : administration" in staff.get("/admin/").content.decode().replace("\u00a0", " ")


def test_an_import_report_is_readable_and_cannot_be_changed(staff):
    run = ImportRejectFactory().run
    page = staff.get(address(ImportRun, "change", run.pk)).content.decode()
    assert "ligne 7, 360000999" in page
    assert "02 54 99 99 99" in page
    assert "ligne 3, 18005\u00a0: mairie hors du contour" in page
    assert parsed(page).all('[name="_save"]') == []
    assert staff.post(address(ImportRun, "change", run.pk), {"importer": "x"}).status_code == 403


def test_the_background_work_is_read_and_not_changed(staff):
    task = TaskFactory(state="failed", last_error="OSError: serveur absent", started_at=timezone.now())
    page = staff.get(address(Task, "changelist")).content.decode()
    assert "Essai des liens" in page
    assert "OSError: serveur absent" in page
    page = staff.get(address(Task, "change", task.pk)).content.decode()
    assert "serveur absent" in page
    assert parsed(page).all('[name="_save"]') == []
    assert staff.post(address(Task, "change", task.pk), {"state": "waiting"}).status_code == 403
    staff.force_login(EditorFactory(role=Role.REGION))
    assert staff.get(address(Task, "changelist")).status_code == 403


def test_a_previewed_import_says_that_nothing_was_written(staff):
    ImportRunFactory(outcome="previewed")
    assert "15 (simulé)" in staff.get(address(ImportRun, "changelist")).content.decode()


@pytest.mark.parametrize("typed", ["la châtre", "LA CHATRE", "36046", "36400"])
def test_a_commune_is_found_by_name_or_code_and_told_from_its_homonyms(staff, typed):
    commune = TerritoryFactory(name="La Châtre", code="36046")
    PostalCode.objects.create(code="36400", commune=commune)
    TerritoryFactory(name="La Châtre", code="200040558", kind="epci")
    TerritoryFactory(name="Autre", code="36001")
    about = {"app_label": "structures", "model_name": "structure", "field_name": "commune", "term": typed}
    results = staff.get(reverse("admin:autocomplete"), about).json()["results"]
    assert [result["text"] for result in results] == ["La Châtre (commune 36046)"]


def test_a_structure_that_imports_know_is_archived_and_not_deleted(staff):
    imported, own = StructureFactory(), StructureFactory()
    StructureSource.objects.create(structure=imported, source="finess", external_id="360000111")
    assert staff.post(address(Structure, "delete", imported.pk), {"post": "yes"}).status_code == 403
    assert staff.post(address(Structure, "delete", own.pk), {"post": "yes"}).status_code == 302
    assert list(Structure.objects.all()) == [imported]


def test_the_list_of_structures_asks_as_many_queries_for_50_rows_as_for_one(staff):
    StructureFactory()
    few = count_queries(lambda: staff.get(address(Structure, "changelist")))
    commune = TerritoryFactory()
    StructureFactory.create_batch(49, commune=commune)
    assert count_queries(lambda: staff.get(address(Structure, "changelist"))) == few

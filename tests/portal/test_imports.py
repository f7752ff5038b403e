"""« Importer un fichier »: upload, differences, confirmation, and everything that may come between."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from django.utils import timezone

from guide.backoffice.access import Role
from guide.core.background import actions
from guide.core.background.models import Task
from guide.core.imports.contract import importer_choices
from guide.core.models import ImportRun
from guide.portal.imports import uploads
from guide.portal.imports.registry import KINDS
from guide.portal.models import PreviewPage, Upload, UploadPart
from structures.models import Structure, StructureSource
from tests.background import NAME, without_waiting, work_off
from tests.factories import DepartmentFactory, EditorFactory, StructureFactory, TerritoryFactory, UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

HEADER = "identifiant;type;nom;code_commune;telephone;source\n"


@pytest.fixture(autouse=True)
def here(monkeypatch):
    without_waiting(monkeypatch)


@pytest.fixture
def indre(db):
    department = DepartmentFactory(code="36", name="Indre")
    TerritoryFactory(code="36046", name="La Châtre", parent=department, inside=[department])
    return department


@pytest.fixture
def region(client):
    client.force_login(UserFactory())
    return client


def table(*rows: str, name="liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEADER + "\n".join(rows)).encode())


def upload(client, file, key="structures", field="structures", **values):
    values = {"option_list": "essai", "source": "Essai", **values, f"file_{field}": file}
    return client.post(reverse("admin:import_upload", args=[key]), values)


def preview(client, *rows: str, **values) -> tuple[str, str]:
    """(address, page) of the differences of a list of structures."""
    response = upload(client, table(*rows), **values)
    assert response.status_code == 302, response.content.decode()
    address = response["Location"]
    return address, client.get(address).content.decode()


def nothing_is_kept() -> bool:
    return not any(model.objects.exists() for model in (Upload, UploadPart, PreviewPage))


def test_every_importer_of_the_site_has_its_declaration():
    assert KINDS.keys() == {key for key, _ in importer_choices()}


@pytest.mark.parametrize("key", KINDS)
def test_the_form_of_each_importer_opens_and_asks_for_a_file(region, indre, key):
    address = reverse("admin:import_upload", args=[key])
    assert region.get(address).status_code == 200
    assert parsed(region.post(address, {})).all(".errorlist")
    assert region.get(reverse("admin:import_template", args=[key])).status_code == (
        200 if KINDS[key].template else 404
    )


def test_the_differences_are_shown_and_nothing_is_written(region, indre):
    _, page = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai", "b;inconnu;X;36046;;Essai")
    assert "MSP du Lac, La Châtre (a)" in page
    assert "Rien n’est encore écrit" in page
    assert "type\u00a0: «" in page or "n'est pas reconnu" in parsed(page).text
    assert not Structure.objects.exists()
    assert ImportRun.objects.get().outcome == "previewed"


def test_what_was_shown_is_applied_and_its_report_kept(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai")
    region.post(address, {"appliquer": "1"})
    response = region.get(address)
    run = ImportRun.objects.get(outcome="applied")
    assert response["Location"] == reverse("admin:core_importrun_change", args=[run.pk])
    assert (Structure.objects.get().name, run.by.username) == (
        "MSP du Lac",
        region.get("/admin/").context["user"].username,
    )
    assert nothing_is_kept()
    assert region.get(address).status_code == 404


def test_an_update_is_told_field_by_field(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai")
    region.post(address, {"appliquer": "1"})
    _, page = preview(region, "a;msp;MSP du Grand Lac;36046;0254000001;Essai")
    told = next(row for row in parsed(page).all("tr") if row.all("ins"))
    assert {"Nom", "MSP du Lac", "MSP du Grand Lac"} <= set(told.texts("td"))
    assert told.one("ins").text == "MSP du Grand Lac"
    assert Structure.objects.get().name == "MSP du Lac"


def test_a_change_between_the_preview_and_the_confirmation_shows_the_new_differences(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai")
    region.post(address, {"appliquer": "1"})
    address, _ = preview(region, "a;msp;MSP du Grand Lac;36046;0254000002;Essai")
    Structure.objects.update(phone="02 54 99 99 99")
    region.post(address, {"appliquer": "1"})
    page = region.get(address).content.decode()
    assert "a changé entre-temps" in page
    assert "02 54 99 99 99" in page
    assert Structure.objects.get().name == "MSP du Lac"
    region.post(address, {"appliquer": "1"})
    assert Structure.objects.get().name == "MSP du Grand Lac"


def test_a_file_whose_bytes_are_no_longer_those_uploaded_is_not_applied(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai")
    UploadPart.objects.update(content=(HEADER + "a;msp;Autre;36046;;Essai").encode())
    region.post(address, {"appliquer": "1"})
    assert "rien n’a été écrit" in region.get(address).content.decode()
    assert not Structure.objects.exists()


def test_an_upload_is_its_owners_for_a_day(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    assert region.get(address.replace("suivi/", "suivi/x")).status_code == 404
    with time_machine.travel(timezone.now() + uploads.LIFETIME + timedelta(minutes=1)):
        region.force_login(Upload.objects.get().user)
        assert region.get(address).status_code == 404
        assert uploads.forget_old() == 1
    assert nothing_is_kept()


def test_nobody_else_sees_an_upload(client, region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    assert client.post(address, {"appliquer": "1"}).status_code == 404
    assert not Structure.objects.exists()


def test_an_import_given_up_leaves_nothing(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    region.post(address, {"annuler": "1"})
    assert nothing_is_kept()


def test_a_running_import_shows_how_far_it_is_and_cannot_start_twice(region, indre, monkeypatch):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    monkeypatch.undo()
    upload = Upload.objects.get()
    assert uploads.launch(upload, uploads.PREVIEW) is True
    assert 'http-equiv="refresh"' in region.get(address).content.decode()
    task = actions.claim(NAME)
    task.advance(12_000)
    actions.show_life(task)
    page = region.get(address).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "12 000 lignes lues" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert uploads.launch(upload, uploads.PREVIEW) is False
    region.post(address, {"annuler": "1"})
    assert Upload.objects.exists()


def test_a_reading_that_was_cut_short_is_taken_up_again_by_another_runner(region, indre, monkeypatch):
    monkeypatch.undo()
    address = upload(region, table("a;msp;MSP du Lac;36046;;Essai"))["Location"]
    actions.claim("killed")
    PreviewPage.objects.create(upload=Upload.objects.get(), section="creees", number=1, lines=[["half read", []]])
    Task.objects.update(seen_at=timezone.now() - actions.SILENT_AFTER - timedelta(seconds=1))
    actions.take_from_the_dead()
    work_off()
    page = region.get(address).content.decode()
    assert "MSP du Lac, La Châtre (a)" in page
    assert "half read" not in page


def test_a_file_that_kills_its_runners_is_given_up_and_says_so(region, indre, monkeypatch):
    monkeypatch.undo()
    address = upload(region, table("a;msp;MSP du Lac;36046;;Essai"))["Location"]
    while actions.claim("killed"):
        assert 'http-equiv="refresh"' in region.get(address).content.decode()
        Task.objects.update(seen_at=timezone.now() - actions.SILENT_AFTER - timedelta(seconds=1))
        actions.take_from_the_dead()
    assert Task.objects.get().attempts == 2
    assert "Import interrompu" in region.get(address).content.decode()


def test_an_import_whose_runner_is_killed_before_it_says_so_is_not_applied_twice(region, indre):
    address, _ = preview(region, "a;msp;MSP du Lac;36046;0254000001;Essai")
    region.post(address, {"appliquer": "1"})
    assert uploads.launch(Upload.objects.get(), uploads.APPLY) is True
    assert ImportRun.objects.filter(outcome="applied").count() == 1
    assert region.get(address).status_code == 302


def test_an_unexpected_error_is_told_and_writes_nothing(region, indre, monkeypatch, caplog):
    monkeypatch.setattr(uploads, "importer_of", lambda upload, folder: 1 / 0)
    _, page = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    assert "Import arrêté" in page
    assert "ZeroDivisionError" in caplog.text
    task = Task.objects.get()
    assert (task.state, task.attempts, task.last_error) == ("failed", 1, "ZeroDivisionError: division by zero")


def test_a_file_that_fills_the_memory_is_refused_in_words(region, indre, monkeypatch):
    def fill(upload, folder):
        raise MemoryError

    monkeypatch.setattr(uploads, "importer_of", fill)
    _, page = preview(region, "a;msp;MSP du Lac;36046;;Essai")
    assert "trop de mémoire" in page


def test_long_lists_are_shown_page_by_page(region, indre):
    rows = [f"a{number};msp;MSP {number:03};36046;;Essai" for number in range(120)]
    address, page = preview(region, *rows)
    assert "1 à 50 sur 120" in page
    last = region.get(address, {"liste": "creees", "page": "3"}).content.decode()
    assert "101 à 120 sur 120" in last
    assert "MSP 119" in last
    assert "MSP 000" not in last
    assert region.get(address, {"liste": "creees", "page": "x"}).status_code == 200


def test_a_large_file_is_kept_in_parts_and_put_together_again(db):
    content = bytes(range(256)) * 4096 * 3 + b"end"
    declared = KINDS["structures"].files[0]
    file = TemporaryUploadedFile("liste.csv", "text/csv", len(content), "utf-8")
    file.write(content)
    upload = uploads.create(key="structures", user=UserFactory(), uploads=[(declared, file)], about={}, options={})
    assert upload.parts.count() == 4
    assert upload.is_whole()
    with upload.on_disk() as folder:
        assert (folder / "liste.csv").read_bytes() == content
    upload.parts.filter(number=2).delete()
    assert not upload.is_whole()


# --- what the form refuses, at its field ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("liste.xlsm", "macros"),
        ("liste.xls", "enregistrez-le en .xlsx"),
        ("liste.pdf", "attendu .csv"),
        ("liste", "sans extension"),
    ],
)
def test_a_wrong_ending_is_refused_at_the_field(region, indre, name, words):
    page = upload(region, table(name=name)).content.decode()
    assert words in page
    assert nothing_is_kept()


def test_a_file_too_large_is_refused_at_the_field(region, indre, settings):
    settings.IMPORT_MAX_MB = 0
    assert "0\u00a0Mo au plus" in upload(region, table("a;msp;X;36046;;Essai")).content.decode()


@pytest.mark.parametrize("typed", ["2026-2", "hier", "01/02/2026"])
def test_a_source_date_is_a_year_a_month_or_a_day(region, indre, typed):
    assert "Écrivez 2026" in upload(region, table(), source_date=typed).content.decode()


def test_a_web_page_under_the_name_of_a_table_is_refused_whole(region, indre):
    file = SimpleUploadedFile("liste.csv", b"<!DOCTYPE html><p>Introuvable</p>")
    page = parsed(region.get(upload(region, file)["Location"]))
    assert "page web" in page.text
    assert page.all('[name="appliquer"]') == []


@pytest.mark.parametrize("name", ["../../x.csv", "a/b/c.csv", "..csv", "é ü.csv", f"{'漢' * 120}.csv"])
def test_the_name_of_an_upload_never_leaves_its_folder(region, indre, name):
    upload(region, table("a;msp;X;36046;;Essai", name=name))
    kept = Upload.objects.get()
    with kept.on_disk() as folder:
        (stored,) = folder.iterdir()
        assert stored.name == kept.files[0]["file"]
        assert not stored.name.startswith(".")
        assert stored.name.endswith("csv")
    assert not folder.exists()


def test_a_zoning_asks_what_its_format_does_not_say(region, indre):
    file = SimpleUploadedFile("z.csv", b"territory_kind;code;level\ncommune;36046;ZIP\n")
    values = {"option_format": "plain", "option_valid_from": "05/02/2026", "option_valid_to": "01/02/2026"}
    page = upload(region, file, "zonings", "zonings", **values).content.decode()
    assert "Dites de quel zonage" in page
    assert "La fin doit suivre le début" in page


# --- texts ------------------------------------------------------------------------------

SHEET = "---\ntitle: Le pont\nsummary: Un pont.\nsection: guide\n---\n\n## Un titre\n\nDu texte.\n"


def test_one_sheet_is_imported_in_its_folder_and_says_nothing_of_the_others(region, indre):
    file = SimpleUploadedFile("le-pont.md", SHEET.encode())
    assert "Dites dans quel dossier" in upload(region, file, "content", "folder").content.decode()
    file.seek(0)
    page = region.get(upload(region, file, "content", "folder", option_place="pages")["Location"]).content.decode()
    assert "pages/le-pont" in page


def test_an_archive_of_texts_is_imported(region, indre):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("contenu/pages/le-pont.md", SHEET)
    file = SimpleUploadedFile("textes.zip", packed.getvalue())
    address = upload(region, file, "content", "folder")["Location"]
    assert "pages/le-pont" in region.get(address).content.decode()
    region.post(address, {"appliquer": "1"})
    assert ImportRun.objects.filter(outcome="applied", importer="content").exists()


def test_an_archive_that_leaves_its_folder_is_refused(region, indre):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../dehors.md", SHEET)
    file = SimpleUploadedFile("textes.zip", packed.getvalue())
    page = region.get(upload(region, file, "content", "folder")["Location"]).content.decode()
    assert "nom de fichier interdit" in page


# --- perimeters -------------------------------------------------------------------------


@pytest.fixture
def local(client, indre):
    client.force_login(EditorFactory(territories=[indre]))
    return client


@pytest.fixture
def bourges(db):
    return TerritoryFactory(code="18033", name="Bourges", parent=DepartmentFactory(code="18", name="Cher"))


def test_a_department_imports_lists_of_its_own_structures_alone(local, indre, bourges):
    rows = ["a;msp;MSP du Lac;36046;;Essai", *(f"b{number};msp;Dehors {number};18033;;Essai" for number in range(9))]
    address, page = preview(local, *rows)
    assert "hors de votre périmètre (Indre)" in page
    local.post(address, {"appliquer": "1"})
    assert [structure.name for structure in Structure.objects.all()] == ["MSP du Lac"]


def test_a_department_takes_no_sheet_of_another_by_its_number_nor_loses_one(local, indre, bourges):
    other = StructureFactory(name="Du Cher", commune=bourges, finess="180000010")
    StructureSource.objects.create(structure=other, source="essai", external_id="cher")
    address, page = preview(local, "a;msp;MSP du Lac;36046;;Essai", "cher;msp;Prise;36046;;Essai")
    assert "la fiche « Du Cher » n'en fait pas partie" in parsed(page).text
    local.post(address, {"appliquer": "1"})
    other.refresh_from_db()
    assert (other.name, other.commune, other.missing_since) == ("Du Cher", bourges, None)
    assert StructureSource.objects.get(external_id="cher").missing_since is None
    address, _ = preview(local, "a;msp;MSP du Lac neuf;36046;;Essai")
    local.post(address, {"appliquer": "1"})
    assert StructureSource.objects.get(external_id="cher").missing_since is None


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if not kind.local])
def test_a_department_imports_nothing_else(local, key):
    assert local.get(reverse("admin:import_upload", args=[key])).status_code == 403
    assert local.post(reverse("admin:import_upload", args=[key]), {}).status_code == 403


def test_the_engine_itself_refuses_what_the_pages_do_not_offer(indre):
    editor = EditorFactory(territories=[indre])
    file = SimpleUploadedFile("liste.csv", b"x")
    declared = KINDS["finess"].files[0]
    upload = uploads.create(key="finess", user=editor, uploads=[(declared, file)], about={}, options={})
    uploads.launch(upload, uploads.PREVIEW)
    upload.refresh_from_db()
    assert "réservé aux éditeurs régionaux" in upload.message


def test_a_contributor_imports_nothing(client, indre):
    client.force_login(EditorFactory(role=Role.CONTRIBUTOR, territories=[indre]))
    assert client.get(reverse("admin:import_choose")).status_code == 403
    assert "Importer un fichier" not in client.get("/admin/").content.decode()
    assert client.get(reverse("admin:import_upload", args=["structures"])).status_code == 403

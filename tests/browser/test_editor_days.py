"""A day's work of each role, in a real browser: from the login to what visitors see."""

import pytest
from playwright.sync_api import expect

from guide.backoffice.access import Role
from guide.core.enums import Status
from guide.territories.models import Territory
from structures.models import Structure
from tests.background import without_waiting
from tests.browser.editors import find, follow, log_in, make_editor, press, told
from tests.browser.region import make_region
from tests.core.pictures import picture
from tests.factories import StructureFactory

pytestmark = [pytest.mark.browser, pytest.mark.admin_templates, pytest.mark.django_db(transaction=True)]

COLUMNS = "identifiant;type;nom;code_commune;telephone;source;source_date"
LINE = "msp-issoudun;msp;Maison de santé d'Issoudun;36088;{phone};Essai;2026"


@pytest.fixture
def site(live_server, settings, tmp_path):
    """The address of the server; two departments, and an account of each role."""
    settings.SITE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    make_region()
    indre = [Territory.objects.get(kind="department", code="36")]
    make_editor("contributeur", Role.CONTRIBUTOR, indre)
    make_editor("departement", Role.DEPARTMENT, indre)
    make_editor("region", Role.REGION)
    make_editor("admin", Role.ADMINISTRATOR)
    return live_server.url


def test_a_contributor_drafts_and_sends_to_review_and_cannot_publish(page, site, traffic):
    log_in(page, site, "contributeur")
    follow(page, "Actualités")
    page.get_by_role("link", name="Ajouter").last.click()
    page.get_by_label("Rubrique :").select_option("actualite")
    page.locator(".field-territory .select2-selection").click()
    page.locator(".select2-search__field").last.fill("châtre")
    page.get_by_role("option", name="La Châtre").click()
    page.get_by_label("Titre :", exact=True).fill("Une journée portes ouvertes à La Châtre")
    page.get_by_label("Titre :", exact=True).blur()
    expect(page.get_by_label("Adresse de la page :")).to_have_value("une-journee-portes-ouvertes-a-la-chatre")
    page.get_by_label("Date :", exact=True).fill("12/10/2026")
    page.get_by_role("textbox", name="Texte").click()
    page.keyboard.type("La maison de santé ouvre ses portes.")
    expect(page.get_by_role("button", name="Enregistrer et publier")).to_have_count(0)
    press(page, "Enregistrer et faire relire")
    told(page, "fiche envoyée en relecture")
    expect(page.get_by_role("button", name="Enregistrer et publier")).to_have_count(0)
    page.goto(f"{site}/actualites/")
    expect(page.get_by_text("portes ouvertes")).to_have_count(0)


def test_a_departmental_editor_corrects_previews_publishes_and_reverts(page, site, traffic):
    draft = StructureFactory(
        name="Maison de santé de Déols",
        status=Status.DRAFT,
        commune=Territory.objects.get(code="36044"),
        phone="02 54 00 00 00",
    )
    far = Structure.objects.filter(commune__code="18033").first()
    log_in(page, site, "departement")
    follow(page, "Structures")
    find(page, draft.name)
    page.get_by_label("Téléphone :").fill("02 54 11 11 11")
    press(page, "Enregistrer et continuer les modifications")
    follow(page, "Aperçu sur le site")
    expect(page.get_by_text("02 54 11 11 11").first).to_be_visible()
    page.go_back()
    press(page, "Enregistrer et publier")
    told(page, "fiche publiée")
    page.goto(f"{site}/structures/{draft.slug}/")
    expect(page.get_by_text("02 54 11 11 11").first).to_be_visible()

    page.goto(f"{site}/admin/structures/structure/{draft.pk}/change/")
    follow(page, "Historique")
    expect(page.locator(".version").filter(has_text="02 54 11 11 11").first).to_contain_text("02 54 00 00 00")
    page.locator(".version").last.get_by_role("link", name="Revenir à cette version").click()
    expect(page.get_by_text("Rien n'est encore écrit")).to_be_visible()
    press(page, "Revenir à cette version")
    draft.refresh_from_db()
    assert draft.phone == "02 54 00 00 00"

    traffic.complaints.clear()
    page.goto(f"{site}/admin/structures/structure/{far.pk}/change/")
    expect(page.get_by_role("heading", name="Accès refusé")).to_be_visible()
    assert all("403" in line for line in traffic.complaints)
    traffic.complaints.clear()


def test_a_region_editor_publishes_what_waits_and_restores_what_was_deleted(page, site, traffic):
    waiting = StructureFactory(
        name="Centre de santé de Vierzon", status=Status.IN_REVIEW, commune=Territory.objects.get(code="18279")
    )
    log_in(page, site, "region")
    follow(page, "À relire")
    page.get_by_role("link", name=waiting.name, exact=True).click()
    press(page, "Enregistrer et publier")
    told(page, "fiche publiée")
    press(page, "Archiver (quitte le site)")
    told(page, "fiche archivée")
    traffic.complaints.clear()
    follow(page, "Supprimer")
    press(page, "Oui, je suis sûr")
    assert not Structure.objects.filter(pk=waiting.pk).exists()
    page.goto(f"{site}/admin/backoffice/deletedsheet/")
    page.get_by_role("link", name=waiting.name).click()
    press(page, "Restaurer la fiche et ce qu'elle contenait")
    assert Structure.objects.get(pk=waiting.pk).status == Status.ARCHIVED


def test_a_save_from_an_outdated_page_asks_whose_change_to_keep(page, site, browser, browser_context_args):
    structure = Structure.objects.get(name="Laboratoire de La Châtre")
    address = f"{site}/admin/structures/structure/{structure.pk}/change/"
    other = browser.new_context(**browser_context_args).new_page()
    for one, name in ((page, "region"), (other, "departement")):
        log_in(one, site, name)
        one.goto(address)
    other.get_by_label("Téléphone :").fill("02 54 22 22 22")
    press(other, "Enregistrer")
    page.get_by_label("Téléphone :").fill("02 54 33 33 33")
    press(page, "Enregistrer")
    expect(page.get_by_role("heading", name="Cette fiche a changé")).to_be_visible()
    structure.refresh_from_db()
    assert structure.phone == "02 54 22 22 22"
    page.get_by_label("Garder ce qui a été enregistré entre-temps").check()
    press(page, "Enregistrer ces choix")
    structure.refresh_from_db()
    assert structure.phone == "02 54 22 22 22"
    other.context.close()


def test_a_region_editor_imports_a_file_after_reading_the_differences(page, site, traffic, tmp_path, monkeypatch):
    without_waiting(monkeypatch)
    file = tmp_path / "structures.csv"
    log_in(page, site, "region")
    for phone, count in (("02 54 00 00 01", "Créées"), ("02 54 00 00 02", "Modifiées")):
        file.write_text(f"{COLUMNS}\n{LINE.format(phone=phone)}\n", encoding="utf-8")
        page.goto(f"{site}/admin/importer/structures/")
        page.get_by_label("Tableau").set_input_files(file)
        press(page, "Lire le fichier, sans rien écrire")
        expect(page.get_by_text("Rien n’est encore écrit.")).to_be_visible()
        assert not Structure.objects.filter(phone=phone).exists()
        expect(page.locator(".import-counts div").filter(has_text=count)).to_contain_text("1")
        if count == "Modifiées":
            expect(page.locator(".guide-table")).to_contain_text("02 54 00 00 01")
        press(page, "Appliquer ces changements")
        told(page, "Import appliqué")
        assert Structure.objects.filter(phone=phone).exists()


def test_a_new_editor_adds_a_structure_with_its_place_and_its_photograph(page, site, traffic):
    log_in(page, site, "region")
    follow(page, "Structures")
    page.get_by_role("link", name="Ajouter").last.click()
    page.get_by_label("Type :").select_option("msp")
    page.get_by_label("Nom :", exact=True).fill("Maison de santé des Tilleuls")
    page.locator(".field-commune .select2-selection").click()
    page.locator(".select2-search__field").fill("issoud")
    page.get_by_role("option", name="Issoudun").click()
    page.locator("[data-map-frame]").scroll_into_view_if_needed()
    page.locator("[data-map-frame][data-ready]").wait_for()
    search = page.get_by_role("combobox", name="Aller à une commune (nom ou code postal)")
    search.press_sequentially("issoud")
    page.get_by_role("option", name="Issoudun").last.wait_for()
    search.press("Enter")
    expect(page.locator(".map-label", has_text="Issoudun")).to_be_visible()
    page.wait_for_timeout(500)  # the map comes to rest
    box = page.locator(".position-map .map-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_role("button", name="Ajouter une photo").click()
    photo = {"name": "facade.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.locator("#id_photos-0-image").set_input_files(photo)
    page.locator("#id_photos-0-alternative").fill("La façade, côté jardin")
    page.locator("#id_photos-0-credit").fill("Commune d'Issoudun, 2026")
    page.get_by_label("Source :", exact=True).fill("Maison de santé")
    page.get_by_label("Date de la source :").fill("2026")
    press(page, "Enregistrer et publier")
    told(page, "fiche publiée")
    made = Structure.objects.get(name="Maison de santé des Tilleuls")
    assert made.coordinate_source == "hand"
    assert made.photos.count() == 1
    page.goto(f"{site}/structures/{made.slug}/")
    expect(page.get_by_alt_text("La façade, côté jardin")).to_be_visible()
    page.goto(f"{site}/carte/?q=tilleuls")
    expect(page.get_by_text(made.name).first).to_be_visible()


def test_an_administrator_opens_an_account_and_gives_its_perimeter(page, site, traffic):
    log_in(page, site, "admin")
    follow(page, "Utilisateurs")
    page.get_by_role("link", name="Ajouter").last.click()
    page.get_by_label("Nom d’utilisateur :").fill("camille")
    page.get_by_label("Mot de passe :", exact=True).fill("phrase longue et rare 36")
    page.get_by_label("Confirmation du mot de passe :").fill("phrase longue et rare 36")
    press(page, "Enregistrer")
    page.get_by_label("Statut équipe").check()
    page.get_by_label("Groupes :").select_option("Éditeur départemental")
    page.get_by_role("button", name="Ajouter un périmètre").click()
    page.locator(".field-territory .select2-selection").first.click()
    page.locator(".select2-search__field").fill("indre")
    page.get_by_role("option", name="Indre").first.click()
    press(page, "Enregistrer")
    told(page, "camille")

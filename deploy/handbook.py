"""Pictures of the editors' handbook, taken from the running demo with its own accounts. Usage: handbook.py ADDRESS.

One sheet is changed and put back, so that the pages of history and of conflicts have something to show.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "manuel"
ACCOUNTS = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "demo-accounts.txt"
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
WIDTH, HEIGHT = 1280, 760
COLOURS = 64
MAX_BYTES = 120_000
LIST = "/admin/structures/structure/?q=chatre+maison"


class Photographer:
    """One account in one browser: it goes to pages and keeps pictures of them."""

    def __init__(self, browser, server: str, name: str):
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-FR", timezone_id="Europe/Paris"
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.server, self.name = server, name

    def log_in(self, password: str) -> None:
        """Through the page of login."""
        self.go("/admin/login/?next=/admin/")
        self.page.locator("#id_username").fill(self.name)
        self.page.locator("#id_password").fill(password)
        self.page.get_by_role("button", name="Connexion").click()
        self.page.locator(".guide-board").wait_for()

    def go(self, address: str) -> Page:
        """Open a page of the demo."""
        self.page.goto(self.server + address)
        return self.page

    def keep(self, name: str, *, at: Locator | None = None, height: int = HEIGHT) -> None:
        """The window as it stands, from `at` down when given, with few colours."""
        if at is not None:
            at.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 12)")
        self.page.wait_for_timeout(400)
        size = {"x": 0, "y": 0, "width": WIDTH, "height": min(height, HEIGHT)}
        picture = Image.open(BytesIO(self.page.screenshot(clip=size))).convert("RGB")
        target = FOLDER / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size > MAX_BYTES:
            sys.exit(f"{target.name}: {target.stat().st_size} bytes, {MAX_BYTES} at most")


def heading(page: Page, name: str) -> Locator:
    """The title of a part of a form."""
    return page.locator("#content h2, #content h3").filter(has_text=name).first


def open_row(page: Page, which: int = 0) -> str:
    """Open one sheet of the list that is shown; returns its address."""
    with page.expect_navigation():
        page.locator("#result_list tbody th a").nth(which).click()
    return page.url


def sheet_pictures(camera: Photographer) -> str:
    """List, form and what hangs on a sheet; returns the address of the sheet."""
    page = camera.go(LIST)
    camera.keep("liste", height=520)
    address = open_row(page, -1).removeprefix(camera.server).partition("?")[0]
    camera.keep("fiche")
    page.locator("[data-map-frame]").scroll_into_view_if_needed()
    page.locator("[data-map-frame][data-ready]").wait_for()
    page.wait_for_timeout(1500)
    camera.keep("carte", at=heading(page, "Où"))
    page.locator("#photos-group .add-row a").click()
    camera.keep("photo", at=heading(page, "Photos"), height=620)
    camera.go(address)
    page.get_by_role("link", name="Lien pour un partenaire").click()
    camera.keep("partenaire", height=330)
    camera.go(address)
    page.get_by_role("link", name="Inviter à confirmer").click()
    camera.keep("invitation", height=430)
    return address


def change_phone(page: Page, phone: str) -> None:
    """Save a sheet with another telephone number."""
    page.locator("#id_phone").fill(phone)
    with page.expect_navigation():
        page.locator("[name=_continue]").first.click()


def conflict_pictures(camera: Photographer, other: Photographer, address: str) -> None:
    """Two people on one sheet, then its history; the telephone number is put back."""
    page, before = camera.go(address), camera.page.locator("#id_phone").input_value()
    other.go(address)
    change_phone(other.page, "02 54 00 00 01")
    change_phone(page, "02 54 00 00 02")
    camera.keep("conflit", height=560)
    camera.go(address.replace("change/", "history/"))
    camera.keep("historique", height=480)
    other.go(address)
    change_phone(other.page, before)


def other_pictures(camera: Photographer) -> None:
    """Aids, imports, testimonials."""
    page = camera.go("/admin/aids/aid/")
    open_row(page)
    page.get_by_role("link", name="Banc d'essai").click()
    camera.keep("banc-essai")
    camera.go("/admin/importer/structures/")
    camera.keep("import", height=620)
    page = camera.go("/admin/editorial/testimonial/")
    open_row(page)
    camera.keep("temoignage", at=heading(page, "Accord de l'auteur"), height=560)


def take_all(server: str) -> None:
    """Every picture that the handbook shows."""
    FOLDER.mkdir(exist_ok=True)
    passwords = dict(line.split(":", 1) for line in ACCOUNTS.read_text(encoding="utf-8").split())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        cameras = {name: Photographer(browser, server, name) for name in ("departement", "region", "admin")}
        first = cameras["departement"]
        first.go("/admin/login/")
        first.keep("connexion", height=420)
        for name, camera in cameras.items():
            camera.log_in(passwords[name])
        first.keep("tableau-de-bord")
        address = sheet_pictures(first)
        conflict_pictures(first, cameras["region"], address)
        other_pictures(cameras["region"])
        page = cameras["admin"].go("/admin/auth/user/?q=departement")
        open_row(page)
        cameras["admin"].keep("compte", at=heading(page, "Rôle"))
        browser.close()


if __name__ == "__main__":
    take_all(sys.argv[1])

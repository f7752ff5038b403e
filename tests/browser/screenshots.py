"""Pictures of ten pages for people to look at: three widths, light and dark, of a site that runs.

Usage: `make screenshots` (serves the demo itself), or with a site that runs:
`.venv/bin/python -m tests.browser.screenshots http://127.0.0.1:8000 var/screenshots`.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.auditing import LAY_OUT

PAGES = {
    "accueil": "/",
    "carte": "/carte/",
    "structures": "/structures/",
    "territoire": "/territoires/indre/",
    "comparer": "/territoires/comparer/?t=la-chatre-36046&t=bourges-18033",
    "aides": "/aides/",
    "simulateur": "/aides/simulateur/?profil=interne&specialite=medecine-generale&commune=36046",
    "exercer": "/exercer/",
    "temoignages": "/temoignages/",
    "contact": "/contact/?departement=36",
}
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")


def take(browser: Browser, site: str, folder: Path) -> list[Path]:
    """Whole pages as PNG, one file for each page, width and scheme. RuntimeError: a page does not answer 200."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
                locale="fr-FR",
            )
            page = context.new_page()
            for name, address in PAGES.items():
                status = page.goto(site + address, wait_until="networkidle").status
                if status != 200:
                    raise RuntimeError(f"{address}: {status}")
                page.evaluate(LAY_OUT)
                made.append(folder / f"{name}-{width}-{scheme}.png")
                page.screenshot(path=made[-1], full_page=True)
            context.close()
    return made


def main(site: str, folder: str) -> None:
    """Take them all with Debian's Chromium; the network is the site's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        made = take(browser, site.rstrip("/"), Path(folder))
        browser.close()
    sys.stdout.write(f"{len(made)} pictures in {folder}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""What a browser downloads for each page, with an empty cache: requests and bytes by type."""

import os
import shutil
from collections import Counter

from playwright.sync_api import Browser, sync_playwright

from bench.load import Target
from bench.server import gunicorn
from bench.tables import kilobytes, table, title

TYPES = ("document", "stylesheet", "script", "fetch", "xhr", "image", "font")


def report(pages: list[Target]) -> None:
    """Print the weights, or why they cannot be had."""
    title("Page weights in Chromium (kB as sent, headers included; scrolled to the end)")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("skipped: Chromium is not installed (apt-get install -y chromium)")
        return
    with gunicorn() as port, sync_playwright() as playwright:
        arguments = [
            "--disable-gpu",
            "--disable-background-networking",
            *(["--no-sandbox"] if os.getuid() == 0 else []),
        ]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        rows = [_row(browser, f"http://127.0.0.1:{port}", target) for target in pages]
        browser.close()
    table(["page", "requests", "total", *TYPES, "DOM nodes"], rows)


def _row(browser: Browser, origin: str, target: Target) -> list:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(origin + target.path, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    sizes: Counter[str] = Counter()
    for request in finished:
        measured = request.sizes()
        sizes[request.resource_type] += measured["responseBodySize"] + measured["responseHeadersSize"]
    context.close()
    return [target.name, len(finished), kilobytes(sizes.total()), *(kilobytes(sizes[t]) for t in TYPES), nodes]

"""Files: small, without left-overs, templates used and free of inline code."""

import re

import pytest

from tests.repository.tree import ROOT, files, text

MAX_LINES = 400
MAX_TEMPLATE_LINE = 160
MAX_UNPACKED = 3  # names of one `for`; beyond, a row has names of its own
# Django finds these by their names.
IMPLICIT_TEMPLATES = {"404.html", "500.html", "403.html", "400.html", "403_csrf.html"}


def templates():
    return list(files(".html", folders=("templates",)))


def test_no_file_is_too_long():
    for path in files(".py", ".html", ".css", ".js"):
        if path.parent.name == "migrations":  # written by makemigrations
            continue
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES, path.relative_to(ROOT)


def test_every_template_is_used():
    corpus = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", ".html"))
    for path in templates():
        name = str(path.relative_to(ROOT / "templates"))
        if name not in IMPLICIT_TEMPLATES and not name.startswith("admin/"):
            assert re.search(rf"""["']{re.escape(name)}(#[\w-]+)?["']""", corpus), f"unused template: {name}"


def test_no_line_of_a_template_is_too_long():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > MAX_TEMPLATE_LINE
    ]
    assert not found


def test_no_template_takes_a_row_apart_by_many_positions():
    found = [
        f"{path.relative_to(ROOT)}: {names}"
        for path in templates()
        for names in re.findall(r"\{%\s*for\s+(.+?)\s+in\s", path.read_text(encoding="utf-8"))
        if names.count(",") >= MAX_UNPACKED
    ]
    assert not found


def test_what_htmx_must_not_do_is_said_in_one_place():
    saying = [path for path in templates() if "htmx-config" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(ROOT)) for path in saying] == ["templates/base.html"]


@pytest.mark.parametrize(
    "pattern",
    [
        r"<style\b",
        r"<[^>]+\sstyle\s*=",
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")",
        r"<[^>]+\son[a-z]+\s*=",
        r"javascript:",
        r"\|\s*safe\b",
        r"\{%\s*autoescape off",
    ],
)
def test_no_template_holds_inline_code_or_unescaped_text(pattern):
    for path in templates():
        assert not re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE), path.relative_to(ROOT)


def test_no_code_trusts_markup():
    for path in files(".py", ".js", folders=("guide", "structures", "aids", "static")):
        assert not re.search(r"mark_safe\(|SafeString\(|innerHTML|insertAdjacentHTML", path.read_text()), path


def test_no_template_asks_a_third_party():
    for path in templates():
        found = re.findall(r"""(?:src|srcset|action)=["']https?://""", path.read_text(encoding="utf-8"))
        assert not found, path.relative_to(ROOT)


def test_what_the_commands_make_stays_out_of_the_repository():
    assert {"/var/", "/.venv"} <= set(text(".gitignore").split())

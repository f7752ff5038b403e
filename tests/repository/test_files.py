"""Files: small, without left-overs, templates used and free of inline code."""

import re

import pytest

from tests.repository.tree import ROOT, files, text

MAX_LINES = 400
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

"""Dependencies: commented, pinned with hashes, used, the same for development and production."""

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.repository.tree import files, text

# What shows that a package is used when no module of it is imported.
EVIDENCE = {
    "import-linter": "lint-imports",
    "psycopg": "postgres://",
    "pytest-django": 'DJANGO_SETTINGS_MODULE = "tests.settings"',
    "pytest-playwright": "def browser_type_launch_args(",
    "pytest-randomly": "[tool.pytest.ini_options]",  # a plugin that works by being installed
    "pytest-socket": "--disable-socket",
    "pytest-xdist": "pytest -n 2",
}
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)


def project() -> dict:
    return tomllib.loads(text("pyproject.toml"))


def declared() -> list[str]:
    found = project()
    return [
        normal(re.match(r"[\w.-]+", spec)[0])
        for spec in (*found["project"]["dependencies"], *found["dependency-groups"]["dev"])
    ]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    return {normal(package): version for package, version in PIN.findall(text(name))}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_index(name):
    content = text(name)
    entries = re.split(r"\n(?=[A-Za-z])", content.strip())
    assert len(entries) > 10
    for entry in entries:
        assert PIN.match(entry), entry
        assert "--hash=sha256:" in entry, entry
    assert not re.search(r"index-url|find-links|https?://", content)


def test_development_adds_to_the_pins_of_production_and_changes_none():
    production, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert production.items() <= development.items()


def test_each_declared_dependency_is_pinned():
    assert set(declared()) <= set(pins("requirements-dev.txt"))


def test_each_dependency_says_what_it_is_for():
    lines = re.findall(r'^  ("[A-Za-z][^"]*[>=<][^"]*",.*)$', text("pyproject.toml"), re.MULTILINE)
    assert len(lines) == len(declared())
    for line in lines:
        assert re.search(r",\s+# \w.{10,}", line), line


def test_each_dependency_is_used():
    modules: dict[str, set[str]] = {}
    for module, packages in packages_distributions().items():
        for package in packages:
            modules.setdefault(normal(package), set()).add(module)
    corpus = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", ""))
    corpus += text("Makefile") + text("pyproject.toml").split("[tool.ruff]")[1] + "[tool.pytest.ini_options]"
    for package in declared():
        words = [re.escape(EVIDENCE[package])] if package in EVIDENCE else [rf"\b{m}\b" for m in modules[package]]
        assert any(re.search(word, corpus) for word in words), package

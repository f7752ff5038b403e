"""Every figure of the content files has a source and a year, wherever it stands: front matters and lists too."""

import re

import pytest
import yaml
from django.conf import settings

from guide.editorial.figures_check import CITATION, bare_figures, holds_figure

FOLDER = settings.FIXTURES_DIR / "centre-val-de-loire" / "contenu"
# Keys of front matters that pages print beside the text.
PRINTED = ("title", "summary", "role", "place", "recurrence", "organiser")
SHEETS = [path for name in ("pages", "exercer", "temoignages", "actualites", "agenda")
          for path in sorted((FOLDER / name).glob("*.md"))]  # fmt: skip


def rows(name: str) -> list[dict]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def front(path) -> tuple[dict, str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


@pytest.fixture(scope="module")
def sources() -> dict[str, dict]:
    return {row["code"]: row for row in rows("sources.yaml") + rows("sources-2.yaml")}


def ids(value) -> str:
    return f"{value.parent.name}/{value.stem}"


@pytest.mark.parametrize("path", sorted((FOLDER / "exercer").glob("*.md")), ids=ids)
def test_steps_points_and_reasons_of_a_way_to_practise(path):
    head, _ = front(path)
    texts = [step.get(key) or "" for step in head.get("steps", []) for key in ("title", "text", "duration")]
    texts += [*head.get("points", {}).values(), *(fit["reason"] for fit in head.get("fits", []))]
    assert [bare.text for text in texts for bare in bare_figures(text)] == []


@pytest.mark.parametrize("path", SHEETS, ids=ids)
def test_a_figure_of_a_title_or_a_summary_comes_from_a_text_that_cites_its_source(path, sources):
    head, body = front(path)
    cited = {found[2:-1] for found in CITATION.findall(body)} | set(head.get("sources") or ())
    assert cited <= sources.keys()
    assert cited or not any(holds_figure(str(head.get(key) or "")) for key in PRINTED)


@pytest.mark.parametrize("name", ["chiffres.yaml", "atouts.yaml"])
def test_key_figures_and_remarks_name_a_source_that_has_a_year(name, sources):
    for row in rows(name):
        source = sources[row["source"]]
        assert row.get("year") or source["year"], row
        assert source["label"], row


def test_a_source_has_a_year_or_is_a_law_in_force(sources):
    assert [code for code, row in sources.items() if not re.search(r"(19|20)\d\d|^en vigueur$", row["year"])] == []


def test_a_contact_says_where_it_comes_from_and_when():
    for row in rows("contacts.yaml"):
        assert row["source"], row["code"]
        assert not holds_figure(row.get("summary") or "") or row["source_date"], row["code"]


@pytest.mark.parametrize(("name", "keys"), [("glossaire.yaml", ("definition",)), ("partenaires.yaml", ("role",))])
def test_a_list_without_sources_holds_no_figure(name, keys):
    assert [row[key] for row in rows(name) for key in keys if bare_figures(row.get(key) or "")] == []

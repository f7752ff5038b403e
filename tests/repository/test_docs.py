"""What the documents of developers name is there."""

import re
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

DOCUMENTS = [*sorted(path for path in (ROOT / "docs").glob("*.md")), ROOT / "README.md"]
# A file or a folder of the repository, as the documents write it: `guide/core/http.py`, `structures/duplicates`.
NAMED = re.compile(r"`((?:guide|structures|aids|templates|static|tests|bench|deploy|docs)/[\w/.-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_path_that_a_document_names_exists(document: Path):
    named = set(NAMED.findall(document.read_text(encoding="utf-8")))
    assert not {path for path in named if not (ROOT / path).exists()}

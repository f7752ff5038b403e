"""The files of the repository, as the tests of the repository read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("guide", "structures", "aids", "templates", "static", "tests", "bench", "deploy")


def files(*suffixes: str, folders: tuple[str, ...] = CODE) -> Iterator[Path]:
    """Files with one of these suffixes under these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path


def text(name: str) -> str:
    """Content of one file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")

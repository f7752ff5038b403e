"""Files that an import must refuse before reading them, or read without harm; each is made here, small."""

import gzip
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from guide.core.enums import RefusalReason
from guide.core.imports import files, workbooks
from guide.core.imports.archives import unpack
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import read_table
from guide.core.imports.workbooks import MAX_EMPTY_ROWS

COLUMNS = (("code",), ("nom",))


def workbook(path, rows) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def rewrite(path, change) -> None:
    """The same archive with its parts changed: `change(name, content)` gives the new content."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))


def refusal(path) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        list(read_table(path, COLUMNS))
    return refused.value


def test_a_formula_gives_its_last_value_and_is_never_computed(tmp_path):
    path = tmp_path / "formules.xlsx"
    workbook(path, [["code", "nom"], ["36044", "=1+1"]])
    rewrite(path, lambda name, content: content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    assert load_workbook(path, data_only=True).active["B2"].value == 2
    assert list(read_table(path, COLUMNS)) == [(2, {"code": "36044", "nom": "2"})]


def test_a_formula_without_a_value_is_refused_with_its_line_and_its_column(tmp_path):
    path = tmp_path / "formules.xlsx"
    workbook(path, [["code", "nom"], ["36044", "La Châtre"], ["36046", '=HYPERLINK("http://x")']])
    assert "formules.xlsx, ligne 3, colonne « nom »" in refusal(path).message


def test_a_formula_in_a_column_without_a_name_is_no_data(tmp_path):
    path = tmp_path / "formules.xlsx"
    workbook(path, [["code", "nom", None], ["36044", "La Châtre", "=1+1"]])
    assert len(list(read_table(path, COLUMNS))) == 1


@pytest.mark.parametrize("name", ["macros.xlsm", "macros.xlsx"])
def test_a_workbook_with_macros_is_refused_under_any_name(tmp_path, name):
    path = tmp_path / name
    workbook(path, [["code", "nom"], ["36044", "x"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert "macros" in refusal(path).message


def test_two_hundred_thousand_empty_rows_are_not_read(tmp_path):
    path = tmp_path / "vide.xlsx"
    workbook(path, [["code", "nom"], ["36044", "La Châtre"]])
    empty = "".join(f'<row r="{line}"/>' for line in range(3, 200_003)).encode()
    rewrite(path, lambda name, content: content.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert len(list(read_table(path, COLUMNS))) == 1
    assert MAX_EMPTY_ROWS < 200_000


@pytest.mark.parametrize("part", ["xl/worksheets/sheet9.xml", "xl/sharedStrings.xml"])
def test_a_workbook_that_would_fill_the_memory_is_refused_unread(tmp_path, monkeypatch, part):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 3_000_000)
    monkeypatch.setattr(workbooks, "MAX_SHARED", 1_000_000)
    path = tmp_path / "bombe.xlsx"
    workbook(path, [["code", "nom"], ["36044", "x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * (4_000_000 if "sheet9" in part else 2_000_000))
    assert path.stat().st_size < 50_000
    assert refusal(path).reason == RefusalReason.TOO_LARGE


def test_a_gzip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "bombe.csv.gz"
    path.write_bytes(gzip.compress(b"code,nom\n" + b"36044,x\n" * 500_000))
    assert refusal(path).reason == RefusalReason.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><body>code,nom</body></html>", "page web"),
        (b"\xef\xbb\xbf  <html>", "page web"),
        (b"%PDF-1.7 code,nom", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"\x89PNG\r\n", "image"),
        (b"PK\x03\x04 code,nom", "classeur illisible"),
        ("code,nom\n36044,La Châtre\n".encode("utf-16"), "UTF-16"),
        ("code,nom\n36044,La Châtre\n".encode("latin-1"), "ligne 2"),
        (b"code,nom\n36044," + b"x" * 10_000_000, "ligne 2"),
        (b"36044,x," * 1_250_000, "ligne 1"),
    ],
    ids=["html", "html-bom", "pdf", "xls", "png", "zip", "utf-16", "latin-1", "long-line", "one-line"],
)
def test_what_is_not_a_table_is_refused_with_its_reason(tmp_path, content, words):
    path = tmp_path / "tableau.csv"
    path.write_bytes(content)
    assert words in refusal(path).message


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "texte.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "illisible" in refusal(path).message


# --- archives of texts -----------------------------------------------------------------


def archive_of(path, **files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    "name", ["../dehors.md", "/etc/dehors.md", "a/../../dehors.md", "..\\dehors.md", "C:dehors.md"]
)
def test_an_archive_never_writes_outside_its_folder(tmp_path, name):
    path, inside = tmp_path / "textes.zip", tmp_path / "inside"
    inside.mkdir()
    archive_of(path, **{"pages/a.md": "x", name: "x"})
    with pytest.raises(FileRefused, match="interdit"):
        unpack(path, inside, (".md",))
    assert not list(inside.iterdir())


@pytest.mark.parametrize("name", ["pages/a.exe", "pages/a.html", "a.zip"])
def test_an_archive_holds_texts_alone(tmp_path, name):
    path = tmp_path / "textes.zip"
    archive_of(path, **{name: "x"})
    with pytest.raises(FileRefused, match="ni une fiche ni une liste"):
        unpack(path, tmp_path, (".md",))


def test_a_link_in_an_archive_is_refused(tmp_path):
    path, link = tmp_path / "textes.zip", zipfile.ZipInfo("a.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileRefused, match="lien interdit"):
        unpack(path, tmp_path, (".md",))


def test_an_archive_that_is_a_bomb_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("guide.core.imports.archives.MAX_BYTES", 1_000_000)
    path = tmp_path / "textes.zip"
    archive_of(path, **{"pages/a.md": "x" * 2_000_000})
    with pytest.raises(FileRefused, match="plus de"):
        unpack(path, tmp_path, (".md",))


def test_the_first_folder_of_an_archive_does_not_count(tmp_path):
    path, inside = tmp_path / "textes.zip", tmp_path / "inside"
    inside.mkdir()
    archive_of(path, **{"contenu/pages/a.md": "x", "contenu/README.md": "x", "__MACOSX/contenu/a.md": "x"})
    assert unpack(path, inside, (".md",)) == inside / "contenu"


def test_a_broken_archive_is_refused(tmp_path):
    path = tmp_path / "textes.zip"
    path.write_bytes(io.BytesIO(b"PK\x03\x04 rien").getvalue())
    with pytest.raises(FileRefused, match="illisible"):
        unpack(path, tmp_path, (".md",))

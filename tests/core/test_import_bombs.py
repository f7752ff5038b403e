"""Small files that unfold without end, or that the libraries of an import choke on: refused in words, in no time."""

import gzip
import json
import zipfile

import pytest

from aids.exchange.files import parse
from guide.core.enums import RefusalReason
from guide.core.imports import workbooks, yaml_files
from guide.core.imports.archives import unpack
from guide.core.imports.content.reader import list_items
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import read_table
from guide.territories.importers import facts, place_files
from structures.importers.finess_files import read_finess
from tests.core.test_import_files import COLUMNS, refusal, rewrite, workbook

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "- &a [x, x, x, x, x, x, x, x, x, x]\n- &b [*a, *a, *a, *a]\n"


def test_a_gzipped_table_is_read(tmp_path):
    path = tmp_path / "liste.csv.gz"
    path.write_bytes(gzip.compress(b"code;nom\n36044;La Ch\xc3\xa2tre\n"))
    assert list(read_table(path, COLUMNS)) == [(2, {"code": "36044", "nom": "La Châtre"})]


def test_a_null_character_is_refused_with_its_line(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("code;nom\n36044;La Châtre\n36046;La\x00Châtre\n")
    assert refusal(path).message.startswith("liste.csv, ligne 3 : caractère nul")


def test_a_table_without_line_ends_is_checked_by_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("guide.core.imports.files.MAX_LINE", 10)
    path = tmp_path / "liste.csv"
    path.write_text("code;nom\n" + "x" * 100 + "\n36044;CÃ©on\n")
    assert "ligne 3 : accents abîmés" in refusal(path).message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="ZZZZZ2"'),
        (b'<c r="B2" t="inlineStr"><is><t>x</t></is></c>', b'<c r="B2" t="d"><v>9999-99-99</v></c>'),
    ],
)
def test_a_workbook_with_an_impossible_cell_is_refused(tmp_path, old, new):
    path = tmp_path / "classeur.xlsx"
    workbook(path, [["code", "nom"], ["36044", "x"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(SHEET)
    if old not in sheet:
        old = sheet[sheet.index(b'<c r="B2"') : sheet.index(b"</row>", sheet.index(b'<c r="B2"'))]
    rewrite(path, lambda name, content: content.replace(old, new) if name == SHEET else content)
    assert "tronqué ou corrompu" in refusal(path).message


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_without_its_table_of_contents_is_refused(tmp_path, part):
    path = tmp_path / "classeur.xlsx"
    workbook(path, [["code", "nom"], ["36044", "x"]])
    rewrite(path, lambda name, content: b"<x/>" if name == part else content)
    assert "classeur" in refusal(path).message


def test_a_workbook_whose_compression_is_broken_is_refused(tmp_path):
    path = tmp_path / "classeur.xlsx"
    workbook(path, [["code", "nom"], *([["36044", "x"]] * 200)])
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset + 35 + len(SHEET)
    broken = bytearray(path.read_bytes())
    broken[start : start + 35] = bytes(byte ^ 0x5A for byte in broken[start : start + 35])
    path.write_bytes(broken)
    assert "classeur.xlsx : classeur" in refusal(path).message


@pytest.mark.parametrize("part", ["xl/styles9.xml", "xl/theme/theme9.xml", "zz/sharedStrings.xml"])
def test_a_part_that_is_held_in_memory_is_refused_unread_when_too_large(tmp_path, monkeypatch, part):
    monkeypatch.setattr(workbooks, "MAX_PART", 50_000)
    monkeypatch.setattr(workbooks, "MAX_SHARED", 50_000)
    path = tmp_path / "classeur.xlsx"
    workbook(path, [["code", "nom"], ["36044", "x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.xml.png", b" " * 60_000)
    assert len(list(read_table(path, COLUMNS))) == 1
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * 60_000)
    assert refusal(path).reason == RefusalReason.TOO_LARGE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_compressed_otherwise_is_refused_unread(tmp_path, method):
    path = tmp_path / "textes.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("pages/a.md", "texte")
    with pytest.raises(FileRefused, match="compression inhabituelle"):
        unpack(path, tmp_path / "dossier", [".md"])


@pytest.mark.parametrize("start", [b'{"a":', b'{"pmej":[', b'{"features":['])
def test_json_that_nests_without_end_is_refused_before_it_is_parsed(tmp_path, start):
    """A parser that names the place of each value holds the square of the depth: 11 GB for half a megabyte."""
    path = tmp_path / "profond.json"
    path.write_bytes(start + start.replace(b"pmej", b"a") * 20_000)
    for read in (lambda: read_finess(path, lambda *_: True), lambda: place_files.read_communes(path)):
        with pytest.raises(FileRefused, match="trop de niveaux"):
            list(read())


def test_a_deep_list_of_epci_is_refused(tmp_path):
    path = tmp_path / "epci.json"
    path.write_text("[" * 100_000)
    with pytest.raises(FileRefused, match="illisible"):
        list(place_files.read_epci(path))


def test_a_long_cell_of_an_extract_of_finess_is_refused(tmp_path):
    path = tmp_path / "etalab.csv"
    path.write_text("finess;etalab;93;2026-05-12\nstructureet;" + "x" * 200_000 + "\n")
    with pytest.raises(FileRefused, match="ligne 2 : CSV illisible"):
        list(read_finess(path, lambda *_: True))


@pytest.mark.parametrize("text", ['{"a": "\\u0000"}', '{"a": ["\\ud800"]}'])
def test_letters_that_no_database_holds_are_refused_in_json(tmp_path, text):
    path = tmp_path / "aides.json"
    path.write_text(text)
    with pytest.raises(FileRefused, match="aucun texte"):
        parse(path)


def test_a_pair_of_halves_in_json_is_one_letter(tmp_path):
    path = tmp_path / "aides.json"
    path.write_text(json.dumps({"a": "🩺"}))
    assert parse(path) == {"a": "🩺"}


FAULTY = [
    (LAUGHS, "renvoi"),
    ("- &a {x: *a}", "renvoi"),
    ("[" * 3000, "trop de niveaux"),
    ("- {le: 2026-02-30}", "« 2026-02-30 »"),
    (f"- {{n: {'9' * 5000}}}", "valeur impossible"),
    ('- "a\\0b"', "aucun texte"),
    ('- "\\ud800"', "aucun texte"),
]


@pytest.mark.parametrize(("text", "words"), FAULTY)
def test_a_value_that_no_field_can_hold_is_a_fault_of_the_yaml(tmp_path, text, words):
    path = tmp_path / "liste.yaml"
    path.write_text(text)
    with pytest.raises(yaml_files.YAMLError):
        yaml_files.load(text)
    assert [words in entry.fault.message for entry in list_items(path, "liste.yaml")] == [True]
    with pytest.raises(FileRefused, match="YAML illisible"):
        facts._rows(path)

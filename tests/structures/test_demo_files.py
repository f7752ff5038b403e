"""The structure lists of the demo: complete rows, sources worded for readers, nothing that must not be shown."""

import csv
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from guide.core.imports.cells import one_of
from structures.enums import Kind
from structures.importers import lists

REGION = Path(settings.BASE_DIR) / "fixtures" / "centre-val-de-loire"
LISTS = {"ght.csv": 6, "hopitaux-sae-2023.csv": 153, "structures-presse.csv": 172}


def rows(name):
    with (REGION / "structures" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LISTS)
def test_every_row_has_its_source_and_reads_well(name):
    table = rows(name)
    assert len(table) == LISTS[name] == len({row["identifiant"] for row in table})
    for row in table:
        assert row["source"]
        assert "github" not in row["source"].lower()
        assert "’" not in row["nom"] + row.get("presentation", "")  # straight everywhere in the guide
        assert row["confiance"] in {"haute", "moyenne", "faible"}
        one_of(lists.KINDS)(row["type"])
        lists.partial_date(row.get("ouverture", ""))
        lists.staff(row.get("professions", ""))


def test_phones_of_laboratories_are_not_shown():
    laboratories = [row for row in rows("structures-presse.csv") if row["type"] == Kind.LABORATORY]
    assert len(laboratories) == 61
    assert not any(row["telephone"] for row in laboratories)


def test_positions_of_hospitals_are_those_of_sites_or_left_to_the_commune():
    table = rows("hopitaux-sae-2023.csv")
    placed = [row for row in table if row["latitude"]]
    assert len(placed) == 28
    assert {row["precision"] for row in placed} == {"site"}


def test_hospitals_name_groups_that_exist():
    groups = {row["identifiant"] for row in rows("ght.csv")}
    named = {reference for row in rows("hopitaux-sae-2023.csv") for reference, _ in lists.groups(row["membre_de"])}
    assert named == groups - {"ght-cher"}


def test_the_manifest_says_what_lacks_with_its_source():
    manifest = tomllib.loads((REGION / "manifest.toml").read_text(encoding="utf-8"))
    notes = {note["kind"]: note for note in manifest["completeness"]}
    assert notes.keys() <= set(Kind.values)
    assert notes["msp"]["expected"] == 126
    assert all(note["text"] and note["source"] for note in notes.values())

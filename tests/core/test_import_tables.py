"""Declared columns of tables: what each kind of cell gives, and what is said of one that holds something else."""

import pytest
from django.db import models

from guide.core.enums import RejectReason
from guide.core.imports import cells
from guide.core.imports.contract import Delivery, RowRejected
from guide.core.imports.tables import CONFIDENCE, SOURCE, Column, Table


class Colour(models.TextChoices):
    RED = "red", "rouge vif"
    BLUE = "blue", "bleu"


TABLE = Table(
    Column("code", ("code", "identifiant"), needed="code absent"),
    Column("colour", ("couleur",), cells.one_of(cells.words(Colour)), optional=True),
    Column("size", ("taille",), cells.whole(1, 9, absent=5), optional=True),
    Column("place", ("lieu",), load=lambda: {"36044": 1, "": None}.__getitem__, optional=True),
    SOURCE,
    CONFIDENCE,
)


def rows(tmp_path, text):
    path = tmp_path / "essai.csv"
    path.write_text(text, "utf-8")
    return [(row.line, row.values) for row in TABLE.rows(path)]


def test_a_file_is_read_under_any_of_the_headings_and_a_model_file_has_the_first(tmp_path):
    assert TABLE.headings == ("code", "couleur", "taille", "lieu", "source", "confidence")
    assert rows(tmp_path, "Identifiant;COULEUR\na;bleu\n\nb;\n") == [
        (2, {"code": "a", "couleur": "bleu"}),
        (4, {"code": "b", "couleur": ""}),
    ]


def test_values_are_converted_and_a_column_that_is_absent_may_give_none(tmp_path):
    ((_, texts),) = rows(tmp_path, "code,couleur,lieu,confiance\na,Rouge vif,36044,haute (calcul)\n")
    assert TABLE.values(texts) == {
        "code": "a", "colour": "red", "size": 5, "place": 1, "source": "", "confidence": "high",
    }  # fmt: skip
    assert TABLE.values(texts, absent=False).keys() == {"code", "colour", "place", "confidence"}


@pytest.mark.parametrize(
    ("texts", "reason", "message"),
    [
        ({"code": "", "couleur": "vert"}, RejectReason.MISSING_VALUE, "code absent"),
        ({"code": "a", "couleur": "vert"}, RejectReason.BAD_VALUE, "couleur : « vert » n'est pas reconnu"),
        ({"code": "a", "taille": "12"}, RejectReason.BAD_VALUE, "taille : « 12 » n'est pas un entier de 1 à 9"),
        ({"code": "a", "taille": "²"}, RejectReason.BAD_VALUE, "taille : « ² » n'est pas un entier de 1 à 9"),
    ],
)
def test_a_bad_cell_is_rejected_by_the_heading_of_its_column(texts, reason, message):
    with pytest.raises(RowRejected) as rejected:
        TABLE.values(texts)
    assert (rejected.value.reason, rejected.value.message) == (reason, message)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.yes_no, "Oui", True),
        (cells.yes_no, "faux", False),
        (cells.yes_no, "", None),
        (cells.number, "1 234,5", 1234.5),
        (cells.number, "", None),
        (cells.several(cells.words(Colour)), "bleu; red ;bleu", ["blue", "red"]),
        (cells.url, "exemple.fr", "https://exemple.fr"),
        (cells.text(3), "abcdef", "abc"),
        (cells.confidence, "faible à moyenne", "low"),
        (cells.confidence, "selon le vent", ""),
    ],
)
def test_a_cell_gives_its_value(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.yes_no, "peut-être"),
        (cells.number, "1e999"),
        (cells.number, "douze"),
        (cells.url, "ftp://exemple.fr"),
        (cells.email, "personne"),
        (cells.several(cells.words(Colour)), "bleu; vert"),
    ],
)
def test_a_cell_that_holds_something_else_is_told(read, cell):
    with pytest.raises(cells.BadCell, match=cell.split("; ")[-1]):
        read(cell)


def test_the_delivery_speaks_for_a_row_without_a_source_of_its_own():
    delivery = Delivery({}, source="INSEE", source_url="https://insee.fr/", source_date="2025")
    assert delivery.sourcing("", source_url="", source_date="2021") == {
        "source": "INSEE", "source_url": "https://insee.fr/", "source_date": "2021",
    }  # fmt: skip
    assert delivery.sourcing("DREES", source_date="") == {"source": "DREES", "source_date": ""}
    with pytest.raises(RowRejected, match="source absente"):
        Delivery({}).sourcing("")

from guide.core import drawings
from tests.repository.tree import text


def test_each_named_drawing_is_a_file():
    assert all('<g id="dessin">' in text(f"static/img/illustrations/{code}.svg") for code in drawings.LABELS)


def test_a_code_that_names_no_drawing_gives_none():
    assert drawings.known("inconnu") == ""
    assert drawings.known("gare") == "gare"

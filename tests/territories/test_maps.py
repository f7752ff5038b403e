from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from guide.territories.maps import Shape, draw, segments, with_dots, with_labels
from guide.territories.positions import project

BOX = [1.0, 46.0, 2.0, 47.0]
SVG = "{http://www.w3.org/2000/svg}"


def path_of(*corners):
    return "M" + "L".join("{} {}".format(*project(*corner)) for corner in corners) + "Z"


SQUARE = path_of((1.0, 46.0), (2.0, 46.0), (2.0, 47.0))


def drawing(*shapes, **options):
    return draw("carte", "Communes", "Description", BOX, shapes or [Shape(SQUARE, "Le Blanc")], **options)


def parsed(drawn, caption=""):
    html = render_to_string("territories/_svg_map.html", {"drawing": drawn, "caption": caption})
    return ElementTree.fromstring(html.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')), html


def test_a_map_is_well_formed_named_and_without_inline_style():
    labelled = with_labels(
        drawing(Shape(SQUARE, "L'Île & fils <b>", "/territoires/ile/")), [("Blois & co", 1.3, 46.5)]
    )
    tree, html = parsed(with_dots(labelled, [("msp", 1.5, 46.5)]), caption="Les points sont des structures.")
    svg = tree.find(f"{SVG}svg")
    assert svg.find(f"{SVG}title").text == "Communes"
    assert svg.get("aria-labelledby") == svg.find(f"{SVG}title").get("id")
    assert svg.get("aria-describedby") == svg.find(f"{SVG}desc").get("id")
    assert svg.find(f"{SVG}a/{SVG}title").text == "L'Île & fils <b>"
    assert "style=" not in html


def test_a_map_with_links_is_a_group_and_a_map_without_is_a_picture():
    linked, _ = parsed(drawing(Shape(SQUARE, "Indre", "/territoires/indre/")))
    plain, _ = parsed(drawing(Shape(SQUARE, "Indre")))
    assert linked.find(f"{SVG}svg").get("role") == "group"
    assert plain.find(f"{SVG}svg").get("role") == "img"
    assert plain.find(f".//{SVG}a") is None


def test_the_current_shape_comes_last_so_that_its_border_is_whole():
    drawn = drawing(Shape(SQUARE, "Ici", current=True), Shape(SQUARE, "Voisine", "/v/"))
    assert [shape.label for shape in drawn.shapes] == ["Voisine", "Ici"]


def test_shapes_without_path_are_left_out():
    assert drawing(Shape("", "Sans contour"), Shape(SQUARE, "Indre")).shapes == (Shape(SQUARE, "Indre"),)


def test_dots_of_one_kind_are_one_path_without_doubles():
    drawn = with_dots(drawing(), [("msp", 1.5, 46.5), ("msp", 1.5, 46.5), ("hopital", 1.2, 46.2)])
    assert [kind for kind, _ in drawn.dots] == ["msp", "hopital"]
    assert drawn.dots[0][1] == segments([project(1.5, 46.5)])
    assert drawn.halo.count("M") == 2


def test_dots_outside_the_box_are_left_out():
    assert with_dots(drawing(), [("msp", 9.0, 46.5)]).dots == ()


def test_a_thousand_dots_stay_small():
    spots = [("msp", 1 + i / 1000, 46 + i / 1000) for i in range(1000)]
    assert len(with_dots(drawing(), spots).dots[0][1]) < 20_000


def test_a_label_that_would_cover_an_earlier_one_is_left_out():
    drawn = with_labels(drawing(), [("Orléans", 1.5, 46.5), ("Olivet", 1.51, 46.501), ("Gien", 1.1, 46.1)], town=True)
    assert [label.text for label in drawn.labels] == ["Orléans", "Gien"]


def test_labels_left_out_make_room_for_the_next_ones():
    names = [("Orléans", 1.5, 46.5), ("Olivet", 1.51, 46.501), ("Gien", 1.1, 46.1), ("Pithiviers", 1.8, 46.9)]
    drawn = with_labels(drawing(), names, town=True, limit=2)
    assert [label.text for label in drawn.labels] == ["Orléans", "Gien"]


def test_many_links_leave_the_tab_key_to_the_list_under_the_map():
    few, _ = parsed(drawing(*[Shape(SQUARE, str(n), f"/{n}/") for n in range(6)]))
    many, _ = parsed(drawing(*[Shape(SQUARE, str(n), f"/{n}/") for n in range(60)]))
    assert all(link.get("tabindex") is None for link in few.iter(f"{SVG}a"))
    assert all(link.get("tabindex") == "-1" for link in many.iter(f"{SVG}a"))


@pytest.mark.parametrize("margin", [0, 0.35])
def test_the_box_holds_the_place_and_its_margin(margin):
    x, y, width, height = drawing(margin=margin).box
    west, south = project(BOX[0], BOX[1])
    assert x <= west
    assert y + height >= south
    assert width > 0

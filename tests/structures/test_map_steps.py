import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structures.map_data import encode_geometry, encode_numbers, encode_ring

SQUARE = [[1.0, 46.0], [1.5, 46.0], [1.5, 46.5], [1.0, 46.5], [1.0, 46.0]]


def decode(ring: list[int]) -> list[tuple[int, int]]:
    vertices, x, y = [], 0, 0
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        vertices.append((x, y))
    return vertices


def test_ring_is_told_by_steps_without_its_closing_vertex():
    assert encode_ring(SQUARE, 1000) == [1000, 46000, 500, 0, 0, 500, -500, 0]


def test_ring_without_surface_left_is_empty():
    assert encode_ring([[1.0, 46.0], [1.0001, 46.0], [1.0001, 46.0001], [1.0, 46.0]], 1000) == []


def test_polygon_and_multipolygon_give_the_same_form():
    polygon = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
    several = json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE]]})
    assert encode_geometry(polygon, 1000) == encode_geometry(several, 1000) == [[encode_ring(SQUARE, 1000)]]


def test_polygon_that_vanishes_goes_with_its_holes():
    speck = [[1.0, 46.0], [1.0001, 46.0], [1.0001, 46.0001], [1.0, 46.0]]
    geometry = json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE, speck], [speck, SQUARE]]})
    assert encode_geometry(geometry, 1000) == [[encode_ring(SQUARE, 1000)]]


def test_geometry_of_another_type_is_refused():
    with pytest.raises(ValueError, match="Point"):
        encode_geometry('{"type": "Point", "coordinates": [1, 46]}', 1000)


degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(degrees, min_size=3, max_size=40))
def test_decoding_gives_each_vertex_back_rounded(ring):
    scale = 10_000
    encoded = encode_ring(ring, scale)
    whole = {(round(x * scale), round(y * scale)) for x, y in ring}
    assert set(decode(encoded)) == (whole if len(whole) > 2 else set())


@given(st.lists(st.floats(-180, 180), max_size=50))
def test_columns_of_numbers_add_up(values):
    total, back = 0, []
    for step in encode_numbers(values, 1000):
        total += step
        back.append(total)
    assert back == [round(value * 1000) for value in values]

import json
import re

import pytest
import shapely
from shapely.geometry import box

from guide.territories import geometry
from guide.territories.geometry import path
from guide.territories.positions import project


def decoded(data):
    """Rings of path data, as absolute points."""
    rings = []
    for x, y, deltas in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", deltas)]
        ring = [(int(x), int(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring)
    return rings


def test_path_is_relative_and_decodes_to_the_projected_points():
    shape = box(1.9, 46.5, 2.0, 46.6)
    (ring,) = decoded(path(shape))
    assert ring == [project(x, y) for x, y in list(shape.exterior.coords)[:-1]]


def test_path_drops_repeated_points_and_keeps_holes():
    shape = shapely.from_wkt(
        "POLYGON ((0 0, 1 0, 1.0000001 0, 1 1, 0 1, 0 0), (0.4 0.4, 0.6 0.4, 0.6 0.6, 0.4 0.6, 0.4 0.4))"
    )
    outer, hole = decoded(path(shape))
    assert (len(outer), len(hole)) == (4, 4)


def test_shape_smaller_than_a_unit_has_no_path():
    assert path(box(2, 47, 2.000001, 47.000001)) == ""


@pytest.mark.parametrize(
    ("shape", "expected_km2"),
    [(box(2, 46, 3, 47), 8_516), (box(55.2, -21.3, 55.7, -20.9), 2_305), (box(-53, 3, -52, 4), 12_272)],
)
def test_areas_hold_anywhere_in_the_world(shape, expected_km2):
    (area,) = geometry.areas_km2([shape.segmentize(0.01)])
    assert area == pytest.approx(expected_km2, rel=0.005)


def test_slivers_are_dropped_and_real_holes_kept():
    sliver = [(2.5, 46.5), (2.5001, 46.5), (2.5, 46.5001)]
    enclave = [(2.2, 46.2), (2.3, 46.2), (2.3, 46.3), (2.2, 46.3)]
    shape = shapely.Polygon(box(2, 46, 3, 47).exterior.coords, [sliver, enclave])
    assert len(geometry.without_slivers(shape).interiors) == 1
    parts = shapely.multipolygons([box(2, 46, 3, 47), box(4, 46, 4.0001, 46.0001), box(5, 46, 5.1, 46.1)])
    assert shapely.get_num_geometries(geometry.without_slivers(parts)) == 2


def test_small_gap_between_two_shapes_is_closed():
    left = box(2, 46, 2.1, 46.1)
    right = shapely.from_wkt("POLYGON ((2.1 46, 2.2 46, 2.2 46.1, 2.1 46.1, 2.10001 46.05, 2.1 46))")
    exact = geometry.coverage([left, right])
    assert shapely.coverage_is_valid(exact)
    assert not geometry.overlaps([left, right])


def test_geometry_is_rounded_to_five_decimals():
    assert json.loads(geometry.geojson(box(1.123456789, 46, 2, 47)))["coordinates"][0][0] == [2.0, 46.0]
    assert "1.12346" in geometry.geojson(box(1.123456789, 46, 2, 47))


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {"type": "Point", "coordinates": [2, 46]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": "2 46"},
        {"type": "Polygon", "coordinates": [[[2, 46], [3, 47]]]},
        {"type": "Polygon", "coordinates": [[[2, 46], [3, 47], [3, 46], [2, 47], [2, 46]]]},
    ],
)
def test_unusable_contour_is_refused_with_a_reason(wrong):
    with pytest.raises(geometry.BadGeometry, match="contour"):
        geometry.parse(wrong)


def test_point_inside_a_horseshoe_lies_in_it():
    horseshoe = shapely.from_wkt("POLYGON ((0 0, 3 0, 3 3, 2 3, 2 1, 1 1, 1 3, 0 3, 0 0))")
    latitude, longitude = geometry.inner_point(horseshoe)
    assert horseshoe.contains(shapely.Point(longitude, latitude))

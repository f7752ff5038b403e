"""The three-way merge: its laws on any values, then the ranks that structures add."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.core.imports.merge import EMPTY, merge, storable
from structures.enums import CoordinateSource
from structures.importers.merging import combine

FIELDS = ("phone", "name", "address")
values = st.one_of(st.sampled_from(["", None, "a", "b"]), st.dates(), st.lists(st.integers(0, 3), max_size=2))
rows = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
sources = st.sampled_from(["finess", "liste", "autre"])


def stored(provenance):
    """What the database gives back of a provenance."""
    return json.loads(json.dumps(provenance))


@st.composite
def after_import(draw):
    """A row as one import left it, its provenance, and the source."""
    source = draw(sources)
    blank = dict.fromkeys(FIELDS, "")
    result = merge(blank, draw(rows), {}, source)
    return {**blank, **result.changes}, stored(result.provenance), source


@given(after_import(), rows, sources)
def test_merging_twice_changes_nothing_more(state, offered, source):
    current, provenance, _ = state
    first = merge(current, offered, provenance, source)
    current = {**current, **first.changes}
    second = merge(current, offered, stored(first.provenance), source)
    assert second.changes == {}
    assert second.kept.keys() == first.kept.keys()


@given(after_import(), rows)
def test_a_source_is_followed_in_what_it_gave(state, offered):
    current, provenance, source = state
    result = merge(current, offered, provenance, source)
    assert result.kept == {}
    for field in FIELDS:
        if field in provenance or offered[field] not in EMPTY:
            assert {**current, **result.changes}[field] == offered[field]


@given(after_import(), st.sampled_from(FIELDS), st.sampled_from(["main", "", None]), rows, sources)
def test_a_hand_edit_is_never_overwritten(state, field, edit, offered, source):
    current, provenance, _ = state
    if field not in provenance or storable(current[field]) == edit:
        return
    current = {**current, field: edit}
    result = merge(current, offered, provenance, source, {"finess": 10})
    assert field not in result.changes
    if offered[field] != edit and offered[field] not in EMPTY:
        assert result.kept[field] == (edit, offered[field])


@given(after_import(), rows)
def test_a_lower_source_only_fills_what_is_empty(state, offered):
    current, provenance, source = state
    result = merge(current, offered, provenance, "basse", {source: 1})
    assert all(current[field] in EMPTY for field in result.changes)


@given(after_import(), rows, rows)
def test_two_sources_of_one_rank_settle(state, mine, other):
    current, provenance, source = state
    for offered, name in ((mine, source), (other, "tiers"), (mine, source)):
        result = merge(current, offered, provenance, name)
        current, provenance = {**current, **result.changes}, stored(result.provenance)
    for offered, name in ((other, "tiers"), (mine, source)):
        assert merge(current, offered, provenance, name).changes == {}


ADDRESS = [46.58214, 1.98765, str(CoordinateSource.ADDRESS)]
COMMUNE = [46.5817, 1.9872, str(CoordinateSource.COMMUNE)]


@pytest.mark.parametrize(
    ("owner", "held", "source", "offered", "expected"),
    [
        ("liste", COMMUNE, "finess", ADDRESS, ADDRESS),
        ("finess", COMMUNE, "liste", ADDRESS, ADDRESS),
        ("liste", ADDRESS, "finess", COMMUNE, ADDRESS),
        ("finess", ADDRESS, "finess", COMMUNE, ADDRESS),
        ("finess", ADDRESS, "finess", [46.59, 1.99, "address"], [46.59, 1.99, "address"]),
        ("finess", ADDRESS, "finess", [46.58215, 1.98766, "address"], ADDRESS),
        ("finess", ADDRESS, "liste", [46.59, 1.99, "site"], ADDRESS),
    ],
)
def test_the_more_precise_position_wins_then_the_register(owner, held, source, offered, expected):
    current = {"position": held, "commune_id": 1}
    result = combine(current, {"position": offered, "commune_id": 1}, {"position": [owner, held]}, source)
    assert {**current, **result.changes}["position"] == expected


def test_a_move_to_another_commune_is_followed_even_without_coordinates():
    current = {"position": ADDRESS, "commune_id": 1}
    provenance = {"position": ["finess", ADDRESS], "commune_id": ["finess", 1]}
    result = combine(current, {"position": COMMUNE, "commune_id": 2}, provenance, "finess")
    assert result.changes == {"position": COMMUNE, "commune_id": 2}

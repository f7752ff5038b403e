"""One field of one row: what the database holds, what a source offers, what the last import left there."""

from datetime import date

import pytest

from guide.core.imports.merge import Merged, edited_fields, merge, replace, storable

RANKS = {"haute": 10, "basse": 1}
WRITTEN, OWNED, KEPT, NOTHING = "written", "owned", "kept", "nothing"


def outcome(now, offered, left, source="haute", **more):
    """What a merge does with the one field, told in a word; its provenance must follow."""
    result = merge({"champ": now}, {"champ": offered}, {} if left is None else {"champ": left}, source, RANKS, **more)
    if "champ" in result.kept:
        assert result == Merged({}, {} if left is None else {"champ": left}, {"champ": (now, offered)})
        return KEPT
    owned = result.provenance.get("champ") == [source, storable(offered)]
    if "champ" in result.changes:
        assert result.changes == {"champ": offered}
        assert owned
        return WRITTEN
    return OWNED if owned else NOTHING


@pytest.mark.parametrize(
    ("now", "offered", "expected"),
    [
        ("", "a", WRITTEN),
        (None, "a", WRITTEN),
        ([], [1], WRITTEN),
        ("", "", NOTHING),
        ("main", "a", KEPT),
        ("main", "", NOTHING),
        ("main", None, NOTHING),
        ("a", "a", OWNED),
    ],
)
def test_a_field_that_no_import_has_given(now, offered, expected):
    assert outcome(now, offered, None) == expected


@pytest.mark.parametrize(
    ("now", "offered", "left", "expected"),
    [
        ("main", "b", ["haute", "a"], KEPT),
        ("main", "b", ["basse", "a"], KEPT),
        ("main", "", ["haute", "a"], KEPT),
        ("main", "", ["basse", "a"], NOTHING),
        ("", "b", ["basse", "a"], KEPT),
        ("b", "b", ["haute", "a"], OWNED),
        ("b", "b", ["basse", "a"], OWNED),
    ],
)
def test_a_field_that_was_changed_by_hand_is_kept_unless_the_source_says_the_same(now, offered, left, expected):
    assert outcome(now, offered, left) == expected


@pytest.mark.parametrize(
    ("now", "offered", "left", "source", "expected"),
    [
        ("a", "b", ["haute", "a"], "haute", WRITTEN),
        ("a", "", ["haute", "a"], "haute", WRITTEN),
        ("a", "b", ["basse", "a"], "haute", WRITTEN),
        ("a", "a", ["basse", "a"], "haute", OWNED),
        ("a", "", ["basse", "a"], "haute", NOTHING),
        ("a", "b", ["haute", "a"], "basse", NOTHING),
        ("a", "b", ["haute", "a"], "inconnue", NOTHING),
        ("a", "b", ["inconnue", "a"], "basse", WRITTEN),
        ("a", "b", ["autre", "a"], "inconnue", NOTHING),
        ("", "b", ["haute", ""], "basse", WRITTEN),
        ("", "", ["haute", ""], "basse", NOTHING),
    ],
)
def test_a_field_as_an_import_left_it_follows_its_source_or_a_higher_one(now, offered, left, source, expected):
    assert outcome(now, offered, left, source) == expected


def test_a_source_of_the_same_rank_does_not_take_over():
    result = merge({"champ": "a"}, {"champ": "b"}, {"champ": ["une", "a"]}, "autre", {"une": 3, "autre": 3})
    assert result == Merged({}, {"champ": ["une", "a"]}, {})


def test_a_field_may_have_ranks_of_its_own():
    args = "a", "b", ["haute", "a"], "basse"
    assert outcome(*args) == NOTHING
    assert outcome(*args, of_fields={"champ": {"basse": 2, "haute": 1}}) == WRITTEN
    assert outcome(*args, of_fields={"voisin": {"basse": 20}}) == NOTHING


def test_each_field_is_judged_by_itself_and_the_others_keep_their_provenance():
    current = {"un": "a", "deux": "main", "trois": "", "quatre": "x"}
    provenance = {"un": ["basse", "a"], "deux": ["basse", "b"], "quatre": ["basse", "x"]}
    result = merge(current, {"un": "c", "deux": "d", "trois": "e"}, provenance, "basse")
    assert result.changes == {"un": "c", "trois": "e"}
    assert result.kept == {"deux": ("main", "d")}
    assert result.provenance == {
        "un": ["basse", "c"], "deux": ["basse", "b"], "trois": ["basse", "e"], "quatre": ["basse", "x"],
    }  # fmt: skip
    assert provenance["un"] == ["basse", "a"]


def test_a_date_is_compared_as_it_is_stored():
    day = date(2026, 3, 4)
    assert outcome(day, date(2026, 3, 5), ["haute", "2026-03-04"]) == WRITTEN
    assert outcome(day, date(2026, 3, 5), ["haute", "2026-03-03"]) == KEPT
    assert outcome(None, day, None) == WRITTEN


def test_a_row_without_provenance_takes_what_the_source_offers():
    assert replace({"un": 1, "deux": 2, "trois": 3}, {"un": 1, "deux": None}) == Merged({"deux": None}, {}, {})


def test_the_fields_that_an_editor_has_changed():
    provenance = {"un": ["s", "a"], "deux": ["s", "b"], "jour": ["s", "2026-03-04"], "parti": ["s", "z"]}
    assert edited_fields({"un": "a", "deux": "main", "jour": date(2026, 3, 4)}, provenance) == ["deux"]

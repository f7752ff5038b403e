"""The merge of a page: as it was opened, as it is now (theirs), as it was posted (mine)."""

import pytest

from guide.backoffice.conflicts.merging import MINE, THEIRS, Conflict, Merge, merge, merge_rows


def page(lists=None, **fields):
    return {"fields": fields, "lists": lists or {}}


def row(pk, **fields):
    return {"pk": pk, "fields": fields}


NO_CHANGE = Merge([], {}, [], [], [])


@pytest.mark.parametrize(
    ("opened", "theirs", "mine", "expected"),
    [
        ("a", "a", "a", NO_CHANGE),
        ("a", "a", "b", NO_CHANGE),
        ("a", "b", "b", NO_CHANGE),
        ("a", "b", "a", Merge(["f"], {}, [], ["f"], [])),
        ("a", "b", "c", Merge([], {}, [Conflict("f", "f", "", "a", "b", "c")], [], [])),
    ],
)
def test_one_field(opened, theirs, mine, expected):
    assert merge(page(f=opened), page(f=theirs), page(f=mine), {}) == expected


@pytest.mark.parametrize(("choice", "taken"), [(THEIRS, ["f"]), (MINE, [])])
def test_a_choice_settles_a_field_and_is_not_said_to_have_come_in_by_itself(choice, taken):
    assert merge(page(f="a"), page(f="b"), page(f="c"), {"f": choice}) == Merge(taken, {}, [], [], [])


def test_what_the_page_was_opened_on_being_unknown_all_that_differs_is_asked():
    theirs, mine = page({"r": [row("1", x=1)]}, f="a", g="b"), page({"r": []}, f="a", g="c")
    found = merge(None, theirs, mine, {})
    assert found.conflicts == [Conflict("g", "g", "", None, "b", "c")]
    assert found.lists == {"r": [row("1", x=1)]}


def test_fields_that_one_side_does_not_have_are_empty_there():
    assert merge(page(), page(f="b"), page(), {}) == Merge(["f"], {}, [], ["f"], [])
    assert merge(page(f="a"), page(f="b"), page(), {}).conflicts == [Conflict("f", "f", "", "a", "b", None)]


def test_several_fields_are_judged_each_by_itself():
    found = merge(page(f=1, g=1, h=1, i=1), page(f=2, g=2, h=2, i=1), page(f=2, g=1, h=3, i=4), {})
    assert (found.fields, found.taken, [conflict.key for conflict in found.conflicts]) == (["g"], ["g"], ["h"])


def test_a_list_that_only_the_other_side_changed_comes_in_by_itself():
    before, after = [row("1", x=1)], [row("1", x=2)]
    found = merge(page({"r": before}), page({"r": after}), page({"r": before}), {})
    assert found == Merge([], {"r": after}, [], [], ["r"])
    assert merge(page({"r": before}), page({"r": before}), page({"r": after}), {}) == NO_CHANGE


def test_a_list_in_conflict_does_not_come_in_by_itself_and_the_next_one_is_still_read():
    opened = page({"r": [row("1", x=1)], "s": [row("9", y=1)], "t": []})
    theirs = page({"r": [row("1", x=2)], "s": [row("9", y=2)], "t": []})
    mine = page({"r": [row("1", x=3)], "s": [row("9", y=1)], "t": []})
    found = merge(opened, theirs, mine, {})
    assert found.conflicts == [Conflict("r:1", "", "r", row("1", x=1), row("1", x=2), row("1", x=3))]
    assert (found.lists, found.taken_lists) == ({"r": [row("1", x=3)], "s": [row("9", y=2)]}, ["s"])


def test_a_list_that_was_not_posted_or_not_opened_is_empty_there():
    assert merge(page(), page({"r": [row("1", x=1)]}), page(), {}).lists == {"r": [row("1", x=1)]}


@pytest.mark.parametrize(
    ("opened", "theirs", "mine", "expected"),
    [
        (1, 1, 1, 1),
        (1, 1, 2, 2),
        (1, 2, 1, 2),
        (1, 2, 2, 2),
        (1, 1, None, None),
        (1, None, 1, None),
        (1, None, None, None),
    ],
)
def test_one_row_without_conflict(opened, theirs, mine, expected):
    sides = [[] if value is None else [row("1", x=value)] for value in (opened, theirs, mine)]
    assert merge_rows("r", *sides, {}) == ([] if expected is None else [row("1", x=expected)], [])


@pytest.mark.parametrize(("theirs", "mine"), [(2, 3), (None, 3), (2, None)])
def test_one_row_that_both_changed(theirs, mine):
    opened, *sides = [[] if value is None else [row("1", x=value)] for value in (1, theirs, mine)]
    first = [side[0] if side else None for side in sides]
    kept, conflicts = merge_rows("r", opened, *sides, {})
    assert conflicts == [Conflict("r:1", "", "r", opened[0], *first)]
    assert kept == sides[1]
    assert merge_rows("r", opened, *sides, {"r:1": THEIRS}) == (sides[0], [])
    assert merge_rows("r", opened, *sides, {"r:1": MINE}) == (sides[1], [])
    assert merge_rows("r", opened, *sides, {"s:1": THEIRS, "r:2": THEIRS})[1] == conflicts


def test_rows_come_as_they_were_then_theirs_then_mine():
    opened = [row("1", x=1), row("2", x=2), row("3", x=3)]
    theirs = [row("1", x=1), row("3", x=30), row("4", x=4)]
    mine = [row("3", x=3), row("1", x=10), row("2", x=2), row("", x=5)]
    assert merge_rows("r", opened, theirs, mine, {}) == (
        [row("1", x=10), row("3", x=30), row("4", x=4), row("", x=5)],
        [],
    )


def test_the_same_row_added_by_both_is_one_row_and_two_new_ones_are_two():
    assert merge_rows("r", [], [row("4", x=4)], [row("", x=4), row("", x=5)], {}) == (
        [row("4", x=4), row("", x=5)],
        [],
    )


def test_a_row_made_again_as_it_was_is_the_same_row_under_its_new_key():
    opened, theirs = [row("1", x=1), row("2", x=2)], [row("7", x=1), row("2", x=2)]
    assert merge_rows("r", opened, theirs, [row("1", x=9), row("2", x=2)], {}) == ([row("7", x=9), row("2", x=2)], [])
    assert merge_rows("r", opened, theirs, [row("1", x=1), row("2", x=2)], {}) == (theirs, [])
    assert merge_rows("r", opened, theirs, [row("2", x=2)], {}) == ([row("2", x=2)], [])


def test_two_equal_rows_made_again_are_two_rows():
    opened, theirs = [row("1", x=1), row("2", x=1)], [row("8", x=1), row("9", x=1)]
    mine = [row("1", x=1), row("2", x=5)]
    assert merge_rows("r", opened, theirs, mine, {}) == ([row("8", x=1), row("9", x=5)], [])


def test_a_row_that_is_still_there_was_not_made_again_by_its_twin():
    opened, theirs = [row("1", x=1)], [row("1", x=2), row("5", x=1)]
    assert merge_rows("r", opened, theirs, [row("1", x=1)], {}) == ([row("1", x=2), row("5", x=1)], [])


def test_a_row_made_again_otherwise_is_another_row():
    opened, theirs = [row("1", x=1)], [row("7", x=3)]
    assert merge_rows("r", opened, theirs, [row("1", x=1)], {}) == ([row("7", x=3)], [])


def test_what_did_not_change_does_not_hide_what_comes_after_it():
    opened, theirs = page({"r": [], "s": []}), page({"r": [], "s": [row("1", x=1)]})
    assert merge(opened, theirs, opened, {}).taken_lists == ["s"]
    rows, again = [row("1", x=1), row("2", x=2)], [row("1", x=1), row("7", x=2)]
    assert merge_rows("r", rows, again, [row("1", x=1), row("2", x=9)], {}) == ([row("1", x=1), row("7", x=9)], [])

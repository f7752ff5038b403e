"""Addresses that change: redirects, their chains, exchanges and ways back."""

import pytest

from guide.core.models import SlugRedirect
from guide.core.slugs import moved_to, record_moves
from structures.actions import save_structure
from tests.factories import StructureFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def redirects() -> dict[str, str]:
    return dict(SlugRedirect.objects.filter(kind="x").values_list("old_slug", "new_slug"))


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([{"a": "b"}], {"a": "b"}),
        ([{"a": "b"}, {"b": "c"}], {"a": "c", "b": "c"}),
        ([{"a": "b"}, {"b": "a"}], {"b": "a"}),
        ([{"a": "b", "b": "a"}], {}),
        ([{"x": "a"}, {"a": "b", "b": "a"}], {"x": "b"}),
        ([{"a": "b", "b": "c"}], {"a": "b"}),
        ([{"a": "b", "b": "c"}, {"b": "d"}], {"a": "d", "b": "d"}),
        ([{"a": "a"}], {}),
        ([{"a": "b"}, {"c": "a"}], {"c": "a"}),
    ],
    ids=[
        "one",
        "chain",
        "back",
        "exchange",
        "exchange-after-a-move",
        "shift",
        "shift-then-move",
        "none",
        "taken-again",
    ],
)
def test_redirects_follow_their_sheet_and_never_hide_a_living_one(steps, left):
    for moves in steps:
        record_moves("x", moves)
    # "a" taken again by another sheet: its first bearer is now found at "b" alone.
    assert redirects() == left


def test_kinds_do_not_mix():
    record_moves("x", {"a": "b"})
    record_moves("y", {"a": "c"})
    assert (moved_to("x", "a"), moved_to("y", "a"), moved_to("x", "b")) == ("b", "c", "")


def test_an_old_address_leads_to_the_new_one_at_once_through_several_moves(client):
    structure, editor = StructureFactory(slug="un"), UserFactory()
    for slug in ("deux", "trois"):
        structure.slug = slug
        save_structure(sheet=structure, by=editor)
    for old in ("un", "deux"):
        response = client.get(f"/structures/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/structures/trois/")
    structure.slug = "un"
    save_structure(sheet=structure, by=editor)
    assert client.get("/structures/un/").status_code == 200
    assert client.get("/structures/trois/")["Location"] == "/structures/un/"


def test_places_that_exchange_their_names_keep_their_pages(client):
    TerritoryFactory(slug="a", name="Alpha")
    TerritoryFactory(slug="b", name="Bêta")
    record_moves("territory", {"vieux": "a"})
    record_moves("territory", {"a": "b", "b": "a"})
    assert client.get("/territoires/vieux/")["Location"] == "/territoires/b/"
    assert client.get("/territoires/a/").status_code == 200

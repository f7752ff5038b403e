"""The one memory of the site."""

from django.template import Context, Template

from guide.core import content_version as memory
from guide.core.content_version import kept


def test_a_value_is_made_once_for_a_version_and_again_for_the_next():
    made = []

    def make() -> list[str]:
        made.append("once more")
        return ["a value"]

    first = kept("1", "name", make)
    assert kept("1", "name", make) is first
    assert kept("2", "name", make) == first
    assert kept("1", "other", make) == first
    assert len(made) == 3


def test_nothing_is_not_kept():
    assert kept("1", "name", lambda: None) is None
    assert kept("1", "name", lambda: "found since") == "found since"


def test_what_has_not_been_asked_for_the_longest_goes_first(monkeypatch):
    monkeypatch.setattr(memory, "MOST", 2)
    kept("1", "old", lambda: "old")
    kept("1", "new", lambda: "new")
    kept("1", "old", lambda: "made again")
    kept("1", "third", lambda: "third")
    assert kept("1", "old", lambda: "made again") == "old"
    assert kept("1", "new", lambda: "made again") == "made again"


def test_a_tag_does_not_write_its_context_into_what_is_kept(db, rf):
    request = rf.get("/")
    request.content_version = "1"
    page = Template("{% load contacts %}{% contacts_here 1 %}")
    page.render(Context({"request": request, "csrf_token": "of this visitor"}))
    held = [value for (_, name), value in memory._values.items() if name == "contacts-place:1"]
    assert len(held) == 1
    assert "csrf_token" not in held[0]

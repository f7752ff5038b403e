"""Links that sheets show: gathered, tried without ever leaving the public Internet, called dead the second day."""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import time_machine
from django.contrib import admin
from django.core.management import call_command

from guide.backoffice.models import LinkCheck, LinkState, LinkUse
from guide.backoffice.upkeep import links as upkeep
from guide.backoffice.upkeep.fetch import Answer, Fetcher, is_public, user_agent
from guide.core.background import actions
from guide.core.background.models import Task
from guide.core.enums import Status
from structures.models import Structure
from tests.aids.factories import AidFactory
from tests.background import work_off
from tests.factories import LinkCheckFactory, StructureFactory

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Handler(BaseHTTPRequestHandler):
    """Answers what the path says: /404, /head-refused, /to?<address>."""

    asked: list[tuple[str, str]] = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        if self.path == "/drips":
            self.drip()
            return
        code, location = self.answer()
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    do_GET = do_HEAD

    def drip(self):
        """Always about to answer, until the client has gone."""
        with suppress(OSError):
            while True:
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def answer(self) -> tuple[int, str]:
        if self.path.startswith("/to?"):
            return 302, self.path.removeprefix("/to?")
        if self.path == "/head-refused":
            return (405 if self.command == "HEAD" else 200), ""
        return (int(self.path[1:]) if self.path[1:].isdecimal() else 200), ""

    def log_message(self, *args):
        """Nothing is printed."""


@pytest.fixture
def server():
    Handler.asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


def open_fetcher(server: str) -> Fetcher:
    """A fetcher that may reach the server of the test, and nothing else of this machine."""
    return Fetcher(allows=lambda address: address == "127.0.0.1", ports=frozenset({int(server.rpartition(":")[2])}))


@pytest.mark.parametrize(
    ("path", "status", "alive", "shy"),
    [
        ("/", 200, True, False),
        ("/head-refused", 200, True, False),
        ("/404", 404, False, False),
        ("/410", 410, False, False),
        ("/500", 500, False, False),
        ("/403", 403, False, True),
        ("/429", 429, False, True),
        ("/to?/", 200, True, False),
        ("/to?/404", 404, False, False),
        ("/été?q=é à", 200, True, False),
    ],
)
def test_an_answer_is_alive_shy_or_failing(server, path, status, alive, shy):
    answer = open_fetcher(server).try_address(server + path)
    assert (answer.status, answer.is_alive, answer.is_shy) == (status, alive, shy)


def test_get_is_asked_only_where_head_is_refused(server):
    open_fetcher(server).try_address(f"{server}/")
    assert [method for method, _ in Handler.asked] == ["HEAD"]


def test_an_answer_that_never_ends_is_cut(server):
    fetcher = replace(open_fetcher(server), longest=0.2)
    assert fetcher.try_address(f"{server}/drips") == Answer(None, "Connexion impossible")


def test_a_loop_of_redirections_ends(server):
    answer = open_fetcher(server).try_address(f"{server}/to?/to?/to?/to?/to?/to?/to?/to?/")
    assert (answer.status, answer.message) == (None, "Trop de redirections")
    assert len(Handler.asked) <= 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "//0.0.0.0/",
    ],
)
def test_a_redirection_is_checked_as_the_first_address_was(server, target):
    answer = open_fetcher(server).try_address(f"{server}/to?{target}")
    assert answer.status is None
    assert len(Handler.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.1.2.3/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "https://127.0.0.1/",
        "http://127.0.0.1:8000/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://[",
        "http://a..b/",
        "http://exemple.org:99999/",
        "http://" + "a" * 300 + "/",
    ],
)
def test_what_is_not_on_the_public_internet_is_never_asked(url, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError(f"connection opened for {url}")

    monkeypatch.setattr("socket.create_connection", refuse)
    answer = Fetcher().try_address(url)
    assert answer.status is None
    assert not answer.is_alive


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2a00:1450:4007::1", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:a9fe:a9fe::1", False),
    ],
)
def test_private_and_reserved_addresses_are_told_apart(address, public):
    assert is_public(address) is public


def test_a_host_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("127.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: found)
    assert "Internet public" in Fetcher().try_address("http://exemple.org/").message


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    reached = []

    def connect(address, *args, **kwargs):
        reached.append(address)
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("8.8.8.8", 80))])
    monkeypatch.setattr("socket.create_connection", connect)
    assert Fetcher().try_address("http://exemple.org/").message == "Connexion impossible"
    assert reached == [("8.8.8.8", 80)]


def test_the_site_says_who_asks(settings):
    settings.SITE_NAME, settings.SITE_URL = "Guide d'été\r\nX: y", "https://guide.example.org"
    assert "https://guide.example.org" in user_agent()


@contextmanager
def at(days: float):
    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        yield


@pytest.mark.django_db
def test_a_link_is_dead_when_it_fails_two_days_running():
    link = LinkCheckFactory(state=LinkState.UNKNOWN, failures=0, failing_since=None, checked_at=None)
    gone, there = Answer(404, "Réponse 404"), Answer(200, "Réponse 200")
    states = []
    for days, answer in [(0, gone), (0.1, gone), (1, gone), (2, there), (3, gone)]:
        with at(days):
            upkeep.record(link=link, answer=answer)
        states.append(link.state)
    assert states == ["failing", "failing", "dead", "alive", "failing"]
    assert link.failures == 1


@pytest.mark.django_db
def test_a_site_that_refuses_robots_is_not_called_dead():
    link = LinkCheckFactory()
    upkeep.record(link=link, answer=Answer(403, "Réponse 403"))
    assert (link.state, link.failures, link.failing_since) == (LinkState.SHY, 0, None)


@pytest.mark.django_db
def test_what_was_tried_lately_waits():
    with at(0):
        recent = LinkCheckFactory(state=LinkState.ALIVE)
        failing = LinkCheckFactory(state=LinkState.FAILING)
        new = LinkCheckFactory(state=LinkState.UNKNOWN, checked_at=None)
        assert upkeep.due(9) == [new]
    with at(1):
        assert upkeep.due(9) == [new, failing]
        assert upkeep.due(1) == [new]
    with at(8):
        assert set(upkeep.due(9)) == {new, failing, recent}


def test_sites_take_turns():
    links = [LinkCheck(url=f"https://{host}.org/{n}") for host in "ab" for n in range(2)]
    assert [link.url[8] for link in upkeep.by_turns(links)] == ["a", "b", "a", "b"]


@pytest.mark.django_db
def test_links_are_gathered_from_fields_texts_and_rows_of_published_sheets():
    shown = StructureFactory(
        website="https://msp.example.org/#equipe",
        source_url="",
        presentation='<p><a href="https://ecole.example.org/?a=1&amp;b=2">x</a> <a href="/carte/">y</a></p>',
    )
    StructureFactory(website="https://brouillon.example.org/", status=Status.DRAFT)
    aid = AidFactory(status=Status.PUBLISHED)
    aid.contacts.create(name="CPAM", url="https://ameli.example.org/")
    aid.sources.create(title="Texte", url="https://msp.example.org/")
    assert upkeep.refresh(admin.site) == 3
    places = {(use.link.url, use.sheet, use.field) for use in LinkUse.objects.select_related("link")}
    assert places == {
        ("https://msp.example.org/", shown, "site internet"),
        ("https://ecole.example.org/?a=1&b=2", shown, "présentation"),
        ("https://ameli.example.org/", aid, "contact\u00a0: site internet"),
        ("https://msp.example.org/", aid, "source\u00a0: adresse"),
    }
    kept = LinkCheck.objects.get(url="https://ameli.example.org/").pk
    Structure.objects.all().update(website="", presentation="")
    assert upkeep.refresh(admin.site) == 2
    assert LinkUse.objects.count() == 2
    assert LinkCheck.objects.get(url="https://ameli.example.org/").pk == kept


@pytest.mark.django_db
def test_the_command_tries_at_most_what_it_is_told_and_waits_between_two(server, capsys, monkeypatch):
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    for number in range(3):
        StructureFactory(website=f"{server}/{'404' if number else ''}?{number}", source_url="")
    call_command("check_links", max=2, delay=2.0, fetcher=open_fetcher(server))
    assert LinkCheck.objects.exclude(checked_at=None).count() == 2
    assert len(slept) == 1
    assert 1 < slept[0] <= 2
    assert "3 liens connus, 2 essayés" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_work_of_the_night_goes_on_later_when_an_editor_waits_for_a_file(monkeypatch):
    monkeypatch.setattr(Fetcher, "try_address", lambda self, url: Answer(200, "Réponse 200"))
    for number in range(3):
        StructureFactory(website=f"https://site-{number}.example.org/", source_url="")
    waiting = iter([False, True, False, False])
    monkeypatch.setattr("guide.core.background.actions.is_urgent_waiting", lambda: next(waiting))
    task = actions.enqueue("links")
    done = []
    monkeypatch.setattr(Task, "advance", lambda self, tried: done.append(tried))
    assert work_off() == 2
    assert done == [1, 1, 2]
    task.refresh_from_db()
    assert (task.state, task.attempts) == ("done", 1)
    assert "3 liens connus, 2 essayés" in task.message

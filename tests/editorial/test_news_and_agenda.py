"""News, their feed; agenda, its calendar."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import icalendar
import pytest
import time_machine
from django.db import IntegrityError

from aids.models import AidSource
from tests.aids.factories import AidFactory
from tests.aids.pages import text_of
from tests.editorial.factories import EventFactory, NewsItemFactory
from tests.editorial.test_pages import read
from tests.factories import DepartmentFactory
from tests.new_process import MOST_QUERIES, first_queries

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_list_of_news_is_the_latest_first_with_dates_as_precise_as_known(client):
    NewsItemFactory(title="Plan", published_on="2024-10-01", precision="month", place="Cholet")
    NewsItemFactory(title="Bus", published_on="2023-01-01", precision="year", kind="initiative")
    NewsItemFactory(title="Charte", published_on="2024-10-08")
    html = read(client, "/actualites/")
    assert html.text.index("Charte") < html.text.index("Plan") < html.text.index("Bus")
    assert html.one('time[datetime="2024-10"]').text == "octobre\u00a02024"
    assert "octobre\u00a02024 · Cholet" in html.text
    assert html.one('time[datetime="2023"]').text == "2023"
    initiatives = read(client, "/actualites/?rubrique=initiative")
    assert "Bus" in initiatives
    assert "Charte" not in initiatives


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("rubrique=x", "Rubrique inconnue\u00a0: «\u00a0x\u00a0»"),
        ("page=0", "Page inconnue"),
        ("page=-1", "Page inconnue"),
        ("page=²", "Page inconnue"),
        ("page=99999999999999999999", "Page inconnue"),
        ("page=7", "Cette page de la liste n'existe pas"),
        ("page=1&page=2", "accepte qu'une valeur"),
        ("tri=x", "Filtre inconnu"),
        ("rubrique=%00", "illisible"),
    ],
)
def test_a_wrong_query_gives_the_list_and_a_message(client, query, words):
    NewsItemFactory(title="Charte")
    html = read(client, f"/actualites/?{query}")
    assert words in html
    assert "Charte" in html


def test_a_long_list_has_pages_that_keep_the_rubric(client):
    NewsItemFactory.create_batch(31, kind="initiative")
    assert "/actualites/?rubrique=initiative&page=2" in read(client, "/actualites/?rubrique=initiative").links()
    assert read(client, "/actualites/?page=2").one('a[rel="prev"]')


def test_lists_ask_as_many_queries_for_many_rows_as_for_one(client):
    NewsItemFactory(slug="un")
    EventFactory(starts_at=datetime(2030, 1, 1, 18, tzinfo=UTC))
    addresses = ("/actualites/", "/actualites/un/", "/agenda/", "/agenda.ics", "/actualites/flux.xml")
    few = {address: len(first_queries(client, address)) for address in addresses}
    territory = DepartmentFactory()
    NewsItemFactory.create_batch(15, territory=territory)
    EventFactory.create_batch(5, starts_at=datetime(2030, 1, 1, 18, tzinfo=UTC), territory=territory)
    EventFactory.create_batch(5, territory=territory)
    assert {address: len(first_queries(client, address)) for address in addresses} == few
    assert max(few.values()) <= MOST_QUERIES


def test_the_feed_of_news_is_sound(client):
    NewsItemFactory(title="Charte & plan", slug="charte", summary="", body="<p>Deux <strong>mots</strong> [@x]</p>")
    response = client.get("/actualites/flux.xml")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Exercer en Centre-Val de Loire"
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Charte & plan"
    assert entry.findtext("a:published", namespaces=ATOM) == "2024-10-08T12:00:00+00:00"
    assert entry.findtext("a:summary", namespaces=ATOM) == "Deux mots"
    assert entry.findtext("a:id", namespaces=ATOM) == "http://127.0.0.1:8000/actualites/charte/"


def test_a_date_known_to_the_month_has_the_first_day():
    with pytest.raises(IntegrityError, match="editorial_news_date_precision"):
        NewsItemFactory(published_on="2024-10-08", precision="month")


@time_machine.travel("2026-06-12 10:00+02:00", tick=False)
def test_the_agenda_holds_dated_events_and_what_has_no_date_stands_apart(client):
    EventFactory(title="Ce soir", starts_at=datetime(2026, 6, 12, 16, 30, tzinfo=UTC), place="Tours")
    EventFactory(title="Hier", starts_at=datetime(2026, 6, 11, 16, 0, tzinfo=UTC))
    EventFactory(
        title="Congrès",
        starts_at=datetime(2026, 6, 11, tzinfo=UTC),
        ends_at=datetime(2026, 6, 13, tzinfo=UTC),
        all_day=True,
    )
    EventFactory(title="Soirée d'été", recurrence="Chaque été")
    html = read(client, "/agenda/")
    titles = {part["aria-labelledby"]: part.texts("h3") for part in html.all("section[aria-labelledby]")}
    assert titles == {"a-venir": ["Congrès", "Ce soir"], "passes": ["Hier"]}
    assert html.one("details#reguliers").texts("h3") == ["Soirée d'été"]
    assert "2\u00a0dates à venir" in html
    assert "12\u00a0juin\u00a02026, 18\u00a0h\u00a030" in html
    assert "du 11\u00a0juin\u00a02026 au 13\u00a0juin\u00a02026" in html
    assert "Chaque été" in html


def test_the_calendar_holds_the_dated_events(client):
    EventFactory(title="Soirée; l'été, \\ici", slug="soiree", starts_at=datetime(2026, 6, 12, 16, 30, tzinfo=UTC))
    EventFactory(
        title="Congrès",
        starts_at=datetime(2026, 6, 10, 22, tzinfo=UTC),
        ends_at=datetime(2026, 6, 12, 22, tzinfo=UTC),
        all_day=True,
    )
    EventFactory(title="Sans date")
    response = client.get("/agenda.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    whole, evening = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert (whole.decoded("dtstart").isoformat(), whole.decoded("dtend").isoformat()) == ("2026-06-11", "2026-06-14")
    assert str(evening["summary"]) == "Soirée; l'été, \\ici"
    assert evening.decoded("dtstart") == datetime(2026, 6, 12, 16, 30, tzinfo=UTC)
    assert str(evening["uid"]) == "soiree@127.0.0.1"


def test_an_event_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="editorial_event_order"):
        EventFactory(starts_at=datetime(2026, 6, 12, tzinfo=UTC), ends_at=datetime(2026, 6, 11, tzinfo=UTC))


@time_machine.travel("2026-11-22 12:00")
def test_the_agenda_tells_when_aids_open_and_close(client):
    ending = AidFactory(code="frr", name="Exonération", opens_on=date(2024, 7, 1), closes_on=date(2029, 12, 31))
    AidSource.objects.create(aid=ending, title="Décret", url="https://example.org/decret", dated="2024-06-19")
    AidFactory(code="future", name="Prime", opens_on=date(2027, 1, 1), time_state="annoncee", mark="a-verifier")
    AidFactory(code="finie", name="Finie", closes_on=date(2026, 11, 21))
    AidFactory(code="aujourdhui", name="Dernier soir", closes_on=date(2026, 11, 22))
    AidFactory(code="brouillon", name="Brouillon", closes_on=date(2027, 1, 1), status="draft")
    shown = text_of(client.get("/agenda/"))
    section = shown[shown.index("Dates limites des aides") :]
    assert section.index("Dernier soir") < section.index("Prime") < section.index("Exonération")
    assert "Prime Premier jour pour la demander : 1er janvier 2027 À confirmer Source non renseignée." in section
    assert "31 décembre 2029 Source : Décret, 19 juin 2024" in section
    assert "Finie" not in shown
    assert "Brouillon" not in shown
    days = {
        str(one["uid"]): (one.decoded("dtstart"), one.decoded("dtend"))
        for one in icalendar.Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    }
    assert days == {
        "aide.aujourdhui.fermeture@127.0.0.1": (date(2026, 11, 22), date(2026, 11, 23)),
        "aide.future.ouverture@127.0.0.1": (date(2027, 1, 1), date(2027, 1, 2)),
        "aide.frr.fermeture@127.0.0.1": (date(2029, 12, 31), date(2030, 1, 1)),
    }

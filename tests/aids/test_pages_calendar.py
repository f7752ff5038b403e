from datetime import UTC, date, datetime

import icalendar
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from aids.catalogue import Sheet, Step
from aids.vocabulary import Mark
from guide.core.calendar_file import whole_day
from tests.aids.pages import DOCTOR, cold, small_region
from tests.new_process import MOST_QUERIES

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
PATH = "/aides/simulateur.ics"


def step(**more):
    values = {"title": "Écrire", "text": "", "offset_days": None, "month": None, "day": None, "mark": Mark.CONFIRMED}
    return Step(**(values | more))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (step(offset_days=-180), date(2026, 9, 2)),
        (step(offset_days=0), date(2027, 3, 1)),
        (step(month=11, day=15), date(2027, 11, 15)),
        (step(month=11, day=21), date(2026, 11, 21)),
        (step(month=2, day=30), date(2027, 2, 28)),
        (step(), None),
    ],
)
def test_deadlines(one, expected):
    assert one.deadline(date(2027, 3, 1), TODAY) == expected


def test_steps_are_dated_in_their_order_and_an_undated_one_says_so():
    sheet = Sheet("a", "A", steps=(step(), step(offset_days=0)))
    undated, dated = sheet.tasks(date(2027, 3, 1), TODAY)
    assert (undated.day, dated.day) == (None, date(2027, 3, 1))
    assert "date limite non renseignée" in undated.when
    assert "1er\u00a0mars\u00a02027" in undated.when


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_a_text_comes_back_as_it_was_from_lines_of_75_octets(text):
    event = whole_day("k", date(2026, 12, 31), f"Titre {text}", changed=NOW)
    file = event.to_ical()
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert icalendar.Event.from_ical(file)["summary"] == f"Titre {text}"


def test_an_event_is_a_whole_day_and_takes_no_time():
    lines = whole_day("k", date(2026, 12, 31), "Fin, enfin", changed=NOW).to_ical().decode().split("\r\n")
    for line in (
        "UID:k@127.0.0.1", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "TRANSP:TRANSPARENT",
        "SUMMARY:Fin\\, enfin",
    ):  # fmt: skip
        assert line in lines


@pytest.mark.django_db
def test_the_calendar_of_a_result_holds_its_steps_and_the_day_of_the_project(client):
    small_region()
    response = client.get(PATH, {**DOCTOR, "commune": "36901", "date": "2027-03-01"})
    body = response.content.decode().replace("\r\n ", "")
    assert response["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Début de mon projet" in body
    assert "DTSTART;VALUE=DATE:20270301" in body
    assert "première installation en zone sous-dense" in body
    assert cold(client, f"{PATH}?profil=interne&commune=36901") <= MOST_QUERIES


@pytest.mark.django_db
def test_wrong_answers_have_no_calendar(client):
    small_region()
    response = client.get(PATH, {"profil": "nouveau"})
    assert response.status_code == 400
    assert "n'existe pas" in response.content.decode()
    assert client.get(PATH).status_code == 400


@pytest.mark.django_db
def test_a_calendar_holds_no_day_that_is_past(client):
    small_region()
    response = client.get(PATH, {**DOCTOR, "commune": "36901", "date": "2026-12-01"})
    events = list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))
    assert events
    assert min(one["dtstart"].dt for one in events) >= timezone.localdate()

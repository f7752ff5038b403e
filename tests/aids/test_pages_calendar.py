from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aids.catalogue import Sheet, Step
from aids.simulator.agenda import deadline, tasks
from aids.simulator.calendar import Event, escape, fold, serialise
from aids.vocabulary import Mark
from tests.aids.pages import DOCTOR, cold, small_region

TODAY = date(2026, 11, 21)
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
    assert deadline(one, date(2027, 3, 1), TODAY) == expected


def test_dated_steps_come_first_and_an_undated_one_says_so():
    sheets = [Sheet("a", "A", (), (step(), step(offset_days=0)))]
    found = tasks(sheets, date(2027, 3, 1), TODAY)
    assert [task.day for task in found] == [date(2027, 3, 1), None]
    assert "date limite non renseignée" in found[1].when
    assert "1er\u00a0mars\u00a02027" in found[1].when


@given(st.text(max_size=300))
def test_folded_lines_hold_75_octets_and_unfold_to_the_same(text):
    line = f"SUMMARY:{escape(text)}"
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces if piece.isprintable())
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_text_is_escaped():
    assert escape("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"


def test_an_event_is_a_whole_day_and_says_whether_it_comes_back():
    text = serialise([Event("k", date(2026, 12, 31), "Fin, enfin", yearly=True)], "Mes aides", "exemple.fr", TODAY)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "UID:k@exemple.fr", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "RRULE:FREQ=YEARLY",
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
    assert cold(client, f"{PATH}?profil=interne&commune=36901") <= 10


@pytest.mark.django_db
def test_wrong_answers_have_no_calendar(client):
    small_region()
    response = client.get(PATH, {"profil": "nouveau"})
    assert response.status_code == 400
    assert "n'existe pas" in response.content.decode()
    assert client.get(PATH).status_code == 400

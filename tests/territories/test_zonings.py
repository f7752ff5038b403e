from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from guide.core.french import NBSP
from guide.territories.enums import Level, Scheme
from guide.territories.zoning_words import describe, of_area, value
from guide.territories.zonings import ORDER, Answer, stack, states
from tests.factories import RegionFactory, TerritoryFactory, ZoningEditionFactory, ZoningFactory

pytestmark = pytest.mark.django_db

START, END = date(2022, 2, 1), date(2026, 2, 4)
MAP = "https://example.org/zonage"


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def commune(region):
    return TerritoryFactory(inside=[region])


def edition(region, scheme=Scheme.DOCTORS, **fields):
    values = {"valid_from": START, "valid_to": END, "label": "zonage 2022", "exhaustive": False} | fields
    return ZoningEditionFactory(scheme=scheme, scope=region, **values)


def doctors(commune, day):
    return next(state for state in stack(commune.pk, day) if state.scheme == Scheme.DOCTORS)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2022, 1, 31), Answer.UNKNOWN),
        (START, Answer.LEVEL),
        (date(2024, 6, 1), Answer.LEVEL),
        (END, Answer.LEVEL),
        (date(2026, 2, 5), Answer.UNKNOWN),
    ],
)
def test_an_edition_speaks_from_its_first_to_its_last_day(region, commune, day, answer):
    ZoningFactory(edition=edition(region), territory=commune, level=Level.ZIP)
    assert doctors(commune, day).answer == answer


def test_without_row_an_exhaustive_edition_means_outside(region, commune):
    edition(region, exhaustive=True)
    assert doctors(commune, END).answer == Answer.OUTSIDE


def test_without_row_a_partial_list_means_unknown(region, commune):
    edition(region, exhaustive=False)
    assert doctors(commune, END).answer == Answer.UNKNOWN


def test_an_exhaustive_edition_of_another_scope_says_nothing(commune):
    edition(RegionFactory(code="28", name="Normandie"), exhaustive=True)
    assert doctors(commune, END).answer == Answer.UNKNOWN


def test_an_edition_of_one_scheme_says_nothing_of_another(region, commune):
    ZoningFactory(edition=edition(region, Scheme.FRR), territory=commune, level=Level.FRR)
    answers = {state.scheme: state.answer for state in stack(commune.pk, START)}
    assert answers == {
        Scheme.DOCTORS: Answer.UNKNOWN,
        Scheme.RED_ZONE: Answer.UNKNOWN,
        Scheme.FRR: Answer.LEVEL,
        Scheme.QPV: Answer.UNKNOWN,
    }


def test_the_newest_edition_that_can_answer_wins(region, commune):
    ZoningFactory(edition=edition(region, valid_to=None), territory=commune, level=Level.ZIP)
    newer = edition(region, valid_from=date(2026, 2, 5), valid_to=None, label="zonage 2026")
    assert doctors(commune, date(2026, 3, 1)).rows[0].level == Level.ZIP
    ZoningFactory(edition=newer, territory=commune, level=Level.ZAC)
    assert doctors(commune, date(2026, 3, 1)).rows[0].level == Level.ZAC


def test_the_ended_answer_is_told_when_the_new_one_is_unknown(region, commune, settings):
    settings.ZONING_MAP_URL = MAP
    ZoningFactory(edition=edition(region), territory=commune, level=Level.ZIP)
    state = doctors(commune, date(2026, 2, 5))
    assert state.previous.answer == Answer.LEVEL
    said = describe(state)
    assert said["value"] == "non renseigné"
    assert said["lines"] == [
        f"ZIP jusqu'au 4{NBSP}février{NBSP}2026 (zonage 2022), nouveau zonage non renseigné",
    ]
    assert said["map_url"] == MAP


def test_of_several_ended_answers_the_last_to_end_is_told(region, commune):
    first = edition(region, valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30), label="essai")
    ZoningFactory(edition=first, territory=commune, level=Level.ZAC)
    ZoningFactory(edition=edition(region), territory=commune, level=Level.ZIP)
    assert doctors(commune, date(2026, 2, 5)).previous.edition.valid_to == END


def test_communes_are_read_on_the_day_that_is_asked(region, commune):
    ZoningFactory(edition=edition(region), territory=commune, level=Level.ZIP)
    other = ZoningEditionFactory(scheme=Scheme.DOCTORS, scope=RegionFactory(code="53"), valid_from=START)
    ZoningFactory(edition=other, territory=commune, level=Level.ZAC)
    for day, answer, levels in ((END, Answer.LEVEL, [Level.ZIP]), (date(2026, 2, 5), Answer.UNKNOWN, [])):
        [state] = states([commune.pk], day, [Scheme.DOCTORS])[commune.pk]
        assert (state.scheme, state.answer, [row.level for row in state.rows]) == (Scheme.DOCTORS, answer, levels)


def test_an_answer_hides_older_ones(region, commune):
    ZoningFactory(edition=edition(region), territory=commune, level=Level.ZIP)
    edition(region, valid_from=date(2026, 2, 5), valid_to=None, exhaustive=True, label="zonage 2026")
    state = doctors(commune, date(2026, 2, 5))
    assert (state.answer, state.previous) == (Answer.OUTSIDE, None)


def test_levels_of_a_part_of_the_commune_are_said_to_be_partial(region, commune):
    both = edition(region)
    ZoningFactory(edition=both, territory=commune, level=Level.ZAC)
    ZoningFactory(edition=both, territory=commune, level=Level.ZIP, partial=True, note="quartier prioritaire")
    state = doctors(commune, START)
    assert value(state) == "ZIP (sur une partie de la commune), ZAC"
    assert "quartier prioritaire" in describe(state)["lines"]


def test_a_row_that_says_outside_is_not_a_level(region, commune):
    ZoningFactory(edition=edition(region), territory=commune, level=Level.HZ)
    state = doctors(commune, START)
    assert value(state) == "hors zonage"


def test_the_source_is_that_of_the_row_or_else_of_the_edition(region, commune):
    dated = edition(region, source="ARS", source_date="2022-02")
    row = ZoningFactory(edition=dated, territory=commune, level=Level.ZIP)
    assert describe(doctors(commune, START))["sources"] == [{"source": "ARS", "date": f"février{NBSP}2022", "url": ""}]
    row.source, row.source_date = "Presse", "2023"
    row.save()
    assert describe(doctors(commune, START))["sources"] == [{"source": "Presse", "date": "2023", "url": ""}]


@pytest.mark.parametrize(("exhaustive", "answer"), [(True, Answer.OUTSIDE), (False, Answer.UNKNOWN)])
def test_a_row_that_a_correction_took_out_says_nothing(region, commune, exhaustive, answer):
    dated = edition(region, exhaustive=exhaustive, valid_to=None)
    ZoningFactory(edition=dated, territory=commune, level=Level.ZIP, missing_since=START)
    assert doctors(commune, START).answer == answer
    (counted,) = of_area(region.pk, START)[ORDER.index(Scheme.DOCTORS)]["editions"]
    assert counted["rows"] == [(value(doctors(commune, START)), f"1{NBSP}commune")]


def test_queries_grow_neither_with_the_editions_nor_with_the_communes(region):
    def cost(editions: int) -> list[int]:
        communes = [TerritoryFactory(inside=[region]) for _ in range(editions)]
        for number in range(editions):
            for end in (None, date(2022, 3, 1)):
                one = edition(region, label=f"{editions} {number} {end}", valid_to=end)
                ZoningFactory(edition=one, territory=communes[number], level=Level.ZIP)
        found = []
        for read in (lambda: states([one.pk for one in communes], END), lambda: stack(communes[0].pk, END)):
            with CaptureQueriesContext(connection) as captured:
                read()
            found.append(len(captured))
        return found

    assert cost(1) == cost(30) == [3, 3]


def test_the_tag_shows_health_and_tax_zonings_as_two_things(region, commune, settings):
    settings.ZONING_MAP_URL = MAP
    ZoningFactory(edition=edition(region, Scheme.FRR, valid_to=None), territory=commune, level=Level.FRR_PLUS)
    html = Template("{% load territories %}{% zoning_stack pk %}").render(Context({"pk": commune.pk}))
    assert html.count("zonage de santé") >= 2
    assert "zonage fiscal" in html
    assert "FRR+" in html
    assert html.count("non renseigné") == 3
    assert html.count(MAP) == 1

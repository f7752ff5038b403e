import re

import pytest

from guide.territories.charts import SHAPES, Point, draw, is_rate
from tests.factories import IndicatorFactory
from tests.markup import parsed
from tests.territories.places import Country


def chart(*values):
    shapes = list(SHAPES)
    points = [Point(shapes[n], f"Lieu {n}", value, f"{value} %", f"{2020 + n}") for n, value in enumerate(values)]
    return draw("cle", "Titre", "", points, [1, 2])


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("%", True), ("km", True), ("€/m²", True), ("% par an", True), ("pour 100 000 hab.", True), ("", False),
     ("logements", False), ("habitants", False), ("médecins", False)],
)  # fmt: skip
def test_counts_are_not_drawn(unit, expected):
    assert is_rate(unit) is expected


def test_each_line_has_its_name_its_value_and_its_own_shape():
    drawn = chart(10, 20, 40)
    assert [(name, words) for name, words, _ in drawn["lines"]] == [
        ("Lieu 0", "10 %"), ("Lieu 1", "20 %"), ("Lieu 2", "40 %")
    ]  # fmt: skip
    assert drawn["own_mark"].endswith(SHAPES["place"])
    assert SHAPES["department"] in drawn["marks"]
    assert SHAPES["region"] in drawn["marks"]
    assert (
        drawn["description"]
        == "Lieu 0\u00a0: 10 % (2020)\u00a0; Lieu 1\u00a0: 20 % (2021)\u00a0; Lieu 2\u00a0: 40 % (2022)."
    )
    assert drawn["years"] == "2020, 2021, 2022"


def test_the_scale_holds_zero_and_negative_values():
    drawn = chart(-1, 2)
    ends = [float(x) for x in re.findall(r"H(-?[\d.]+)", drawn["own_stem"] + drawn["stems"])]
    assert ends[0] < float(drawn["zero"]) < ends[1]
    assert float(chart(0, 0)["zero"]) >= 0


def test_a_long_name_is_cut():
    drawn = draw("c", "t", "", [Point("place", "Saint-Quelque-Chose-sur-Loire", 1, "1 %", "2022")], [1])
    assert len(drawn["lines"][0][0]) <= 20
    assert "Saint-Quelque-Chose-sur-Loire" in drawn["description"]


@pytest.mark.django_db
def test_a_page_draws_a_rate_beside_wider_places_and_tables_a_count(client):
    country = Country()
    rate = IndicatorFactory(label="Taux de pauvreté", family="economy", decimals=1)
    count = IndicatorFactory(label="Emplois", family="economy", unit="emplois")
    alone = IndicatorFactory(label="Sans comparaison", family="economy")
    for territory in (country.commune, country.department, country.france):
        country.figure(territory, indicator=rate)
        country.figure(territory, indicator=count)
    country.figure(country.commune, indicator=alone)
    html = parsed(client.get(country.commune.get_absolute_url()))
    figure = html.one("figure.chart")
    assert all(name in figure for name in ("Taux de pauvreté", "La Châtre", "Indre", "France", "2022", "#source-1"))
    assert len(html.all('th[scope="row"]')) == 3

import pytest

from guide.territories.enums import RemarkKind
from guide.territories.remarks import Figure, findings

GOOD, BAD = RemarkKind.ASSET, RemarkKind.CAUTION


def figure(value, unit="km"):
    return Figure(value, f"{value} {unit}", "2026", 3)


def said(own=None, country=None, average=""):
    own, country = own or {}, country or {}
    return [(found.kind, found.text) for found in findings(own.get, country.get, average)]


def test_nothing_known_says_nothing():
    assert said() == []


@pytest.mark.parametrize(
    ("code", "value", "kind"),
    [
        ("distance_urgences", 0.4, GOOD),
        ("distance_urgences", 10, GOOD),
        ("distance_urgences", 10.1, None),
        ("distance_urgences", 30, None),
        ("distance_urgences", 30.1, BAD),
        ("distance_chu", 20, GOOD),
        ("distance_chu", 80, None),
        ("distance_chu", 81, BAD),
        ("distance_msp", 5, GOOD),
        ("distance_msp", 60, None),  # the list of MSP is incomplete
        ("evolution_annuelle_population", 0.3, GOOD),
        ("evolution_annuelle_population", 0.2, None),
        ("evolution_annuelle_population", -0.5, None),
        ("evolution_annuelle_population", -0.6, BAD),
    ],
)
def test_each_rule_has_its_bounds(code, value, kind):
    assert [found for found, _ in said({code: figure(value)})] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("code", "own", "kind"),
    [
        ("prix_m2_median", 1800, GOOD),
        ("prix_m2_median", 1950, None),
        ("prix_m2_median", 2200, BAD),
        ("taux_pauvrete", 1500, GOOD),
        ("densite_mg_y_compris_mep", 1500, BAD),
        ("densite_mg_y_compris_mep", 2500, GOOD),
    ],
)
def test_a_tenth_from_the_country_counts(code, own, kind):
    found = said({code: figure(own)}, {code: figure(2000)})
    assert [one for one, _ in found] == ([kind] if kind else [])


def test_without_the_figure_of_the_country_nothing_is_compared():
    assert said({"prix_m2_median": figure(1000)}) == []
    assert said({"prix_m2_median": figure(1000)}, {"prix_m2_median": figure(0)}) == []


def test_a_sentence_gives_figure_year_rule_and_source():
    (found,) = findings({"distance_chu": figure(128)}.get, {}.get, " en moyenne")
    assert found.text == (
        "Dans la région, l'hôpital universitaire le plus proche est à 128 km à vol d'oiseau en moyenne (2026)."
    )
    assert (found.rule, found.sources) == ("plus de 80\u00a0km", (3,))
    ((_, text),) = said({"distance_urgences": figure(0.2)})
    assert "à moins d'un\u00a0kilomètre" in text

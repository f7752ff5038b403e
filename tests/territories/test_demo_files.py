"""The demo's zonings and figures load without a reject, and say where they come from."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from guide.territories.enums import Scheme
from guide.territories.importers import indicators
from guide.territories.models import IndicatorValue
from tests.territories.helpers import import_figures, import_places, import_zoning, levels_on

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "centre-val-de-loire" / "territories"
FIGURES = ("chiffres-cadre-de-vie.csv", "chiffres-region-departements.csv")


@pytest.mark.django_db
def test_zonings_and_figures_of_the_demo_load_whole():
    import_places({"communes": FOLDER / "communes.geojson.gz"})
    _, frr = import_zoning(FOLDER / "frr-2025.csv", "frr")
    assert (frr.created, frr.rejects) == (1122, [])
    doctors = {"scheme": "zonage_medecin", "file_format": "plain"}
    import_zoning(FOLDER / "zonage-medecins-2022-faits.csv", valid_from="2022-02-01", valid_to="2026-02-04", **doctors)
    import_zoning(FOLDER / "zonage-medecins-2026-faits.csv", valid_from="2026-02-05", **doctors)
    before = levels_on(date(2024, 1, 1), Scheme.DOCTORS)
    assert sum(code.startswith("36") for code in before) == 240
    assert not {"36044", "18033"} & before.keys()
    assert levels_on(date(2026, 3, 1), Scheme.DOCTORS) == {"36063": ["ZAC"]}
    _, report = import_figures(FOLDER / FIGURES[0], catalogue=FOLDER / "indicateurs-catalogue.csv")
    assert (report.rejects, report.notices, report.skipped) == ([], [], 0)
    _, report = import_figures(FOLDER / FIGURES[1])
    assert (report.rejects, report.notices, report.skipped) == ([], [], 0)
    assert not IndicatorValue.objects.filter(source="").exists()


@pytest.mark.parametrize("name", FIGURES)
def test_sources_are_worded_for_readers(name):
    for row in indicators.read(FOLDER / name):
        (figure,) = indicators.figures(*row.values)
        assert "github" not in figure["source"].lower()
        assert figure["source"][0].isupper() or figure["source"].startswith("maisons-et-poles")
        assert figure["confidence"]

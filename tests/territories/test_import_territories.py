import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from guide.core.enums import ImportOutcome
from guide.core.models import ContentVersion, ImportRun, SlugRedirect
from guide.territories.enums import Extent
from guide.territories.models import Containment, Contour, Territory
from tests.territories.helpers import FILES, SMALL_REGION, import_places, place, snapshot

pytestmark = pytest.mark.django_db


def test_every_kind_of_place_is_made_from_the_communes():
    run, report = import_places()
    assert run.outcome == ImportOutcome.APPLIED
    assert not report.rejects
    kinds = {kind: Territory.objects.filter(kind=kind).count() for kind in ("country", "region", "department", "epci")}
    assert kinds == {"country": 1, "region": 1, "department": 3, "epci": 3}
    commune = place("commune", "18102")
    assert (commune.name, commune.slug, commune.population) == ("La Ferté", "la-ferte-18102", 1200)
    assert (commune.latitude, commune.longitude) == (47.05, 2.15)
    assert commune.parent.name == "Cher"
    assert commune.parent.parent.slug == "centre-val-de-loire"
    assert commune.parent.parent.parent.name == "France"
    assert sorted(commune.postal_codes.values_list("code", flat=True)) == ["18100", "18110"]


def test_a_commune_is_within_every_place_that_holds_it():
    import_places()
    outers = Containment.objects.filter(inner=place("commune", "18105")).values_list("outer__kind", "outer__code")
    assert set(outers) == {
        ("commune", "18105"),
        ("department", "18"),
        ("region", "24"),
        ("country", "FR"),
        ("epci", "200000002"),
        ("living_area", "18102"),
    }


@pytest.mark.parametrize(
    ("kind", "code", "departments"),
    [
        ("epci", "200000001", ["18"]),
        ("epci", "200000002", []),  # in two departments, so in none
        ("living_area", "18102", []),
        ("living_area", "27001", ["28"]),
    ],
)
def test_a_group_of_communes_is_within_the_department_that_holds_them_all(kind, code, departments):
    import_places()
    links = Containment.objects.filter(inner=place(kind, code), outer__kind="department")
    assert list(links.values_list("outer__code", flat=True)) == departments


def test_addresses_come_from_names_and_codes():
    import_places()
    slugs = set(Territory.objects.values_list("slug", flat=True))
    assert {"france", "cher", "eure-et-loir", "cc-du-val", "bassin-de-vie-la-ferte", "l-ile-d-oeuvre-18105"} <= slugs


def test_places_of_the_same_name_carry_their_code(tmp_path):
    path = tmp_path / "epci.json"
    path.write_text((FILES / "epci.json").read_text(encoding="utf-8").replace("CC des Prés", "CC du Val"), "utf-8")
    import_places({**SMALL_REGION, "epci": path})
    assert place("epci", "200000001").slug == "cc-du-val-200000001"
    assert place("epci", "200000002").slug == "cc-du-val-200000002"


def test_neighbours_are_places_of_the_same_kind_that_touch():
    import_places()
    near = place("commune", "18101").neighbours.values_list("name", flat=True)
    assert {"La Ferté", "Saint-Jean", "L'Île-d'Œuvre"} <= set(near)
    assert "Le Pont" not in near
    assert set(place("department", "18").neighbours.values_list("name", flat=True)) == {"Indre", "Eure-et-Loir"}
    assert place("region", "24").neighbours.count() == 0


def test_extent_says_what_may_lie_outside_the_region():
    import_places()
    assert place("epci", "200000001").extent == Extent.WHOLE
    assert place("epci", "200000003").extent == Extent.UNKNOWN
    assert place("living_area", "18102").extent == Extent.WHOLE
    assert place("living_area", "27001").extent == Extent.PARTIAL


def test_dry_run_reports_and_writes_nothing():
    run, report = import_places(apply=False)
    assert run.outcome == ImportOutcome.PREVIEWED
    assert report.created == 30
    assert not Territory.objects.exists()
    assert ImportRun.objects.get().counts["created"] == report.created
    assert not ContentVersion.objects.exists()


def test_second_run_changes_nothing():
    import_places()
    before, version = snapshot(), ContentVersion.objects.get().number
    _, report = import_places()
    assert (report.created, report.updated, report.missing) == (0, 0, [])
    assert report.unchanged == Territory.objects.count()
    assert snapshot() == before
    assert ContentVersion.objects.get().number == version


def test_gzipped_file_gives_the_same_places():
    import_places()
    _, report = import_places({**SMALL_REGION, "communes": "communes.geojson.gz"})
    assert (report.created, report.updated) == (0, 0)


def test_lists_may_come_after_the_communes():
    import_places({"communes": "communes.geojson"})
    assert not Territory.objects.filter(kind__in=("epci", "living_area")).exists()
    _, report = import_places({"bassins": "bassins.csv"})
    assert report.created == 2
    assert place("living_area", "18102").source == "INSEE, bassins de vie 2022"
    import_places({"communes": "communes.geojson", "epci": "epci.json"})
    assert place("commune", "18101").outer_links.filter(outer__kind="living_area").exists()
    _, report = import_places()
    assert (report.created, report.updated) == (0, 0)


def test_communes_are_needed_the_first_time():
    run, _ = import_places({"bassins": "bassins.csv"})
    assert run.outcome == ImportOutcome.REFUSED
    assert "donnez d'abord le fichier des communes" in run.message


def test_living_areas_are_read_from_the_workbook_of_insee(tmp_path):
    workbook = Workbook()
    workbook.active.title = "Documentation"
    sheet = workbook.create_sheet("Composition_communale")
    sheet.append(["Bassins de vie 2022"])
    sheet.append(["Composition communale, géographie au 01/01/2026"])
    sheet.append(["Code géographique", "Libellé géographique", "Bassin", "Libellé"])
    sheet.append(["CODGEO", "LIBGEO", "BV2022", "LIBBV2022", "DEP"])
    sheet.append(["18101", "Épineuil", "18102", "La Ferté", "18"])
    sheet.append(["18102", "La Ferté", "18102", "La Ferté", "18"])
    workbook.save(tmp_path / "BV2022.xlsx")
    import_places({"communes": "communes.geojson", "bassins": tmp_path / "BV2022.xlsx"})
    assert Territory.objects.within(place("living_area", "18102")).filter(kind="commune").count() == 2


def test_older_living_areas_name_their_vintage(tmp_path):
    path = tmp_path / "bv2012.csv"
    path.write_text("CODGEO;BV2012;LIBBV2012\n18101;18102;La Ferté\n", "utf-8")
    import_places({"communes": "communes.geojson", "bassins": path})
    assert place("living_area", "18102").source == "INSEE, bassins de vie 2012"


def test_commune_that_leaves_the_source_is_marked_not_deleted(tmp_path):
    import_places()
    path = tmp_path / "communes.geojson"
    lines = (FILES / "communes.geojson").read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"18104"' not in line), "utf-8")
    bassins = tmp_path / "bassins.csv"
    lines = (FILES / "bassins.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    bassins.write_text("".join(line for line in lines if "18104" not in line), "utf-8")
    _, report = import_places({**SMALL_REGION, "communes": path, "bassins": bassins})
    assert report.missing == ["commune 18104"]
    gone = place("commune", "18104")
    assert gone.missing_since
    assert gone not in Territory.objects.live()
    assert not gone.neighbours.exists()
    _, report = import_places({**SMALL_REGION, "communes": path, "bassins": bassins})
    assert (report.created, report.updated, report.missing) == (0, 0, [])
    _, report = import_places()
    assert place("commune", "18104").missing_since is None


def test_far_fewer_communes_are_refused_unless_accepted(tmp_path):
    import_places()
    before = snapshot()
    path = tmp_path / "communes.geojson"
    lines = (FILES / "communes.geojson").read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:8], lines[8].rstrip(",\n"), "\n", lines[-1]]), "utf-8")
    run, _ = import_places({"communes": path})
    assert run.outcome == ImportOutcome.REFUSED
    assert "--accept-fewer" in run.message
    assert snapshot() == before
    run, report = import_places({"communes": path}, accept_fewer=True)
    assert run.outcome == ImportOutcome.APPLIED
    assert "commune 28205" in report.missing


def test_renamed_place_leaves_a_redirect(tmp_path):
    import_places()
    path = tmp_path / "communes.geojson"
    text = (FILES / "communes.geojson").read_text(encoding="utf-8")
    path.write_text(text.replace("Saint-Jean", "Saint-Jean-le-Neuf"), "utf-8")
    _, report = import_places({**SMALL_REGION, "communes": path})
    assert report.updated == 1
    redirect = SlugRedirect.objects.get(kind="territory")
    assert (redirect.old_slug, redirect.new_slug) == ("saint-jean-18104", "saint-jean-le-neuf-18104")
    import_places()
    redirect = SlugRedirect.objects.get(kind="territory")
    assert (redirect.old_slug, redirect.new_slug) == ("saint-jean-le-neuf-18104", "saint-jean-18104")


def test_two_places_may_exchange_their_names(tmp_path):
    import_places()
    text = (FILES / "epci.json").read_text(encoding="utf-8")
    text = text.replace("CC du Val", "X").replace("CC des Prés", "CC du Val").replace('"X"', '"CC des Prés"')
    path = tmp_path / "epci.json"
    path.write_text(text, "utf-8")
    import_places({**SMALL_REGION, "epci": path})
    assert place("epci", "200000001").slug == "cc-des-pres"
    assert place("epci", "200000002").slug == "cc-du-val"


def test_import_killed_in_the_middle_leaves_the_database_as_it_was(monkeypatch):
    before = snapshot()

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(Contour.objects, "bulk_create", killed)
    with pytest.raises(KeyboardInterrupt):
        import_places()
    assert snapshot() == before
    assert not ImportRun.objects.exists()


def test_another_region_needs_no_code():
    files = {
        "communes": "normandie-communes.geojson",
        "epci": "normandie-epci.json",
        "bassins": "normandie-bassins.csv",
    }
    run, report = import_places(files, region="28")
    assert run.outcome == ImportOutcome.APPLIED
    assert not report.rejects
    assert place("region", "28").name == "Normandie"
    assert set(Territory.objects.filter(kind="department").values_list("name", flat=True)) == {
        "Calvados",
        "Manche",
        "Orne",
    }
    assert place("commune", "50502").slug == "saint-lo-50502"
    assert place("living_area", "14047").extent == Extent.PARTIAL


def test_command_serves_the_region_of_the_settings(settings, capsys):
    settings.REGION = "28"
    arguments = ["import_territories", "--communes", str(FILES / "normandie-communes.geojson")]
    call_command(*arguments, verbosity=1)
    assert "Simulation" in capsys.readouterr().out
    call_command(*arguments, "--apply", verbosity=0)
    assert Territory.objects.filter(kind="commune").count() == 4


def test_command_without_a_file_says_what_it_needs():
    with pytest.raises(CommandError, match="--communes"):
        call_command("import_territories")

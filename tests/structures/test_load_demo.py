import io

import pytest
from django.core.management import CommandError, call_command

from guide.core.models import ContentVersion
from structures.actions import replace_notes
from structures.models import CompletenessNote, Structure
from tests.structures.helpers import FILES, snapshot

MANIFEST = """
region = "99"
name = "Essai"
[[imports]]
importer = "structures"
files = { structures = "liste.csv" }
source = "Essai"
options = { list = "essai" }
[[imports]]
importer = "finess"
files = { structures = "etalab.csv" }
[[completeness]]
kind = "msp"
expected = 12
text = "Liste incomplète."
source = "Essai"
"""


@pytest.fixture
def small_demo(tmp_path, settings):
    folder = tmp_path / "essai"
    folder.mkdir()
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    for name in ("liste.csv", "etalab.csv"):
        (folder / name).write_bytes((FILES / name).read_bytes())
    settings.FIXTURES_DIR, settings.REGION = tmp_path, "99"
    return folder


def load():
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("communes")
def test_load_demo_runs_every_import_and_says_so(small_demo):
    told = load()
    assert "liste.csv) : 5 créées" in told
    assert "etalab.csv) : 2 créées, 1 modifiées" in told
    assert Structure.objects.count() == 7
    assert CompletenessNote.objects.values(
        "kind", "text", "expected", "source", "source_url", "source_date"
    ).get() == {
        "kind": "msp",
        "text": "Liste incomplète.",
        "expected": 12,
        "source": "Essai",
        "source_url": "",
        "source_date": "",
    }


@pytest.mark.usefixtures("communes")
def test_load_demo_again_changes_nothing(small_demo):
    load()
    load()
    before, version = snapshot(), ContentVersion.objects.values_list("number", flat=True).first()
    told = load()
    assert "créées" not in told
    assert snapshot() == before
    assert ContentVersion.objects.values_list("number", flat=True).first() == version


@pytest.mark.django_db
def test_an_unknown_region_lists_those_there_are(settings):
    settings.REGION = "28"
    with pytest.raises(CommandError, match=r"24 \(Centre-Val de Loire\)"):
        load()


@pytest.mark.usefixtures("communes")
def test_a_refused_file_stops_with_its_name(small_demo):
    (small_demo / "etalab.csv").write_bytes((FILES / "etalab-utf16.csv").read_bytes())
    with pytest.raises(CommandError, match=r"etalab\.csv"):
        load()


@pytest.mark.django_db
def test_notes_follow_the_manifest():
    replace_notes([{"kind": "msp", "text": "a", "source": "s"}, {"kind": "dac", "text": "b", "source": "s"}])
    assert replace_notes([{"kind": "msp", "text": "c", "source": "s"}]) == 2
    assert list(CompletenessNote.objects.values_list("kind", "text")) == [("msp", "c")]
    with pytest.raises(ValueError, match="epicerie"):
        replace_notes([{"kind": "epicerie", "text": "a", "source": "s"}])


@pytest.mark.usefixtures("communes")
@pytest.mark.parametrize(("command", "file"), [("import_finess", "etalab.csv"), ("import_structures", "liste.csv")])
def test_commands_simulate_unless_told_to_apply(command, file):
    out = io.StringIO()
    call_command(command, FILES / file, stdout=out)
    assert "Simulation" in out.getvalue()
    assert not Structure.objects.exists()
    call_command(command, FILES / file, apply=True, stdout=out)
    assert Structure.objects.exists()


@pytest.mark.usefixtures("communes")
def test_a_command_fails_with_the_reason_of_a_refusal():
    with pytest.raises(CommandError, match="UTF-16"):
        call_command("import_finess", FILES / "etalab-utf16.csv", stdout=io.StringIO())

import json
import re

import pytest
from django.core.management import CommandError, call_command

from aids.exchange.rows import export
from aids.models import Aid, AidCase, AidIncompatibility, Funder
from guide.core.enums import ImportOutcome
from guide.core.models import ContentVersion
from tests.aids.regions import FILES, REGION_FILE, centre_val_de_loire, choletais, load

pytestmark = pytest.mark.django_db

REFUSED = {
    "unknown_condition": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.type : « signe-astrologique » inconnu",
    "unknown_value": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.valeurs\[0\] : « druide »",
    "condition_without_values": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.valeurs : clé obligatoire",
    "condition_with_foreign_key": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.minimum : clé sans objet",
    "unknown_zoning_level": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.valeurs\[0\] : « ZOB »",
    "unknown_territory": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.valeurs\[0\] : territoire « department:99 » inconnu",
    "malformed_territory": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.valeurs\[0\] : « Indre »",
    "bounds_out_of_order": r"aides\[1\]\.cas\[0\]\.conditions\[0\]\.maximum : plus petit",
    "negative_amount": r"aides\[0\]\.cas\[0\]\.montants\[0\]\.minimum : montant négatif : -1",
    "amount_as_text": r"aides\[0\]\.cas\[0\]\.montants\[0\]\.minimum : nombre attendu",
    "amount_too_large": r"aides\[0\]\.cas\[0\]\.montants\[0\]\.minimum : montant hors limites",
    "two_aids_one_code": r"aides\[2\]\.code : « a » est déjà le code de aides\[0\]",
    "two_cases_one_code": r"aides\[0\]\.cas\[1\]\.code : « cas » est déjà",
    "incompatible_with_itself": r"aides\[0\]\.incompatible_avec\[0\]\.aide : cycle .* : a → a",
    "incompatible_cycle_of_two": r"aides\[1\]\.incompatible_avec\[0\]\.aide : cycle .* : a → b → a",
    "incompatible_cycle": r"aides\[2\]\.incompatible_avec\[0\]\.aide : cycle .* : a → b → c → a",
    "replacement_cycle": r"aides\[2\]\.remplacee_par\[0\] : cycle de « remplacee_par »",
    "variant_cycle": r"aides\[1\]\.variante_de : cycle de « variante_de »",
    "unknown_reference": r"aides\[0\]\.remplacee_par\[0\] : aucune aide n'a le code « absente »",
    "unknown_funder": r"aides\[0\]\.financeur : « mecene » n'est pas dans « financeurs »",
    "unknown_key": r"aides\[0\]\.montan : clé inconnue",
    "missing_key": r"aides\[0\]\.nom : clé obligatoire absente",
    "no_case": r"aides\[0\]\.cas : liste de 1 à",
    "bad_date": r"aides\[0\]\.ouvre_le : date AAAA-MM-JJ attendue",
    "dates_out_of_order": r"aides\[0\]\.ferme_le : plus petit que « ouvre_le »",
    "bad_address": r"aides\[0\]\.sources\[0\]\.adresse : adresse internet attendue",
    "other_format": r"format : « aides/1 » attendu",
    "truncated": r"truncated\.json, ligne 1, colonne \d+ : JSON illisible",
    "not_a_number": r"NaN n'est pas un nombre",
    "duplicate_key": r"clé en double : nom",
    "a_list": r"fichier : objet JSON attendu",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_faulty_file_is_refused_whole_with_the_path_of_the_fault(name):
    run, _ = load(FILES / "refused" / f"{name}.json")
    assert run.outcome == ImportOutcome.REFUSED
    assert re.search(REFUSED[name], run.message), run.message
    assert not Aid.objects.exists()


def test_every_refused_file_has_its_test():
    assert {path.stem for path in (FILES / "refused").iterdir()} == set(REFUSED)


def test_the_region_file_is_exported_as_it_was_imported():
    centre_val_de_loire()
    run, report = load(REGION_FILE)
    assert run.outcome == ImportOutcome.APPLIED, run.message
    assert report.created == Aid.objects.count() > 60
    exported = export(Aid.objects.all(), "centre-val-de-loire")
    assert json.loads(json.dumps(exported)) == json.loads(REGION_FILE.read_text())


def test_an_export_is_reimported_without_loss_on_an_empty_base(tmp_path):
    centre_val_de_loire()
    load(REGION_FILE)
    path = tmp_path / "aids.json"
    call_command("export_aids", "centre-val-de-loire", output=path)
    Aid.objects.all().delete()
    Funder.objects.all().delete()
    load(path)
    call_command("export_aids", "centre-val-de-loire", output=tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == path.read_text() == REGION_FILE.read_text()


def test_a_second_import_changes_nothing():
    load(FILES / "three.json")
    before = ContentVersion.objects.get().number
    _, report = load(FILES / "three.json")
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert ContentVersion.objects.get().number == before


def test_a_dry_run_writes_nothing():
    run, report = load(FILES / "three.json", apply=False)
    assert (run.outcome, report.created, Aid.objects.count()) == (ImportOutcome.PREVIEWED, 3, 0)


def changed(tmp_path, change):
    document = json.loads((FILES / "three.json").read_text())
    change(document["aides"])
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(document))
    return path


def test_a_changed_amount_is_written_and_the_rest_left_alone(tmp_path):
    load(FILES / "three.json")
    kept = AidCase.objects.get(aid__code="b").pk
    _, report = load(changed(tmp_path, lambda aids: aids[0]["cas"][0]["montants"][0].update(minimum=13.5)))
    assert (report.updated, report.unchanged) == (1, 2)
    assert str(AidCase.objects.get(aid__code="a").amounts.get().minimum) == "13.50"
    assert AidCase.objects.get(aid__code="b").pk == kept


def test_what_an_editor_changed_is_kept_and_told(tmp_path):
    load(FILES / "three.json")
    Aid.objects.filter(code="a").update(summary="Corrigé à la main.")
    _, report = load(changed(tmp_path, lambda aids: aids[0].update(resume="Nouveau.", nom="Nouveau nom")))
    aid = Aid.objects.get(code="a")
    assert (aid.summary, aid.name) == ("Corrigé à la main.", "Nouveau nom")
    assert [(kept.identifier, kept.field) for kept in report.kept] == [("a", "resume")]


def test_an_aid_that_left_the_file_is_marked_and_comes_back(tmp_path):
    load(FILES / "three.json")
    _, report = load(changed(tmp_path, lambda aids: aids.pop()), accept_fewer=True)
    assert report.missing == ["c"]
    assert Aid.objects.get(code="c").missing_since
    load(FILES / "three.json")
    assert Aid.objects.get(code="c").missing_since is None


def test_an_incompatibility_is_one_row_and_goes_with_its_line(tmp_path):
    load(FILES / "three.json")
    load(changed(tmp_path, lambda aids: aids[2].update(incompatible_avec=[{"aide": "a"}])))
    pair = AidIncompatibility.objects.get()
    assert {pair.first.code, pair.second.code} == {"a", "c"}
    load(FILES / "three.json")
    assert not AidIncompatibility.objects.exists()


def test_another_region_loads_its_own_file_beside_the_first():
    centre_val_de_loire()
    choletais()
    load(REGION_FILE)
    run, report = load(FILES / "cholet.json")
    assert (run.outcome, report.created, report.missing) == (ImportOutcome.APPLIED, 3, [])
    assert load(REGION_FILE)[1].updated == 0


def test_a_code_of_another_collection_is_refused(tmp_path):
    load(FILES / "three.json")
    document = json.loads((FILES / "three.json").read_text())
    path = tmp_path / "other.json"
    path.write_text(json.dumps({**document, "collection": "autre"}))
    run, _ = load(path)
    assert "code déjà pris par la collection « essai »" in run.message


def test_the_commands_say_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match=r"montants\[0\]\.minimum"):
        call_command("import_aids", FILES / "refused" / "negative_amount.json", "--apply", verbosity=0)
    with pytest.raises(CommandError, match="Aucune aide"):
        call_command("export_aids", "inconnue")

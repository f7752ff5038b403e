"""Contacts from their file."""

import pytest

from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.desk.importer import ContactReader
from guide.desk.models import ContactBody
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
GOOD = """
- code: cpam-36
  name: CPAM de l'Indre
  kind: cpam
  departments: ['36']
  subjects: [stage, aides]
  profiles: [interne]
  phone: 02 54 00 00 00
  source: Essai
  source_date: 2026-02
"""


def run(tmp_path, text):
    (tmp_path / "contacts.yaml").write_text(text, encoding="utf-8")
    return run_import(ContentImporter(Delivery({FOLDER: tmp_path}), [ContactReader]), apply=True)[1]


def test_a_body_is_published_with_its_departments_and_a_second_run_changes_nothing(tmp_path):
    DepartmentFactory(code="36", name="Indre")
    assert run(tmp_path, GOOD).counts()["created"] == 1
    body = ContactBody.objects.live().get()
    assert [place.code for place in body.territories.all()] == ["36"]
    assert body.subjects == ["aides", "stage"]
    assert run(tmp_path, GOOD).counts()["unchanged"] == 1


def test_what_an_editor_changed_is_kept(tmp_path):
    DepartmentFactory(code="36", name="Indre")
    run(tmp_path, GOOD)
    ContactBody.objects.update(phone="02 54 11 11 11")
    report = run(tmp_path, GOOD.replace("00 00 00", "22 22 22"))
    assert report.counts()["kept"] == 1
    assert ContactBody.objects.get().phone == "02 54 11 11 11"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("kind: cpam", "kind: mairie", "n'est pas dans la liste"),
        ("['36']", "['99']", "département « 99 » inconnu"),
        ("[interne]", "[internes]", "n'est pas dans la liste"),
        ("source: Essai", "source:", "valeur obligatoire absente"),
        ("phone:", "telephone:", "clé inconnue"),
    ],
)
def test_a_faulty_body_is_left_out_with_its_reason(tmp_path, before, after, message):
    DepartmentFactory(code="36", name="Indre")
    second = GOOD.replace("cpam-36", "cpam-bis")
    report = run(tmp_path, GOOD + second.replace(before, after))
    assert [message in reject.message.replace("\u00a0", " ") for reject in report.rejects] == [True]
    assert ContactBody.objects.count() == 1

"""« Importer un fichier », aids: the golden cases before and after, shown and confirmed with the rest."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aids.models import Aid
from guide.core.enums import Status
from guide.core.models import ImportRun
from tests.aids.regions import REGION_FILE, region_with_golden_cases
from tests.background import without_waiting
from tests.factories import UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
CASE = "généraliste qui s'installe, secteur 1, ZIP"
BEFORE, AFTER = "accordée\u00a0: 10\u202f000\u00a0€", "accordée\u00a0: 8\u202f000\u00a0€"


@pytest.fixture
def region(client, monkeypatch):
    """An editor in front of the aids of the region; uploads are read by this process."""
    without_waiting(monkeypatch)
    region_with_golden_cases()
    client.force_login(UserFactory())
    return client


def upload(client, change=lambda aid: None) -> str:
    """Address of the preview of the region's own file, one of its aids changed."""
    document = json.loads(REGION_FILE.read_text())
    change(next(one for one in document["aides"] if one["code"] == "aide-primo-installation"))
    file = SimpleUploadedFile("aides.json", json.dumps(document).encode())
    response = client.post(reverse("admin:import_upload", args=["aids"]), {"source": "Essai", "file_aids": file})
    assert response.status_code == 302
    return response["Location"]


def halve(aid) -> None:
    aid["cas"][0]["montants"][0]["minimum"] = 8_000


def rename(aid) -> None:
    aid["nom"] = "Aide renommée"


def test_the_preview_lists_the_golden_cases_before_and_after_and_writes_nothing(region):
    runs = ImportRun.objects.count()
    page = parsed(region.get(upload(region, halve)))
    for words in (
        "Ce fichier change le verdict de cas types",
        "Verdicts de cas types qui changent",
        CASE,
        BEFORE,
        AFTER,
    ):
        assert words in page
    assert Aid.objects.get(code="aide-primo-installation").cases.first().amounts.first().minimum == 10_000
    assert ImportRun.objects.count() == runs + 1


def test_a_file_that_moves_no_verdict_says_so(region):
    page = region.get(upload(region, rename)).content.decode()
    assert "Aucun cas type ne change de verdict" in page
    assert "Verdicts de cas types qui changent" not in page


def test_the_verdicts_that_were_shown_are_those_that_are_confirmed(region):
    address = upload(region, halve)
    Aid.objects.filter(code="aide-primo-installation").update(status=Status.DRAFT)
    region.post(address, {"appliquer": "1"})
    page = region.get(address).content.decode()
    assert "Le contenu du site a changé entre-temps" in page
    assert Aid.objects.get(code="aide-primo-installation").cases.first().amounts.first().minimum == 10_000
    region.post(address, {"appliquer": "1"})
    assert region.get(address).status_code == 302
    assert Aid.objects.get(code="aide-primo-installation").cases.first().amounts.first().minimum == 8_000

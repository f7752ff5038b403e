"""The handbook of the editors: for staff alone, every picture there, every address of the administration right."""

import re

import pytest
from django.urls import resolve, reverse

from guide.backoffice.access import Role
from guide.portal.manual import FILE, PICTURES
from tests.factories import EditorFactory, UserFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
MAX_BYTES = 120_000


@pytest.fixture
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def test_the_handbook_is_for_staff_alone(client):
    for address in (reverse("admin:manual"), reverse("admin:manual_picture", args=["connexion"])):
        assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_it_and_finds_it_on_each_page(client, role):
    client.force_login(EditorFactory(role=role))
    page = parsed(client.get(reverse("admin:manual")))
    assert "Manuel des éditeurs" in page.texts("h1")
    assert reverse("admin:manual") in parsed(client.get(reverse("admin:index"))).links()


def test_every_picture_named_is_there_and_small_and_every_picture_there_is_named(client, text):
    named = set(re.findall(r"!\[[^\]]{20,}\]\(manuel/([a-z-]+\.png)\)", text))
    assert named == {file.name for file in PICTURES.iterdir()}
    assert len(named) == text.count("![")
    client.force_login(UserFactory())
    shown = parsed(client.get(reverse("admin:manual"))).values("img", "src")
    for name in named:
        assert (PICTURES / name).stat().st_size <= MAX_BYTES
        address = reverse("admin:manual_picture", args=[name.removesuffix(".png")])
        assert address in shown
        response = client.get(address)
        assert response["Content-Type"] == "image/png"
        assert b"".join(response.streaming_content).startswith(b"\x89PNG")  # read to its end: it then closes itself


def test_a_picture_that_does_not_exist_is_not_found(client):
    client.force_login(UserFactory())
    assert client.get(reverse("admin:manual_picture", args=["absente"])).status_code == 404


def test_every_address_of_the_administration_opens(client, text):
    addresses = set(re.findall(r"\]\((/admin/[^)]*)\)", text))
    assert len(addresses) > 10
    client.force_login(UserFactory())
    for address in addresses:
        assert resolve(address).app_name == "admin"
        assert client.get(address).status_code == 200, address


def test_each_chapter_of_the_list_leads_to_its_text(client, text):
    client.force_login(UserFactory())
    page = parsed(client.get(reverse("admin:manual")))
    for chapter in re.findall(r"^## (.+)$", text, re.MULTILINE):
        anchor = page.one('a[href^="#"]', chapter)["href"]
        assert page.one(f"h2{anchor}").text == chapter

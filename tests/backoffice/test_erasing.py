"""A picture whose people took back their consent leaves no file, no row, and nothing in the history."""

import pytest

from guide.backoffice.models import Version
from structures.models import StructurePhoto
from tests.aids.editing import posted
from tests.core import test_images
from tests.core.pictures import picture
from tests.factories import StructureFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def sheet(client, folder):
    """A structure with one photograph."""
    client.force_login(UserFactory())
    structure = StructureFactory()
    test_images.send(client, structure, picture())
    return structure


@pytest.fixture
def save(client, sheet, django_capture_on_commit_callbacks):
    def go(**changes):
        page = f"/admin/structures/structure/{sheet.pk}/change/"
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(page, posted(client.get(page)) | {"_save": "1"} | changes)

    return go


def mentions(name: str) -> int:
    return sum(name in str(version.before) for version in Version.objects.all())


def test_files_row_and_versions_forget_the_picture(save, folder):
    name = StructurePhoto.objects.get().image.name
    save(**{"photos-0-alternative": "Une autre façade"})
    assert mentions(name)
    assert test_images.files(folder)
    assert save(**{"photos-0-erase": "on"}).status_code == 302
    assert not StructurePhoto.objects.exists()
    assert test_images.files(folder) == []
    assert mentions(name) == 0
    last = Version.objects.order_by("-pk").first()
    assert last.by is not None
    assert "retrait de l'accord" in last.note


def test_a_form_that_is_refused_erases_nothing(save, folder):
    kept = test_images.files(folder)
    assert save(**{"photos-0-erase": "on", "name": ""}).status_code == 200
    assert StructurePhoto.objects.count() == 1
    assert test_images.files(folder) == kept

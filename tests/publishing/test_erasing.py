"""A picture whose people took back their consent leaves no file, no row, and nothing in the history."""

import pytest

from guide.publishing.history.models import Version
from structures.models import StructurePhoto
from tests.aids.editing import posted
from tests.publishing.test_images import files, media, send, structure  # noqa: F401
from tests.publishing.pictures import picture

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def erase(client, structure, capture, **changes):  # noqa: F811
    page = f"/admin/structures/structure/{structure.pk}/change/"
    with capture(execute=True):
        return client.post(page, posted(client.get(page)) | {"photos-0-erase": "on", "_save": "1"} | changes)


def mentions(name: str) -> int:
    return sum(name in str(version.before) for version in Version.objects.all())


def test_files_row_and_versions_forget_the_picture(
    client, structure, media, django_capture_on_commit_callbacks  # noqa: F811
):
    send(client, structure, picture())
    photo = StructurePhoto.objects.get()
    send(client, structure, picture(), **{"photos-TOTAL_FORMS": "1", "photos-INITIAL_FORMS": "1",
         "photos-0-id": photo.pk, "photos-0-image": "", "photos-0-alternative": "Une autre façade"})  # fmt: skip
    assert mentions(photo.image.name)
    assert files(media)
    assert erase(client, structure, django_capture_on_commit_callbacks).status_code == 302
    assert not StructurePhoto.objects.exists()
    assert files(media) == []
    assert mentions(photo.image.name) == 0
    last = Version.objects.order_by("-pk").first()
    assert last.by is not None
    assert "retrait de l'accord" in last.note


def test_a_form_that_is_refused_erases_nothing(
    client, structure, media, django_capture_on_commit_callbacks  # noqa: F811
):
    send(client, structure, picture())
    kept = files(media)
    assert erase(client, structure, django_capture_on_commit_callbacks, name="").status_code == 200
    assert StructurePhoto.objects.count() == 1
    assert files(media) == kept

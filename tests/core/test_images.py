"""Pictures: what is refused and why, what is kept of a photograph, and how it is served."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from PIL import Image, ImageOps

from guide.core.images import models
from guide.core.images.making import PictureRefused, open_picture, upright, widths_of
from structures.models import StructurePhoto
from tests.aids.editing import posted
from tests.core.pictures import HTML, SVG, bomb, picture, with_position
from tests.factories import StructureFactory, UserFactory
from tests.markup import parsed


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def structure(client, db, media):
    client.force_login(UserFactory())
    return StructureFactory()


def send(client, structure, content: bytes, name: str = "photo.jpg", **changes):
    page = reverse("admin:structures_structure_change", args=[structure.pk])
    form = posted(client.get(page)) | {
        "photos-TOTAL_FORMS": "1",
        "photos-0-image": SimpleUploadedFile(name, content, "image/jpeg"),
        "photos-0-alternative": "La façade, rue des Tilleuls",
        "photos-0-credit": "Commune, 2026",
        "photos-0-position": "0",
        "_save": "1",
    }
    return client.post(page, form | changes)


def files(media) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "words",
    [
        b"Exif\0\0nothing of a camera",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x04abc\0\0\0\0\0",
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_broken_words_of_a_camera_do_not_spoil_a_picture(kind, words):
    file = BytesIO(picture(400, 300, kind, exif=words))
    assert upright(open_picture(file, 5000)).size == (400, 300)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_pillow_turns_it(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = picture(400, 300, "PNG", exif=exif)
    expected = ImageOps.exif_transpose(Image.open(BytesIO(content))).convert("RGB")
    assert upright(open_picture(BytesIO(content), 5000)).tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SVG, "pas une image JPEG"),
        (HTML, "pas une image JPEG"),
        (b"", "pas une image JPEG"),
        (bomb(), "millions de points au plus"),
        (bomb(9_000), "millions au plus"),
        (picture()[:-2000], "abîmée ou incomplète"),
        (picture(kind="PNG")[:-200], "abîmée ou incomplète"),
        (picture(kind="GIF"), "pas une image JPEG"),
        (picture(40, 40), "trop petite"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_its_reason(content, message):
    with pytest.raises(PictureRefused, match=message):
        open_picture(BytesIO(content), len(content))


def test_a_file_of_50_mb_is_refused_before_it_is_read():
    with pytest.raises(PictureRefused, match="50\u00a0Mo"):
        open_picture(None, 50_000_000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_taken(kind):
    content = picture(kind=kind)
    assert open_picture(BytesIO(content), len(content)).size == (640, 480)


def test_a_photograph_is_turned_and_loses_its_position():
    content = with_position()
    made = upright(open_picture(BytesIO(content), len(content)))
    assert made.size == (480, 640)
    assert made.getpixel((240, 20))[0] > 150
    assert not made.getexif()
    assert "exif" not in made.info


def test_a_large_photograph_is_reduced():
    content = picture(4000, 3000)
    assert upright(open_picture(BytesIO(content), len(content))).size == (1600, 1200)


def test_no_variant_is_larger_than_the_picture():
    assert widths_of(300) == [300]
    assert widths_of(960) == [480, 960]
    assert widths_of(1600) == [480, 960, 1600]


@pytest.mark.admin_templates
def test_a_photo_is_kept_in_three_formats_without_its_position_and_shown_on_the_sheet(client, structure, media):
    response = send(client, structure, with_position())
    assert response.status_code == 302, response.context["errors"]
    photo = StructurePhoto.objects.get()
    assert (photo.width, photo.height) == (480, 640)
    assert files(media) == ["480w.avif", "480w.webp", "photo.jpg"]
    for path in media.rglob("photo.jpg"):
        assert b"Appareil Essai" not in path.read_bytes()
        with Image.open(path) as kept:
            assert not kept.getexif()
    page = client.get(structure.get_absolute_url()).content.decode()
    assert 'alt="La façade, rue des Tilleuls"' in page
    assert 'width="480" height="640"' in page
    assert "Crédit\u00a0: Commune, 2026" in page
    address = f"/media/{photo.image.name.replace('photo.jpg', '480w.avif')}"
    assert f"{address} 480w" in page
    served = client.get(address)
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/avif", "nosniff")
    assert "immutable" in served["Cache-Control"]
    served.close()


@pytest.mark.admin_templates
@pytest.mark.parametrize("content", [SVG, HTML, bomb()])
def test_a_disguised_file_is_refused_at_its_field_and_nothing_is_saved(client, structure, media, content):
    response = send(client, structure, content, phone="02 54 11 11 11")
    assert response.status_code == 200
    assert parsed(response).one("#id_photos-0-image_error").text
    structure.refresh_from_db()
    assert (structure.phone, StructurePhoto.objects.count(), files(media)) == ("", 0, [])


@pytest.mark.admin_templates
@pytest.mark.parametrize("field", ["alternative", "credit"])
def test_words_and_credit_are_mandatory(client, structure, media, field):
    response = send(client, structure, picture(), **{f"photos-0-{field}": ""})
    assert parsed(response).one(f"#id_photos-0-{field}_error").text
    assert files(media) == []


@pytest.mark.admin_templates
def test_people_who_can_be_recognised_have_agreed(client, structure, media):
    response = send(client, structure, picture(), **{"photos-0-people_shown": "on"})
    assert "indiquez le jour de leur accord" in response.content.decode()
    assert send(client, structure, picture(), **{"photos-0-people_shown": "on", "photos-0-consent_on": "01/03/2026"})
    assert StructurePhoto.objects.count() == 1


@pytest.mark.admin_templates
def test_a_save_that_fails_leaves_no_file(client, structure, media, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError("essai")

    monkeypatch.setattr("guide.backoffice.writing.note_changes", fail)
    with pytest.raises(IntegrityError):
        send(client, structure, picture())
    assert files(media) == []


def test_a_variant_that_cannot_be_made_leaves_no_file(structure, media, monkeypatch):
    def fail(source):
        yield from ()
        raise OSError("essai")

    monkeypatch.setattr(models, "variants", fail)
    photo = StructurePhoto(structure=structure, alternative="Façade", credit="Commune")
    with pytest.raises(OSError, match="essai"):
        models.save_picture(picture=photo, source=Image.new("RGB", (300, 300)))
    assert files(media) == []


@pytest.mark.parametrize("name", ["../db.sqlite3", "photos/x/photo.jpg", "photos/..%2f..%2fsecret_key", "secret_key"])
def test_nothing_else_is_served(client, structure, media, name):
    assert client.get(f"/media/{name}").status_code == 404

"""Portraits of testimonials: shown with words and credit, never without consent, erased with the testimonial."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guide.core.images.making import open_picture, upright
from guide.core.images.models import save_picture
from guide.editorial.models import TestimonialPortrait
from guide.editorial.testimonials.actions import withdraw_testimonial
from tests.core.pictures import picture
from tests.editorial.factories import ReferenceFactory, TestimonialFactory
from tests.editorial.test_testimonials_admin import form
from tests.factories import UserFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(client, row, **changes):
    client.force_login(UserFactory())
    portrait = {
        "portrait-TOTAL_FORMS": "1",
        "portrait-0-image": SimpleUploadedFile("moi.jpg", picture(), "image/jpeg"),
        "portrait-0-alternative": "Le docteur A devant son cabinet",
        "portrait-0-credit": "Commune, 2026",
        "portrait-0-consent_on": "01/03/2026",
        "references": [ReferenceFactory().pk],
        "_save": "1",
    }
    return client.post(reverse("admin:editorial_testimonial_change", args=[row.pk]), form(row, **(portrait | changes)))


def files(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.admin_templates
def test_a_portrait_is_shown_on_the_page_and_in_the_lists(client, media):
    row = TestimonialFactory(slug="dr-a")
    assert send(client, row).status_code == 302
    for address in ("/temoignages/dr-a/", "/temoignages/"):
        html = parsed(client.get(address))
        assert "Le docteur A devant son cabinet" in html.values("img", "alt")
        assert "Crédit\u00a0: Commune, 2026" in html.text
    assert html.all(".quote__portrait")


@pytest.mark.admin_templates
@pytest.mark.parametrize("field", ["alternative", "credit", "consent_on"])
def test_words_credit_and_consent_are_mandatory(client, media, field):
    response = send(client, TestimonialFactory(), **{f"portrait-0-{field}": ""})
    assert parsed(response).one(f"#id_portrait-0-{field}_error").text
    assert (TestimonialPortrait.objects.count(), files(media)) == (0, [])


@pytest.mark.admin_templates
def test_a_withdrawal_erases_the_files_of_every_portrait_it_ever_had(
    client, media, django_capture_on_commit_callbacks
):
    row, other = TestimonialFactory(), TestimonialFactory()
    source = upright(open_picture(SimpleUploadedFile("b.jpg", picture()), len(picture())))
    save_picture(
        picture=TestimonialPortrait(testimonial=other, alternative="B", credit="B", consent_on="2026-03-01"),
        source=source,
    )
    kept = files(media)
    send(client, row)
    first = row.portrait
    again = {"portrait-INITIAL_FORMS": "1", "portrait-0-id": first.pk, "portrait-0-testimonial": row.pk}
    assert send(client, row, **again).status_code == 302
    assert len(files(media)) == 3 * len(kept)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_testimonial(pk=row.pk)
    assert files(media) == kept
    assert list(TestimonialPortrait.objects.values_list("testimonial", flat=True)) == [other.pk]

"""A doctor offers a testimonial, and takes it back."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from guide.backoffice import actions
from guide.backoffice.life_cycle import TRANSITIONS
from guide.backoffice.models import EditorComment, Version
from guide.core import content_version
from guide.core.enums import Status
from guide.core.models import AttemptCount, SlugRedirect
from guide.editorial.enums import CONSENT_TEXT, CONSENT_VERSION
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials import forms
from guide.editorial.testimonials.actions import offer_testimonial, token_of, withdraw_testimonial
from tests.aids.pages import text_of
from tests.editorial.factories import TestimonialFactory
from tests.factories import DepartmentFactory, EditorFactory, UserFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db
ADDRESS = "/temoignages/proposer/"
WORDS = "Je suis arrivée en 2019. On m'a montré la maison de santé et l'école. " * 3
VALUES = {
    "name": "Dr C", "role": "", "specialty": "", "mode": "", "stage": "", "territory": None, "arrival_year": None,
    "contact_email": "c@exemple.fr", "text": WORDS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def department():
    return DepartmentFactory(code="36", name="Indre")


@pytest.fixture
def ripe(monkeypatch):
    """A form that was opened long enough ago."""
    stamp = forms.stamp()
    monkeypatch.setattr(forms, "SHORTEST", -1)
    return stamp


def answers(stamp: str, **changes) -> dict:
    """What a visitor sends."""
    return {
        "nom": "Dr C", "fonction": "Généraliste près de Châteauroux", "specialite": "medecine-generale",
        "departement": "36", "mode": "msp", "etape": "installe", "annee": "2019", "texte": WORDS,
        "courriel": "c@exemple.fr", "accord": "oui", "site": "", "depart": stamp, **changes,
    }  # fmt: skip


def text(response) -> str:
    return text_of(response).replace("\u00a0", " ")


def test_the_form_tells_about_its_cookie_and_is_stored_by_nobody(client):
    response = client.get(ADDRESS)
    assert "Un cookie, ici seulement" in text(response)
    assert set(response.cookies) == {"csrftoken"}
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert CONSENT_TEXT in text(response)
    assert parsed(response).all('[role="alert"]') == []


def test_an_offer_waits_for_an_editor_with_the_consent_as_it_was_given(client, ripe):
    client.get(ADDRESS)
    response = client.post(ADDRESS, answers(ripe))
    assert response.status_code == 302
    row = Testimonial.objects.get()
    assert (row.status, row.origin, row.name, row.territory.code) == ("in_review", "offert", "Dr C", "36")
    assert (row.consent_version, row.consent_text) == (CONSENT_VERSION, CONSENT_TEXT)
    assert timezone.now() - row.consented_at < timedelta(minutes=1)
    assert row.status_since is not None
    assert "Dr C" not in text(client.get("/temoignages/"))
    assert client.get(row.get_absolute_url()).status_code == 404
    thanks = client.get(response["Location"])
    assert "Gardez ce lien" in text(thanks)
    assert thanks.cookies["csrftoken"]["max-age"] == 0


def test_the_link_of_withdrawal_is_mailed_with_what_was_agreed(client, ripe):
    client.post(ADDRESS, answers(ripe))
    letter = mail.outbox[0]
    assert letter.to == ["c@exemple.fr"]
    assert CONSENT_TEXT in letter.body
    link = re.search(r"http\S+/temoignages/retirer/\S+", letter.body)[0]
    assert client.get(link.partition(":8000")[2]).status_code == 200


def test_without_address_nothing_is_mailed_and_a_deaf_mail_server_loses_nothing(client, ripe, monkeypatch):
    client.post(ADDRESS, answers(ripe, courriel=""))
    assert mail.outbox == []

    def deaf(*args, **kwargs):
        raise SMTPException("no")

    monkeypatch.setattr("guide.editorial.testimonials.actions.send_mail", deaf)
    assert client.post(ADDRESS, answers(ripe)).status_code == 302
    assert Testimonial.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"accord": ""}, "Sans votre accord"),
        ({"nom": ""}, "Ce champ est obligatoire"),
        ({"nom": "x" * 121}, "120"),
        ({"texte": "Trop court."}, "100"),
        ({"texte": "x" * 4001}, "4000"),
        ({"texte": WORDS + " http://a.example"}, "Écrivez sans lien"),
        ({"texte": WORDS + " voir www.site"}, "Écrivez sans lien"),
        ({"texte": WORDS + " <a href=x>"}, "Écrivez sans lien"),
        ({"nom": "pharma.com"}, "Écrivez sans lien"),
        ({"texte": WORDS + "\x00"}, "caractère"),
        ({"specialite": "sorcier"}, "Choisissez une réponse de la liste"),
        ({"departement": "99"}, "Choisissez une réponse de la liste"),
        ({"annee": "1900"}, "1950"),
        ({"annee": "3000"}, "inférieure"),
        ({"annee": "hier"}, "quatre chiffres"),
        ({"courriel": "c@"}, "incomplète"),
        ({"site": "https://spam.example"}, "ne pas remplir"),
        ({"depart": ""}, "expiré"),
        ({"depart": "form:forged"}, "expiré"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_kept(client, ripe, changes, message):
    response = client.post(ADDRESS, answers(ripe, **changes))
    assert response.status_code == 422
    assert message in text(response)
    assert not Testimonial.objects.exists()
    assert not mail.outbox


def test_an_answer_that_comes_at_once_or_a_day_late_is_sent_again(client, monkeypatch):
    assert "très vite" in text(client.post(ADDRESS, answers(forms.stamp())))
    monkeypatch.setattr(forms, "LONGEST", -1)
    assert "expiré" in text(client.post(ADDRESS, answers(forms.stamp())))
    assert not Testimonial.objects.exists()


def test_one_connection_offers_a_few_times_in_an_hour(client, ripe):
    for _ in range(forms.PER_HOUR):
        assert client.post(ADDRESS, answers(ripe)).status_code == 302
    refused = client.post(ADDRESS, answers(ripe))
    assert refused.status_code == 429
    assert "Gardez votre texte" in text(refused)
    assert client.post(ADDRESS, answers(ripe), REMOTE_ADDR="192.0.2.7").status_code == 302
    cache.clear()  # as in another worker: the count is not the process's own
    assert client.post(ADDRESS, answers(ripe)).status_code == 429
    AttemptCount.objects.update(ends_at=timezone.now())
    assert client.post(ADDRESS, answers(ripe)).status_code == 302


def test_behind_the_proxy_the_visitor_is_the_one_that_the_proxy_saw(client, ripe, settings):
    settings.HTTPS = True
    for rank in range(forms.PER_HOUR + 1):
        forged = f"198.51.100.{rank}, 192.0.2.1"
        last = client.post(ADDRESS, answers(ripe), headers={"X-Forwarded-For": forged})
    assert last.status_code == 429


def test_a_form_of_another_site_is_refused(ripe):
    assert Client(enforce_csrf_checks=True).post(ADDRESS, answers(ripe)).status_code == 403
    assert not Testimonial.objects.exists()


def test_markup_and_citations_of_a_visitor_are_only_words():
    row = offer_testimonial(values=VALUES | {"text": "a < b & c\r\n\r\n**fort**\nsuite [@x]"})
    assert row.body == "<p>a &lt; b &amp; c</p><p>**fort** suite [@x]</p>"


def test_an_offer_without_consent_is_never_published():
    row = TestimonialFactory(origin="offert", status=Status.IN_REVIEW)
    sheets = Testimonial.objects.filter(pk=row.pk)
    assert actions.move(TRANSITIONS["publish"], sheets=sheets, by=EditorFactory(role="region")).messages == [
        NO_CONSENT
    ]
    assert sheets.get().status == Status.IN_REVIEW
    with pytest.raises(IntegrityError, match="consent"):
        sheets.update(status=Status.PUBLISHED)


def test_a_withdrawal_asks_first_then_erases_the_author_and_keeps_the_dates(client, department):
    row = offer_testimonial(values=VALUES | {"territory": department})
    editor = UserFactory()
    actions.move(TRANSITIONS["publish"], sheets=Testimonial.objects.filter(pk=row.pk), by=editor)
    EditorComment.objects.create(sheet=row, text="Appeler Dr C", author=editor)
    SlugRedirect.objects.create(kind="testimonial", old_slug="dr-c", new_slug=row.slug)
    page, version = row.get_absolute_url(), content_version.current()
    assert client.get(page).status_code == 200
    link = f"/temoignages/retirer/{token_of(row.pk)}/"
    assert "C'est définitif" in text(client.get(link))
    assert client.get(page).status_code == 200
    assert "est retiré" in text(client.post(link))
    assert content_version.current() != version
    assert client.get(page).status_code == 404
    assert client.get("/temoignages/dr-c/").status_code == 404
    consented = row.consented_at
    row.refresh_from_db()
    assert row.status == Status.ARCHIVED
    assert (row.consented_at, row.withdrawn_at is not None, row.territory) == (consented, True, department)
    erased = ("name", "role", "summary", "body", "contact_email", "specialty", "mode", "stage")
    assert {getattr(row, name) for name in erased} == {""}
    assert "dr-c" not in row.slug
    assert not EditorComment.objects.exists()
    assert not Version.objects.of(Testimonial, row.pk).exists()


def test_a_withdrawal_asked_twice_changes_nothing_more(client):
    row = offer_testimonial(values=VALUES)
    assert withdraw_testimonial(pk=row.pk)
    row.refresh_from_db()
    moment = row.withdrawn_at
    link = f"/temoignages/retirer/{token_of(row.pk)}/"
    assert "est retiré" in text(client.get(link))
    assert client.post(link).status_code == 200
    row.refresh_from_db()
    assert row.withdrawn_at == moment
    assert not withdraw_testimonial(pk=row.pk)
    assert "a été retiré" in text(client.get(f"/temoignages/merci/{token_of(row.pk)}/"))


@pytest.mark.parametrize("page", ["retirer", "merci"])
@pytest.mark.parametrize("token", ["1", "1:abc:def", token_of.__name__, "IngiOg"])
def test_a_forged_link_opens_nothing(client, page, token):
    offer_testimonial(values=VALUES)
    assert client.get(f"/temoignages/{page}/{token}/").status_code == 404
    assert client.post(f"/temoignages/{page}/{token}/").status_code in (404, 405)
    assert Testimonial.objects.get().withdrawn_at is None


def test_the_link_of_one_opens_no_other(client):
    assert client.get(f"/temoignages/retirer/{token_of(12345)}/").status_code == 404

"""A login that fails too often waits; the others do not."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from guide.core.http import client_address
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
LOGIN = "/admin/login/"


@pytest.fixture
def user(db):
    user = UserFactory(username="agent")
    user.set_password("bon mot de passe")
    user.save()
    return user


def attempt(client, password: str, name="agent", **headers):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, **headers)


def test_after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour(client, user):
    for _ in range(4):
        assert attempt(client, "faux").status_code == 200
    response = attempt(client, "faux")
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Attendez 15 minutes" in response.content.decode()
    assert attempt(client, "bon mot de passe").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert attempt(client, "bon mot de passe").status_code == 302


def test_neither_a_colleague_nor_the_same_account_elsewhere_is_locked(client, user):
    other = UserFactory(username="collegue")
    other.set_password("autre")
    other.save()
    for _ in range(6):
        attempt(client, "faux")
    assert attempt(client, "bon mot de passe", REMOTE_ADDR="192.0.2.7").status_code == 302
    client.logout()
    assert attempt(client, "autre", name="collegue").status_code == 302


def test_a_success_forgets_the_failures_before(client, user):
    for _ in range(2):
        for _ in range(4):
            attempt(client, "faux")
        assert attempt(client, "bon mot de passe").status_code == 302
        client.logout()


@pytest.mark.parametrize(
    ("https", "forwarded", "remote", "expected"),
    [
        (False, "198.51.100.9", "127.0.0.1", "127.0.0.1"),
        (True, "198.51.100.9", "", "198.51.100.9"),
        (True, "203.0.113.5, 198.51.100.9", "", "198.51.100.9"),
        (True, "", "127.0.0.1", "127.0.0.1"),
        (True, "", "", None),
    ],
)
def test_behind_the_proxy_its_own_word_counts_and_not_the_client_s(settings, https, forwarded, remote, expected):
    settings.HTTPS = https
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == expected

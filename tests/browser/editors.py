"""What the tests of the administration share: an account with its role, and its way in."""

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from guide.backoffice.access import Role
from guide.backoffice.roles import sync_roles
from tests.factories import EditorFactory

PASSWORD = "une phrase de passe d'essai"


def make_editor(name: str, role: Role, territories=()) -> None:
    """An account that can log in."""
    sync_roles()
    user = EditorFactory(username=name, role=role, territories=list(territories))
    user.set_password(PASSWORD)
    user.save()
    assert get_user_model().objects.get(username=name).is_staff


def log_in(page: Page, server: str, name: str) -> Page:
    """Through the page of login, as everybody does."""
    page.set_default_timeout(10_000)
    page.goto(f"{server}/admin/")
    page.get_by_label("Nom d’utilisateur").fill(name)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("heading", name="Que faire aujourd'hui")).to_be_visible()
    return page


def follow(page: Page, name: str) -> None:
    """A link of the header or of the first page."""
    page.get_by_role("link", name=name, exact=True).first.click()


def press(page: Page, name: str) -> None:
    """A button of the form; the next page is there when this returns."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def told(page: Page, words: str) -> None:
    """The message that the page begins with."""
    expect(page.locator(".messagelist")).to_contain_text(words)


def find(page: Page, words: str) -> None:
    """Search in the list that is open, and open what it finds."""
    page.locator("#searchbar").fill(words)
    page.keyboard.press("Enter")
    page.locator("#result_list").get_by_role("link", name=words).first.click()
    page.wait_for_load_state()

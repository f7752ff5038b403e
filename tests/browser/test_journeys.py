"""Seven visitors of the demo region, from the home page to an answer and a next step, in four steps at most.

A step is a click on a link or the sending of a form; what one types or chooses before sending is no step.
"""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Error, expect

from guide.core import content_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STEPS = 4
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# How one comes: the screen, and whether scripts run.
WAYS = {"desktop": (DESKTOP, True), "phone": (PHONE, True), "without scripts": (PHONE, False)}
SUM = re.compile(r"\d\s€")
CALLED = 'a[href^="tel:"], a[href^="https://"]'


class Visitor:
    """Somebody who starts at the home page; counts the steps."""

    def __init__(self, page, home: str):
        self.page, self.steps, self.main = page, 0, page.get_by_role("main")
        page.goto(home)

    def follow(self, name: str, exact: bool = False) -> None:
        self._step(self.main.get_by_role("link", name=name, exact=exact).first)

    def follow_footer(self, name: str) -> None:
        self._step(self.page.get_by_role("contentinfo").get_by_role("link", name=name))

    def send(self, name: str) -> None:
        self._step(self.main.get_by_role("button", name=name).first)

    def type(self, label: str, words: str) -> None:
        self.main.get_by_label(label, exact=True).first.fill(words)

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label, exact=True).first.select_option(label=option)

    def sees_title(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def sees_link(self, name: str, address: str) -> None:
        link = self.main.get_by_role("link", name=name, exact=True).first
        expect(link).to_have_attribute("href", re.compile(address))

    def sees_answer_with_a_sum(self) -> None:
        """The summary of the simulator: a sum, the first step, and somebody to call who has a number or a site."""
        self.sees_title("Mes aides")
        expect(self.main.locator(".answer")).to_contain_text(SUM)
        self.sees_whom_to_call()

    def sees_whom_to_call(self) -> None:
        answer = self.main.locator(".answer")
        for words in ("Premier pas", "Qui appeler"):
            expect(answer.get_by_text(words, exact=True)).to_be_visible()
        expect(answer.locator(CALLED).first).to_be_visible()

    def _step(self, target) -> None:
        target.click()
        self.page.wait_for_load_state()
        self.steps += 1


def intern_in_tours(visitor: Visitor) -> None:
    """With a partner who teaches: what an intern may receive there, then who helps the two of them."""
    visitor.follow("Interne")
    visitor.choose("Quelle spécialité ?", "Médecine générale")
    visitor.type("Où ?", "37000")
    visitor.send("Voir mes aides")
    visitor.sees_answer_with_a_sum()
    visitor.follow_footer("Venir à deux, ou en famille")
    expect(visitor.main.get_by_role("heading", name=re.compile("L.emploi$"))).to_be_visible()
    visitor.follow("À qui vous adresser pour le logement et la famille")
    visitor.sees_title("Qui appeler ?")
    expect(visitor.main.locator("article").locator(CALLED).first).to_be_visible()


def cardiologist_in_paris(visitor: Visitor) -> None:
    """What of the site concerns a specialist, then the hospitals and the way to reach one."""
    visitor.follow("Médecin spécialiste")
    visitor.sees_title("Vous êtes médecin spécialiste")
    visitor.sees_link("simulateur", r"^/aides/simulateur/")
    visitor.follow("les hôpitaux", exact=True)
    expect(visitor.main.get_by_role("status")).to_contain_text("Hôpitaux")
    visitor.follow("Centre hospitalier")
    expect(visitor.main.locator(CALLED).first).to_be_visible()


def locum_near_chateaudun(visitor: Visitor) -> None:
    """The place first, with whom to call, then the sum for a locum there."""
    visitor.type("Une commune ou un code postal", "Châteaudun")
    visitor.send("Chercher")
    visitor.sees_title("Châteaudun")
    expect(visitor.main.locator('a[href^="tel:"]').first).to_be_visible()
    visitor.follow("Remplaçant thésé")
    visitor.sees_answer_with_a_sum()


def spouse_who_compares(visitor: Visitor) -> None:
    """Three towns side by side, and whom to call in each."""
    visitor.follow("Conjoint, famille")
    visitor.sees_title("Venir à deux, ou en famille")
    visitor.follow("la comparaison de Châteauroux, Vendôme et Loches")
    table = visitor.main.get_by_role("table").first
    for place in ("Châteauroux", "Vendôme", "Loches"):
        expect(table.get_by_role("columnheader", name=place)).to_be_visible()
    expect(table.get_by_role("row", name=re.compile("Population"))).to_contain_text("habitants")
    visitor.sees_link("Qui appeler", "^#appeler")
    expect(visitor.page.locator("#appeler")).to_have_count(1)


def retired_doctor(visitor: Visitor) -> None:
    """What a retired doctor who goes on in the Indre may receive, and whom to ask."""
    visitor.follow("Médecin retraité")
    visitor.main.get_by_label("ou un département").select_option("36")
    visitor.send("Voir mes aides")
    visitor.sees_answer_with_a_sum()


def doctor_with_a_foreign_degree(visitor: Visitor) -> None:
    """The steps of a PADHUE in their order, then the bodies to write to."""
    visitor.follow("Diplôme étranger")
    visitor.sees_title("Exercer avec un diplôme étranger")
    expect(visitor.main.get_by_role("heading", name="Passer les épreuves de vérification")).to_be_visible()
    visitor.sees_link("vous avez un diplôme hors Union européenne", "profil=padhue")
    visitor.follow("qui contacter, sujet « un diplôme étranger »")
    visitor.sees_title("Qui appeler ?")
    visitor.sees_link("cng.sante.fr", "^https://")


def assistant_of_a_mayor(visitor: Visitor) -> None:
    """What a commune may do, in order, then the bodies that help it."""
    visitor.follow("Élu, collectivité")
    visitor.sees_title("Vous êtes élu ou vous portez un projet de santé")
    expect(visitor.main.get_by_role("heading", name="Connaître ce que la loi vous permet de financer")).to_be_visible()
    visitor.sees_link("simulateur avec ce profil", "profil=porteur-de-projet")
    visitor.follow("les contacts pour un porteur de projet")
    visitor.sees_title("Qui appeler ?")
    visitor.sees_link("centre-val-de-loire.ars.sante.fr", "^https://")


JOURNEYS = (
    intern_in_tours,
    cardiologist_in_paris,
    locum_near_chateaudun,
    spouse_who_compares,
    retired_doctor,
    doctor_with_a_foreign_degree,
    assistant_of_a_mayor,
)


def test_each_visitor_reaches_an_answer_and_a_next_step(browser, browser_context_args, live_server):
    """One test for all, since the demo takes longer to load than to walk through."""
    call_command("load_demo", verbosity=0)
    content_version.bump()
    failures = []
    for way, (screen, scripts) in WAYS.items():
        options = {**browser_context_args, "viewport": screen, "java_script_enabled": scripts}
        with browser.new_context(**options) as context:
            context.set_default_timeout(5_000)
            for journey in JOURNEYS:
                visitor = Visitor(context.new_page(), live_server.url)
                try:
                    journey(visitor)
                    assert visitor.steps <= MOST_STEPS
                except (AssertionError, Error) as failure:
                    failures.append(f"{journey.__name__}, {way}, step {visitor.steps}, {visitor.page.url}: {failure}")
                visitor.page.close()
    assert failures == [], "\n\n".join(failures)

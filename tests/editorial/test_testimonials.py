"""Testimonials: the list and its filters, a page, what other pages show of them."""

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template

from guide.core import content_version
from guide.editorial.actions import save_content
from guide.editorial.models import Testimonial
from guide.editorial.testimonials.pages import EXCERPT, excerpt
from tests.aids.pages import text_of
from tests.editorial.factories import ReferenceFactory, TestimonialFactory
from tests.editorial.practice import PracticeOptionFactory
from tests.factories import DepartmentFactory, StructureFactory, UserFactory
from tests.markup import inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries, first_queries
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    found = Country()
    found.cher = DepartmentFactory(code="18", name="Cher", slug="cher", inside=[found.region])
    return found


def text(response) -> str:
    return text_of(response).replace("\u00a0", " ")


def whole(country, **fields):
    """A testimonial with everything that a page can show."""
    row = TestimonialFactory(
        **{
            "slug": "dr-a",
            "title": "Du temps pour chacun",
            "name": "Dr A",
            "role": "Généraliste",
            "body": "<p>On s'entraide [@indre-2022]. Il y a du temps.</p><h2>Suite</h2><p>Fin.</p>",
            "specialty": "medecine-generale",
            "mode": "msp",
            "stage": "installe",
            "year": "vers 2022",
            "arrival_year": 2017,
            "territory": country.commune,
            "structure": StructureFactory(name="MSP de La Châtre", commune=country.commune),
            "option": PracticeOptionFactory(slug="msp", title="Rejoindre une MSP"),
            **fields,
        }
    )
    row.references.set([ReferenceFactory(code="indre-2022")])
    return row


def test_the_list_quotes_each_author_with_place_and_source(client, country):
    whole(country)
    TestimonialFactory(name="Dr B", territory=country.cher)
    TestimonialFactory(name="Dr Brouillon", status="in_review")
    response = client.get("/temoignages/")
    shown, html = text(response), parsed(response)
    assert "2 témoignages" in shown
    assert "On s'entraide. Il y a du temps." in shown
    assert "Fin." not in shown
    assert "Source : Département de l'Indre, vers 2022" in shown
    assert "/temoignages/dr-a/" in html.links("main a")
    assert "Dr B Cher" in shown
    assert "Brouillon" not in shown
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("departement=36", ["Dr A"]),
        ("departement=18", ["Dr B"]),
        ("departement=18&departement=36", ["Dr A", "Dr B"]),
        ("specialite=medecine-generale", ["Dr A"]),
        ("mode=msp&etape=installe", ["Dr A"]),
        ("etape=interne", ["Dr B"]),
        ("etape=interne&departement=36", []),
        ("utm_source=lettre", ["Dr A", "Dr B"]),
    ],
)
def test_filters_narrow_the_list(client, country, query, names):
    whole(country)
    TestimonialFactory(name="Dr B", territory=country.cher, stage="interne")
    links = parsed(client.get(f"/temoignages/?{query}")).texts("main a")
    assert [name for name in ("Dr A", "Dr B") if name in links] == names


def test_each_filter_counts_what_the_others_leave_and_can_be_taken_away(client, country):
    whole(country)
    TestimonialFactory(territory=country.cher, stage="interne")
    response = client.get("/temoignages/?departement=36")
    shown, html = text(response), parsed(response)
    choices = [tuple(choice.texts("span")) for choice in html.all("label.check")]
    assert {("Installé", "1"), ("Interne", "0"), ("Cher", "1")} <= set(choices)
    assert "Spécialité" in shown
    assert "/temoignages/" in html.links("a.chip")
    assert "Étudiant en médecine" not in shown


@pytest.mark.parametrize(
    "query",
    [
        "specialite=inconnue", "departement=%00", "mode=<script>", "etape=" + "x" * 3000, "page=0", "page=99",
        "page=x", "inconnu=1", "page=1&page=2", "departement=%FF", "&".join(["mode=msp"] * 100),
    ],
)  # fmt: skip
def test_a_wrong_value_gives_the_page_with_a_message(client, country, query):
    whole(country)
    response = client.get(f"/temoignages/?{query}")
    assert response.status_code == 200
    assert parsed(response).all('[role="alert"]')
    assert inline_code(parsed(response)) == []


def test_a_wrong_value_gives_no_list_whatever_the_page(client, country):
    whole(country)
    for query in ("mode=inconnu&page=2", "inconnu=1&page=9", "departement=18&departement=99&page=3"):
        response = client.get(f"/temoignages/?{query}")
        assert "Aucune liste" in text(response)
        assert "Du temps pour chacun" not in text(response)


def test_htmx_receives_the_results_alone(client, country):
    whole(country)
    response = client.get("/temoignages/?etape=installe", headers={"HX-Request": "true"})
    assert not parsed(response).is_whole()
    assert "HX-Request" in response["Vary"]
    assert response["HX-Push-Url"] == "/temoignages/?etape=installe"


def test_an_empty_list_says_so(client):
    assert "Aucun témoignage n'est encore publié." in text(client.get("/temoignages/"))


def test_the_page_says_who_speaks_and_what_is_not_known(client, country):
    whole(country, specialty="")
    TestimonialFactory(name="Dr Voisin", territory=country.department)
    response = client.get("/temoignages/dr-a/")
    shown, html = text(response), parsed(response)
    assert "Spécialité Non renseigné" in shown
    assert "Année d'arrivée 2017" in shown
    for address in ("/territoires/la-chatre-36046/", "/structures/msp-de-la-chatre/", "/exercer/msp/"):
        assert address in html.links("main a")
    assert "#source-indre-2022" in html.links("main a")
    assert "Propos rapportés d'un document public" in shown
    assert "Autres témoignages : La Châtre" in shown
    assert "Dr Voisin" in shown


def test_a_draft_has_no_page_and_a_former_address_leads_to_the_new_one(client, country):
    row = whole(country, status="in_review")
    assert client.get("/temoignages/dr-a/").status_code == 404
    row.status, row.slug = "published", "docteur-a"
    save_content(sheet=row, by=UserFactory())
    assert client.get("/temoignages/dr-a/")["Location"] == "/temoignages/docteur-a/"


def test_few_queries_whatever_the_number_of_testimonials(client, country):
    whole(country)
    TestimonialFactory(territory=country.commune).references.set([ReferenceFactory()])

    def counts() -> list[int]:
        return [len(first_queries(client, path)) for path in ("/temoignages/?departement=36", "/temoignages/dr-a/")]

    few = counts()
    for _ in range(35):
        TestimonialFactory(territory=country.commune).references.set([ReferenceFactory()])
    assert counts() == few
    assert max(few) <= MOST_QUERIES
    assert count_queries(lambda: client.get("/temoignages/dr-a/")) == 1


def render(tag: str) -> str:
    return Template(f"{{% load editorial %}}{{% {tag} %}}").render(Context({}))


def test_a_place_shows_its_own_then_those_of_what_holds_it(country):
    TestimonialFactory(name="Dr Commune", territory=country.commune)
    TestimonialFactory(name="Dr Département", territory=country.department)
    TestimonialFactory(name="Dr Cher", territory=country.cher)
    content_version.bump()
    shown = render(f"testimonials_here {country.commune.pk} False")
    assert shown.index("Dr Commune") < shown.index("Dr Département")
    assert "Dr Cher" not in shown
    assert "/temoignages/?departement=36" in parsed(shown).links()
    assert count_queries(lambda: render(f"testimonials_here {country.commune.pk} False")) == 1
    assert "Dr Cher" in render(f"testimonials_here {country.region.pk} False")
    assert render("testimonials_here 123456 True").strip() == ""


def test_an_option_a_structure_and_the_home_page_show_theirs(country):
    row = whole(country)
    TestimonialFactory(name="Dr B")
    content_version.bump()
    for tag in ('testimonials_for_option "msp"', f"testimonials_of_structure {row.structure_id}"):
        assert "Dr A" in render(tag)
        assert "Dr B" not in render(tag)
    assert render('testimonials_for_option "cpts"').strip() == ""
    assert "Dr B" in render("testimonials_featured")


def test_the_sitemap_names_the_testimonials(client, country):
    whole(country)
    page = client.get("/sitemap-temoignages.xml").content.decode()
    assert "/temoignages/dr-a/" in page
    assert "/temoignages/proposer/" in client.get("/sitemap-pages.xml").content.decode()


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>Un [@a]. Deux.</p><p>Trois.</p>", "Un. Deux."),
        ("<p>&lt;b&gt; &amp; co.</p>", "<b> & co."),
        ("", ""),
        (f"<p>Un. {'x' * EXCERPT}.</p>", "Un."),
        (f"<p>{'mot ' * 400}</p>", "…"),
    ],
)
def test_an_excerpt_is_made_of_whole_sentences(body, shown):
    found = excerpt(body)
    assert found == shown or (shown == "…" and found.endswith("mot…") and len(found) <= 2 * EXCERPT + 1)


def test_withdrawn_or_published_rows_obey_the_database(country):
    for wrong in (
        {"origin": "offert"},
        {"slug": "proposer"},
        {"origin": "autre"},
        {"consent_version": "2026-11"},
        {"status": "archived", "withdrawn_at": "2026-01-01T00:00Z"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TestimonialFactory(**wrong)
    assert not Testimonial.objects.exists()

"""Editors read, publish and never rewrite what an author agreed to; files bring the reported ones."""

import pytest
from django.urls import reverse

from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.editorial.importers.lists import ReferenceReader
from guide.editorial.importers.practice import PracticeReader
from guide.editorial.importers.texts import TestimonialReader
from guide.editorial.models import Testimonial
from guide.editorial.testimonials.actions import offer_testimonial, withdraw_testimonial
from tests.aids.pages import text_of
from tests.editorial.factories import ReferenceFactory, TestimonialFactory
from tests.editorial.test_testimonials_offer import VALUES
from tests.markup import parsed
from tests.territories.places import Country

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


def address(page: str, *args) -> str:
    return reverse(f"admin:editorial_testimonial_{page}", args=args)


def form(row, **changes) -> dict:
    """The form of a testimonial as an editor sends it."""
    return {
        "title": row.title, "slug": row.slug, "body": row.body, "name": row.name, "origin": row.origin,
        "verify_every": "365", "portrait-TOTAL_FORMS": "0", "portrait-INITIAL_FORMS": "0", **changes,
    }  # fmt: skip


def test_an_offer_stands_in_the_queue_and_is_published_by_an_editor(staff):
    row = offer_testimonial(values=VALUES)
    assert "Témoignage de Dr C" in staff.get(reverse("admin:review_queue")).content.decode()
    preview = staff.get(reverse("backoffice:preview", args=["editorial", "testimonial", row.pk]))
    assert "Témoignage confié à ce site" in text_of(preview)
    response = staff.post(address("change", row.pk), form(row, _transition="publish"))
    assert response.status_code == 302, response.context["adminform"].form.errors
    row.refresh_from_db()
    assert row.status == "published"


def test_a_consent_that_was_given_is_read_and_not_rewritten(staff):
    row = offer_testimonial(values=VALUES)
    changed = form(row, consent_version="autre", consent_text="autre", origin="rapporte")
    assert staff.post(address("change", row.pk), changed).status_code == 302
    after = Testimonial.objects.get()
    assert (after.consent_version, after.consent_text, after.origin) == (
        row.consent_version,
        row.consent_text,
        "offert",
    )


def test_without_consent_or_without_source_the_form_refuses_to_publish(staff):
    offered = TestimonialFactory(origin="offert", status="in_review")
    response = staff.post(address("change", offered.pk), form(offered, _transition="publish"))
    assert "ne se publie pas" in response.content.decode()
    reported = TestimonialFactory(status="draft")
    response = staff.post(address("change", reported.pk), form(reported, _transition="publish"))
    assert "nomment leur source" in response.content.decode()
    ReferenceFactory(code="indre-2022")
    sourced = form(reported, _transition="publish", body="<p>Oui [@indre-2022].</p>")
    assert staff.post(address("change", reported.pk), sourced).status_code == 302
    assert set(Testimonial.objects.values_list("status", flat=True)) == {"in_review", "published"}


def test_the_list_publishes_only_with_consent_and_leaves_withdrawn_ones(staff):
    withdrawn, bare = offer_testimonial(values=VALUES), TestimonialFactory(origin="offert", status="draft")
    withdraw_testimonial(pk=withdrawn.pk)
    chosen = {"_selected_action": [withdrawn.pk, bare.pk]}
    page = staff.post(address("changelist"), {"action": "publish", **chosen}, follow=True)
    assert "ne se publie pas" in page.content.decode()
    staff.post(address("changelist"), {"action": "restore_to_draft", "_selected_action": [withdrawn.pk]})
    withdrawn.refresh_from_db()
    assert withdrawn.status == "archived"


def test_a_withdrawn_testimonial_is_only_read(staff):
    row = offer_testimonial(values=VALUES)
    withdraw_testimonial(pk=row.pk)
    page = parsed(staff.get(address("change", row.pk)))
    assert page.all('[name="_save"]') == []
    assert "_transition" not in page
    assert staff.post(address("change", row.pk), form(row, name="Dr C")).status_code == 403


SHEET = """---
name: "Dr D"
title: "Une équipe"
stage: installe
{place}
sources: [indre-2022]
---
Des mots [@indre-2022].
"""
SOURCES = "- {code: indre-2022, title: Guide, label: 'Indre, vers 2022', year: vers 2022}\n"


def run(folder, **changes):
    (folder / "temoignages").mkdir(exist_ok=True)
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "temoignages" / "dr-d.md").write_text(SHEET.format(**{"place": "", **changes}), encoding="utf-8")
    readers = [ReferenceReader, PracticeReader, TestimonialReader]
    return run_import(ContentImporter(Delivery({FOLDER: folder}), readers), apply=True)[1]


def test_a_file_follows_its_author_from_a_department_to_a_commune_and_back(tmp_path):
    country = Country()
    steps = [
        ('department: "36"', country.department),
        ('department: "36"\ncommune: "36046"', country.commune),
        ('commune: "36046"', country.commune),
        ("", None),
        ('department: "36"', country.department),
    ]
    for place, expected in steps:
        assert run(tmp_path, place=place).rejects == []
        assert Testimonial.objects.live().get().territory == expected
    assert run(tmp_path, place='department: "36"').counts()["unchanged"] == 2


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("option: inconnue", "façon d'exercer « inconnue » inconnue"),
        ("structure: inconnue", "structure « inconnue » inconnue"),
        ("stage: jeune", "n'est pas dans la liste"),
        ("mode: seul", "n'est pas dans la liste"),
        ('commune: "00000"', "commune « 00000 » inconnu"),
    ],
)
def test_a_faulty_file_is_left_out_with_its_reason(tmp_path, place, message):
    report = run(tmp_path, place=place)
    assert [message in reject.message.replace("\u00a0", " ") for reject in report.rejects] == [True]


def test_reported_words_name_a_source(tmp_path):
    (tmp_path / "temoignages").mkdir()
    (tmp_path / "temoignages" / "nu.md").write_text("---\nname: Dr\ntitle: Nu\n---\nDes mots.\n", encoding="utf-8")
    report = run(tmp_path)
    assert "nomment leur source" in report.rejects[0].message

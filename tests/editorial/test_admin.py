"""Editors' forms: texts cleaned on every save, citations checked, PDF read."""

import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guide.core.models import ContentVersion
from guide.editorial import pdf
from guide.editorial.models import Document, Page, Reference
from tests.editorial.factories import DocumentFactory, PageFactory, ReferenceFactory
from tests.editorial.folder import PAGE, SOURCES, load, write
from tests.factories import DepartmentFactory
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]
OBJECTS = zlib.compress(b"1 0 2 40 << /Type /Page /Parent 3 0 R >> << /Type/Page>> << /Type /Pages /Count 3 >>")
PDF = (
    b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n2 0 obj << /Type /ObjStm /N 3 /Filter /FlateDecode >>\nstream\n"
    + OBJECTS
    + b"\nendstream endobj\n%%EOF\n"
)


def save(staff, page: Page, **values):
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "body": page.body,
        "section": page.section,
        "position": page.position,
        "verify_every": 365,
        **values,
    }
    return staff.post(reverse("admin:editorial_page_change", args=[page.pk]), form)


def test_what_an_editor_pastes_is_cleaned_and_visitors_see_it_at_once(staff):
    page = PageFactory()
    before = ContentVersion.objects.values_list("number", flat=True).first() or 0
    response = save(staff, page, body="<p onclick=x>Un <b>mot</b></p><script>alert(1)</script>")
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.body == "<p>Un <strong>mot</strong></p>"
    assert page.updated_by is not None
    assert ContentVersion.objects.get().number > before


def test_a_citation_of_an_unknown_source_is_refused_with_its_code(staff):
    page = PageFactory()
    ReferenceFactory(code="connue")
    response = save(staff, page, body="<p>Un [@connue] deux [@rien] trois [@Pas un code]</p>")
    assert "Source inconnue\u00a0: [@Pas un code], rien." in response.content.decode()
    assert save(staff, page, body="<p>Un [@connue]</p>").status_code == 302


def test_the_form_has_the_editor_and_no_inline_code(staff):
    html = staff.get(reverse("admin:editorial_page_change", args=[PageFactory().pk]))
    shown = parsed(html)
    assert "" in shown.values("[data-rich-text]", "data-rich-text")
    assert "/static/js/rich-text.js" in shown.values('script[type="module"]', "src")
    assert "importmap" not in shown


def test_a_text_saved_as_it_was_is_not_taken_for_a_changed_one(staff, tmp_path):
    DepartmentFactory(code="36")
    body = PAGE + "\n- un\n- deux\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    write(tmp_path, sources=SOURCES, **{"pages__indre": body})
    load(tmp_path)
    page = Page.objects.get()
    edited = page.body.replace("<li>", "<li><p>").replace("</li>", "</p></li>").replace("<thead>", "<tbody>")
    edited = edited.replace("</thead><tbody>", "").replace("<td>", '<td colspan="1" rowspan="1"><p>')
    assert save(staff, page, body=edited, territory=page.territory_id, verified_on="22/11/2026").status_code == 302
    _, report = load(tmp_path)
    assert (report.updated, report.kept, report.unchanged) == (0, [], 2)


def test_a_source_keeps_its_code_and_stays_while_a_text_cites_it(staff):
    cited, free = ReferenceFactory(code="citee"), ReferenceFactory(code="libre")
    PageFactory(body="<p>Un [@citee]</p>")
    form = parsed(staff.get(reverse("admin:editorial_reference_change", args=[cited.pk])))
    assert form.one('[name="title"]')
    assert form.all('[name="code"]') == []
    assert staff.post(reverse("admin:editorial_reference_delete", args=[cited.pk]), {"post": "yes"}).status_code == 403
    assert staff.post(reverse("admin:editorial_reference_delete", args=[free.pk]), {"post": "yes"}).status_code == 302
    assert Reference.objects.get() == cited


def test_a_pdf_has_its_size_and_pages_read_and_is_served(staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = DocumentFactory(slug="guide")
    form = {"title": "Guide", "slug": "guide", "verify_every": 365}
    change = reverse("admin:editorial_document_change", args=[document.pk])
    refused = staff.post(change, form | {"file": SimpleUploadedFile("faux.pdf", b"MZ not a pdf")})
    assert "pas un PDF" in refused.content.decode()
    assert staff.post(change, form | {"file": SimpleUploadedFile("g.pdf", PDF)}).status_code == 302
    document = Document.objects.get()
    assert (document.size, document.pages) == (len(PDF), 3)
    response = staff.get("/pages/documents/guide.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == PDF
    document.file.delete(save=False)
    assert staff.get("/pages/documents/guide.pdf").status_code == 404
    assert staff.get("/pages/documents/autre.pdf").status_code == 404


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (PDF, 3),
        (b"%PDF-1.4 /Type /Pages /Count 2 %%EOF", None),
        (PDF.replace(OBJECTS, b"broken"), 1),
    ],
)
def test_pages_are_counted_or_said_to_be_unknown(content, pages):
    assert pdf.is_pdf(content)
    assert pdf.page_count(content) == pages


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut", b"<html>%%EOF"])
def test_what_is_no_pdf_is_told(content):
    assert not pdf.is_pdf(content)


def test_a_draft_is_previewed_on_its_public_page(staff):
    page = PageFactory(status="draft", title="Un brouillon")
    html = staff.get(reverse("admin:editorial_page_change", args=[page.pk])).content.decode()
    assert "perçu" in html

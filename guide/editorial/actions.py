"""Writes of editorial sheets: named, keyword-only, by somebody. Each is one act of the recipe of a write
(guide/backoffice/writing.py), which does the rest."""

from django.db import transaction

from guide.backoffice.writing import sign
from guide.core.slugs import record_moves
from guide.editorial import pdf
from guide.editorial.models import Content, Document, NewsItem, Page, PracticeOption, Testimonial

# Sheets with a page of their own, by the name under which their redirects are filed.
SLUG_KINDS = {Page: "page", NewsItem: "news", PracticeOption: "practice", Testimonial: "testimonial"}


@transaction.atomic
def save_content(*, sheet: Content, by) -> None:
    """Save a sheet that `by` has edited; a former address leads to the new one."""
    before = type(sheet).objects.filter(pk=sheet.pk).values_list("slug", flat=True).first()
    sign(sheet, by)
    sheet.save()
    kind = SLUG_KINDS.get(type(sheet))
    if kind and before and before != sheet.slug:
        record_moves(kind, {before: sheet.slug})


@transaction.atomic
def save_document(*, sheet: Document, by) -> None:
    """Save a document that `by` has edited: the size and the pages of a file come from the file itself."""
    if sheet.file:
        content = pdf.content_of(sheet.file)
        sheet.size, sheet.pages = len(content), pdf.page_count(content)
    sign(sheet, by)
    sheet.save()

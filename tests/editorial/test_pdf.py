"""What is read of a PDF, and files that would make reading it endless."""

import tracemalloc
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from guide.editorial import pdf
from guide.editorial.admin.sheets import DocumentForm


def object_stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"1 0 obj <</Type /ObjStm /Length %d>> stream\n%bendstream endobj\n" % (len(packed), packed)


def test_pages_are_counted_in_the_open_and_in_compressed_objects():
    content = b"%PDF-1.7\n<</Type /Page>> <</Type /Pages>>\n" + object_stream(b"<</Type/Page>>" * 3) + b"%%EOF"
    assert pdf.is_pdf(content)
    assert pdf.page_count(content) == 4


def test_pages_of_an_encrypted_file_are_unknown():
    assert pdf.page_count(b"%PDF-1.7\n/Type /ObjStm stream\nxxxxendstream %%EOF") is None


def test_compressed_objects_are_inflated_one_by_one_and_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_INFLATED", 3_000_000)
    bomb = object_stream(b" " * 1_000_000) * 50
    tracemalloc.start()
    assert pdf.page_count(bomb) is None
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.parametrize("piece", [b"/Type/ObjStm ", b"/Type/ObjStm stream\n", b"/Type" + b" " * 10])
def test_a_file_of_names_without_content_is_read_in_one_pass(piece):
    """A pattern that looks for the end from each beginning takes the square of the length: an hour for this one."""
    assert pdf.page_count(piece * 300_000) is None


def test_a_file_too_heavy_is_refused_at_its_field(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_BYTES", 1_000_000)
    form = DocumentForm.__new__(DocumentForm)
    form.cleaned_data = {"file": SimpleUploadedFile("a.pdf", b"%PDF-" + b" " * 2_000_000 + b"%%EOF")}
    with pytest.raises(ValidationError, match="2 Mo"):
        form.clean_file()

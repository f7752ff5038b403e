"""Fields of the editors' forms: rich texts cleaned on every save, citations that name known sources."""

from django import forms
from django.core.exceptions import ValidationError

from guide.core import rich_text
from guide.core.form_fields import RichTextWidget
from guide.editorial import pdf
from guide.editorial.models import Reference

HELP = (
    "Titres, listes, tableaux et liens. Une source se cite par son code entre crochets\u00a0: [@indre-2022]. "
    "Chaque chiffre porte sa source. Un lien interne commence par «\u00a0/\u00a0»\u00a0: /exercer/msp/."
)


class RichTextField(forms.CharField):
    """A rich text: what comes out holds only the elements of guide/core/rich_text.py."""

    widget = RichTextWidget

    def clean(self, value):
        text = rich_text.clean(super().clean(value) or "")
        if lost := lost_citations(text):
            raise ValidationError(
                f"Source inconnue\u00a0: {', '.join(lost)}. Les codes sont dans la liste des sources."
            )
        return text


def lost_citations(text: str) -> list[str]:
    """What is written as a citation of a text and leads to no source."""
    codes = list(rich_text.citations(text))
    known = set(Reference.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    return rich_text.malformed_citations(text) + [code for code in codes if code not in known]


class DocumentForm(forms.ModelForm):
    """A document (the admin page gives its model and fields): its file is a PDF whatever its name says, light enough
    for a telephone."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            if file.size > pdf.MAX_BYTES:
                raise ValidationError(
                    f"Ce fichier pèse {file.size / 1e6:.0f} Mo : {pdf.MAX_BYTES // 10**6} Mo au plus."
                )
            if not pdf.is_pdf(pdf.content_of(file)):
                raise ValidationError("Ce fichier n'est pas un PDF, ou il est incomplet.")
        return file

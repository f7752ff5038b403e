"""Fields of the editors' forms: rich texts cleaned on every save, citations that name known sources."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from guide.core import rich_text
from guide.core.rich_text_fields import RichTextWidget
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
        """Cleaned HTML; ValidationError names the citations that lead nowhere."""
        text = rich_text.clean(super().clean(value) or "")
        lost = rich_text.malformed_citations(text) + unknown_sources(rich_text.citations(text))
        if lost:
            raise ValidationError(
                f"Source inconnue\u00a0: {', '.join(lost)}. Les codes sont dans la liste des sources."
            )
        return text


def unknown_sources(codes: Iterable[str]) -> list[str]:
    """Codes that no source bears; one query."""
    codes = list(codes)
    known = set(Reference.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    return [code for code in codes if code not in known]


class DocumentForm(forms.ModelForm):
    """A document (the admin page gives its model and fields): its file is a PDF whatever its name says."""

    def clean_file(self):
        """Refuse what is not a PDF, or a PDF too heavy to be read on a telephone."""
        file = self.cleaned_data["file"]
        if file:
            if file.size > pdf.MAX_BYTES:
                raise ValidationError(
                    f"Ce fichier pèse {file.size / 1e6:.0f} Mo : {pdf.MAX_BYTES // 10**6} Mo au plus."
                )
            file.open("rb")
            content = file.read()
            file.seek(0)
            if not pdf.is_pdf(content):
                raise ValidationError("Ce fichier n'est pas un PDF, ou il est incomplet.")
        return file

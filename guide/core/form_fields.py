"""What the editors' forms share: rich text cleaned on every save, whatever was pasted, and pictures.

A picture is checked at its field, and only what was made from it is kept.
"""

from django import forms

from guide.core import rich_text
from guide.core.images.making import PictureRefused, open_picture, upright
from guide.core.images.models import save_picture

HELP = "Titres, listes et liens. Un texte collé depuis un traitement de texte garde ses mots et perd sa mise en forme."
TOO_DEEP = "Ce texte imbrique trop d'éléments les uns dans les autres. Collez-le sans sa mise en forme."
PICTURE_HELP = "JPEG, PNG ou WebP, 10 Mo au plus. La position et la date que l'appareil y a mises sont retirées."


class RichTextWidget(forms.Textarea):
    """The editor of static/js/rich-text.js; a plain field of HTML where JavaScript is off."""

    class Media:
        css = {
            "all": [
                "django_prose_editor/material-icons.css",
                "django_prose_editor/editor.css",
                "django_prose_editor/overrides.css",
                "css/admin/rich-text.css",
            ]
        }
        js = [forms.Script("js/rich-text.js", type="module")]

    def __init__(self, attrs=None):
        super().__init__({"rows": 12, "cols": 90, "data-rich-text": "", **(attrs or {})})

    def use_required_attribute(self, initial):
        """The editor hides the field, and a browser cannot point at a hidden field."""
        return False


class ProseField(forms.CharField):
    """A rich text that may have begun as plain text, as imports give it: shown as paragraphs, kept when untouched."""

    widget = RichTextWidget

    def prepare_value(self, value):
        return rich_text.as_markup(value) if isinstance(value, str) else value

    def clean(self, value):
        """Cleaned HTML, "" when nothing is left of it; ValidationError when it cannot keep its shape."""
        text = rich_text.as_markup(super().clean(value) or "")
        if rich_text.is_too_deep(text):
            raise forms.ValidationError(TOO_DEEP)
        return rich_text.clean(text)

    def has_changed(self, initial, data):
        return rich_text.clean(rich_text.as_markup(initial or "")) != rich_text.clean(rich_text.as_markup(data or ""))


class PictureField(forms.FileField):
    """An uploaded picture. What comes out is the upload, with the upright picture as `picture`."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file is not initial:
            try:
                file.picture = upright(open_picture(file, file.size))
            except PictureRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file


class PictureForm(forms.ModelForm):
    """Base of the forms of pictures."""

    image = PictureField(label="Image", help_text=PICTURE_HELP)
    erase = forms.BooleanField(
        label="Effacer définitivement cette photo (retrait de l'accord)",
        required=False,
        help_text="Ses fichiers et ce que l'historique en garde disparaissent : personne ne pourra la rendre.",
    )

    class Meta:
        help_texts = {
            "alternative": "Ce que l'image montre, pour qui ne la voit pas. Une phrase.",
            "credit": "Auteur et année, par exemple « Commune de La Châtre, 2026 ».",
            "people_shown": "Cochez si l'on peut reconnaître quelqu'un : son accord écrit est alors nécessaire.",
        }

    def save(self, commit=True):
        """A new file is written by the named write; words alone are saved as usual."""
        source = getattr(self.cleaned_data.get("image"), "picture", None)
        if source is None or not commit:
            return super().save(commit)
        return save_picture(picture=self.instance, source=source)

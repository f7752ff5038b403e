"""Fields of rich text in the editors' forms: cleaned on every save, whatever was pasted."""

from django import forms

from guide.core import rich_text

HELP = "Titres, listes et liens. Un texte collé depuis un traitement de texte garde ses mots et perd sa mise en forme."
TOO_DEEP = "Ce texte imbrique trop d'éléments les uns dans les autres. Collez-le sans sa mise en forme."


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

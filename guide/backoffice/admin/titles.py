"""Titles of the administration's pages: the name of what is edited, and not "Select the object to change"."""

import json

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.utils.text import capfirst

from guide.core.french import indefinite


class NamedFormSet(InlineAdminFormSet):
    """Rows of a form, added by « Ajouter une photo »."""

    def inline_formset_data(self):
        """As Django's, with our words on the link."""
        data = json.loads(super().inline_formset_data())
        data["options"]["addText"] = f"Ajouter {indefinite(str(self.opts.verbose_name))}"
        return json.dumps(data)


class TitledAdmin(admin.ModelAdmin):
    """Each page under the name of its kind. `nothing` is what an empty list says."""

    nothing = "Rien ici pour l'instant."

    def changelist_view(self, request, extra_context=None):
        """The list under its own name."""
        words = {
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "add_label": f"Ajouter {indefinite(str(self.opts.verbose_name))}",
            "nothing": self.nothing,
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        """« Ajouter une actualité »."""
        title = f"Ajouter {indefinite(str(self.opts.verbose_name))}"
        return super().add_view(request, form_url, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The kind; the name of the sheet stands under it."""
        title = capfirst(str(self.opts.verbose_name))
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Django builds its own class here, and leaves no other place to say ours."""
        found = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for formset in found:
            formset.__class__ = NamedFormSet
        return found

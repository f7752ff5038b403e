"""Titles of the administration's pages: the name of what is edited, and not "Select the object to change"."""

from django.contrib import admin
from django.utils.text import capfirst


class TitledAdmin(admin.ModelAdmin):
    """Each page under the name of its kind: French would need an article that Django's own sentences do not have."""

    def changelist_view(self, request, extra_context=None):
        """The list under its own name."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        """« Ajouter : actualité »."""
        title = f"Ajouter\u00a0: {self.opts.verbose_name}"
        return super().add_view(request, form_url, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The kind; the name of the sheet stands under it."""
        title = capfirst(str(self.opts.verbose_name))
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

"""The admin site: its titles, and autocompletions that tell homonyms apart."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView


class LabelledAutocomplete(AutocompleteJsonView):
    """Offers the label that the model's admin page gives (`autocomplete_label`), else the object's own."""

    def serialize_result(self, obj, to_field_name):
        """One choice of the list."""
        result = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "autocomplete_label", None)
        return {**result, "text": label(obj)} if label else result


class GuideAdminSite(AdminSite):
    """The administration of the guide."""

    site_title = settings.SITE_NAME
    site_header = f"{settings.SITE_NAME} : administration"
    index_title = "Contenus et imports"

    def autocomplete_view(self, request):
        """Choices of a foreign key, as JSON."""
        return LabelledAutocomplete.as_view(admin_site=self)(request)

"""The admin site: its titles, and autocompletions that tell homonyms apart."""

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db import DataError
from django.urls import reverse

from guide.backoffice.bases.perimeter import offered
from guide.backoffice.pages import invitations, sheets
from guide.backoffice.upkeep import board
from guide.core.french import fold, indefinite
from guide.core.models import Publishable
from guide.portal import manual
from guide.portal.imports import views as imports


class LabelledAutocomplete(AutocompleteJsonView):
    """Offers what the perimeter lets the user choose.

    Each choice has the label that the model's admin page gives (`autocomplete_label`), else the object's own.
    """

    def get_queryset(self):
        """As Django's, from the choices of the field and not from the whole list."""
        rows = offered(self.admin_site, self.request.user, self.source_field)
        rows = rows.order_by(*self.model_admin.get_ordering(self.request) or self.model_admin.opts.ordering)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        found, may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return found.distinct() if may_repeat else found

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "autocomplete_label", None)
        return {**result, "text": label(obj)} if label else result


class GuideAdminSite(AdminSite):
    """The administration of the guide."""

    site_title = settings.SITE_NAME
    site_header = f"{settings.SITE_NAME} : administration"
    index_title = "Que faire aujourd'hui"

    def admin_view(self, view, cacheable=False):
        """As Django's; a value that the database cannot hold (a null character, a number of 30 digits) is a bad
        request, wherever no form has checked it: a filter typed in the address, a list of rows sent by hand."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            try:
                return inner(request, *args, **kwargs)
            except (DataError, OverflowError) as error:
                raise BadRequest("a value that the database cannot hold") from error

        return guarded

    def each_context(self, request):
        """What every page shows: the way to the imports, for whoever may run one."""
        return {**super().each_context(request), "may_import": bool(imports.allowed(request.user))}

    def get_urls(self):
        return [
            *manual.urls(self),
            *imports.urls(self),
            *sheets.urls(self),
            *invitations.urls(self),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        extra = {"blocks": board.blocks(self, request.user), "addable": self._addable(request)}
        return super().index(request, {**(extra_context or {}), **extra})

    def _addable(self, request) -> list[tuple[str, str]]:
        """The kinds of sheets that this person may add, as (« une structure », address), by name."""
        pages = [page for model, page in self._registry.items() if issubclass(model, Publishable)]
        found = [
            (indefinite(str(page.opts.verbose_name)), reverse(f"admin:{page.opts.label_lower.replace('.', '_')}_add"))
            for page in pages
            if page.has_add_permission(request)
        ]
        return sorted(found, key=lambda pair: fold(pair[0].partition(" ")[2]))

    def autocomplete_view(self, request):
        return LabelledAutocomplete.as_view(admin_site=self)(request)

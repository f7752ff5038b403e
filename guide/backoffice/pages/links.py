"""Links that sheets show, as the last check found them."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.models import LinkCheck
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import about_sheets_within
from guide.backoffice.upkeep.others import links_within

MAX_USES = 50


class LinkCheckAdmin(GuideAdmin):
    """The background work of the night writes these rows; editors read them and correct the sheets."""

    list_display = ["url", "state", "message", "failing_since", "checked_at"]
    list_filter = ["state"]
    search_fields = ["url"]
    list_per_page = 50
    read_only, actions = True, None
    nothing = "Aucun lien n'a encore été essayé : le site les essaie chaque nuit."
    fields = readonly_fields = [
        "open_it", "state", "message", "http_status", "failures", "failing_since", "checked_at", "where",
    ]  # fmt: skip

    def get_queryset(self, request):
        rows = links_within(self.admin_site, request.user)
        return rows.order_by(*self.get_ordering(request) or self.opts.ordering)

    def has_view_permission(self, request, obj=None):
        """Every role, for the links of its own sheets."""
        if reach_of(request.user).role is None or not super().has_view_permission(request, obj):
            return False
        return obj is None or links_within(self.admin_site, request.user).filter(pk=obj.pk).exists()

    @admin.display(description="adresse")
    def open_it(self, link: LinkCheck):
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', link.url)

    def get_object(self, request, object_id, from_field=None):
        link = super().get_object(request, object_id, from_field)
        if link is not None:
            uses = about_sheets_within(self.admin_site, request.user, link.uses.order_by("pk"))
            link.seen_uses = list(uses.prefetch_related("sheet")[:MAX_USES])
        return link

    @admin.display(description="fiches qui la montrent")
    def where(self, link: LinkCheck):
        rows = ((self._page(use), use.sheet, use.field) for use in link.seen_uses if use.sheet is not None)
        return format_html_join("", '<p><a href="{}">{}</a>\u00a0: {}</p>', rows) or "aucune fiche de votre périmètre"

    def _page(self, use) -> str:
        kind = use.content_type
        try:
            return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[use.object_id])
        except NoReverseMatch:
            return ""

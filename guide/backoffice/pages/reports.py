"""Admin pages of what imports and background work leave: reports, rows left out, old addresses, tasks, links tried."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from guide.backoffice.bases.parts import paragraphs, section
from guide.backoffice.bases.perimeter import GuideAdmin, PerimeterAdmin
from guide.backoffice.models import LinkCheck
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.blocks import links_within
from guide.backoffice.upkeep.board import about_sheets_within, page_of
from guide.core.background.models import Task
from guide.core.enums import ImportOutcome
from guide.core.french import number
from guide.core.imports.engine import LABELS
from guide.core.models import ImportReject, ImportRun, SlugRedirect

MAX_REJECTS = 50


@admin.register(ImportRun)
class ImportRunAdmin(PerimeterAdmin):
    """The report of each import, as the command line prints it."""

    read_only, actions = True, None
    list_display = ["started_at", "importer", "outcome", "file_name", "source_date", "written", "rejected", "by"]
    list_filter = ["outcome", "importer"]
    list_select_related = ["by"]
    search_fields = ["file_name", "source", "message"]
    date_hierarchy = "started_at"
    fieldsets = [
        (None, {"fields": ["importer", "outcome", "message", "started_at", "finished_at", "by"]}),
        section("Livraison", "file_name file_sha256 source source_url source_date licence"),
        section("Bilan", "summary changes kept missing notices reject_list"),
    ]
    readonly_fields = ["summary", "changes", "kept", "missing", "notices", "reject_list"]

    @admin.display(description="créées ou modifiées")
    def written(self, run: ImportRun) -> str:
        count = number(run.counts.get("created", 0) + run.counts.get("updated", 0))
        return f"{count} (simulé)" if run.outcome == ImportOutcome.PREVIEWED else count

    @admin.display(description="rejetées")
    def rejected(self, run: ImportRun) -> str:
        return number(run.counts.get("rejected", 0))

    @admin.display(description="décompte")
    def summary(self, run: ImportRun):
        return paragraphs(f"{label} : {number(run.counts.get(name, 0))}" for name, label in LABELS.items())

    @admin.display(description="changements (les premiers)")
    def changes(self, run: ImportRun):
        return paragraphs(run.details.get("changes", []))

    @admin.display(description="champs gardés, corrigés à la main")
    def kept(self, run: ImportRun):
        return paragraphs(
            f"{identifier}, {field} : « {current} » gardé (proposé : « {offered} »)"
            for identifier, field, current, offered in run.details.get("kept", [])
        )

    @admin.display(description="absentes de la livraison")
    def missing(self, run: ImportRun):
        return paragraphs(run.details.get("missing", []))

    @admin.display(description="remarques (les premières)")
    def notices(self, run: ImportRun):
        notices = run.details.get("notices", [])
        return paragraphs(f"ligne {line}, {identifier}\u00a0: {message}" for line, identifier, message in notices)

    @admin.display(description="lignes rejetées")
    def reject_list(self, run: ImportRun):
        rejects = list(run.rejects.all()[:MAX_REJECTS])
        address = f"{reverse('admin:core_importreject_changelist')}?{urlencode({'run__id__exact': run.pk})}"
        lines = paragraphs(f"ligne {r.line}, {r.identifier} : {r.message}" for r in rejects)
        return (
            format_html('{}<p><a href="{}">Toutes les lignes rejetées</a></p>', lines, address) if rejects else lines
        )


@admin.register(ImportReject)
class ImportRejectAdmin(PerimeterAdmin):
    """Rows that imports left out, by reason."""

    read_only, actions = True, None
    list_display = ["run", "line", "identifier", "reason", "message"]
    list_display_links = ["line"]
    list_filter = ["reason", "run__importer"]
    list_select_related = ["run"]
    search_fields = ["identifier", "message"]


@admin.register(SlugRedirect)
class SlugRedirectAdmin(PerimeterAdmin):
    """Addresses that sheets had before."""

    read_only, actions = True, None
    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]


@admin.register(Task)
class TaskAdmin(PerimeterAdmin):
    """`manage.py run_tasks` writes these rows."""

    read_only, actions = True, None
    list_display = ["kind", "state", "run_after", "started_at", "finished_at", "attempts", "message", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["message", "last_error"]
    list_per_page = 50
    fields = [
        "kind", "key", "state", "message", "last_error", "progress", "created_at", "run_after", "started_at",
        "finished_at", "attempts", "max_attempts", "held_by", "seen_at",
    ]  # fmt: skip


MAX_USES = 50


@admin.register(LinkCheck)
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
        uses = [use for use in link.seen_uses if use.sheet is not None]
        rows = ((page_of(type(use.sheet), use.object_id), use.sheet, use.field) for use in uses)
        return format_html_join("", '<p><a href="{}">{}</a>\u00a0: {}</p>', rows) or "aucune fiche de votre périmètre"

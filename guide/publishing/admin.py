"""Bases of the admin pages, import reports and old addresses."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode

from guide.publishing import content_version
from guide.publishing.backoffice import users
from guide.publishing.backoffice.days import DayField, MomentField
from guide.publishing.backoffice.exporting import ExportMixin
from guide.publishing.backoffice.freshness import FreshnessMixin
from guide.publishing.backoffice.history import HistoryReachMixin
from guide.publishing.backoffice.life_cycle import LifeCycleMixin
from guide.publishing.backoffice.links import LinkCheckAdmin
from guide.publishing.backoffice.perimeter import PerimeterMixin
from guide.publishing.backoffice.proposals import ProposalAdmin
from guide.publishing.backoffice.reading import ReadOnlyMixin
from guide.publishing.backoffice.titles import TitledAdmin
from guide.publishing.conflicts.admin import GuardedAdmin
from guide.publishing.enums import ImportOutcome
from guide.publishing.french import number
from guide.publishing.history.admin import HistoryAdmin
from guide.publishing.history.bin import DeletedSheetAdmin
from guide.publishing.imports.report import LABELS
from guide.publishing.models import ImportReject, ImportRun, LinkCheck, Proposal, Publishable, SlugRedirect

__all__ = [
    "DeletedSheetAdmin",
    "GuideModelAdmin",
    "ImportRejectAdmin",
    "ImportRunAdmin",
    "PublishedContentAdmin",
    "ReadOnlyAdmin",
    "SheetAdmin",
    "SlugRedirectAdmin",
    "paragraphs",
]
MAX_REJECTS = 50


class GuideModelAdmin(ExportMixin, PerimeterMixin, TitledAdmin):
    """Common base: perimeters, exports, no count of whole tables; web addresses typed without a scheme are https, and
    days have a year that somebody can mean."""

    show_full_result_count = False
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.DateTimeField: {"form_class": MomentField},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A choice deletes nothing, and a person in charge is chosen among the accounts there are."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
            if db_field.related_model is get_user_model():
                widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return formfield

    def response_action(self, request, queryset):
        """An action on the rows chosen in the list; what is no key of a row is a bad request."""
        for text in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.clean(text, None)
            except ValidationError as error:
                raise BadRequest("not a key") from error
        return super().response_action(request, queryset)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; when somebody took the same address between its check and its write, it is checked again."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)


class PublishedContentAdmin(HistoryReachMixin, GuardedAdmin, HistoryAdmin, GuideModelAdmin):
    """A page whose writes visitors can see: each raises the content version, says who made it, leaves a version."""

    def save_model(self, request, obj, form, change):
        """Save, with the author of a sheet."""
        if isinstance(obj, Publishable):
            obj.updated_by = request.user
            if not change:
                obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Raise the content version last, in the transaction of the whole form."""
        super().save_related(request, form, formsets, change)
        content_version.bump()

    def delete_model(self, request, obj):
        """Delete one row."""
        with transaction.atomic():
            super().delete_model(request, obj)
            content_version.bump()

    def delete_queryset(self, request, queryset):
        """Delete the rows chosen in the list."""
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            content_version.bump()


class SheetAdmin(FreshnessMixin, LifeCycleMixin, PublishedContentAdmin):
    """A sheet with its life cycle: buttons, list actions, preview, comments, and how old its last check is."""


class ReadOnlyAdmin(ReadOnlyMixin, GuideModelAdmin):
    """Rows that imports write and that staff read."""

    actions = None


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """The report of each import, as the command line prints it."""

    list_display = ["started_at", "importer", "outcome", "file_name", "source_date", "written", "rejected", "by"]
    list_filter = ["outcome", "importer"]
    list_select_related = ["by"]
    search_fields = ["file_name", "source", "message"]
    date_hierarchy = "started_at"
    fieldsets = [
        (None, {"fields": ["importer", "outcome", "message", "started_at", "finished_at", "by"]}),
        ("Livraison", {"fields": ["file_name", "file_sha256", "source", "source_url", "source_date", "licence"]}),
        ("Bilan", {"fields": ["summary", "changes", "kept", "missing", "notices", "reject_list"]}),
    ]
    readonly_fields = ["summary", "changes", "kept", "missing", "notices", "reject_list"]

    @admin.display(description="créées ou modifiées")
    def written(self, run: ImportRun) -> str:
        """Rows written, or that would be."""
        count = number(run.counts.get("created", 0) + run.counts.get("updated", 0))
        return f"{count} (simulé)" if run.outcome == ImportOutcome.PREVIEWED else count

    @admin.display(description="rejetées")
    def rejected(self, run: ImportRun) -> str:
        """Rows left out."""
        return number(run.counts.get("rejected", 0))

    @admin.display(description="décompte")
    def summary(self, run: ImportRun):
        """The counts with their names."""
        return paragraphs(f"{label} : {number(run.counts.get(name, 0))}" for name, label in LABELS.items())

    @admin.display(description="changements (les premiers)")
    def changes(self, run: ImportRun):
        """The first changes."""
        return paragraphs(run.details.get("changes", []))

    @admin.display(description="champs gardés, corrigés à la main")
    def kept(self, run: ImportRun):
        """Fields that the import left as an editor had written them."""
        return paragraphs(
            f"{identifier}, {field} : « {current} » gardé (proposé : « {offered} »)"
            for identifier, field, current, offered in run.details.get("kept", [])
        )

    @admin.display(description="absentes de la livraison")
    def missing(self, run: ImportRun):
        """Identifiers that the delivery no longer has."""
        return paragraphs(run.details.get("missing", []))

    @admin.display(description="remarques (les premières)")
    def notices(self, run: ImportRun):
        """Rows taken, with something to know of them."""
        notices = run.details.get("notices", [])
        return paragraphs(f"ligne {line}, {identifier}\u00a0: {message}" for line, identifier, message in notices)

    @admin.display(description="lignes rejetées")
    def reject_list(self, run: ImportRun):
        """The first rejects, and the way to all of them."""
        rejects = list(run.rejects.all()[:MAX_REJECTS])
        address = f"{reverse('admin:publishing_importreject_changelist')}?{urlencode({'run__id__exact': run.pk})}"
        lines = paragraphs(f"ligne {r.line}, {r.identifier} : {r.message}" for r in rejects)
        return (
            format_html('{}<p><a href="{}">Toutes les lignes rejetées</a></p>', lines, address) if rejects else lines
        )


@admin.register(ImportReject)
class ImportRejectAdmin(ReadOnlyAdmin):
    """Rows that imports left out, by reason."""

    list_display = ["run", "line", "identifier", "reason", "message"]
    list_display_links = ["line"]
    list_filter = ["reason", "run__importer"]
    list_select_related = ["run"]
    search_fields = ["identifier", "message"]


@admin.register(SlugRedirect)
class SlugRedirectAdmin(ReadOnlyAdmin):
    """Addresses that sheets had before."""

    list_display = ["old_slug", "new_slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["old_slug", "new_slug"]


def paragraphs(texts):
    """Texts one under the other, escaped."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts)) or "aucune"


admin.site.register(LinkCheck, LinkCheckAdmin)
admin.site.register(Proposal, ProposalAdmin)
users.register(admin.site)

"""Bases of the admin pages."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.html import format_html_join

from guide.backoffice.admin.days import DayField, MomentField
from guide.backoffice.admin.exporting import ExportMixin
from guide.backoffice.admin.freshness import FreshnessMixin
from guide.backoffice.admin.history import HistoryReachMixin
from guide.backoffice.admin.life_cycle import LifeCycleMixin
from guide.backoffice.admin.perimeter import PerimeterMixin
from guide.backoffice.admin.reading import ReadOnlyMixin
from guide.backoffice.admin.titles import TitledAdmin
from guide.backoffice.conflicts.admin import GuardedAdmin
from guide.backoffice.history.admin import HistoryAdmin
from guide.core import content_version
from guide.core.models import Publishable


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


def paragraphs(texts):
    """Texts one under the other, escaped."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts)) or "aucune"

"""Admin pages of sheets: their state changes by buttons and actions, their preview and comments are at hand."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from guide.backoffice import previews
from guide.backoffice.actions import STEPS
from guide.backoffice.life_cycle import TRANSITIONS, Transition, steps_from, steps_of
from guide.backoffice.models import EditorComment
from guide.backoffice.perimeter import reach_of
from guide.core.enums import Status
from guide.core.french import plural

STEP = "_transition"
# What a contributor reads in the form, and does not decide.
EDITORIAL_FIELDS = ("publish_at", "unpublish_at", "responsible")


class StepRefused(Exception):
    """A step that cannot be taken from the list; the message is for the editor."""


class LifeCycleMixin:
    """Of a Publishable: the state is never a field of the form."""

    change_form_template = "admin/sheet_change_form.html"
    view_on_site = False

    def get_readonly_fields(self, request, obj=None):
        """The state is changed by buttons, publication dates by those who may publish."""
        kept = () if reach_of(request.user).is_editor else EDITORIAL_FIELDS
        return [*super().get_readonly_fields(request, obj), "status", *kept]

    def get_actions(self, request):
        """The steps that the role of the user may take, after the other actions."""
        actions = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET or not self.has_change_permission(request):
            return actions
        steps = steps_of(reach_of(request.user).role)
        return actions | {step.name: (_action(step), step.name, step.action) for step in steps}

    def move(self, request, step: Transition, queryset) -> int:
        """Take one step with these sheets; returns how many moved."""
        return STEPS[step.name](sheets=queryset, by=request.user)

    def move_many(self, request, step: Transition, queryset) -> int:
        """As `move`, for the sheets chosen in the list; StepRefused says why a model does not take it there."""
        return self.move(request, step, queryset)

    def move_chosen(self, request, step: Transition, queryset) -> None:
        """Take one step with the sheets chosen in the list, and say what came of it."""
        chosen = queryset.count()
        try:
            moved = self.move_many(request, step, queryset)
        except StepRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return
        level = messages.SUCCESS if moved else messages.WARNING
        text = f"{plural(moved, 'fiche')} {step.done[moved > 1]}."
        if left := chosen - moved:
            verb = "n'étaient" if left > 1 else "n'était"
            text += f" {plural(left, 'fiche')} {verb} pas dans un état qui le permet."
        self.message_user(request, text, level)

    def save_related(self, request, form, formsets, change):
        """After the form, in its transaction: the step that the button asked for."""
        super().save_related(request, form, formsets, change)
        if step := self._asked(request, form.instance):
            self.move(request, step, self.model._base_manager.filter(pk=form.instance.pk))
            form.instance.refresh_from_db(fields=["status", "status_since", "unpublish_at"])

    def _asked(self, request, sheet) -> Transition | None:
        name = request.POST.get(STEP)
        if not name:
            return None
        step = TRANSITIONS.get(name)
        if step is None or not step.starts_from(sheet.status, reach_of(request.user).role):
            raise PermissionDenied("Cette fiche a changé d'état depuis, ou votre rôle ne permet pas ce changement.")
        return step

    def response_add(self, request, obj, post_url_continue=None):
        """After a step, the page of the sheet in its new state."""
        return self._after_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        """After a step, the page of the sheet in its new state."""
        return self._after_step(request, obj) or super().response_change(request, obj)

    def _after_step(self, request, obj):
        step = TRANSITIONS.get(request.POST.get(STEP))
        if step is None or IS_POPUP_VAR in request.POST:
            return None
        self.message_user(request, self._told(step, obj), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        )

    def _told(self, step: Transition, sheet) -> str:
        """What the step did; where visitors see the sheet from now on, the way to its page."""
        told = f"«\u00a0{sheet}\u00a0»\u00a0: fiche {step.done[0]}."
        address = self._public_address(sheet)
        return format_html('{} <a href="{}">Voir sa page publique</a>', told, address) if address else told

    def _public_address(self, sheet) -> str:
        """Where visitors read this sheet; empty while they do not, or when it has no page of its own."""
        if (
            not hasattr(sheet, "get_absolute_url")
            or not self.model._default_manager.live().filter(pk=sheet.pk).exists()
        ):
            return ""
        return sheet.get_absolute_url()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the buttons of the steps, the addresses of the preview and the comments."""
        context |= {"steps": self._steps(request, obj), "step_name": STEP, "show_save_and_add_another": False}
        if obj:
            context |= self._beside(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _steps(self, request, sheet) -> list[Transition]:
        """The buttons: none on a sheet that is only read; a new one is not archived before it exists."""
        role = reach_of(request.user).role
        if sheet:
            return steps_from(sheet.status, role) if self.has_change_permission(request, sheet) else []
        steps = steps_from(self.model._meta.get_field("status").default, role)
        return [step for step in steps if step.target != Status.ARCHIVED]

    def _beside(self, sheet) -> dict:
        place = [self.opts.app_label, self.opts.model_name, sheet.pk]
        has_preview = previews.has_preview(self.model)
        return {
            "public_address": self._public_address(sheet),
            "preview_address": reverse("backoffice:preview", args=place) if has_preview else "",
            "partner_address": reverse("backoffice:partner_link", args=place) if has_preview else "",
            "comments": EditorComment.objects.about(sheet).select_related("author", "resolved_by"),
            "comments_address": reverse("admin:sheet_comments", args=place),
        }


def _action(step: Transition) -> Callable:
    def act(page: admin.ModelAdmin, request, queryset):
        page.move_chosen(request, step, queryset)

    return act

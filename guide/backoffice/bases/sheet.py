"""Admin pages of sheets: their state changes by buttons and actions; their preview, their comments and the age of
their last check are at hand."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from guide.backoffice import previews
from guide.backoffice.actions import mark_verified, move
from guide.backoffice.bases.parts import ChargeFilter, EndFilter, FreshnessFilter, check_past
from guide.backoffice.bases.written import WrittenAdmin
from guide.backoffice.life_cycle import STEP, TRANSITIONS, Transition, steps_from, steps_of
from guide.backoffice.models import EditorComment
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import page_of
from guide.backoffice.upkeep.invitations import may_invite
from guide.backoffice.writing import Stop
from guide.core.enums import Status
from guide.core.french import plural

VERIFIED = "_verified"
# What a contributor reads in the form, and does not decide.
EDITORIAL_FIELDS = ("publish_at", "unpublish_at", "responsible")


class SheetAdmin(WrittenAdmin):
    """Of a Publishable: the state is never a field of the form."""

    change_form_template = "admin/sheet_change_form.html"
    view_on_site = False

    # --- the list ----------------------------------------------------------------------------------------------------

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), FreshnessFilter, ChargeFilter, EndFilter]

    def get_actions(self, request):
        """« Toujours à jour » first, for editors; the steps that the role may take last."""
        actions = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET or not self.has_change_permission(request):
            return actions
        reach = reach_of(request.user)
        verify = {"mark_verified": (_mark, "mark_verified", "Toujours à jour (vérifiées aujourd'hui)")}
        steps = {step.name: (_action(step), step.name, step.action) for step in steps_of(reach.role)}
        return (verify if reach.is_editor else {}) | actions | steps

    # --- the form ----------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request, obj=None):
        kept = () if reach_of(request.user).is_editor else EDITORIAL_FIELDS
        return [*super().get_readonly_fields(request, obj), "status", *kept]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "verified_on" and formfield is not None:
            formfield.validators.append(check_past)
        return formfield

    def save_form(self, request, form, change):
        """The sheet with what was typed, and the date of the check that the button says was made."""
        sheet = super().save_form(request, form, change)
        if VERIFIED in request.POST:
            if not self._may_verify(request, sheet if change else None):
                raise PermissionDenied("Votre rôle ne permet pas de dire qu'une fiche est à jour.")
            sheet.verified_on = timezone.localdate()
        return sheet

    def _may_verify(self, request, sheet=None) -> bool:
        return reach_of(request.user).is_editor and self.has_change_permission(request, sheet)

    def step_asked(self, request):
        name = request.POST.get(STEP)
        if name and name not in TRANSITIONS:
            raise PermissionDenied
        return TRANSITIONS[name] if name else None

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after_step(request, obj) or super().response_change(request, obj)

    def _after_step(self, request, obj):
        """After a step, the page of the sheet in its new state."""
        step = self.step_asked(request)
        if step is None or IS_POPUP_VAR in request.POST:
            return None
        self.message_user(request, self._told(step, obj), messages.SUCCESS)
        return HttpResponseRedirect(page_of(self.model, obj.pk))

    def _told(self, step: Transition, sheet) -> str:
        """What the step did; where visitors see the sheet from now on, the way to its page."""
        told = f"«\u00a0{sheet}\u00a0»\u00a0: fiche {step.done[0]}."
        address = self._public_address(sheet)
        return format_html('{} <a href="{}">Voir sa page publique</a>', told, address) if address else told

    # --- beside the form ---------------------------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"steps": self._steps(request, obj), "step_name": STEP, "show_save_and_add_another": False}
        context |= {"verified_name": VERIFIED if change and self._may_verify(request, obj) else ""}
        if obj:
            context |= self._beside(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _steps(self, request, sheet) -> list[Transition]:
        """The buttons: none on a sheet that is only read; a new one is not archived before it exists."""
        role = reach_of(request.user).role
        if sheet:
            return steps_from(sheet.status, role) if self.has_change_permission(request, sheet) else []
        steps = steps_from(self.model._meta.get_field("status").default, role)
        return [step for step in steps if step.target != Status.ARCHIVED]

    def _beside(self, request, sheet) -> dict:
        place = [self.opts.app_label, self.opts.model_name, sheet.pk]
        has_preview = previews.has_preview(self.model)
        invites = may_invite(request.user, sheet) and self.has_change_permission(request, sheet)
        return {
            "public_address": self._public_address(sheet),
            "preview_address": reverse("backoffice:preview", args=place) if has_preview else "",
            "partner_address": reverse("backoffice:partner_link", args=place) if has_preview else "",
            "invitations_address": reverse("admin:sheet_invitations", args=place) if invites else "",
            "comments": EditorComment.objects.about(sheet).select_related("author", "resolved_by"),
            "comments_address": reverse("admin:sheet_comments", args=place),
        }

    def _public_address(self, sheet) -> str:
        """Where visitors read this sheet; empty while they do not, or when it has no page of its own."""
        is_read = hasattr(sheet, "get_absolute_url") and self.model._default_manager.live().filter(pk=sheet.pk)
        return sheet.get_absolute_url() if is_read else ""


def _action(step: Transition) -> Callable:
    """The action of a list that takes one step with the sheets chosen, and says what came of it."""

    def act(page: SheetAdmin, request, queryset) -> None:
        chosen = queryset.count()
        moved = move(step, sheets=queryset, by=request.user)
        if isinstance(moved, Stop):
            page.message_user(request, " ".join(moved.messages), messages.ERROR)
            return
        level = messages.SUCCESS if moved else messages.WARNING
        text = f"{plural(moved, 'fiche')} {step.done[moved > 1]}."
        if left := chosen - moved:
            verb = "n'étaient" if left > 1 else "n'était"
            text += f" {plural(left, 'fiche')} {verb} pas dans un état qui le permet."
        page.message_user(request, text, level)

    return act


def _mark(page: SheetAdmin, request, queryset) -> None:
    marked = mark_verified(sheets=queryset, by=request.user)
    page.message_user(
        request, f"{plural(marked, 'fiche')} à jour\u00a0: vérification datée d'aujourd'hui.", messages.SUCCESS
    )

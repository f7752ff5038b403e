"""Taking a testimonial off the site at its author's request: a letter or a call, where the signed link was lost."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from guide.backoffice.perimeter import reach_of
from guide.editorial.testimonials.actions import withdraw_testimonial


class WithdrawalMixin(admin.ModelAdmin):
    """Before the other bases of the page of the testimonials: the button, and the page that asks once more.

    Whoever may edit what is published may do it: the region, and the department in whose perimeter it lies.
    """

    change_form_template = "admin/editorial/testimonial_change_form.html"

    def get_urls(self):
        """The address of the withdrawal, before those of rows."""
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<int:pk>/retrait/", view, name="editorial_testimonial_withdraw"), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will be erased; by POST, erase it as the author's own link does."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        page = HttpResponseRedirect(reverse("admin:editorial_testimonial_change", args=[pk]))
        if row.withdrawn_at:
            messages.info(request, "Ce témoignage a déjà été retiré.")
            return page
        if not self._may_withdraw(request, row):
            raise PermissionDenied("Votre rôle ne permet pas de retirer un témoignage.")
        if request.method == "POST":
            withdraw_testimonial(pk=pk, by=request.user)
            messages.success(
                request, "Témoignage retiré\u00a0: le texte, le nom, le portrait et l'historique sont effacés."
            )
            return page
        context = {
            **self.admin_site.each_context(request),
            "title": "Retirer à la demande de l'auteur",
            "opts": self.opts,
            "original": row,
            "from_file": bool(row.provenance),
        }
        return TemplateResponse(request, "admin/editorial/testimonial_withdraw.html", context)

    def _may_withdraw(self, request, row) -> bool:
        return reach_of(request.user).is_editor and self.has_change_permission(request, row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the button, for those who may press it."""
        shown = obj is not None and self._may_withdraw(request, obj)
        context |= {
            "withdrawal_address": reverse("admin:editorial_testimonial_withdraw", args=[obj.pk]) if shown else ""
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

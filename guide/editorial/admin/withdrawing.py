"""Taking a testimonial off the site at its author's request: a letter or a call, where the signed link was lost."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from guide.backoffice.perimeter import reach_of
from guide.editorial.models import Testimonial
from guide.editorial.testimonials.actions import withdraw_testimonial


def may_withdraw(page: ModelAdmin, request: HttpRequest, row: Testimonial) -> bool:
    """Whoever may edit what is published may do it: the region, and the department in whose perimeter it lies."""
    return reach_of(request.user).is_editor and page.has_change_permission(request, row)


def withdraw_view(page: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What will be erased; by POST, erase it as the author's own link does."""
    row = page.get_object(request, str(pk))
    if row is None:
        raise Http404
    form = HttpResponseRedirect(reverse("admin:editorial_testimonial_change", args=[pk]))
    if row.withdrawn_at:
        messages.info(request, "Ce témoignage a déjà été retiré.")
        return form
    if not may_withdraw(page, request, row):
        raise PermissionDenied("Votre rôle ne permet pas de retirer un témoignage.")
    if request.method == "POST":
        withdraw_testimonial(pk=pk, by=request.user)
        messages.success(
            request, "Témoignage retiré\u00a0: le texte, le nom, le portrait et l'historique sont effacés."
        )
        return form
    context = {
        **page.admin_site.each_context(request),
        "title": "Retirer à la demande de l'auteur",
        "opts": page.opts,
        "original": row,
        "from_file": bool(row.provenance),
    }
    return TemplateResponse(request, "admin/editorial/testimonial_withdraw.html", context)

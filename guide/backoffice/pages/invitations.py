"""Inviting the people that a sheet speaks of to confirm it: the link to copy, the mail, the end of a link."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from guide.backoffice import actions
from guide.backoffice.enums import InvitationState
from guide.backoffice.models import Invitation
from guide.backoffice.pages.sheets import sheet_to_change
from guide.backoffice.upkeep import invitations
from guide.core.models import Publishable

MAX_PAST = 10


class InvitationForm(forms.Form):
    """To whom the link is mailed; to nobody when it is only copied."""

    email = forms.EmailField(
        label="Courriel",
        required=False,
        help_text="Laissez vide pour créer le lien sans l'envoyer\u00a0: vous le copierez vous-même.",
    )


def urls(site: AdminSite) -> list:
    """Addresses of these pages, behind the login of the administration."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    def sheet_invitations(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = sheet_to_change(site, request, app_label, model_name, pk)
        if not invitations.is_invitable(page.model):
            raise Http404
        if not invitations.may_invite(request.user, sheet):
            raise PermissionDenied
        form = InvitationForm(request.POST or None, initial={"email": invitations.email_of(sheet)})
        if request.method == "POST" and _done(request, sheet, form):
            place = [page.opts.app_label, page.opts.model_name, sheet.pk]
            return HttpResponseRedirect(reverse("admin:sheet_invitations", args=place))
        return TemplateResponse(request, "admin/invitations.html", _context(site, request, page, sheet, form))

    return [
        path(
            "invitations/<slug:app_label>/<slug:model_name>/<int:pk>/",
            site.admin_view(sheet_invitations),
            name="sheet_invitations",
        )
    ]


def _done(request: HttpRequest, sheet: Publishable, form: InvitationForm) -> bool:
    """Do what the button asks; False when the form is to be shown again."""
    if "revoke" in request.POST:
        for one in Invitation.objects.about(sheet).filter(state=InvitationState.SENT):
            actions.revoke(invitation=one)
        messages.success(request, "Le lien est annulé\u00a0: il n'ouvre plus la fiche.")
        return True
    if not form.is_valid():
        return False
    email = form.cleaned_data["email"]
    try:
        actions.invite(sheet=sheet, by=request.user, email=email)
    except OSError:
        form.add_error("email", "Le courriel n'est pas parti. Créez le lien sans l'envoyer, et copiez-le.")
        return False
    messages.success(request, f"Invitation envoyée à {email}." if email else "Lien créé\u00a0: copiez-le ci-dessous.")
    return True


def _context(site: AdminSite, request: HttpRequest, page: ModelAdmin, sheet: Publishable, form) -> dict:
    past = list(Invitation.objects.about(sheet).select_related("author")[:MAX_PAST])
    current = next((one for one in past if one.state == InvitationState.SENT), None)
    return {
        **site.each_context(request),
        "title": "Inviter à confirmer la fiche",
        "opts": page.opts,
        "original": sheet,
        "form": form,
        "past": past,
        "current": current,
        "link": invitations.link_of(current) if current else "",
        "life": invitations.LINK_LIFE.days,
    }

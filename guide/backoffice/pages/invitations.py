"""The two ends of an invitation to confirm a sheet: an editor makes the link, mails it and ends it; whom the sheet
speaks of confirms or corrects it."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from guide.backoffice import actions, proposals
from guide.backoffice.models import Invitation, InvitationState
from guide.backoffice.pages.sheets import SHEET, sheet_to_change
from guide.backoffice.upkeep import invitations
from guide.core.http import private
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
        page, sheet = sheet_to_change(request, app_label, model_name, pk)
        if not invitations.is_invitable(page.model):
            raise Http404
        if not invitations.may_invite(request.user, sheet):
            raise PermissionDenied
        form = InvitationForm(request.POST or None, initial={"email": invitations.email_of(sheet)})
        if request.method == "POST" and _done(request, sheet, form):
            place = [page.opts.app_label, page.opts.model_name, sheet.pk]
            return HttpResponseRedirect(reverse("admin:sheet_invitations", args=place))
        return TemplateResponse(request, "admin/invitations.html", _context(site, request, page, sheet, form))

    return [path(f"invitations/{SHEET}", site.admin_view(sheet_invitations), name="sheet_invitations")]


def _done(request: HttpRequest, sheet: Publishable, form: InvitationForm) -> bool:
    """Do what the button asks; False when the form is to be shown again."""
    if "revoke" in request.POST:
        actions.revoke(sheet=sheet)
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


class AnswerForm(forms.Form):
    """Who answers, and what no field of the sheet can hold. No field of a sheet bears these names."""

    votre_nom = forms.CharField(
        label="Votre nom et votre fonction", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    remarque = forms.CharField(
        label="Autre chose à corriger ou à signaler",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of the link and the form of its answer; a page that says so when the link is over."""
    try:
        invitation = invitations.invitation_of(token)
        return _answered(request, invitation) if request.method == "POST" else _page(request, invitation)
    except signing.BadSignature as error:
        raise Http404 from error
    except invitations.Over:
        return render(request, "backoffice/confirm_over.html", status=410)


def _answered(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Keep the answer, or show the form again with what is wrong in it."""
    if not invitations.may_try(invitation):
        return render(request, "backoffice/confirm_busy.html", status=429)
    about = AnswerForm(request.POST)
    if not about.is_valid():
        return _page(request, invitation, about, proposals.form_for(invitation.sheet, request.POST))
    # "Everything is right" says so of the page as it was sent, whatever was typed in its fields.
    values = {} if "tout_est_juste" in request.POST else request.POST.dict()
    try:
        actions.answer_invitation(
            invitation=invitation,
            values=values,
            text=about.cleaned_data["remarque"],
            name=about.cleaned_data["votre_nom"],
        )
    except ValidationError as error:
        form = proposals.form_for(invitation.sheet, request.POST)
        if not hasattr(error, "error_dict"):
            form.add_error(NON_FIELD_ERRORS, error)
        return _page(request, invitation, about, form)
    return render(request, "backoffice/confirmed.html")


def _page(
    request: HttpRequest,
    invitation: Invitation,
    about: forms.Form | None = None,
    form: forms.ModelForm | None = None,
) -> HttpResponse:
    sheet = invitation.sheet
    context = {
        "name": str(sheet),
        "facts": invitations.facts_of(sheet),
        "until": invitation.expires_at,
        "about": about or AnswerForm(),
        "form": _short(form or proposals.form_for(sheet)),
    }
    return render(request, "backoffice/confirm.html", context, status=422 if about else 200)


def _short(form: forms.ModelForm) -> forms.ModelForm:
    """The same form, its texts in boxes that leave the rest of the page in sight."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 4
    return form

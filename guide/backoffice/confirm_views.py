"""The page where a structure or a funder confirms or corrects its own sheet, by a signed link."""

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from guide.backoffice import actions, proposals
from guide.backoffice.models import Invitation
from guide.backoffice.upkeep import invitations
from guide.core.http import private


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

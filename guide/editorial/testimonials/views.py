"""Pages of the testimonials; nobody stores or indexes those of the form, of its thanks and of the actions."""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guide.core.http import client_address, page_or_fragment, private, public
from guide.editorial.enums import CONSENT_TEXT, CONSENT_VERSION
from guide.editorial.models import Testimonial
from guide.editorial.testimonials import actions, forms, pages
from guide.editorial.views import show

TOO_MANY = (
    "Trop de témoignages sont venus de votre connexion depuis une heure. Gardez votre texte, et revenez plus tard."
)


@require_safe
@public
def testimonial_list(request: HttpRequest) -> HttpResponse:
    """The list, or only its results when htmx asks for them (never when it restores its history)."""
    search = pages.TestimonialSearch.read(request)
    context = pages.list_context(search)
    return page_or_fragment(request, "testimonials/list.html", "testimonials/_results.html", context, search.address())


@require_safe
@public
def testimonial_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One testimonial."""
    live = Testimonial.objects.live().select_related("territory", "structure", "option", "portrait")
    return show(request, slug, live, "testimonials/detail.html", pages.testimonial_context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def offer(request: HttpRequest) -> HttpResponse:
    """The form; what it takes waits for an editor, and leads to the page of thanks."""
    form = forms.OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = client_address(request) or ""  # unknown ones share one count
        if not forms.may_offer(address):
            form.add_error(None, TOO_MANY)
            return render(request, "testimonials/offer.html", _offer_context(form), status=429)
        row = actions.offer_testimonial(values=form.values())
        forms.count_offer(address)
        if row.contact_email:
            actions.send_withdrawal_link(row)
        return redirect("testimonials:thanks", token=actions.token_of(row.pk))
    status = 422 if request.method == "POST" else 200
    return render(request, "testimonials/offer.html", _offer_context(form), status=status)


def _offer_context(form: forms.OfferForm) -> dict:
    return {
        "form": form,
        "fields": [form[name] for name in forms.ASKED],
        "errors": [
            (form[name].id_for_label, form[name].label, form.errors[name])
            for name in form.fields
            if name in form.errors
        ],
        "stamp": forms.stamp(),
        "consent": CONSENT_TEXT,
        "consent_version": CONSENT_VERSION,
        "breadcrumb": pages.trail("Proposer un témoignage"),
    }


@require_safe
@private
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What happens now, and the address by which the author withdraws; the cookie of the form goes."""
    row = _row(token)
    context = {
        "link": actions.withdrawal_of(row.pk),
        "mailed": bool(row.contact_email),
        "is_withdrawn": row.withdrawn_at is not None,
        "list": reverse("testimonials:list"),
        "breadcrumb": pages.trail("Merci"),
    }
    return _without_cookie(request, render(request, "testimonials/thanks.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """A confirmation, then the withdrawal; asked again, it only says that it is done."""
    row = _row(token)
    context = {
        "list": reverse("testimonials:list"),
        "name": row.name,
        "breadcrumb": pages.trail("Retirer mon témoignage"),
    }
    if request.method == "POST":
        actions.withdraw_testimonial(pk=row.pk)
    elif row.withdrawn_at is None:
        return render(request, "testimonials/withdraw.html", context)
    return _without_cookie(request, render(request, "testimonials/withdrawn.html", context))


def _row(token: str) -> Testimonial:
    try:
        return Testimonial.objects.get(pk=actions.testimonial_of(token))
    except (signing.BadSignature, Testimonial.DoesNotExist) as error:
        raise Http404 from error


def _without_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The visitor needs the form's cookie no more; an editor who is logged in keeps it for the administration."""
    if settings.CSRF_COOKIE_NAME in request.COOKIES and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite=settings.CSRF_COOKIE_SAMESITE)
    return response

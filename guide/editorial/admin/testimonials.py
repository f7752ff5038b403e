"""Admin page of the testimonials, fields in the order of the public page; their withdrawal at the author's request by
a letter or a call, where the signed link was lost."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from guide.backoffice.bases.parts import PUBLICATION, blank_filter, section
from guide.backoffice.life_cycle import STEP
from guide.backoffice.perimeter import reach_of
from guide.core.enums import Status
from guide.core.form_fields import PictureForm
from guide.core.rich_text import citations
from guide.editorial.admin.sheets import SOURCES, TEXT, EditorialAdmin
from guide.editorial.enums import Origin
from guide.editorial.models import Testimonial, TestimonialPortrait
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials.actions import withdraw_testimonial

CONSENT = ("consented_at", "consent_version", "consent_text")
NO_SOURCE = "Des propos rapportés nomment leur source : citez-la dans le texte, ou choisissez-la plus bas."


class TestimonialForm(forms.ModelForm):
    """The editors' form: an offered text is published with consent, a reported one with a source."""

    def clean(self):
        found = super().clean()
        if self.data.get(STEP) != "publish" and self.instance.status != Status.PUBLISHED:
            return found
        origin = found.get("origin", self.instance.origin)
        if origin == Origin.OFFERED and not found.get("consented_at", self.instance.consented_at):
            raise ValidationError(NO_CONSENT)
        is_sourced = found.get("references") or citations(found.get("body", ""))
        if origin == Origin.REPORTED and not is_sourced:
            raise ValidationError(NO_SOURCE)
        return found


class PortraitForm(PictureForm):
    """A portrait, with what its consent means."""

    class Meta(PictureForm.Meta):
        help_texts = PictureForm.Meta.help_texts | {
            "consent_on": "Jour de son accord écrit. Le retrait du témoignage efface le portrait et ses fichiers.",
        }


class PortraitInline(admin.StackedInline):
    """The portrait of who speaks, with words, credit and consent."""

    model = TestimonialPortrait
    form = PortraitForm
    extra = 0
    fields = ["image", ("alternative", "credit"), "consent_on", "erase"]


@admin.register(Testimonial)
class TestimonialAdmin(EditorialAdmin):
    """Testimonials. The consent of an author is a proof: it is read, and typed once for a text received on paper."""

    change_form_template = "admin/editorial/testimonial_change_form.html"
    form = TestimonialForm
    list_display = ["title", "name", "origin", "territory", "status", "status_since", "withdrawn_at"]
    list_filter = [
        "status",
        "origin",
        "stage",
        ("withdrawn_at", blank_filter("retrait", "pas retiré", "retiré par son auteur")),
    ]
    list_select_related = ["territory"]
    private_fields = ("contact_email",)
    search_fields = ["title", "name", "role", "slug"]
    readonly_fields = ["withdrawn_at", *EditorialAdmin.readonly_fields]
    autocomplete_fields = ["references", "territory", "structure", "option"]
    inlines = [PortraitInline]
    fieldsets = [
        TEXT,
        section(
            "Qui parle ?",
            "name role specialty mode stage arrival_year year",
            "Le nom est celui que l'auteur accepte de voir publié. "
            "Ce qui n'est pas connu reste vide\u00a0: la page le dit.",
        ),
        section(
            "Où",
            "territory structure option",
            "Ces liens placent le témoignage sur les pages du territoire, de la structure et de la façon d'exercer.",
        ),
        SOURCES,
        section(
            "Accord de l'auteur",
            "origin contact_email consented_at consent_version consent_text withdrawn_at",
            "Un témoignage offert ne se publie qu'avec l'accord daté de son auteur. Reçu par un "
            "autre moyen que le formulaire, recopiez ici la date et le texte de cet accord, et nommez sa version.",
        ),
        PUBLICATION,
    ]

    def get_readonly_fields(self, request, obj=None):
        given = ("origin", *CONSENT) if obj and obj.consented_at else ()  # a consent is not rewritten
        return [*super().get_readonly_fields(request, obj), *given]

    def allows(self, request, verb, obj=None):
        """Nothing is written any more on a testimonial that its author took back."""
        is_closed = verb == "change" and obj is not None and obj.withdrawn_at
        return not is_closed and super().allows(request, verb, obj)

    def get_urls(self):
        view = self.admin_site.admin_view(partial(withdraw_view, self))
        return [path("<int:pk>/retrait/", view, name="editorial_testimonial_withdraw"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        is_offered = obj is not None and may_withdraw(self, request, obj)
        address = reverse("admin:editorial_testimonial_withdraw", args=[obj.pk]) if is_offered else ""
        context["withdrawal_address"] = address
        return super().render_change_form(request, context, add, change, form_url, obj)


def may_withdraw(page: admin.ModelAdmin, request: HttpRequest, row: Testimonial) -> bool:
    """Whoever may edit what is published may do it: the region, and the department in whose perimeter it lies."""
    return reach_of(request.user).is_editor and page.has_change_permission(request, row)


def withdraw_view(page: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
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

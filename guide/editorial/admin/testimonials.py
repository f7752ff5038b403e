"""Admin page of the testimonials, fields in the order of the public page."""

from django.contrib import admin

from guide.backoffice.admin.filters import blank_filter
from guide.backoffice.admin.life_cycle import StepRefused
from guide.backoffice.erasing import ErasingMixin
from guide.core.enums import Status
from guide.core.images.forms import PictureForm
from guide.core.images.writing import taken_back_on_failure
from guide.editorial.admin.base import PUBLICATION, SOURCES, TEXT, EditorialAdmin
from guide.editorial.admin.withdrawing import WithdrawalMixin
from guide.editorial.models import Testimonial, TestimonialPortrait
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials.admin_form import CONSENT, TestimonialForm


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
class TestimonialAdmin(WithdrawalMixin, ErasingMixin, EditorialAdmin):
    """Testimonials. The consent of an author is a proof: it is read, and typed once for a text received on paper."""

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
        ("Texte", TEXT),
        (
            "Qui parle ?",
            {
                "fields": ["name", "role", "specialty", "mode", "stage", "arrival_year", "year"],
                "description": "Le nom est celui que l'auteur accepte de voir publié. "
                "Ce qui n'est pas connu reste vide\u00a0: la page le dit.",
            },
        ),
        (
            "Où",
            {
                "fields": ["territory", "structure", "option"],
                "description": "Ces liens placent le témoignage sur les pages du territoire, de la structure et de la "
                "façon d'exercer.",
            },
        ),
        SOURCES,
        (
            "Accord de l'auteur",
            {
                "fields": [
                    "origin",
                    "contact_email",
                    "consented_at",
                    "consent_version",
                    "consent_text",
                    "withdrawn_at",
                ],
                "description": "Un témoignage offert ne se publie qu'avec l'accord daté de son auteur. Reçu par un "
                "autre moyen que le formulaire, recopiez ici la date et le texte de cet accord, et nommez sa version.",
            },
        ),
        PUBLICATION,
    ]

    def get_readonly_fields(self, request, obj=None):
        """A consent that was given is not rewritten."""
        found = [*super().get_readonly_fields(request, obj)]
        return [*found, "origin", *CONSENT] if obj and obj.consented_at else found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; a portrait of a save that fails leaves no file."""
        with taken_back_on_failure():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def has_change_permission(self, request, obj=None):
        """Nothing is written any more on a testimonial that its author took back."""
        return super().has_change_permission(request, obj) and not (obj and obj.withdrawn_at)

    def move_many(self, request, step, queryset):
        """The list moves those that may be moved: not the withdrawn ones; and publishes with consent only."""
        kept = queryset.filter(withdrawn_at=None)
        if step.target == Status.PUBLISHED and kept.lacking_consent().exists():
            raise StepRefused(NO_CONSENT)
        return super().move_many(request, step, kept)

"""Pages of the administration: aids, cases, incompatibilities, funders, golden cases."""

from datetime import timedelta
from functools import partial

from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from aids.admin.forms import FIELDSETS, AidForm, CaseForm, GoldenCaseForm, IncompatibilityForm, StepForm
from aids.admin.rules import AidConditionInline, AmountInline, CaseConditionInline, CaseInline
from aids.admin.trials import ask, bench_view
from aids.catalogue import to_rules
from aids.local_aids import (
    aid_inside,
    case_inside,
    deleted_incompatibilities_inside,
    incompatibility_inside,
)
from aids.models import (
    Aid,
    AidCase,
    AidChange,
    AidContact,
    AidIncompatibility,
    AidNeed,
    AidSource,
    AidStep,
    Funder,
    GoldenCase,
)
from aids.sentences import case_sentence, rule_sentences
from aids.upkeep import ClosingFilter
from guide.backoffice.bases.parts import InSourceFilter, paragraphs
from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.bases.sheet import SheetAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.backoffice.writing import Stop
from guide.core.french import long_date


class NeedInline(admin.TabularInline):
    """Needs that the aid answers."""

    model = AidNeed
    extra = 0
    verbose_name_plural = "besoins auxquels elle répond"


class StepInline(admin.StackedInline):
    """How to apply."""

    model = AidStep
    form = StepForm
    extra = 0
    verbose_name_plural = "démarches, dans l'ordre"
    fields = [("title", "position"), "text", ("offset_days", "month", "day"), "mark"]


class ContactInline(admin.TabularInline):
    """Whom to call."""

    model = AidContact
    formfield_overrides = GuideAdmin.formfield_overrides
    extra = 0
    verbose_name_plural = "qui appeler"


class SourceInline(admin.TabularInline):
    """Where the facts come from: one at least."""

    model = AidSource
    formfield_overrides = GuideAdmin.formfield_overrides
    extra = 0
    min_num = 1
    validate_min = True
    verbose_name_plural = "sources (une au moins)"


class ChangeInline(admin.TabularInline):
    """What changed, for the page and the feed."""

    model = AidChange
    extra = 0
    verbose_name_plural = "ce qui a changé (page et flux)"


class RulesAdmin(WrittenAdmin):
    """Rules are tried on the bench. They are archived with their aid, never deleted: a page that was linked stays."""

    change_form_template = "admin/aids/rules_form.html"

    def allows(self, request, verb, obj=None):
        return verb != "delete" and super().allows(request, verb, obj)

    def get_urls(self):

        def bench(request, object_id):
            return bench_view(self, request, object_id)

        name = f"{self.opts.app_label}_{self.opts.model_name}_bench"
        return [path("<path:object_id>/essai/", self.admin_site.admin_view(bench), name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["bench_name"] = f"admin:{self.opts.app_label}_{self.opts.model_name}_bench"
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(Aid)
class AidAdmin(RulesAdmin, SheetAdmin):
    """Sheets and rules of aids."""

    perimeter_path = staticmethod(aid_inside)
    form = AidForm
    list_display = ["name", "state", "funder", "form", "mark", "status", "verified_on", "next_check"]
    list_filter = [
        "status",
        "time_state",
        "mark",
        "form",
        ("missing_since", InSourceFilter),
        ClosingFilter,
        "funder",
    ]
    list_select_related = ["funder"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = "Nom, résumé, financeur ou texte, avec ou sans accents."
    autocomplete_fields = ["funder", "generic", "replaced_by"]
    prepopulated_fields = {"code": ["name"]}
    inlines = [
        NeedInline,
        AidConditionInline,
        CaseInline,
        StepInline,
        ContactInline,
        SourceInline,
        ChangeInline,
    ]
    fieldsets = FIELDSETS
    readonly_fields = [
        "sentences", "incompatible", "collection", "missing_since",
        "created_by", "created_at", "updated_by", "updated_at",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        """The code is an address and an identity: it never changes."""
        names = super().get_readonly_fields(request, obj)
        return [*names, "code"] if obj else names

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    @admin.display(description="règles en phrases")
    def sentences(self, aid: Aid):
        rules = to_rules(Aid.objects.filter(pk=aid.pk))
        return paragraphs(rule_sentences(rules[0])) if rules else "Après le premier enregistrement."

    def refuse_outside(self, screen, names):
        """Said above the form, where the conditions can be corrected."""
        fault = f"Pour l'enregistrer, donnez à cette aide une condition de territoire dans {names}."
        return Stop(answer=partial(ask, screen, faults=[fault]))

    @admin.display(description="situation")
    def state(self, aid: Aid) -> str:
        return aid.state_on().label

    @admin.display(description="à revoir")
    def next_check(self, aid: Aid) -> str:
        if aid.verified_on is None:
            return "jamais vérifiée"
        due = aid.verified_on + timedelta(days=aid.verify_every)
        return f"en retard depuis le {long_date(due)}" if due < timezone.localdate() else long_date(due)

    @admin.display(description="incompatible avec")
    def incompatible(self, aid: Aid):
        pairs = AidIncompatibility.objects.filter(Q(first=aid) | Q(second=aid)).select_related("first", "second")
        names = (
            (
                reverse("admin:aids_aidincompatibility_change", args=[p.pk]),
                p.second if p.first_id == aid.pk else p.first,
            )
            for p in pairs
        )
        add = reverse("admin:aids_aidincompatibility_add")
        listed = format_html_join("", '<p><a href="{}">{}</a></p>', names)
        return format_html('{}<p><a href="{}">Ajouter une incompatibilité</a></p>', listed, add)


@admin.register(AidCase)
class AidCaseAdmin(RulesAdmin):
    """One case: what it asks, what it brings. It is added and removed on the page of its aid."""

    perimeter_path = staticmethod(case_inside)
    form = CaseForm
    list_display = ["aid", "case_label", "mark"]
    list_display_links = ["case_label"]
    list_select_related = ["aid"]
    search_fields = ["aid__search_text", "label", "code"]
    fields = ["parent", "sentence", "code", "label", "mark", "position"]
    readonly_fields = ["parent", "sentence"]
    inlines = [CaseConditionInline, AmountInline]

    def has_add_permission(self, request):
        return False

    def sheet_of(self, obj):
        """A case has the history and the checks of its aid."""
        return obj.aid

    @admin.display(description="en une phrase")
    def sentence(self, case: AidCase) -> str:
        (rule,) = to_rules(Aid.objects.filter(pk=case.aid_id))
        return next(case_sentence(rule.common, one) for one in rule.cases if one.code == case.code)

    @admin.display(description="cas", ordering="label")
    def case_label(self, case: AidCase) -> str:
        return str(case)

    @admin.display(description="aide")
    def parent(self, case: AidCase):
        return format_html('<a href="{}">{}</a>', reverse("admin:aids_aid_change", args=[case.aid_id]), case.aid)


@admin.register(AidIncompatibility)
class AidIncompatibilityAdmin(WrittenAdmin):
    """Pairs of aids that one person cannot have together."""

    perimeter_path = staticmethod(incompatibility_inside)
    deleted_inside = staticmethod(deleted_incompatibilities_inside)
    form = IncompatibilityForm
    list_display = ["first", "second", "note", "mark"]
    list_select_related = ["first", "second"]
    autocomplete_fields = ["first", "second"]
    search_fields = ["first__search_text", "second__search_text"]


@admin.register(Funder)
class FunderAdmin(WrittenAdmin):
    """Who pays."""

    list_display = ["name"]
    search_fields = ["name", "code"]
    fields = ["name", "code"]

    def get_readonly_fields(self, request, obj=None):
        """The code is the identity that files know: it never changes."""
        return ["code"] if obj else []


@admin.register(GoldenCase)
class GoldenCaseAdmin(WrittenAdmin):
    """Situations whose verdicts are watched."""

    form = GoldenCaseForm
    list_display = ["title", "position"]
    search_fields = ["title"]

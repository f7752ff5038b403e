"""Proposals in the administration: making one on a sheet out of reach, and deciding on those received."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from guide.backoffice import actions, proposals
from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.models import Proposal, ProposalState
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import about_sheets_within, list_of, page_of

MAX_FOUND = 20
PREFIX = "champ-"


@admin.register(Proposal)
class ProposalAdmin(GuideAdmin):
    """Changes that somebody proposes: an editor within whose perimeter the sheet lies accepts or refuses."""

    list_display = ["sheet_name", "kind", "created_at", "proposer", "state", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["author", "decided_by", "content_type"]
    list_per_page = 50
    private_fields = ("content_type", "object_id", "contact")  # who has no account confided their name
    computed_columns = ("sheet_name", "kind")
    nothing = "Aucune proposition. Celles de vos collègues et des structures invitées arrivent ici."
    read_only, actions = True, None  # what was proposed and decided is kept as it was
    ordering = ["-created_at"]

    def get_queryset(self, request):
        """Those about a sheet within the perimeter, and one's own."""
        found = super().get_queryset(request).prefetch_related("sheet")
        within = about_sheets_within(self.admin_site, request.user, found, proposals.models())
        return within | found.filter(author=request.user)

    def has_view_permission(self, request, obj=None):
        return reach_of(request.user).role is not None and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return self.has_view_permission(request)

    @admin.display(description="fiche")
    def sheet_name(self, proposal: Proposal) -> str:
        return str(proposal.sheet or "fiche supprimée")

    @admin.display(description="type", ordering="content_type")
    def kind(self, proposal: Proposal) -> str:
        return proposal.content_type.name

    @admin.display(description="proposée par")
    def proposer(self, proposal: Proposal) -> str:
        return str(proposal.author or proposal.contact or "compte supprimé")

    def add_view(self, request, form_url="", extra_context=None):
        """Find a published sheet, then say what should change."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.GET.get("fiche"):
            return self._form(request, self._sheet(request.GET["fiche"]))
        text = request.GET.get("q", "").strip()
        context = {
            **self._context(request, "Proposer une modification"),
            "q": text,
            "found": self._found(request, text),
        }
        return TemplateResponse(request, "admin/proposal_search.html", context)

    def _found(self, request, text: str) -> list[tuple[str, str, str]]:
        """Published sheets of any place as (kind, name, key)."""
        found = []
        for model in proposals.models() if text else []:
            page = self.admin_site._registry[model]
            rows, _ = page.get_search_results(request, model._default_manager.live(), text)
            found += [
                (page.opts.verbose_name, str(row), f"{model._meta.label_lower}.{row.pk}") for row in rows[:MAX_FOUND]
            ]
        return found

    def _sheet(self, key: str):
        """The published sheet of a key "app.model.pk"; 404 otherwise."""
        label, _, pk = key.rpartition(".")
        models = {model._meta.label_lower: model for model in proposals.models()}
        if label not in models or not pk.isdecimal():
            raise Http404
        return get_object_or_404(models[label]._default_manager.live(), pk=int(pk))

    def _form(self, request, sheet):
        form, errors = proposals.form_for(sheet), []
        if request.method == "POST":
            try:
                actions.propose(
                    sheet=sheet, values=request.POST.dict(), text=request.POST.get("explication", ""), by=request.user
                )
            except ValidationError as error:
                form = proposals.form_for(sheet, request.POST)
                errors = [] if form.errors else error.messages
            else:
                self.message_user(request, "Merci : votre proposition attend un éditeur.", messages.SUCCESS)
                return HttpResponseRedirect(list_of(Proposal))
        context = self._context(request, f"Proposer une modification : {sheet}")
        context |= {"form": form, "errors": errors, "text": request.POST.get("explication", "")}
        return TemplateResponse(request, "admin/proposal_form.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the proposal would change, field by field, and the decision."""
        proposal = self.get_object(request, object_id)
        if proposal is None or not self.has_view_permission(request, proposal):
            raise Http404
        if proposal.sheet is None:
            self.message_user(request, "La fiche de cette proposition a été supprimée.", messages.WARNING)
            return HttpResponseRedirect(list_of(Proposal))
        page = self.admin_site._registry[type(proposal.sheet)]
        may_decide = page.has_change_permission(request, proposal.sheet) and reach_of(request.user).is_editor
        errors = []
        if request.method == "POST":
            if not may_decide:
                raise PermissionDenied
            errors = self._decide(request, proposal)
            if not errors:
                return HttpResponseRedirect(list_of(Proposal))
        context = self._context(request, str(proposal))
        context |= {
            "proposal": proposal,
            "proposer": self.proposer(proposal),
            "differences": proposals.differences(proposal),
            "errors": errors,
            "may_decide": may_decide and proposal.state == ProposalState.WAITING,
            "sheet_address": page_of(page.model, proposal.sheet.pk),
            "prefix": PREFIX,
        }
        return TemplateResponse(request, "admin/proposal.html", context)

    def _decide(self, request, proposal: Proposal) -> list[str]:
        """Accept or refuse, as the button says; returns what forbids it."""
        try:
            if "refuse" in request.POST:
                actions.refuse(proposal=proposal, by=request.user, reason=request.POST.get("motif", ""))
                self.message_user(request, "Proposition refusée.", messages.SUCCESS)
            else:
                fields = [name for name in proposal.values if f"{PREFIX}{name}" in request.POST]
                actions.accept(proposal=proposal, by=request.user, fields=fields)
                self.message_user(request, "Proposition acceptée, la fiche est à jour.", messages.SUCCESS)
        except ValidationError as error:
            return error.messages
        return []

    def _context(self, request, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

"""Blocks that are not lists of sheets: proposals received, dead links, last imports."""

from collections.abc import Iterator

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from guide.backoffice import proposals
from guide.backoffice.enums import LinkState, ProposalState
from guide.backoffice.models import LinkCheck, Proposal
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import (
    ROWS,
    Block,
    More,
    Row,
    about_sheets_within,
    list_of,
    may_read,
    page_of,
    total,
)
from guide.core.enums import ImportOutcome
from guide.core.french import long_date, number, plural
from guide.core.models import ImportRun


def proposal_block(site: AdminSite, user) -> Iterator[Block]:
    """Proposals that an editor may decide."""
    if not reach_of(user).is_editor or not may_read(user, Proposal):
        return
    rows = Proposal.objects.filter(state=ProposalState.WAITING)
    rows = about_sheets_within(site, user, rows, proposals.models()).select_related("author")
    found = list(rows.order_by("created_at", "pk").prefetch_related("sheet")[:ROWS])
    yield Block(
        "proposals",
        "Propositions à décider",
        "Quelqu'un propose une correction, ou confirme sa fiche. Rien ne change sans votre accord.",
        "Aucune proposition n'attend.",
        total(rows, found),
        tuple(
            Row(str(one.sheet or "Fiche supprimée"), _proposal_note(one), page_of(Proposal, one.pk)) for one in found
        ),
        (More("Voir les propositions", list_of(Proposal, state__exact=ProposalState.WAITING)),),
    )


def _proposal_note(proposal: Proposal) -> str:
    who = str(proposal.author or proposal.contact or "compte supprimé")
    return f"par {who}, le {long_date(timezone.localdate(proposal.created_at))}"


def link_block(site: AdminSite, user) -> Iterator[Block]:
    """Dead links of the sheets within the perimeter."""
    if not may_read(user, LinkCheck):
        return
    rows: QuerySet = links_within(site, user).filter(state=LinkState.DEAD)
    found = list(rows.order_by("failing_since", "pk")[:ROWS])
    yield Block(
        "links",
        "Liens morts",
        "Ces adresses ne répondent plus depuis plusieurs jours. Corrigez la fiche qui les montre.",
        "Aucun lien mort n'est connu.",
        total(rows, found),
        tuple(Row(one.url, one.message, page_of(LinkCheck, one.pk)) for one in found),
        (More("Voir les liens", list_of(LinkCheck, state__exact=LinkState.DEAD)),),
    )


def links_within(site: AdminSite, user) -> QuerySet[LinkCheck]:
    """Links that some sheet within the perimeter shows."""
    if reach_of(user).everywhere:
        return LinkCheck.objects.all()
    uses = LinkCheck.uses.rel.related_model.objects.order_by()
    return LinkCheck.objects.filter(pk__in=about_sheets_within(site, user, uses).values("link"))


def import_block(site: AdminSite, user) -> Iterator[Block]:
    """The last imports, whatever came of them."""
    if not may_read(user, ImportRun):
        return
    found = list(ImportRun.objects.defer("details")[:ROWS])
    yield Block(
        "imports",
        "Derniers imports",
        "Ce que les fichiers des sources ont changé.",
        "Aucun import n'a encore été fait.",
        len(found),
        tuple(
            Row(f"{run.get_importer_display()}, {run.file_name}", _import_note(run), page_of(ImportRun, run.pk))
            for run in found
        ),
        (More("Voir les rapports", reverse("admin:core_importrun_changelist")),),
        in_mail=False,
    )


def _import_note(run: ImportRun) -> str:
    when = long_date(timezone.localdate(run.started_at))
    if run.outcome == ImportOutcome.REFUSED:
        return f"{when}\u00a0: refusé. {run.message}"
    written = number(run.counts.get("created", 0) + run.counts.get("updated", 0))
    rejected = plural(run.counts.get("rejected", 0), "rejetée")
    return f"{when}\u00a0: {run.get_outcome_display()}, {written} créées ou modifiées, {rejected}"

"""The blocks of the dashboard about sheets of every kind: waiting for a reader, stale, never checked, ending soon; and
those of proposals received, dead links, last imports.

Sheets of all kinds are counted and read together: there are too many kinds for one query each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils import timezone

from guide.backoffice import proposals
from guide.backoffice.models import LinkCheck, LinkState, Proposal, ProposalState
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import (
    ROWS,
    Block,
    More,
    Row,
    about_sheets_within,
    confirm_address,
    list_of,
    may_read,
    others_last,
    page_of,
    sheets,
    total,
)
from guide.core.enums import Freshness, ImportOutcome, Status
from guide.core.french import NBSP, long_date, number, plural
from guide.core.freshness import DueOn, condition
from guide.core.models import ImportRun

ENDS_SOON = timedelta(days=60)
NAME_FIELDS = ("name", "title", "label")
Sheets = list[tuple[ModelAdmin, QuerySet]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one block gathers: its condition, in which order, what a row says, and which list filter shows all."""

    code: str
    title: str
    help: str
    nothing: str
    condition: Q
    when: Combinable
    note: Callable[[date | datetime | None], str]
    filters: dict[str, str]
    can_confirm: bool = False


def ends_soon(now: datetime) -> Q:
    """Published sheets that leave the site within ENDS_SOON."""
    return Q(status=Status.PUBLISHED, unpublish_at__gt=now, unpublish_at__lte=now + ENDS_SOON)


def _subjects(now: datetime) -> list[Subject]:
    """The blocks, in the order of the page."""
    day = timezone.localdate(now)
    published = Q(status=Status.PUBLISHED)
    return [
        Subject(
            "review",
            "À relire",
            "Des auteurs attendent votre lecture.",
            "Personne n'attend de relecture.",
            Q(status=Status.IN_REVIEW),
            F("status_since"),
            lambda since: f"depuis le {_day(since)}" if since else "",
            {"status__exact": Status.IN_REVIEW},
        ),
        Subject(
            "stale",
            "Fiches périmées",
            "Leur date de vérification est passée. Relisez-les, puis dites si tout est encore juste.",
            "Toutes les fiches vérifiées sont à jour.",
            published & condition(Freshness.STALE, day),
            DueOn(),
            lambda due: f"à revérifier depuis le {long_date(due)}",
            {"fraicheur": Freshness.STALE},
            can_confirm=True,
        ),
        Subject(
            "never",
            "Jamais vérifiées",
            "Publiées sans que personne ait dit les avoir vérifiées.",
            "Chaque fiche publiée a été vérifiée au moins une fois.",
            published & condition(Freshness.NEVER, day),
            F("verified_on"),
            lambda _: "",
            {"fraicheur": Freshness.NEVER},
            can_confirm=True,
        ),
        Subject(
            "ends",
            "Quittent bientôt le site",
            f"Leur publication prend fin dans les {ENDS_SOON.days} jours.",
            "Aucune publication ne prend fin bientôt.",
            ends_soon(now),
            F("unpublish_at"),
            lambda end: f"le {_day(end)}",
            {"fin": "bientot"},
        ),
    ]


def sheet_blocks(site: AdminSite, user) -> Iterator[Block]:
    """The blocks about sheets."""
    pages = list(sheets(site, user))
    models = {page.model._meta.label_lower: page.model for page, _ in pages}
    asked = _subjects(timezone.now())
    counts = _counts(pages, asked, user)
    for one in asked:
        kinds = counts[one.code]
        found = _first(pages, one, user) if kinds else []
        rows = [_row(user, models[label], pk, name, one, when, other) for label, pk, name, when, other in found]
        more = [_list(models[label], one, number) for label, (number, _) in kinds.items()]
        if one.code == "review" and rows:
            more = [More("Toute la file de relecture", reverse("admin:review_queue"))]
        total, mine = (sum(numbers) for numbers in zip((0, 0), *kinds.values(), strict=True))
        yield Block(one.code, one.title, one.help, one.nothing, total, tuple(rows), tuple(more), mine=mine)


def _counts(pages: Sheets, asked: list[Subject], user) -> dict[str, dict[str, tuple[int, int]]]:
    """For each subject, how many sheets of each kind, and of them how many `user` is in charge of; kinds without any
    are left out."""
    found: dict[str, dict[str, tuple[int, int]]] = {one.code: {} for one in asked}
    mine = Q(responsible=user)
    tallies = {f"sheet_{one.code}": Count("pk", filter=one.condition) for one in asked}
    tallies |= {f"sheet_mine_{one.code}": Count("pk", filter=one.condition & mine) for one in asked}
    parts = [
        _labelled(page.model, rows).values("sheet_model").annotate(**tallies).values_list("sheet_model", *tallies)
        for page, rows in pages
    ]
    for label, *numbers in _union(parts) if parts else ():
        for rank, one in enumerate(asked):
            if numbers[rank]:
                found[one.code][label] = numbers[rank], numbers[len(asked) + rank]
    return found


def _first(pages: Sheets, one: Subject, user) -> QuerySet:
    """The first sheets of a subject, all kinds together, those that `user` is in charge of before the others: model,
    key, name, date, and 0 or 1 as `others_last` says."""
    parts = [
        _labelled(page.model, rows.filter(one.condition))
        .annotate(sheet_name=F(_name_field(page.model)), sheet_when=one.when, sheet_other=others_last(user))
        .values_list("sheet_model", "pk", "sheet_name", "sheet_when", "sheet_other")
        for page, rows in pages
    ]
    return _union(parts).order_by("sheet_other", "sheet_when", "sheet_model", "pk")[:ROWS]


def _name_field(model: type[Model]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    for name in NAME_FIELDS:
        if name in names:
            return name
    raise ImproperlyConfigured(f"{model._meta.label} has none of the fields {NAME_FIELDS}: nothing names its sheets")


def _union(parts: list[QuerySet]) -> QuerySet:
    """The rows of all these queries, as one query."""
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _labelled(model: type[Model], rows: QuerySet) -> QuerySet:
    return rows.annotate(sheet_model=Value(model._meta.label_lower, output_field=CharField()))


def _row(user, model: type[Model], pk: int, name: str, subject: Subject, when, other: int) -> Row:
    confirm = confirm_address(user, model, pk) if subject.can_confirm else ""
    return Row(name, subject.note(when), page_of(model, pk), str(model._meta.verbose_name), confirm, not other)


def _list(model: type[Model], subject: Subject, number: int) -> More:
    names = model._meta
    label = f"Voir {plural(number, str(names.verbose_name), str(names.verbose_name_plural))}".replace(" ", NBSP, 1)
    return More(label, list_of(model, **subject.filters))


def _day(instant: datetime) -> str:
    return long_date(timezone.localdate(instant))


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
    rows = links_within(site, user).filter(state=LinkState.DEAD)
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

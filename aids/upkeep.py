"""What the dashboard of the editors says of aids: those whose last day is near."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import Q
from django.utils import timezone

from aids.models import Aid
from guide.backoffice.upkeep.board import (
    ROWS,
    Block,
    More,
    Row,
    list_of,
    may_read,
    others_last,
    page_of,
    tally,
    within,
)
from guide.core.enums import Status
from guide.core.french import long_date

CLOSES_SOON = timedelta(days=60)


def closes_soon(day: date) -> Q:
    """Published aids whose last day falls within CLOSES_SOON."""
    return Q(status=Status.PUBLISHED, closes_on__gte=day, closes_on__lte=day + CLOSES_SOON)


class ClosingFilter(admin.SimpleListFilter):
    """Aids that close soon."""

    title = "dernier jour"
    parameter_name = "ferme"

    def lookups(self, request, model_admin):
        return [("bientot", f"dans les {CLOSES_SOON.days} jours")]

    def queryset(self, request, queryset):
        return queryset.filter(closes_soon(timezone.localdate())) if self.value() == "bientot" else queryset


def blocks(site: AdminSite, user) -> Iterator[Block]:
    """Aids about to close."""
    if not may_read(user, Aid):
        return
    rows = within(site, user, Aid).filter(closes_soon(timezone.localdate()))
    columns = ("pk", "name", "closes_on", "other")
    rows = rows.annotate(other=others_last(user)).order_by("other", "closes_on", "pk")
    found = list(rows.values_list(*columns)[:ROWS])
    total, mine = tally(rows, user)
    yield Block(
        "closing",
        "Aides qui ferment bientôt",
        f"Leur dernier jour tombe dans les {CLOSES_SOON.days} jours. Une suite est-elle annoncée\u00a0?",
        "Aucune aide ne ferme bientôt.",
        total,
        tuple(
            Row(name, f"dernier jour le {long_date(day)}", page_of(Aid, pk), mine=not other)
            for pk, name, day, other in found
        ),
        (More("Voir ces aides", list_of(Aid, ferme="bientot")),),
        mine=mine,
    )

"""Addresses that change: the old one redirects to the new one for ever."""

from collections.abc import Mapping

from django.db import transaction

from guide.core.models import SlugRedirect


@transaction.atomic
def record_moves(kind: str, moves: Mapping[str, str]) -> None:
    """Make each old slug of `moves` (old -> new) redirect, all of them at once: sheets may exchange theirs.

    Older redirects follow their sheet; an address that a sheet bears again redirects no more.
    """
    moves = {old: new for old, new in moves.items() if old != new}
    borne = set(moves.values())
    older = list(SlugRedirect.objects.filter(kind=kind, new_slug__in=moves))
    for redirect in older:
        redirect.new_slug = moves[redirect.new_slug]
    SlugRedirect.objects.bulk_update(older, ["new_slug"], batch_size=500)
    SlugRedirect.objects.filter(kind=kind, old_slug__in=[*borne, *moves]).delete()
    left = [SlugRedirect(kind=kind, old_slug=old, new_slug=new) for old, new in moves.items() if old not in borne]
    SlugRedirect.objects.bulk_create(left, batch_size=500)


def moved_to(kind: str, old: str) -> str:
    """The slug that replaced `old`, or ""."""
    return SlugRedirect.objects.filter(kind=kind, old_slug=old).values_list("new_slug", flat=True).first() or ""

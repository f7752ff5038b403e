"""Addresses that change: the old one redirects to the new one for ever."""

from collections.abc import Mapping

from guide.publishing.models import SlugRedirect


def record_moves(kind: str, moves: Mapping[str, str]) -> None:
    """Make each old slug of `moves` (old -> new) redirect; older redirects follow, and a live slug never does."""
    SlugRedirect.objects.filter(kind=kind, old_slug__in=list(moves.values())).delete()
    for old, new in moves.items():
        SlugRedirect.objects.filter(kind=kind, new_slug=old).update(new_slug=new)
        SlugRedirect.objects.update_or_create(kind=kind, old_slug=old, defaults={"new_slug": new})


def moved_to(kind: str, old: str) -> str:
    """The slug that replaced `old`, or ""."""
    return SlugRedirect.objects.filter(kind=kind, old_slug=old).values_list("new_slug", flat=True).first() or ""

"""Addresses that have changed: the old one leads to the new one for ever."""

from guide.publishing.models import SlugRedirect


def record_slug_change(*, kind: str, old: str, new: str) -> None:
    """Remember that the sheet at `old` is now at `new`; chains are shortened, and an address taken again is freed."""
    SlugRedirect.objects.filter(kind=kind, old_slug=new).delete()
    SlugRedirect.objects.filter(kind=kind, new_slug=old).update(new_slug=new)
    SlugRedirect.objects.update_or_create(kind=kind, old_slug=old, defaults={"new_slug": new})

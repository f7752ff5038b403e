"""Addresses of the pages of aids, made once for each aid: a result prints dozens of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=2048)
def page_of(code: str) -> str:
    """Address of the page of an aid, from its code."""
    return reverse("aids:detail", args=[code])

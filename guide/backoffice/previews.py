"""Previews: the public page of a sheet in whatever state, for staff, and for a partner by a signed link.

Each app says in its module `editing.py`, found at start, how the public page of a model is made:

    previews.register(Structure, preview)       # preview(sheets) -> (template, context)

`sheets` is a query set of the one sheet, not restricted to what visitors see.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core import signing
from django.db.models import Model, QuerySet
from django.shortcuts import render
from django.utils import timezone

from guide.core.http import kept_by_nobody
from guide.core.models import Publishable

Renderer = Callable[[QuerySet], tuple[str, dict[str, Any]]]
LINK_LIFE = timedelta(days=7)
_SALT = "guide.preview"
_renderers: dict[type[Model], Renderer] = {}


def register(model: type[Publishable], renderer: Renderer) -> None:
    """Declare how the public page of a model is made."""
    _renderers[model] = renderer


def has_preview(model: type[Model]) -> bool:
    """Whether a public page is declared for this model."""
    return model in _renderers


def respond(request, sheet: Publishable, until: datetime | None = None):
    """The public page of `sheet` as it now is, that nobody stores or indexes.

    Above itself it says the state of the sheet, and until when a partner's link opens it.
    """
    model = type(sheet)
    template, context = _renderers[model](model._default_manager.filter(pk=sheet.pk))
    banner = {"state": sheet.get_status_display(), "until": until}
    response = render(request, template, {**context, "preview": banner})
    return kept_by_nobody(response, referrer="no-referrer")


def token_of(sheet: Publishable) -> str:
    """The signed part of a partner's link: opens this sheet, in its present state, for LINK_LIFE."""
    return signing.dumps([sheet._meta.label_lower, sheet.pk, sheet.status], salt=_SALT)


def sheet_of(token: str) -> tuple[Publishable | None, datetime]:
    """The sheet that a link opens, and until when. None: the link is older than LINK_LIFE, or the sheet has changed
    state since it was made. signing.BadSignature: not one of ours."""
    label, pk, status = signing.loads(token, salt=_SALT)
    made_at = datetime.fromtimestamp(signing.b62_decode(token.rsplit(":", 2)[1]), tz=timezone.get_current_timezone())
    until = made_at + LINK_LIFE
    found = apps.get_model(label)._base_manager.filter(pk=pk, status=status)
    return (found.first() if timezone.now() <= until else None), until

"""The weekly mail: to each editor, what the dashboard would ask of them; no mail when it asks nothing.

What the editor is in charge of comes first, then what waits in the rest of the perimeter.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from guide.backoffice.models import Digest
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep import board
from guide.core.french import number, plural

MINE, REST = "Ce dont vous avez la charge", "Le reste de votre périmètre"


def week_of(day: date) -> str:
    """The ISO week of a day: "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _text(site: AdminSite, user) -> str:
    """The mail of one editor; empty when nothing is to be done."""
    blocks = [block for block in board.blocks(site, user) if block.in_mail and block.count]
    if not blocks:
        return ""
    name = user.get_full_name() or user.get_username()
    parts = [
        f"Bonjour {name},",
        f"Voici ce qui vous attend sur {settings.SITE_NAME}.",
        *_parts(blocks),
        f"Tout est sur votre page d'accueil\u00a0: {settings.SITE_URL}{reverse('admin:index')}",
        "Vous recevez ce courriel une fois par semaine, et seulement quand quelque chose vous attend.",
    ]
    return "\n\n".join(parts) + "\n"


def waiting(site: AdminSite, week: str) -> Iterator[tuple]:
    """(editor, text) of each mail of this week that has something to say and has not gone."""
    sent = Digest.objects.filter(week=week).values("user")
    users = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").exclude(pk__in=sent)
    for user in users.order_by("pk"):
        if reach_of(user).is_editor and (text := _text(site, user)):
            yield user, text


def send_all(site: AdminSite, week: str) -> tuple[int, list[str]]:
    """Send what waits; returns how many mails went, and the editors whose mail did not go, with the reason."""
    sent, failed = 0, []
    for user, text in waiting(site, week):
        try:
            sent += _send(user=user, text=text, week=week)
        except OSError as error:
            failed.append(f"{user.get_username()} ({error})")
    return sent, failed


def told(sent: int) -> str:
    """How many mails went, in words."""
    return f"{sent} courriels envoyés."


def told_failures(failed: list[str]) -> str:
    """Which mails did not go, in words."""
    return f"Courriels non partis\u00a0: {', '.join(failed)}"


def _parts(blocks: list[board.Block]) -> Iterator[str]:
    """The blocks in plain text, under two headings when the reader is in charge of some of it."""
    mine = [part for block in blocks if (part := _part(block, mine=True)).count]
    if not mine:
        yield from map(_lines, blocks)
        return
    rest = [part for block in blocks if (part := _part(block, mine=False)).count]
    for heading, found in ((MINE, mine), (REST, rest)):
        if found:
            yield f"=== {heading} ==="
            yield from map(_lines, found)


def _part(block: board.Block, *, mine: bool) -> board.Block:
    """What of a block the reader is in charge of, or the rest of it."""
    rows = tuple(row for row in block.rows if row.mine == mine)
    return replace(block, rows=rows, count=block.mine if mine else block.count - block.mine)


def _lines(block: board.Block) -> str:
    title = f"{block.title.upper()} ({number(block.count)})"
    rows = [f"- {_sentence(row)}\n  {settings.SITE_URL}{row.address}" for row in block.rows]
    rest = block.count - len(block.rows)
    more = [
        f"  et {plural(rest, 'autre')}\u00a0: {settings.SITE_URL}{one.address}" for one in block.more[:1] if rest > 0
    ]
    return "\n".join([title, block.help, *rows, *more])


def _sentence(row: board.Row) -> str:
    return f"{row.name}\u00a0: {row.note}" if row.note else row.name


@transaction.atomic
def _send(*, user, text: str, week: str) -> bool:
    """Send the mail of one editor; False when it was sent meanwhile. OSError: it did not go, and is not noted."""
    _, is_first = Digest.objects.get_or_create(user=user, week=week)
    if is_first:
        send_mail(f"{settings.SITE_NAME}\u00a0: vos fiches de la semaine", text, None, [user.email])
    return is_first

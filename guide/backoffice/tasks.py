"""Background work about sheets of every kind: links tried every night, mails of the week on Mondays."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from guide.backoffice.upkeep import digest, links
from guide.core.background import actions
from guide.core.background.models import MONDAY, Later, Moment, Task, TaskKind, register


def check_links(task: Task) -> str | Later:
    """Try the links that are due; the rest waits as soon as somebody needs the runner."""
    tally = links.run(admin.site, progress=task.advance, give_way=actions.is_urgent_waiting)
    return Later(tally.told()) if tally.cut_short else tally.told()


def send_digest(task: Task) -> str:
    """Mail the editors. OSError: some mails did not go; the next attempt sends those alone."""
    sent, failed = digest.send_all(admin.site, digest.week_of(timezone.localdate()))
    if failed:
        raise OSError(digest.told_failures(failed))
    return digest.told(sent)


register(
    TaskKind("links", "Essai des liens", check_links, pause=timedelta(hours=1), every=Moment(hour=3, minute=30)),
)
register(
    TaskKind(
        "digest",
        "Courriel de la semaine",
        send_digest,
        max_attempts=6,
        pause=timedelta(hours=1),
        every=Moment(hour=7, weekday=MONDAY),
    )
)

"""Calendar files (RFC 5545) that people add to their own calendar: no mail, no account."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

DAY = timedelta(days=1)


def new_calendar(kind: str, name: str) -> icalendar.Calendar:
    """An empty calendar; `kind` tells the site's calendars apart ("agenda"), `name` is what its reader sees."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{host()}//{kind}//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{name} · {settings.SITE_NAME}")
    return calendar


def host() -> str:
    """The host of the site, which makes identifiers unique in the world."""
    return urlsplit(settings.SITE_URL).hostname or "guide"


def whole_day(key: str, day: date, title: str, *, changed: datetime, text: str = "") -> icalendar.Event:
    """One event of a whole day, which takes nobody's time. `key` names it, the same at each reading; `changed` is
    when it last changed."""
    event = icalendar.Event()
    event.add("uid", f"{key}@{host()}")
    event.add("dtstamp", changed)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", title)
    if text:
        event.add("description", text)
    event.add("transp", "TRANSPARENT")
    return event

"""The page of a way to practise, ready to print: nine queries with the catalogue of aids in memory, twelve without."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, F, IntegerField, Value
from django.urls import reverse

from aids.vocabulary import Mode
from guide.editorial import lexicon
from guide.editorial.models import PracticeOption, PracticePoint, PracticeStep
from guide.editorial.practice import mode_aids, presence
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.texts import plain_html
from guide.editorial.practice.vocabulary import FAMILY_TITLES, Criterion, Family
from guide.editorial.rendering import Rendering
from guide.editorial.rich_text import Html
from guide.publishing.french import UNKNOWN, long_date

# Ids that the template uses.
RESERVED = ("en-bref", "quoi", "pour-qui", "semaine", "pour-contre", "etapes", "aides", "ou", "appeler", "carte")
TEXTS = ("audience", "day", "week", "advantages", "drawbacks", "aids_note", "who_to_call")
FIELDS = ("pk", "slug", "title", "summary", "family", "simulator_mode", "verified_on", "body", *TEXTS)


class Step(NamedTuple):
    """One step, ready to print."""

    title: str
    text: Html
    duration: str


class Sheet(NamedTuple):
    """An option as the database holds it."""

    values: dict[str, Any]
    kinds: tuple[str, ...]
    references: tuple[str, ...]


def context(slug: str, version: str) -> dict | None:
    """What practice/detail.html prints; None when no visitor may see it. `version` is that of the content."""
    sheet = _find(slug)
    if sheet is None:
        return None
    values, page = sheet.values, Rendering(lexicon.current(version), reserved=RESERVED)
    points, steps = _points_and_steps(values["pk"])
    mode = values["simulator_mode"]
    return {
        "option": {name: values[name] for name in ("slug", "title", "summary")},
        "breadcrumb": trail(values["title"]),
        "family": FAMILY_TITLES[Family(values["family"])],
        "canonical": f"{settings.SITE_URL}{page_of(slug)}",
        "about": page.html(values["body"]),
        **{name: page.html(values[name]) for name in TEXTS},
        "points": [(label, plain_html(page, text)) for label, text in points],
        "steps": [Step(title, plain_html(page, text), duration) for title, text, duration in steps],
        "aids": mode_aids.of(mode, sheet.kinds),
        "mode": Mode(mode).label if mode else "",
        "presence": presence.of(sheet.kinds),
        "sources": page.sources(sheet.references),
        "terms": page.terms(),
        "checked": long_date(values["verified_on"]) if values["verified_on"] else UNKNOWN,
        "compare": comparison_of([]),
        "questionnaire": reverse("practice:questionnaire"),
        "list": reverse("practice:list"),
    }


def _find(slug: str) -> Sheet | None:
    """The published option of that slug, its kinds and its sources; one query."""
    joined = PracticeOption.objects.live().filter(slug=slug).order_by("kinds__pk", "references__code")
    rows = list(joined.values(*FIELDS, "kinds__kind", "references__code"))
    if not rows:
        return None
    kinds, references = (
        tuple(dict.fromkeys(row[name] for row in rows if row[name])) for name in ("kinds__kind", "references__code")
    )
    return Sheet(rows[0], kinds, references)


def _points_and_steps(option: int) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """[(criterion in French, text)] in the order of the comparison, [(title, text, duration)]; one query for both."""
    points = PracticePoint.objects.filter(option=option).values_list(
        Value(0, IntegerField()), F("criterion"), F("text"), Value("", CharField())
    )
    steps = PracticeStep.objects.filter(option=option).values_list(
        F("position") + 1, F("title"), F("text"), F("duration")
    )
    rows = sorted(points.order_by().union(steps.order_by(), all=True))
    texts = {criterion: text for rank, criterion, text, _ in rows if not rank}
    return (
        [(f"{c.label[:1].upper()}{c.label[1:]}", texts[c]) for c in Criterion if c in texts],
        [(title, text, duration) for rank, title, text, duration in rows if rank],
    )

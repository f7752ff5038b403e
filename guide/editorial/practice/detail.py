"""The page of a way to practise, ready to print: eight queries at most."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from aids.vocabulary import Mode
from guide.core.french import UNKNOWN, long_date
from guide.core.rich_text import Html
from guide.editorial import lexicon
from guide.editorial.models import PracticeOption, PracticePoint, PracticeStep
from guide.editorial.practice import mode_aids, presence
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.texts import plain_html
from guide.editorial.practice.vocabulary import FAMILY_TITLES, Criterion, Family, subject_of
from guide.editorial.rendering import Rendering

# Ids that the template uses.
RESERVED = (
    "en-bref",
    "quoi",
    "pour-qui",
    "semaine",
    "pour-contre",
    "etapes",
    "aides",
    "ou",
    "appeler",
    "carte",
    "temoignages",
    "contacts-sujet",
)
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


def public(slug: str) -> QuerySet[PracticeOption]:
    """The option of that slug, if visitors may see it."""
    return PracticeOption.objects.live().filter(slug=slug)


def context(options: QuerySet[PracticeOption], version: str) -> dict | None:
    """What practice/detail.html prints of a query of one option, None of an empty one.

    `version` is that of the content.
    """
    sheet = _find(options)
    if sheet is None:
        return None
    values, page = sheet.values, Rendering(lexicon.current(version), reserved=RESERVED)
    mode = values["simulator_mode"]
    return {
        "subject": subject_of(values["family"], mode),
        "option": {name: values[name] for name in ("slug", "title", "summary")},
        "breadcrumb": trail(values["title"]),
        "family": FAMILY_TITLES[Family(values["family"])],
        "canonical": f"{settings.SITE_URL}{page_of(values['slug'])}",
        "about": page.html(values["body"]),
        **{name: page.html(values[name]) for name in TEXTS},
        "points": [(label, plain_html(page, text)) for label, text in _points(values["pk"])],
        "steps": [Step(title, plain_html(page, text), duration) for title, text, duration in _steps(values["pk"])],
        "aids": mode_aids.of(mode, sheet.kinds, version),
        "mode": Mode(mode).label if mode else "",
        "presence": presence.of(sheet.kinds, version),
        "sources": page.sources(sheet.references),
        "terms": page.terms(),
        "checked": long_date(values["verified_on"]) if values["verified_on"] else UNKNOWN,
        "compare": comparison_of([]),
        "questionnaire": reverse("practice:questionnaire"),
        "list": reverse("practice:list"),
    }


def _find(options: QuerySet[PracticeOption]) -> Sheet | None:
    """The option, its kinds and its sources; one query."""
    rows = list(options.order_by("kinds__pk", "references__code").values(*FIELDS, "kinds__kind", "references__code"))
    if not rows:
        return None
    kinds, references = (
        tuple(dict.fromkeys(row[name] for row in rows if row[name])) for name in ("kinds__kind", "references__code")
    )
    return Sheet(rows[0], kinds, references)


def _points(option: int) -> list[tuple[str, str]]:
    """(criterion in French, text) in the order of the comparison."""
    texts = dict(PracticePoint.objects.filter(option=option).values_list("criterion", "text"))
    return [(capfirst(c.label), texts[c]) for c in Criterion if c in texts]


def _steps(option: int) -> list[tuple[str, str, str]]:
    """(title, text, duration)."""
    rows = PracticeStep.objects.filter(option=option).order_by("position")
    return list(rows.values_list("title", "text", "duration"))

"""The page of a way to practise: one query each for the sheet, its kinds, steps, points and sources."""

from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from aids.vocabulary import Mode
from guide.editorial import lexicon
from guide.editorial.models import PracticeOption
from guide.editorial.practice import mode_aids, presence
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.texts import plain_html
from guide.editorial.practice.vocabulary import FAMILY_TITLES, Criterion, Family
from guide.editorial.rendering import Rendering
from guide.editorial.rich_text import Html
from guide.publishing.french import UNKNOWN, long_date

KEPT = 3600  # seconds; the content version in the key makes older copies unreachable long before
# Ids that the template uses.
RESERVED = ("en-bref", "quoi", "pour-qui", "semaine", "pour-contre", "etapes", "aides", "ou", "appeler", "carte")


class Step(NamedTuple):
    """One step, ready to print."""

    title: str
    text: Html
    duration: str


def find(slug: str) -> PracticeOption | None:
    """The published option of that slug; one query."""
    return PracticeOption.objects.live().filter(slug=slug).first()


def context(option: PracticeOption, version: str) -> dict:
    """What practice/detail.html prints; `version` is that of the content."""
    page = Rendering(lexicon.current(version), reserved=RESERVED)
    kinds = tuple(option.kinds.values_list("kind", flat=True))
    family = Family(option.family)
    return {
        "option": {"slug": option.slug, "title": option.title, "summary": option.summary},
        "breadcrumb": trail(option.title),
        "family": FAMILY_TITLES[family],
        "canonical": f"{settings.SITE_URL}{page_of(option.slug)}",
        "about": page.html(option.body),
        "audience": page.html(option.audience),
        "points": _points(option, page),
        "day": page.html(option.day),
        "week": page.html(option.week),
        "advantages": page.html(option.advantages),
        "drawbacks": page.html(option.drawbacks),
        "steps": _steps(option, page),
        "aids_note": page.html(option.aids_note),
        "who_to_call": page.html(option.who_to_call),
        "aids": mode_aids.of(option.simulator_mode, kinds),
        "mode": Mode(option.simulator_mode).label if option.simulator_mode else "",
        "presence": _presence(kinds, version),
        "sources": page.sources(option.references.values_list("code", flat=True)),
        "terms": page.terms(),
        "checked": long_date(option.verified_on) if option.verified_on else UNKNOWN,
        "compare": comparison_of([]),
        "questionnaire": reverse("practice:questionnaire"),
        "list": reverse("practice:list"),
    }


def _points(option: PracticeOption, page: Rendering) -> list[tuple[str, Html]]:
    """(criterion, text), in the order of the comparison."""
    texts = dict(option.points.values_list("criterion", "text"))
    return [
        (f"{criterion.label[:1].upper()}{criterion.label[1:]}", plain_html(page, texts[criterion]))
        for criterion in Criterion
        if criterion in texts
    ]


def _steps(option: PracticeOption, page: Rendering) -> list[Step]:
    rows = option.steps.order_by("position", "pk").values_list("title", "text", "duration")
    return [Step(title, plain_html(page, text), duration) for title, text, duration in rows]


def _presence(kinds: tuple[str, ...], version: str) -> presence.Presence | None:
    """Three queries the first time, none as long as the content version holds."""
    key = f"practice-presence-{version}-{'-'.join(kinds)}"
    return cache.get_or_set(key, lambda: presence.of(kinds), KEPT)

"""The page of a way to practise, ready to print."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from aids.vocabulary import Mode
from guide.editorial import lexicon
from guide.editorial.models import PracticeOption
from guide.editorial.practice import mode_aids, presence
from guide.editorial.practice.addresses import comparison_of, trail
from guide.editorial.practice.vocabulary import FAMILY_TITLES, Criterion, Family, subject_of
from guide.editorial.rendering import Rendering
from guide.editorial.sheet_page import foot

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


def find(slug: str, version: str) -> dict | None:
    """The page of an option, or None when no visitor may see one at this address."""
    option = PracticeOption.objects.live().filter(slug=slug).first()
    return context(option, version) if option else None


def context(option: PracticeOption, version: str) -> dict[str, Any]:
    """What practice/detail.html prints of an option in whatever state, at a content version."""
    rendering = Rendering(lexicon.current(version), reserved=RESERVED)
    mode = option.simulator_mode
    kinds = list(option.kinds.values_list("kind", flat=True))
    points = dict(option.points.values_list("criterion", "text"))
    return {
        "subject": subject_of(option.family, mode),
        "option": option,
        "breadcrumb": trail(option.title),
        "family": FAMILY_TITLES[Family(option.family)],
        "canonical": option.get_absolute_url(),
        "about": rendering.html(option.body),
        **{name: rendering.html(getattr(option, name)) for name in TEXTS},
        "points": [(capfirst(one.label), rendering.unmarked(points[one])) for one in Criterion if one in points],
        "steps": [(step.title, rendering.unmarked(step.text), step.duration) for step in option.steps.all()],
        "aids": mode_aids.of(mode, kinds, version),
        "mode": Mode(mode).label if mode else "",
        "presence": presence.of(kinds, version),
        "compare": comparison_of([]),
        "questionnaire": reverse("practice:questionnaire"),
        "list": reverse("practice:list"),
        **foot(option, rendering),
    }

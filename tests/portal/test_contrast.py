"""Contrast of the text and background tokens, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from functools import cache

import pytest

from tests.repository.tree import text

TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("color-text", "color-page", TEXT),
    ("color-text", "color-surface", TEXT),
    ("color-text", "color-sunken", TEXT),
    ("color-muted", "color-page", TEXT),
    ("color-muted", "color-surface", TEXT),
    ("color-muted", "color-sunken", TEXT),
    ("color-link", "color-page", TEXT),
    ("color-link", "color-surface", TEXT),
    ("color-on-accent", "color-accent", TEXT),
    ("color-accent", "color-surface", TEXT),
    ("color-accent-strong", "color-accent-soft", TEXT),
    ("color-warm", "color-warm-soft", TEXT),
    ("color-good", "color-good-soft", TEXT),
    ("color-notice", "color-notice-soft", TEXT),
    ("color-focus", "color-page", SHAPE),
    ("color-focus", "color-surface", SHAPE),
    ("color-border-strong", "color-surface", SHAPE),
    ("map-label", "map-land", TEXT),
    ("map-line-strong", "map-land", SHAPE),
]


@cache
def tokens(scheme: str) -> dict[str, str]:
    light, dark = text("static/css/tokens.css").split("@media (prefers-color-scheme: dark)")
    declared = re.compile(r"--([\w-]+):\s*([^;]+);")
    values = dict(declared.findall(light))
    return values | dict(declared.findall(dark)) if scheme == "dark" else values


def colour(name: str, scheme: str) -> tuple[float, float, float]:
    value = tokens(scheme)[name].strip()
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(reference[1], scheme)
    assert re.fullmatch(r"#[0-9a-f]{6}", value), f"{name}: {value}"
    return tuple(int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))


def luminance(rgb: tuple[float, float, float]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, scheme: str) -> float:
    high, low = sorted((luminance(colour(one, scheme)), luminance(colour(other, scheme))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag():
    assert luminance((1, 1, 1)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_text_stands_out_from_its_background(front, back, least, scheme):
    assert contrast(front, back, scheme) >= least

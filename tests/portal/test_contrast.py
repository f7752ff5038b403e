"""Contrast of the text and background tokens, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from tests.portal.colours import contrast, luminance

TEXT, SHAPE = 4.5, 3.0
KINDS = ("kind-care", "kind-network", "kind-hospital", "kind-technical", "kind-living")
PAIRS = [
    ("color-text", "color-page", TEXT),
    ("color-text", "color-surface", TEXT),
    ("color-text", "color-sunken", TEXT),
    ("color-text", "ill-sky", TEXT),
    ("color-text", "color-accent-soft", TEXT),
    ("color-muted", "color-page", TEXT),
    ("color-muted", "color-surface", TEXT),
    ("color-muted", "color-sunken", TEXT),
    ("color-muted", "color-accent-soft", TEXT),
    ("color-link", "color-page", TEXT),
    ("color-link", "color-surface", TEXT),
    ("color-link", "color-accent-soft", TEXT),
    ("color-accent", "color-page", TEXT),
    ("color-on-accent", "color-accent", TEXT),
    ("color-accent", "color-surface", TEXT),
    ("color-accent-strong", "color-accent-soft", TEXT),
    ("color-accent-strong", "color-page", TEXT),
    ("color-on-deep", "color-deep", TEXT),
    ("color-on-deep", "color-deep-2", TEXT),
    ("color-on-deep-muted", "color-deep", TEXT),
    ("color-on-deep-muted", "color-deep-2", TEXT),
    ("color-deep-link", "color-deep", TEXT),
    ("color-gold", "color-deep-2", TEXT),
    ("slate-9", "sand-3", TEXT),
    ("color-warm", "color-warm-soft", TEXT),
    ("color-warm", "color-surface", TEXT),
    ("color-text", "color-warm-soft", TEXT),
    ("color-good", "color-good-soft", TEXT),
    ("color-text", "color-good-soft", TEXT),
    ("color-notice", "color-notice-soft", TEXT),
    ("color-text", "color-notice-soft", TEXT),
    ("color-focus", "color-page", SHAPE),
    ("color-focus", "color-surface", SHAPE),
    ("color-border-strong", "color-surface", SHAPE),
    ("map-label", "map-land", TEXT),
    ("map-line-strong", "map-land", SHAPE),
    *((kind, "map-land", SHAPE) for kind in KINDS),
    *(("kind-ink", kind, SHAPE) for kind in KINDS),
]


def test_the_measure_is_that_of_wcag():
    assert luminance((1, 1, 1)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_text_stands_out_from_its_background(front, back, least, scheme):
    assert contrast(front, back, scheme) >= least

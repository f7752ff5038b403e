"""Colours of static/css/tokens.css, read and measured: contrast, lightness, distance as a colour-blind eye sees it."""

import re
from functools import cache
from itertools import combinations

from tests.repository.tree import text

Rgb = tuple[float, float, float]

# Full dichromacy in linear RGB: Machado, Oliveira and Fernandes, 2009, table for severity 1.0.
SIGHTS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
# From linear RGB to CIE XYZ, divided by the white point D65 (IEC 61966-2-1).
TO_XYZ = (
    (0.4339, 0.3762, 0.1899),
    (0.2126, 0.7152, 0.0722),
    (0.0178, 0.1095, 0.8729),
)


@cache
def tokens(scheme: str) -> dict[str, str]:
    """Values of the tokens by name, in `light` or in `dark`."""
    light, dark = text("static/css/tokens.css").split("@media (prefers-color-scheme: dark)")
    declared = re.compile(r"--([\w-]+):\s*([^;]+);")
    values = dict(declared.findall(light))
    return values | dict(declared.findall(dark)) if scheme == "dark" else values


def colour(name: str, scheme: str) -> Rgb:
    """The sRGB of a token, each part from 0 to 1."""
    value = tokens(scheme)[name].strip()
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(reference[1], scheme)
    assert re.fullmatch(r"#[0-9a-f]{6}", value), f"{name}: {value}"
    return tuple(int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))


def luminance(rgb: Rgb) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), _linear(rgb), strict=True))


def contrast(one: str, other: str, scheme: str) -> float:
    """Ratio of WCAG 2.2 between two tokens, from 1 to 21."""
    high, low = sorted((luminance(colour(one, scheme)), luminance(colour(other, scheme))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(name: str, scheme: str) -> float:
    """L* of CIE Lab, 0 to 100: what remains of a colour on grey paper."""
    return _lab(_linear(colour(name, scheme)))[0]


def nearest(names: list[str], scheme: str, sight: str) -> tuple[float, str, str]:
    """The two of these tokens that look most alike to that sight, with their distance in CIE Lab (1976)."""
    seen = {name: _lab(_through(SIGHTS[sight], _linear(colour(name, scheme)))) for name in names}
    return min((_distance(seen[one], seen[other]), one, other) for one, other in combinations(names, 2))


def _linear(rgb: Rgb) -> Rgb:
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)


def _through(matrix: tuple[Rgb, Rgb, Rgb], rgb: Rgb) -> Rgb:
    products = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in matrix)
    return tuple(min(1.0, max(0.0, value)) for value in products)


def _lab(linear: Rgb) -> Rgb:
    x, y, z = (_cube_root(value) for value in _through(TO_XYZ, linear))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def _distance(one: Rgb, other: Rgb) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5

"""Colours of maps, for eyes that do not tell red from green, and on grey paper."""

from itertools import pairwise

import pytest

from tests.portal.colours import SIGHTS, lightness, nearest
from tests.portal.test_contrast import KINDS

SCALE = [f"scale-{step}" for step in range(1, 6)]
# Distances in CIE Lab: 2.3 is what an eye just sees side by side; far more is asked of marks apart from one another.
APART, NEIGHBOURS, GREY_STEP = 15, 9, 7

both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])
all_sights = pytest.mark.parametrize("sight", SIGHTS)


@both_schemes
@all_sights
def test_families_of_structures_are_told_apart(scheme, sight):
    assert nearest(list(KINDS), scheme, sight)[0] >= APART


@both_schemes
@all_sights
def test_steps_of_the_scale_are_told_apart(scheme, sight):
    assert nearest(SCALE, scheme, sight)[0] >= NEIGHBOURS


@both_schemes
def test_the_scale_keeps_its_order_on_grey_paper(scheme):
    steps = [lightness(name, scheme) for name in SCALE]
    falls = [one - other for one, other in pairwise(steps if scheme == "light" else steps[::-1])]
    assert min(falls) >= GREY_STEP

"""Every type of page for every eye: axe in light and dark, narrow, enlarged; nothing moves, nothing spills."""

import pytest

from tests.browser.auditing import (
    BY_LOOK,
    MOVING,
    OVERFLOW,
    focus_faults,
    has_ring,
    lost_in_forced_colours,
    small_targets,
    violations,
)
from tests.whole_site import make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALIKE = ("filtered", "none", "wrong", "closed")  # the same page with fewer rows, or one message more
BY_TASK = (
    ("structures", "structure", "structures map", "aids", "aid", "aids map asked", "simulator", "simulator result")
    + ("options", "option", "options chosen", "places compared", "department", "commune", "contacts asked")
    + ("home", "glossary", "components")
)
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 640, "height": 450}  # what 1280 × 900 shows at 200 %


def faults_of(page) -> list[str]:
    """Everything that is wrong with the page that is open, whatever way it is looked at."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    faults = [f"light, {one}" for one in violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults += [f"dark, {one}" for one in violations(page, BY_LOOK)]
    if page.evaluate(MOVING):
        faults.append("moves although less motion is asked for")
    for name, size in (("narrow", NARROW), ("enlarged", ENLARGED)):
        page.set_viewport_size(size)
        faults += [f"{name}, small: {one}" for one in small_targets(page)]
        if page.evaluate(OVERFLOW):
            faults.append(f"{name}, spills sideways")
        if name == "narrow":
            faults += [f"{name}, {one}" for one in violations(page, BY_LOOK)]
    page.set_viewport_size(WIDE)
    return faults


def test_every_type_of_page_is_fit_for_every_eye(page, live_server, traffic):
    page.set_viewport_size(WIDE)
    faults = []
    for name, address in make_site().items():
        if name.endswith(ALIKE):
            continue
        page.goto(f"{live_server.url}{address}", wait_until="load")
        faults += [f"{name}: {one}" for one in faults_of(page)]
    traffic.complaints = [one for one in traffic.complaints if "404" not in one]  # the page that is not found
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_focus_is_seen_on_each_stop_of_the_home_page(page, live_server, colours):
    make_site()
    page.emulate_media(forced_colors=colours)
    page.goto(live_server.url)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not has_ring(page):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == [], "\n".join(unseen)


def test_each_stop_of_the_focus_is_seen_in_order_and_covered_by_nothing(page, live_server, traffic):
    page.emulate_media(reduced_motion="reduce")
    faults, addresses = [], make_site()
    for name in BY_TASK:
        page.set_viewport_size(WIDE)
        page.goto(f"{live_server.url}{addresses[name]}", wait_until="load")
        if "map" in name:
            page.locator("[data-map-frame][data-ready]").wait_for()
        faults += [f"{name}: {one}" for one in focus_faults(page)]
        page.set_viewport_size(PHONE)
        faults += [f"{name}, phone: {one}" for one in focus_faults(page)]
    assert faults == [], "\n".join(faults)


def test_forced_colours_take_neither_controls_nor_the_ring_of_the_focus(page, live_server, traffic):
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    faults, addresses = [], make_site()
    for name in BY_TASK:
        page.goto(f"{live_server.url}{addresses[name]}", wait_until="load")
        faults += [f"{name}, lost: {one}" for one in lost_in_forced_colours(page)]
        faults += [f"{name}: {one}" for one in focus_faults(page) if one.startswith("no ring")]
    assert faults == [], "\n".join(faults)

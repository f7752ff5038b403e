"""Measures of a page as it is shown: axe, small targets, overflow, the focus, what forced colours take away."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
BY_LOOK = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
# Every link and control but those inside a sentence, which WCAG 2.2 (2.5.8) leaves out, and those that nobody sees.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter((node) => {
  const box = node.getBoundingClientRect();
  const label = node.closest("label") ?? (node.id && document.querySelector(`label[for="${node.id}"]`));
  const aside = node.closest(".visually-hidden, .skip, .map-skip, svg, .leaflet-container");
  if (!node.checkVisibility({ visibilityProperty: true }) || !box.width || aside) return false;
  if (label && ["checkbox", "radio"].includes(node.type)) return label.getBoundingClientRect().height < 24;
  return getComputedStyle(node).display !== "inline" && (box.height < 24 || box.width < 24);
}).map((node) => node.outerHTML.slice(0, 120))"""
# Rows that are out of view are not laid out: they are measured as if they were in view.
LAY_OUT = """() => document.querySelectorAll(".row").forEach((row) => { row.style.contentVisibility = "visible"; })"""
OVERFLOW = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth > 1"""
RING = """(node) => {
  const shape = node.querySelector(".map__shape, .map__dot, circle");
  const seen = (one, part) => {
    const style = one && getComputedStyle(one, part);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  return [node, node.closest(".row"), node.labels?.[0], shape].some((one) => seen(one)) || seen(node, "::after")
    || (node.closest("svg") && shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 4);
}"""
STOPS = (Path(__file__).parent / "focus_stops.js").read_text()
# Controls, and marks without words, that only their ground draws: remembered before forced colours take it away.
REMEMBER_DRAWN = """() => {
  const clear = (colour) => ["rgba(0, 0, 0, 0)", "transparent"].includes(colour);
  const ground = (node) => {
    const colour = node && getComputedStyle(node).backgroundColor;
    return node && clear(colour) ? ground(node.parentElement) : colour;
  };
  for (const node of document.querySelectorAll("body *:not(svg *)")) {
    const [colour, box] = [getComputedStyle(node).backgroundColor, node.getBoundingClientRect()];
    if (!box.width || clear(colour) || node.closest(".visually-hidden, .leaflet-control")) continue;
    const empty = !node.textContent.trim() && !node.querySelector("svg, img, input");
    if (node.matches("button, .button, input, select, textarea") || (empty && colour !== ground(node.parentElement)))
      node.dataset.drawn = "";
  }
}"""
LOST = """() => [...document.querySelectorAll("[data-drawn]")].filter((node) => {
  const style = getComputedStyle(node);
  const edge = ["Top", "Left", "Bottom"].some((side) => parseFloat(style[`border${side}Width`]) >= 1);
  const plain = style.appearance === "none" && style.backgroundImage === "none";
  return !edge && plain && style.forcedColorAdjust !== "none";
}).map((node) => node.outerHTML.slice(0, 120))"""
MOVING = """() => document.getAnimations().map((one) => one.transitionProperty || one.animationName)"""


def violations(page, options=EVERYTHING) -> list[str]:
    """ "rule: element" of each fault that axe finds in the page as it is shown."""
    page.evaluate(LAY_OUT)
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def small_targets(page) -> list[str]:
    """What a finger would miss: less than 24 pixels (WCAG 2.2, 2.5.8)."""
    page.evaluate(LAY_OUT)
    return page.evaluate(SMALL_TARGETS)


def tab_to(page, locator, most: int = 80) -> None:
    """Press the tabulation key until the element has the focus; AssertionError when it never does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"never reached by keyboard: {locator}")


def has_ring(page) -> bool:
    """Whether the element that has the focus shows it: an outline, of its card or row, or a wide stroke on a map."""
    return page.evaluate(f"({RING})(document.activeElement)")


def focus_faults(page) -> list[str]:
    """What is wrong with the stops of the focus, one by one: no ring, off the screen or covered, out of order."""
    page.evaluate(LAY_OUT)
    page.keyboard.press("Tab")  # from here on, the browser takes the focus for that of a keyboard
    return page.evaluate(f"({STOPS})({RING})")


def lost_in_forced_colours(page) -> list[str]:
    """Controls and marks that nobody sees once the system imposes its colours; leaves those colours imposed."""
    page.emulate_media(forced_colors="none")
    page.evaluate(REMEMBER_DRAWN)
    page.emulate_media(forced_colors="active")
    return page.evaluate(LOST)

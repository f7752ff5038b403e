"""Measures of a page as it is shown: axe, small targets, overflow, the ring of the focus."""

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
RING = """() => {
  const node = document.activeElement;
  const shape = node.querySelector(".map__shape, .map__dot, circle");
  const seen = (one, part) => {
    const style = one && getComputedStyle(one, part);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  return [node, shape].some((one) => seen(one)) || seen(node, "::after")
    || (node.closest("svg") && shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 4);
}"""
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
    """Whether the element that has the focus shows it: an outline, its card's, or a wide stroke on a map."""
    return page.evaluate(RING)

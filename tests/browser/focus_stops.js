/* Takes the focus to each stop of the page; the faults found. `ring(node)`: is its focus seen? What stands on a map
   is in the order of its list, and what is fixed on the screen has no place in the page: of both only the ring and the
   place on the screen are judged. */
(ring) => {
  const faults = [];
  const shown = { visibilityProperty: true };
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
    (node) => node.tabIndex >= 0 && !node.disabled && node.type !== "hidden" && node.checkVisibility(shown),
  );
  const boxOf = (node) => (node.closest(".visually-hidden") ? node.labels[0] : node).getClientRects()[0];
  const related = (node, other) => other && (node.contains(other) || other.contains(node) || node.labels?.[0]?.contains(other));
  const isOnTop = (node, { left, right, top, bottom }) =>
    [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3]].some((point) => related(node, document.elementFromPoint(...point)));
  let before = null;
  for (const node of stops) {
    const say = (fault) => faults.push(`${fault}: ${node.outerHTML.slice(0, 120)}`);
    node.focus();
    if (document.activeElement !== node) {
      say("takes no focus");
      continue;
    }
    if (node.tabIndex > 0) say("jumps the queue");
    if (!ring(node)) say("no ring");
    const box = boxOf(node);
    if (!isOnTop(node, box)) say("off the screen or covered");
    const seen = node.closest(".visually-hidden") ? node.labels[0] : node;
    if (node.closest("svg, .map-canvas") || getComputedStyle(seen).position === "fixed") continue;
    const place = { bottom: box.bottom + scrollY, left: box.left, top: box.top + scrollY };
    if (before && place.bottom <= before.top && place.left <= before.left) say("comes before the last stop");
    before = place;
  }
  return faults;
}

/* The page scrolls past the map: one finger scrolls, two fingers move the map; the wheel zooms only once the
   map has the focus. A button lets one finger move the map, for those who cannot use two. */

import { element } from "./map-points.js";

const HINT_MS = 1600;
const HINT = "Utilisez deux doigts pour déplacer la carte.";

/** Sets the gestures of a map created with `dragging` and `scrollWheelZoom` off. */
export function setGestures(map) {
  wheelAfterFocus(map);
  if (!matchMedia("(pointer: coarse)").matches) {
    map.dragging.enable();
    return;
  }
  const hint = createHint(map);
  const oneFinger = oneFingerButton(map);
  map.getContainer().addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length === 1 && !oneFinger()) hint();
    },
    { passive: true },
  );
}

function createHint(map) {
  const box = element("p", "map-hint", HINT);
  box.setAttribute("aria-hidden", "true");
  box.hidden = true;
  map.getContainer().append(box);
  let timer = 0;
  return () => {
    box.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      box.hidden = true;
    }, HINT_MS);
  };
}

function wheelAfterFocus(map) {
  const container = map.getContainer();
  container.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  container.addEventListener("focusout", (event) => {
    if (!container.contains(event.relatedTarget)) map.scrollWheelZoom.disable();
  });
}

function oneFingerButton(map) {
  const button = element("button", "map-one-finger", "Déplacer à un doigt");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", () => {
    const on = !map.dragging.enabled();
    map.dragging[on ? "enable" : "disable"]();
    button.setAttribute("aria-pressed", String(on));
  });
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => button;
  control.addTo(map);
  return () => map.dragging.enabled();
}

/* What the maps of the site share. The page scrolls past the map: one finger scrolls, two fingers move the map; the
   wheel zooms only once the map has the focus. A button lets one finger move the map, for those who cannot use two. */

const HINT_MS = 1600;
const HINT = "Utilisez deux doigts pour déplacer la carte.";

/** Whether the visitor lets things move. */
export const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Lets the page answer and paint. */
export const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/** A map of the bounds `region` in place of the drawing in `frame`; `label` and `help` (an id) are for readers of
    screens, the other options for Leaflet. */
export function createMap(frame, region, { label, help, ...options }) {
  const { attribution, tiles, tilesAttribution } = frame.dataset;
  const canvas = element("div", "map-canvas", "");
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", label);
  if (help) canvas.setAttribute("aria-describedby", help);
  frame.replaceChildren(canvas);
  const map = L.map(canvas, {
    attributionControl: false,
    fadeAnimation: animate,
    inertia: animate,
    markerZoomAnimation: animate,
    scrollWheelZoom: false,
    zoomAnimation: animate,
    zoomControl: false,
    zoomSnap: 0.25,
    ...options,
  }).fitBounds(region);
  L.control.zoom({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" }).addTo(map);
  if (attribution) L.control.attribution({ prefix: false }).addAttribution(attribution).addTo(map);
  if (tiles) {
    canvas.classList.add("map-canvas--tiles");
    L.tileLayer(tiles, { attribution: tilesAttribution }).addTo(map);
  }
  return map;
}

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

/** An element with a class and a text, never HTML. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text.replaceAll("'", "’");
  return made;
}

/** The JSON of an address, else an error. */
export async function getJson(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

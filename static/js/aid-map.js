/* The interactive map of /aides/carte/: the server's drawing itself, laid on a Leaflet map. Both are in spherical
   Mercator, so that the shapes, their patterns and their legend are the same, and nothing more is fetched. */

import { createMap, element, setGestures } from "./map-base.js";
import { enhancePlaceSearch } from "./place-search.js";

const EARTH_RADIUS_M = 6378137;
const UNIT_M = 10; // of guide/territories/projection.py
const ZOOMS_BEYOND_REGION = 6;

/** Puts the drawing of `view` on a map, and ties it to the place search. */
export async function start(view) {
  const frame = view.querySelector("[data-map-frame]");
  const drawing = frame.querySelector("svg");
  const region = boundsOf(drawing.viewBox.baseVal);
  const map = createMap(frame, region, { dragging: false, label: "Carte interactive des aides", maxBounds: region.pad(0.4) });
  map.setMinZoom(map.getZoom() - 0.5).setMaxZoom(map.getZoom() + ZOOMS_BEYOND_REGION);
  L.svgOverlay(drawing, region).addTo(map);
  setGestures(map);
  enhancePlaceSearch(view.querySelector("[data-place-search]"), {
    choose: (place) => show(map, place, frame.dataset.simulator),
  });
  frame.dataset.ready = "true";
}

function boundsOf({ x, y, width, height }) {
  return L.latLngBounds(unproject(x, y + height), unproject(x + width, y));
}

function unproject(x, y) {
  const degrees = (angle) => (angle * 180) / Math.PI;
  const latitude = 2 * Math.atan(Math.exp((-y * UNIT_M) / EARTH_RADIUS_M)) - Math.PI / 2;
  return [degrees(latitude), degrees((x * UNIT_M) / EARTH_RADIUS_M)];
}

/** Centres the map on a commune, with a link to the result of the same answers there. */
function show(map, { bbox, code, lat, lon, name }, simulator) {
  const [west, south, east, north] = bbox ?? [lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05];
  map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(1));
  const address = new URL(simulator, location.href);
  address.searchParams.set("commune", code);
  const link = element("a", "", `Mes aides à ${name}`);
  link.href = address.href;
  L.popup().setLatLng([lat, lon]).setContent(link).openOn(map);
}

/* The map of a structure's form: a click, a drag or the arrows place the marker, which fills the number fields;
   the number fields move the marker. Started by map-loader.js once Leaflet is there. */

import { createMap, getJson } from "./map-base.js";
import { addGround, toBounds } from "./map-ground.js";
import { enhancePlaceSearch } from "./place-search.js";

const DECIMALS = 5; // about one metre
const CLOSE_ZOOM = 14;
const STEP_PX = 10;
const FINE_STEP_PX = 1;
const ICON_PX = 30;
const BY_HAND = "hand";
const MOVES = { ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1] };

/** Starts the map of `view`; the fields of the form are found by their names. */
export async function start(view) {
  const frame = view.querySelector("[data-map-frame]");
  const form = view.closest("form");
  const fields = {
    latitude: form.elements.namedItem("latitude"),
    longitude: form.elements.namedItem("longitude"),
    source: form.elements.namedItem("coordinate_source"),
  };
  if (!fields.latitude || !fields.longitude) return;
  const { box, communes, ground, maxZoom, minZoom } = frame.dataset;
  const map = createMap(frame, toBounds(box.split(",").map(Number)), {
    help: "position-aide",
    label: "Carte pour placer la structure",
    maxZoom: Number(maxZoom),
    minZoom: Number(minZoom),
  });
  const status = view.querySelector("[data-map-status]");
  const marker = createMarker(map, (spot) => {
    write(fields, spot);
    status.textContent = `Position\u00a0: ${fields.latitude.value}, ${fields.longitude.value}`;
  });

  map.on("click", ({ latlng }) => marker.place(latlng));
  const follow = () => {
    const spot = read(fields);
    if (spot) marker.show(spot);
    return spot;
  };
  fields.latitude.addEventListener("change", follow);
  fields.longitude.addEventListener("change", follow);

  const show = (place) => {
    if (place.bbox) map.fitBounds(toBounds(place.bbox), { animate: false });
    else map.setView([place.lat, place.lon], CLOSE_ZOOM - 2, { animate: false });
  };
  const search = view.querySelector("[data-position-search]");
  search.hidden = false;
  search.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // Enter chooses a commune and does not save the sheet
  });
  enhancePlaceSearch(search, {
    choose: show,
  });

  const spot = follow();
  if (spot) map.setView(spot, CLOSE_ZOOM, { animate: false });
  followCommune(form.elements.namedItem("commune"), search.dataset.suggestions, (place) => {
    if (!read(fields)) show(place);
  });
  await addGround(map, { communes, ground });
  frame.dataset.ready = "true";
}

/* The commune chosen in the form, "La Châtre (commune 36046)", is where the map goes while nothing is placed. */
function followCommune(select, suggestions, show) {
  const go = async () => {
    const [, name, code] = /^(.+) \(\D+(\w+)\)$/.exec(select.selectedOptions[0]?.text.trim() ?? "") ?? [];
    if (!name) return;
    const { places } = await getJson(`${suggestions}?q=${encodeURIComponent(name)}`);
    const found = places.find((place) => place.code === code);
    if (found) show(found);
  };
  const quietly = () => go().catch(() => {}); // the map can still be moved by hand
  window.django.jQuery(select).on("change", quietly);
  quietly();
}

/* `show` moves the marker, `place` moves it and tells `placed`. */
function createMarker(map, placed) {
  const icon = L.divIcon({ className: "position-map__marker", iconAnchor: [ICON_PX / 2, ICON_PX], iconSize: [ICON_PX, ICON_PX] });
  const marker = L.marker([0, 0], { alt: "Repère de la structure", draggable: true, icon, keyboard: true });
  const show = (spot) => {
    marker.setLatLng(spot);
    if (map.hasLayer(marker)) return;
    marker.addTo(map);
    const element = marker.getElement();
    element.setAttribute("aria-label", "Repère de la structure, à déplacer avec les flèches");
    element.addEventListener("keydown", (event) => move(event));
  };
  const place = (spot) => {
    show(spot);
    placed(marker.getLatLng());
  };
  const move = (event) => {
    const direction = MOVES[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? FINE_STEP_PX : STEP_PX;
    const point = map.latLngToContainerPoint(marker.getLatLng()).add(L.point(direction).multiplyBy(step));
    place(map.containerPointToLatLng(point));
    map.panInside(marker.getLatLng(), { animate: false, padding: [ICON_PX, ICON_PX] });
  };
  marker.on("dragend", () => placed(marker.getLatLng()));
  return { place, show };
}

function read({ latitude, longitude }) {
  const spot = [latitude, longitude].map(({ value }) => (value.trim() ? Number(value.replace(",", ".")) : NaN));
  return spot.every(Number.isFinite) && Math.abs(spot[0]) <= 90 && Math.abs(spot[1]) <= 180 ? spot : null;
}

function write({ latitude, longitude, source }, { lat, lng }) {
  latitude.value = lat.toFixed(DECIMALS);
  longitude.value = lng.toFixed(DECIMALS);
  if (source) source.value = BY_HAND;
}

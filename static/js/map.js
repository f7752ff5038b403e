/* The interactive map of /carte/: started by map-loader.js once Leaflet and its clusters are there. */

import { breathe, createMap, getJson, setGestures } from "./map-base.js";
import { offerFullScreen } from "./map-full.js";
import { addGround, toBounds } from "./map-ground.js";
import { followList, mapQuery } from "./map-list.js";
import { createPoints, decodePlaces, positionKey } from "./map-points.js";
import { createPopups } from "./map-popup.js";
import { enhancePlaceSearch } from "./place-search.js";

const SETTLE_MS = 350;
const CLOSE_ZOOM = 14;
const STALE_POINTS = "Les repères de la carte n’ont pas pu être mis à jour. Réessayez.";

/** Replaces the server's drawing in `view` by a map, and ties it to the list and to the place search. */
export async function start(view) {
  const frame = view.querySelector("[data-map-frame]");
  const settings = frame.dataset;
  const region = toBounds(settings.box.split(",").map(Number));
  const firstQuery = mapQuery();
  const asked = Promise.all([getJson(settings.ground), getJson(pointsAddress(settings.points, firstQuery))]);
  asked.catch(() => {}); // said where it is awaited
  const map = createMap(frame, region, {
    dragging: false,
    help: settings.help,
    label: "Carte interactive des structures",
    maxBounds: region.pad(0.6),
    maxZoom: Number(settings.maxZoom),
    minZoom: Number(settings.minZoom),
  });
  const kinds = readKinds(view);
  const points = createPoints(map, kinds);
  const popups = createPopups(map, { address: settings.places, filters: mapQuery });
  const say = (text) => {
    view.querySelector("[data-map-status]").textContent = text;
  };

  points.group.on("click", ({ layer }) => {
    if (layer.options.place.kinds.length) popups.open(layer);
    else map.setView(layer.getLatLng(), map.getZoom() + 2);
  });
  pressByKeyboard(map);
  setGestures(map);
  await breathe();

  let clustered = false; // too many structures to be sent at once: the server groups those of the view

  let places = new Map();

  function read(data) {
    places = decodePlaces(data);
    clustered = clustered || "n" in data;
  }

  async function drawPoints() {
    const query = mapQuery();
    if (clustered) query.set("bbox", boxOfView(map));
    read(await getJson(pointsAddress(settings.points, query)));
    points.replace(places);
  }

  function renew() {
    popups.close();
    clustered = false;
    return drawPoints();
  }

  function fitToPlaces() {
    const spots = [...places.values()].map(({ lat, lon }) => [lat, lon]);
    const filtered = mapQuery().size > 0;
    map.fitBounds(filtered && spots.length ? L.latLngBounds(spots).pad(0.1) : region, { animate: false, maxZoom: 12 });
  }

  const quietly = silenceable(map);
  const full = offerFullScreen(view, () => quietly(() => map.invalidateSize({ animate: false })));
  const list = followList(view, {
    async changed({ filters, restored, unboxed }) {
      try {
        if (filters) await renew();
      } catch {
        say(STALE_POINTS);
      }
      const box = boxOfAddress();
      if (box && restored) quietly(() => fitToBox(map, box));
      else if (!box && (filters || unboxed)) quietly(fitToPlaces);
    },
    failed: () => say("La liste n’a pas pu être mise à jour. Réessayez."),
    light: (key, on) => lightUp(points, key, on),
    show(key, button) {
      const marker = points.find(key);
      if (!marker) return;
      full.lower();
      frame.scrollIntoView({ block: "nearest" });
      quietly(() => map.setView(marker.getLatLng(), Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false }));
      popups.open(marker, button);
    },
  });

  enhancePlaceSearch(view.querySelector("[data-place-search]"), {
    choose: ({ bbox, lat, lon }) => map.fitBounds((toBounds(bbox) ?? L.latLng(lat, lon).toBounds(8000)).pad(0.5), { maxZoom: 12 }),
  });

  const [ground, firstPoints] = await asked;
  if (String(mapQuery()) === String(firstQuery)) read(firstPoints);
  const box = boxOfAddress();
  if (box || mapQuery().size) quietly(() => (box ? fitToBox(map, box) : fitToPlaces()));
  await addGround(map, ground, settings.communes);
  await breathe();
  points.replace(places);
  await breathe();
  keepListInStep(map, view, list, quietly);
  lightRows(map, points, list.light);
  map.on("moveend", () => {
    if (clustered) drawPoints().catch(() => say(STALE_POINTS));
  });
  frame.dataset.ready = "true";
}

/* Names and pictograms of the kinds by code, from the legend. */
function readKinds(view) {
  const items = view.querySelectorAll("[data-kind]");
  return new Map(
    [...items].map((item) => [item.dataset.kind, { mark: item.querySelector(".kind"), name: item.dataset.name }]),
  );
}

function pointsAddress(address, query) {
  return query.size ? `${address}?${query}` : address;
}

function boxOfAddress() {
  return new URLSearchParams(location.search).get("bbox");
}

function fitToBox(map, text) {
  const box = text.split(",").map(Number);
  if (box.length === 4 && box.every(Number.isFinite)) map.fitBounds(toBounds(box).pad(-0.02), { animate: false });
}

/* Enter and Space press the marker in focus; a cluster that opens hands the focus to the map. */
function pressByKeyboard(map) {
  const container = map.getContainer();
  container.addEventListener("keydown", (event) => {
    const icon = event.target.closest(".leaflet-marker-icon");
    if (!icon || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    icon.click();
    if (icon.classList.contains("map-cluster")) container.focus({ preventScroll: true });
  });
}

function lightUp(points, key, on) {
  const marker = points.find(key);
  const shown = marker && points.group.getVisibleParent(marker);
  shown?.getElement()?.classList.toggle("map-marker--active", on);
}

/* A marker under the pointer or in focus lights up its rows. */
function lightRows(map, points, light) {
  const key = ({ options: { place } }) => positionKey(place.lat, place.lon);
  points.group.on("mouseover", ({ layer }) => light(key(layer), true));
  points.group.on("mouseout", ({ layer }) => light(key(layer), false));
  for (const [event, on] of [["focusin", true], ["focusout", false]]) {
    map.getContainer().addEventListener(event, ({ target }) => {
      const marker = [...points.group.byKey.values()].find((one) => one.getElement() === target);
      if (marker) light(key(marker), on);
    });
  }
}

/* Moves that the map makes by itself must not narrow the list: `quietly(move)` makes one, without animation and
   so at once; Leaflet tells the move that brings a popup into view. `quietly.now()`: was it such a move? */
function silenceable(map) {
  let quiet = false;
  let panning = false;
  map.on("autopanstart", () => {
    panning = true;
  });
  const quietly = (move) => {
    quiet = true;
    move();
    quiet = false;
  };
  quietly.now = () => {
    const was = quiet || panning;
    panning = false;
    return was;
  };
  return quietly;
}

/* After each move of the visitor: the list of what is in view, at once or by the button. */
function keepListInStep(map, view, list, quietly) {
  const follow = view.querySelector("[data-map-follow]");
  const here = view.querySelector("[data-map-here]");
  let timer = 0;
  view.querySelector("[data-map-tools]").hidden = false;
  follow.checked = matchMedia("(width >= 62rem)").matches;
  const search = () => {
    here.hidden = true;
    const query = new URLSearchParams(location.search);
    query.delete("page");
    query.set("bbox", boxOfView(map));
    list.load(query, "replaceState");
  };
  here.addEventListener("click", search);
  follow.addEventListener("change", () => {
    if (follow.checked && !here.hidden) search();
  });
  map.on("moveend", () => {
    if (quietly.now()) return;
    clearTimeout(timer);
    if (follow.checked) timer = setTimeout(search, SETTLE_MS);
    else here.hidden = false;
  });
}

/* west,south,east,north in degrees, rounded to 11 m. */
function boxOfView(map) {
  return map.getBounds().toBBoxString().split(",").map((degrees) => Number(degrees).toFixed(4)).join(",");
}

/* The list beside the map and the map, in step: rows light up their marker, moving the map narrows the list,
   filtering the list draws the map again. The address bar always tells what the list shows. */

import { element, positionKey } from "./map-points.js";

const SETTLE_MS = 350;
const PLACE_NAMES = ["departement", "territoire", "commune", "lieu", "rayon"];

/** Query of the address bar without what only concerns the list: its page, its order, the box of the map. */
export function mapQuery() {
  const query = new URLSearchParams(location.search);
  ["page", "tri", "bbox", ""].forEach((name) => query.delete(name));
  return query;
}

/** `west,south,east,north` of the view, rounded inwards so that the same screen gives the same view back. */
export function boxOfView(map) {
  const view = map.getBounds();
  const inwards = [
    Math.ceil(view.getWest() * 1e4),
    Math.ceil(view.getSouth() * 1e4),
    Math.floor(view.getEast() * 1e4),
    Math.floor(view.getNorth() * 1e4),
  ];
  return inwards.map((value) => String(value / 1e4)).join(",");
}

/** The list of `view`: its rows, its form, its address. `onFilter(places changed)` runs after each new selection. */
export function followList(view, { find, getPage, onFilter, show }) {
  const results = view.querySelector("[data-results]");
  const form = view.querySelector("[data-filters]");

  async function load(query, { move = false } = {}) {
    const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
    results.setAttribute("aria-busy", "true");
    try {
      const fresh = await getPage(address);
      results.replaceChildren(...fresh.childNodes);
      history[move ? "replaceState" : "pushState"](null, "", address);
      wireRows(results, { find, show });
    } finally {
      results.removeAttribute("aria-busy");
    }
  }

  return { form, load, results, onFilter, wire: () => wireRows(results, { find, show }) };
}

/** Query of the filters as the form stands; keeps `bbox` unless the place itself changed. */
export function queryOfForm(form, current) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  const placeOf = (from) => PLACE_NAMES.map((name) => from.getAll(name).sort().join("|")).join("&");
  const box = current.get("bbox");
  if (box && placeOf(query) === placeOf(current)) query.set("bbox", box);
  else query.delete("bbox");
  return query;
}

function wireRows(results, { find, show }) {
  for (const row of results.querySelectorAll("[data-lat][data-lon]")) {
    const key = positionKey(Number(row.dataset.lat), Number(row.dataset.lon));
    addButton(row, () => show(key, row));
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => light(find, key, true));
    for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => light(find, key, false));
  }
}

/* The list beside the map: its filters, pages and chips without reload, its rows that light up their marker.
   The address bar always tells what the list shows. Without this module the same forms and links work by GET. */

import { element } from "./map-base.js";
import { positionKey } from "./map-points.js";

const DEFAULT_RADIUS = "20";
const TYPING_MS = 400;
const LIST_ONLY = ["page", "tri", "bbox"];

/** Query of the address bar without what only concerns the list: its page, its order, the box of the map. */
export function mapQuery() {
  const query = new URLSearchParams(location.search);
  LIST_ONLY.forEach((name) => query.delete(name));
  return query;
}

/** Takes over the list of `view`. `show(key)` opens a position on the map, `light(key, on)` marks it,
    `changed({filters, restored, unboxed})` runs after each new list: did the filters change, was it a step back,
    was the box of the map taken off. */
export function followList(view, { changed, failed, light, show }) {
  const results = view.querySelector("#resultats");
  const form = view.querySelector("form.filters");
  let asked = 0;

  async function load(query, push = "pushState") {
    const before = { boxed: location.search.includes("bbox="), filters: mapQuery().toString() };
    const asking = query.size ? `${location.pathname}?${query}` : location.pathname;
    const turn = ++asked;
    results.setAttribute("aria-busy", "true");
    try {
      const { address, fragment } = await fetchFragment(asking);
      if (turn !== asked) return;
      swap(results, fragment);
      if (push) history[push](null, "", address);
      fillForm(form, new URLSearchParams(location.search));
      wireRows(results, { light, show });
      changed({
        filters: !push || mapQuery().toString() !== before.filters,
        restored: !push,
        unboxed: before.boxed && !location.search.includes("bbox="),
      });
    } catch {
      if (turn === asked) failed();
    } finally {
      if (turn === asked) results.removeAttribute("aria-busy");
    }
  }

  form.dataset.place = form.elements.lieu.value.trim();
  wireForm(form, () => load(queryOfForm(form)));
  view.addEventListener("click", (event) => {
    const link = event.target.closest("#resultats a, form.filters a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !staysHere(link)) return;
    event.preventDefault();
    load(new URL(link.href).searchParams).then(() => focusHeading(results));
  });
  addEventListener("popstate", () => load(new URLSearchParams(location.search), ""));
  wireRows(results, { light, show });
  return { light: (key, on) => lightRow(results, key, on), load };
}

async function fetchFragment(asking) {
  const response = await fetch(asking, { headers: { "HX-Request": "true" } });
  if (!response.ok) throw new Error(response.statusText);
  const fragment = new DOMParser().parseFromString(await response.text(), "text/html");
  return { address: response.headers.get("HX-Push-Url") ?? asking, fragment };
}

/* The answer is the content of the results, a title, and elements that renew those of the same id. */
function swap(results, fragment) {
  document.title = fragment.title || document.title;
  for (const part of fragment.querySelectorAll("[hx-swap-oob]")) {
    document.getElementById(part.id)?.replaceChildren(...part.childNodes);
    part.remove();
  }
  results.replaceChildren(...fragment.body.childNodes);
}

function staysHere(link) {
  return link.origin === location.origin && link.pathname === location.pathname && !link.hash;
}

function focusHeading(results) {
  const heading = results.querySelector("h2") ?? results;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  if (heading.getBoundingClientRect().top < 0) heading.scrollIntoView();
}

function wireForm(form, send) {
  let timer = 0;
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  form.addEventListener("change", () => later(0));
  form.addEventListener("input", ({ target }) => {
    if (target.type === "search") later(TYPING_MS);
  });
}

/* The filters as the form stands; what has no control stays, and the box of the map unless the place changed. */
function queryOfForm(form) {
  const current = new URLSearchParams(location.search);
  const query = new URLSearchParams();
  const kept = ["territoire", "tri", "bbox"];
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !kept.includes(name)) query.append(name, value);
  }
  if (current.has("commune") && query.get("lieu") === form.dataset.place) {
    query.delete("lieu");
    query.set("commune", current.get("commune"));
  }
  if (!query.has("lieu") && !query.has("commune")) query.delete("rayon");
  for (const name of kept) if (current.has(name)) query.set(name, current.get(name));
  if (placeOf(query) !== placeOf(current)) query.delete("bbox");
  return query;
}

function placeOf(query) {
  const radius = query.get("rayon") ?? DEFAULT_RADIUS;
  const names = ["departement", "territoire", "commune", "lieu"];
  return [...names.map((name) => query.getAll(name).sort().join(" ")), radius].join("&");
}

/* The form after a link, a step back or a typed place. `data-place` keeps the words that the address stands for. */
function fillForm(form, query) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden") continue;
    const values = query.getAll(control.name);
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control === document.activeElement) continue; // somebody is typing
    else if (control.name === "rayon") control.value = values[0] ?? DEFAULT_RADIUS;
    else if (control.name !== "lieu") control.value = values[0] ?? "";
    else if (!query.has("commune")) control.value = "";
  }
  form.dataset.place = form.elements.lieu.value.trim();
}

function wireRows(results, { light, show }) {
  for (const row of results.querySelectorAll("[data-lat][data-lon]")) {
    const key = positionKey(Number(row.dataset.lat), Number(row.dataset.lon));
    row.classList.add("row--shown");
    row.append(showButton(row, (button) => show(key, button)));
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => light(key, true));
    for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => light(key, false));
  }
}

function lightRow(results, key, on) {
  for (const row of results.querySelectorAll("[data-lat][data-lon]")) {
    if (positionKey(Number(row.dataset.lat), Number(row.dataset.lon)) === key) row.classList.toggle("row--active", on);
  }
}

function showButton(row, press) {
  const button = element("button", "button button--quiet button--small row__show", "Voir sur la carte");
  const name = row.querySelector(".row__title")?.textContent.trim() ?? "";
  button.type = "button";
  button.append(element("span", "visually-hidden", `\u00a0: ${name}`));
  button.addEventListener("click", () => press(button));
  return button;
}

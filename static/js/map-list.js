/* The list beside the map: its filters, pages and chips without reload, its rows that light up their marker.
   The address bar always tells what the list shows. Without this module the same forms and links work by GET. */

import { element, positionKey } from "./map-points.js";

const TYPING_MS = 400;
const PLACE_NAMES = ["departement", "territoire", "commune", "lieu", "rayon"];
const LIST_ONLY = ["page", "tri", "bbox"];

/** Query of the address bar without what only concerns the list: its page, its order, the box of the map. */
export function mapQuery() {
  const query = new URLSearchParams(location.search);
  LIST_ONLY.forEach((name) => query.delete(name));
  return query;
}

/** Takes over the list of `view`. `show(key)` opens a position on the map, `light(key, on)` marks it,
    `changed(filters)` runs after each new list, with whether the filters themselves changed. */
export function followList(view, { changed, failed, light, show }) {
  const results = view.querySelector("[data-results]");
  const form = view.querySelector("[data-filters]");
  let asked = 0;

  async function load(query, history_ = "pushState") {
    const before = mapQuery().toString();
    const address = query.size ? `${location.pathname}?${query}` : location.pathname;
    const turn = ++asked;
    results.setAttribute("aria-busy", "true");
    try {
      const fragment = await fetchFragment(address);
      if (turn !== asked) return;
      swap(results, fragment);
      if (history_) history[history_](null, "", address);
      fillForm(form, query);
      wireRows(results, { light, show });
      changed(mapQuery().toString() !== before || !history_);
    } catch {
      if (turn === asked) failed();
    } finally {
      if (turn === asked) results.removeAttribute("aria-busy");
    }
  }

  wireForm(form, () => load(queryOfForm(form)));
  view.addEventListener("click", (event) => {
    const link = event.target.closest("[data-results] a, [data-chips] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !staysHere(link)) return;
    event.preventDefault();
    load(new URL(link.href).searchParams).then(() => focusHeading(results));
  });
  addEventListener("popstate", () => load(new URLSearchParams(location.search), ""));
  wireRows(results, { light, show });
  return { load };
}

async function fetchFragment(address) {
  const response = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!response.ok) throw new Error(response.statusText);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/* The answer is the content of the results, and beside it elements that replace those of the same id. */
function swap(results, fragment) {
  for (const part of fragment.querySelectorAll("[hx-swap-oob]")) {
    part.removeAttribute("hx-swap-oob");
    const old = document.getElementById(part.id);
    if (old && !old.contains(document.activeElement)) old.replaceWith(part);
    else part.remove();
  }
  const inner = fragment.getElementById(results.id) ?? fragment.body;
  results.replaceChildren(...inner.childNodes);
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
  const ours = (target) => target.form === form && !target.closest("[data-place-search]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  form.addEventListener("input", ({ target }) => {
    if (ours(target) && target.matches("[type=search], [type=text], [type=number]")) later(TYPING_MS);
  });
  form.addEventListener("change", ({ target }) => {
    if (ours(target) && target.matches("[type=checkbox], [type=radio], select")) later(0);
  });
}

/* The filters as the form stands; the box of the map is kept unless the place itself changed. */
function queryOfForm(form) {
  const current = new URLSearchParams(location.search);
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && name !== "bbox") query.append(name, value);
  }
  const place = (from) => PLACE_NAMES.map((name) => from.getAll(name).sort().join(" ")).join("&");
  if (current.has("bbox") && place(query) === place(current)) query.set("bbox", current.get("bbox"));
  return query;
}

function fillForm(form, query) {
  for (const control of form.elements) {
    if (!control.name || control === document.activeElement || control.closest("[data-place-search]")) continue;
    const values = query.getAll(control.name);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values[0] ?? control.dataset.default ?? "";
  }
}

function wireRows(results, { light, show }) {
  for (const row of results.querySelectorAll("[data-lat][data-lon]")) {
    const key = positionKey(Number(row.dataset.lat), Number(row.dataset.lon));
    row.append(showButton(row, (button) => show(key, button)));
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => light(key, true));
    for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => light(key, false));
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

/* The place search as an accessible combobox (ARIA 1.2, listbox popup): type, arrows, Enter, Escape.
   Without JavaScript the same input is a plain field of the filters. */

import { element, getJson } from "./map-base.js";

const DELAY_MS = 180;
const MIN_LENGTH = 2;

/** Enhances `root` (label, input, list, status); `choose(place)` is called with the place that was picked. */
export function enhancePlaceSearch(root, { choose }) {
  const input = root.querySelector("input[type=text]"); // hidden ones carry the filters
  const list = root.querySelector("[role=listbox]");
  const status = root.querySelector("[data-place-status]");
  const state = { active: -1, asked: "", places: [], timer: 0 };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  show(false);

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) activate(-1);
  }

  function activate(index) {
    state.active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  async function ask() {
    const text = input.value.trim();
    if (text.length < MIN_LENGTH) {
      fill([]);
      return;
    }
    state.asked = text;
    try {
      const { places } = await getJson(`${root.dataset.suggestions}?q=${encodeURIComponent(text)}`);
      if (state.asked === text && document.activeElement === input) fill(places, text);
    } catch {
      fill([]);
      status.textContent = "La recherche de lieu ne répond pas. Réessayez.";
    }
  }

  function fill(places, text = "") {
    state.places = places;
    list.replaceChildren(...places.map((place, i) => option(place, `${list.id}-${i}`)));
    show(places.length > 0);
    status.textContent = text ? found(places.length) : "";
  }

  function pick(index) {
    const place = state.places[index];
    if (!place) return;
    clearTimeout(state.timer);
    state.asked = "";
    input.value = `${place.name} (${place.code})`;
    show(false);
    status.textContent = `Carte centrée sur ${place.name}.`;
    choose(place);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => pick(Math.max(state.active, 0)),
    Escape: () => show(false),
    Tab: () => show(false),
  };

  function move(step) {
    if (list.hidden) {
      if (state.places.length) show(true);
      else ask();
      return;
    }
    const count = state.places.length;
    activate(state.active < 0 && step < 0 ? count - 1 : (state.active + step + count) % count);
  }

  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, DELAY_MS);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (!(event.key in keys) || (!open && !event.key.startsWith("Arrow"))) return;
    if (event.key !== "Tab") event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => pick([...list.children].indexOf(event.target.closest("[role=option]"))));
}

function option(place, id) {
  const made = element("li", "place-search__option", "");
  made.id = id;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  const where = [place.postal_codes.slice(0, 3).join(", "), place.department].filter(Boolean).join(", ");
  made.append(element("span", "place-search__name", place.name), element("span", "place-search__where", where));
  return made;
}

function found(count) {
  if (count === 0) return "Aucune commune de la région ne commence ainsi.";
  return `${count}\u00a0commune${count > 1 ? "s" : ""}. Flèches pour choisir, Entrée pour centrer la carte.`;
}

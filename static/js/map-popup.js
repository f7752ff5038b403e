/* The popup of a position: asks the open data for what stands there and lists it, as text and links only. */

import { element, getJson } from "./map-base.js";
import { countOfStructures } from "./map-points.js";

const CONTROLS = 64; // width of the zoom buttons with their margin, which a popup must not cover
const MARGIN = 16;
const MAX_WIDTH = 320;
const HALF_STEP = 6e-6; // positions are rounded to 1e-5 degree: half a step, and a hair

/** Popups on `map`; `filters()` gives the query of the current filters as URLSearchParams. */
export function createPopups(map, { address, filters }) {
  let opener = null;
  const popup = L.popup({
    autoPanPaddingBottomRight: [MARGIN, MARGIN],
    autoPanPaddingTopLeft: [CONTROLS, MARGIN],
    closeButton: false,
    minWidth: 200,
    offset: [0, -12],
  });

  const close = () => map.closePopup(popup);
  map.on("popupclose", () => {
    const inside = popup.getElement()?.contains(document.activeElement);
    if (inside || document.activeElement === document.body) restoreFocus(map, opener);
    opener = null;
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !map.hasLayer(popup)) return;
    event.stopPropagation();
    close();
  });

  async function open(marker, from) {
    opener = from ?? marker.getElement();
    const { place } = marker.options;
    const content = element("div", "map-popup", "");
    content.append(element("p", "map-popup__title", "Chargement…"));
    popup.options.maxWidth = Math.min(MAX_WIDTH, map.getSize().x - CONTROLS - 3 * MARGIN);
    popup.setLatLng(marker.getLatLng()).setContent(content).openOn(map);
    dress(popup.getElement());
    const returnTo = opener;
    try {
      const query = filters();
      query.set("bbox", boxAround(place));
      fill(content, (await getJson(`${address}?${query}`)).features, close);
    } catch {
      content.replaceChildren(
        element("p", "map-popup__title", "Le contenu n’a pas pu être chargé."),
        closeButton(close),
      );
    }
    if (!map.hasLayer(popup) || !content.isConnected) return;
    popup.update();
    opener = returnTo;
    popup.getElement().focus({ preventScroll: true });
  }

  return { close, open };
}

function boxAround({ lat, lon }) {
  const box = [lon - HALF_STEP, lat - HALF_STEP, lon + HALF_STEP, lat + HALF_STEP];
  return box.map((degrees) => degrees.toFixed(6)).join(",");
}

function dress(container) {
  container.setAttribute("role", "dialog");
  container.setAttribute("aria-label", "Structures à cet endroit");
  container.tabIndex = -1;
}

function fill(content, features, close) {
  const list = element("ul", "map-popup__list", "");
  list.append(...features.map(({ properties }) => item(properties)));
  content.replaceChildren(element("p", "map-popup__title", countOfStructures(features.length)), list);
  if (features.some(({ properties }) => properties.approximate)) {
    content.append(element("p", "map-popup__note", "Position approximative\u00a0: mairie, centre de la commune ou rue."));
  }
  content.append(closeButton(close));
}

function item({ name, url, kind_label: kind, commune }) {
  const row = element("li", "map-popup__item", "");
  const link = element("a", "map-popup__link", name);
  link.href = url;
  row.append(link, element("span", "map-popup__meta", [kind, commune].filter(Boolean).join(" · ")));
  return row;
}

function closeButton(close) {
  const button = element("button", "button button--quiet button--small", "Fermer");
  button.type = "button";
  button.addEventListener("click", close);
  return button;
}

function restoreFocus(map, opener) {
  const target = opener?.isConnected ? opener : map.getContainer();
  target.focus({ preventScroll: true });
}

/* The structures as markers: compact columns decoded, one marker per position, clusters, accessible names. */

import { animate, element } from "./map-base.js";

const SCALE = 1e5;
const ICON_SIZE = 36;
const THOUSANDS = /\B(?=(\d{3})+$)/g; // Intl takes 100 ms on a phone

/** Key of a position in degrees, the same for a point of the data and for a row of the list. */
export function positionKey(lat, lon) {
  return `${Math.round(lat * SCALE)} ${Math.round(lon * SCALE)}`;
}

/** Places of the columns {k: [codes], lon: [steps], lat: [steps], t: [index of kind]}, one per position; of
    clusters {n: [structures of each]}, places whose kinds are not told. */
export function decodePlaces(data) {
  const places = new Map();
  let lon = 0;
  let lat = 0;
  data.lon.forEach((step, i) => {
    lon += step;
    lat += data.lat[i];
    const key = `${lat} ${lon}`;
    if (!places.has(key)) places.set(key, { count: 0, kinds: [], lat: lat / SCALE, lon: lon / SCALE });
    const place = places.get(key);
    place.count += data.n?.[i] ?? 1;
    if (!data.n) place.kinds.push(data.k[data.t[i]]);
  });
  return places;
}

/** "3 structures", in French: the plural begins at two. */
export function countOfStructures(count) {
  return `${String(count).replace(THOUSANDS, "\u202f")}\u00a0structure${count > 1 ? "s" : ""}`;
}

/** A cluster group whose markers are known by their position: `group.byKey`. */
export function createPoints(map, kinds) {
  /* Dressed once in view: `options.dress()` gives [element, accessible name]. */
  const NamedIcon = L.DivIcon.extend({
    createIcon(previous) {
      const [html, label] = this.options.dress();
      this.options.html = html;
      const element = L.DivIcon.prototype.createIcon.call(this, previous);
      element.setAttribute("aria-label", label);
      return element;
    },
  });

  const group = L.markerClusterGroup({
    animate,
    chunkedLoading: true,
    disableClusteringAtZoom: 14,
    iconCreateFunction: (cluster) => clusterIcon(NamedIcon, cluster),
    maxClusterRadius: (zoom) => (zoom < 9 ? 64 : 48),
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
  });
  group.byKey = new Map();
  keepTabStopsInView(map);
  map.addLayer(group);
  return {
    group,
    find: (key) => group.byKey.get(key),
    replace: (places) => replacePlaces(group, places, kinds, NamedIcon),
  };
}

/* Markers are also drawn a little outside of the frame: those are no tab stop, or the focus would leave the view. */
function keepTabStopsInView(map) {
  const set = (layer) => {
    if (!(layer instanceof L.Marker) || !layer.options.keyboard || !layer.getElement()) return;
    layer.getElement().tabIndex = map.getBounds().contains(layer.getLatLng()) ? 0 : -1;
  };
  map.on("layeradd", ({ layer }) => set(layer));
  map.on("moveend", () => map.eachLayer(set));
}

function replacePlaces(group, places, kinds, NamedIcon) {
  group.clearLayers();
  group.byKey = new Map();
  places.forEach((place, key) => {
    const icon = place.kinds.length ? placeIcon(NamedIcon, place, kinds) : countIcon(NamedIcon, place.count);
    const marker = L.marker([place.lat, place.lon], { autoPanOnFocus: false, icon, place, riseOnHover: true });
    group.byKey.set(key, marker);
  });
  group.addLayers([...group.byKey.values()]);
}

function placeIcon(NamedIcon, place, kinds) {
  return icon(NamedIcon, () => placeMark(place, kinds), "map-marker", ICON_SIZE);
}

function placeMark({ count, kinds: codes }, kinds) {
  const found = [...new Set(codes)];
  const names = found.map((code) => kinds.get(code)?.name ?? code).join(", ");
  const html = found.length === 1 ? kindMark(found[0], kinds) : element("span", "map-marker__many", String(count));
  if (found.length === 1 && count > 1) html.append(element("span", "map-marker__count", String(count)));
  return [html, count > 1 ? `${countOfStructures(count)}\u00a0: ${names}` : names];
}

function kindMark(code, kinds) {
  const mark = element("span", "map-marker__one", "");
  mark.append(kinds.get(code)?.mark.cloneNode(true) ?? element("span", `kind kind--${code}`, ""));
  return mark;
}

function clusterIcon(NamedIcon, cluster) {
  const children = cluster.getAllChildMarkers();
  return countIcon(NamedIcon, children.reduce((sum, marker) => sum + marker.options.place.count, 0));
}

function countIcon(NamedIcon, count) {
  const size = count < 10 ? 38 : count < 100 ? 46 : 56;
  const dress = () => [
    element("span", "map-cluster__count", String(count)),
    `${countOfStructures(count)} dans ce secteur, agrandir`,
  ];
  return icon(NamedIcon, dress, "map-cluster", size);
}

function icon(NamedIcon, dress, className, size) {
  return new NamedIcon({ className, dress, iconAnchor: [size / 2, size / 2], iconSize: [size, size] });
}

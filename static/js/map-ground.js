/* The ground under the markers, from our own data: contours of the region, of its departments and, from
   zoom 10, of the communes in view; names where there is room. Decorative: no focus, no event. */

import { element, getJson, pause } from "./map-base.js";

const COMMUNES_FROM_ZOOM = 10;
const DEPARTMENT_NAMES_UP_TO_ZOOM = 8.5;
const SLICE_MS = 15;
const MAX_LABELS = 60;
const LABEL_HALF = 9;
const LABEL_CHARACTER = 7.5;
const LABEL_GAP = 6;
const STEPS = [0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6]; // of a name in its department

/** Draws the ground, in step with the view. Resolves when the region is drawn. */
export async function addGround(map, { ground, communes }) {
  pane(map, "ground", 210);
  pane(map, "labels", 450).setAttribute("aria-hidden", "true");
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const region = await getJson(ground);
  await drawShapes(map, renderer, region);
  const labels = new Labels(map, region);
  await pause();

  const departments = readDepartments(region);
  const wanted = new Set();
  const update = () => {
    map.getPane("ground").classList.toggle("map-ground--near", map.getZoom() >= COMMUNES_FROM_ZOOM);
    if (map.getZoom() < COMMUNES_FROM_ZOOM) return;
    for (const { code, bounds } of departments) {
      if (wanted.has(code) || !bounds.intersects(map.getBounds())) continue;
      wanted.add(code);
      getJson(`${communes}?departement=${encodeURIComponent(code)}`)
        .then(async (near) => {
          await drawShapes(map, renderer, near);
          labels.add(near);
        })
        .catch(() => wanted.delete(code));
    }
  };
  map.on("moveend", () => labels.draw()).on("moveend", update);
  labels.followMarkers();
  update();
}

function pane(map, name, zIndex) {
  const made = map.createPane(name);
  made.style.zIndex = zIndex;
  made.style.pointerEvents = "none";
  return made;
}

/** [west, south, east, north] as Leaflet bounds, or null. */
export function toBounds(box) {
  return box ? L.latLngBounds([box[1], box[0]], [box[3], box[2]]) : null;
}

function readDepartments({ departments }) {
  const all = departments.c.map((code, i) => ({ bounds: toBounds(departments.b[i]), code, name: departments.n[i] }));
  return all.filter(({ bounds }) => bounds);
}

async function drawShapes(map, renderer, { shapes, s: scale }) {
  let end = 0;
  for (const [kind, places] of Object.entries(shapes)) {
    const className = `map-ground__${kind}`;
    for (const polygons of places) {
      if (performance.now() > end) {
        await pause();
        end = performance.now() + SLICE_MS;
      }
      const rings = polygons.map((polygon) => polygon.map((ring) => decodeRing(ring, scale)));
      L.polygon(rings, { className, interactive: false, pane: "ground", renderer, weight: 1 }).addTo(map);
    }
  }
}

/** Vertices [latitude, longitude] of a ring [x0, y0, dx, dy, …] in 1/scale of a degree. */
function decodeRing(ring, scale) {
  const vertices = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    vertices.push([y / scale, x / scale]);
  }
  return vertices;
}

function decodeTowns({ towns, s: scale }) {
  let lat = 0;
  let lon = 0;
  return towns.n.map((name, i) => {
    lat += towns.lat[i];
    lon += towns.lon[i];
    return { name, population: towns.p[i], lat: lat / scale, lon: lon / scale };
  });
}

/* Fewest inhabitants of a named town: all from zoom 12. */
function populationShownAt(zoom) {
  return zoom >= 12 ? 0 : 30000 / 2.6 ** Math.max(0, zoom - 7.5);
}

/** Names, the most populated first; none covers another. */
class Labels {
  constructor(map, region) {
    this.map = map;
    this.layer = L.layerGroup().addTo(map);
    this.towns = new Map();
    this.departments = readDepartments(region);
    this.add(region);
  }

  add(document) {
    for (const town of decodeTowns(document)) this.towns.set(`${town.name} ${town.population}`, town);
    this.sorted = [...this.towns.values()].sort((a, b) => b.population - a.population);
    this.draw();
  }

  draw() {
    const zoom = this.map.getZoom();
    const view = this.map.getBounds();
    const floor = populationShownAt(zoom);
    const taken = this.markers();
    const limit = taken.length + MAX_LABELS;
    this.layer.clearLayers();
    if (zoom <= DEPARTMENT_NAMES_UP_TO_ZOOM) {
      for (const { name, bounds } of this.departments) {
        const { lat, lng } = bounds.getCenter();
        const { lat: south, lng: west } = bounds.getSouthWest();
        const at = (x, y) => ({ name, lat: lat + y * (lat - south), lon: lng + x * (lng - west) });
        STEPS.some((y) => STEPS.some((x) => this.write(at(x, y), "department", taken)));
      }
    }
    for (const town of this.sorted) {
      if (town.population < floor || taken.length >= limit) break;
      if (view.contains([town.lat, town.lon])) this.write(town, "town", taken);
    }
  }

  /** Drawn again when the markers change, at most once per frame. */
  followMarkers() {
    let waiting = false;
    const later = ({ layer }) => {
      if (waiting || !isMarker(layer)) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    };
    this.map.on("layeradd", later).on("layerremove", later);
  }

  /** Boxes of the markers: no name goes under them. */
  markers() {
    const found = [];
    this.map.eachLayer((layer) => {
      if (!isMarker(layer)) return;
      const { x, y } = this.map.latLngToLayerPoint(layer.getLatLng());
      const half = (layer.getElement()?.offsetWidth ?? 0) / 2;
      found.push({ marker: true, left: x - half, right: x + half, top: y - half, bottom: y + half });
    });
    return found;
  }

  /** Writes the name at its place or beside its marker, if there is room; says whether it did. */
  write({ name, lat, lon }, kind, taken) {
    const { x, y } = this.map.latLngToLayerPoint([lat, lon]);
    const width = name.length * LABEL_CHARACTER;
    const marker = taken.find((box) => box.marker && x > box.left && x < box.right && y > box.top && y < box.bottom);
    const left = kind === "town" ? (marker?.right ?? x) + LABEL_GAP + 1 : x - width / 2;
    const box = { left, right: left + width, top: y - LABEL_HALF, bottom: y + LABEL_HALF };
    if (taken.some((other) => overlaps(box, other))) return false;
    taken.push(box);
    const html = element("span", `map-label map-label--${kind}${marker ? "" : " map-label--dot"}`, name);
    const icon = L.divIcon({ className: "map-label__anchor", html, iconAnchor: [x - left, 0], iconSize: [0, 0] });
    L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(this.layer);
    return true;
  }
}

function isMarker(layer) {
  return layer instanceof L.Marker && layer.options.keyboard;
}

function overlaps(a, b) {
  return (
    a.left < b.right + LABEL_GAP && b.left < a.right + LABEL_GAP && a.top < b.bottom + 2 && b.top < a.bottom + 2
  );
}

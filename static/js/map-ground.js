/* The ground under the markers, from our own data: contours of the region, of its departments and, from
   zoom 10, of the communes in view; names written where there is room. Decorative: no focus, no event. */

import { breathe, element, getJson } from "./map-base.js";

const COMMUNES_FROM_ZOOM = 10;
const DEPARTMENT_NAMES_UP_TO_ZOOM = 8.5;
const MAX_LABELS = 60;
const LABEL_HEIGHT = 18;
const LABEL_CHARACTER = 7.5;
const LABEL_GAP = 6;
/* Where a department's name may stand, in shares of its width and height from its middle: the nearest free one. */
const DEPARTMENT_STEPS = [0, 0.12, -0.12, 0.22, -0.22, 0.3, -0.3]
  .flatMap((y) => [0, 0.14, -0.14, 0.24, -0.24].map((x) => [x, y]))
  .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
const TOWN_OFFSET = 26; // the name stands clear of a marker on its town

/** Draws the ground from the document of the region, and keeps it in step with the view. Resolves when the region is
    drawn; its names are written later, clear of the markers. */
export async function addGround(map, region, communes) {
  pane(map, "ground", 210);
  pane(map, "labels", 450).setAttribute("aria-hidden", "true");
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const labels = new Labels(map, region);
  drawShapes(map, renderer, region);
  await breathe();

  const departments = readDepartments(region);
  const wanted = new Set();
  const update = () => {
    labels.later();
    map.getPane("ground").classList.toggle("map-ground--near", map.getZoom() >= COMMUNES_FROM_ZOOM);
    if (map.getZoom() < COMMUNES_FROM_ZOOM) return;
    for (const { code, bounds } of departments) {
      if (wanted.has(code) || !bounds.intersects(map.getBounds())) continue;
      wanted.add(code);
      getJson(`${communes}?departement=${encodeURIComponent(code)}`)
        .then((near) => {
          drawShapes(map, renderer, near);
          labels.add(near);
        })
        .catch(() => wanted.delete(code));
    }
  };
  map.on("moveend", update);
  update();
}

function pane(map, name, zIndex) {
  const made = map.createPane(name);
  made.style.zIndex = zIndex;
  made.style.pointerEvents = "none";
  return made;
}

/** [west, south, east, north] in degrees as Leaflet bounds, or null. */
export function toBounds(box) {
  return box ? L.latLngBounds([box[1], box[0]], [box[3], box[2]]) : null;
}

function readDepartments({ departments }) {
  const all = departments.c.map((code, i) => ({ bounds: toBounds(departments.b[i]), code, name: departments.n[i] }));
  return all.filter(({ bounds }) => bounds);
}

function drawShapes(map, renderer, { shapes, s: scale }) {
  for (const [kind, places] of Object.entries(shapes)) {
    const className = `map-ground__${kind}`;
    for (const polygons of places) {
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

/* Fewest inhabitants for a name to be written: all communes from zoom 12. */
function populationShownAt(zoom) {
  return zoom >= 12 ? 0 : 30000 / 2.6 ** Math.max(0, zoom - 7.5);
}

/** Names of departments and towns; the most populated first, each where it covers no other. */
class Labels {
  constructor(map, region) {
    this.map = map;
    this.layer = L.layerGroup().addTo(map);
    this.towns = new Map();
    this.departments = readDepartments(region);
    this.waiting = false;
    this.add(region);
    const changed = ({ layer }) => isMarker(layer) && this.later();
    map.on("layeradd", changed).on("layerremove", changed);
  }

  add(document) {
    for (const town of decodeTowns(document)) this.towns.set(`${town.name} ${town.population}`, town);
    this.sorted = [...this.towns.values()].sort((a, b) => b.population - a.population);
    this.later();
  }

  /** Draws once for all that changes in a frame: a move, markers that come and go. */
  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
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
        const width = bounds.getEast() - bounds.getWest();
        const height = bounds.getNorth() - bounds.getSouth();
        DEPARTMENT_STEPS.some(([x, y]) => this.write({ name, lat: lat + y * height, lon: lng + x * width }, "department", taken));
      }
    }
    for (const town of this.sorted) {
      if (town.population < floor || taken.length >= limit) break;
      if (view.contains([town.lat, town.lon])) this.write(town, "town", taken);
    }
  }

  /** Boxes of the markers in view: no name goes under them. */
  markers() {
    const found = [];
    this.map.eachLayer((layer) => {
      if (!isMarker(layer)) return;
      const { x, y } = this.map.latLngToLayerPoint(layer.getLatLng());
      const half = layer.getIcon().options.iconSize[0] / 2;
      found.push({ left: x - half, right: x + half, top: y - half, bottom: y + half });
    });
    return found;
  }

  /** Writes the name at its place when nothing stands there yet; says whether it did. */
  write({ name, lat, lon }, kind, taken) {
    const point = this.map.latLngToLayerPoint([lat, lon]);
    const width = name.length * LABEL_CHARACTER;
    const left = kind === "department" ? point.x - width / 2 : point.x + TOWN_OFFSET - 6;
    const box = { left, right: left + width, top: point.y - LABEL_HEIGHT / 2, bottom: point.y + LABEL_HEIGHT / 2 };
    if (taken.some((other) => overlaps(box, other))) return false;
    taken.push(box);
    const html = element("span", `map-label map-label--${kind}`, name);
    const icon = L.divIcon({ className: "map-label__anchor", html, iconSize: [0, 0] });
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

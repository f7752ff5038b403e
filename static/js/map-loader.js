/* Loads the interactive map only when somebody is about to use it: Leaflet, its clusters and our own module
   are not requested before the frame comes into view or the place search takes the focus. Until then, and
   without JavaScript, the frame holds a map drawn by the server. All addresses come from data attributes. */

function loadStyle(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return loaded(link);
}

function loadScript(src) {
  const script = document.createElement("script");
  script.src = src;
  script.async = false; // several at once, run in order
  return loaded(script);
}

function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(element.src || element.href)));
    document.head.append(element);
  });
}

function preload(href) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = href;
  document.head.append(link);
}

async function start(view) {
  const { styles, scripts, modules } = view.dataset;
  const addresses = modules.trim().split(/\s+/);
  const frame = view.querySelector("[data-map-frame]");
  const drawing = [...frame.childNodes];
  addresses.forEach(preload);
  try {
    await Promise.all([...styles.split(" ").map(loadStyle), ...scripts.split(" ").map(loadScript)]);
    const module = await import(addresses[0]);
    await module.start(view);
  } catch {
    frame.replaceChildren(...drawing);
    view.querySelector("[data-map-failure]").hidden = false;
  }
}

function whenWanted(view) {
  const frame = view.querySelector("[data-map-frame]");
  const search = view.querySelector("[data-place-search]");
  const once = () => {
    observer.disconnect();
    search?.removeEventListener("focusin", once);
    start(view);
  };
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) once();
  });
  observer.observe(frame);
  search?.addEventListener("focusin", once);
}

document.querySelectorAll("[data-map-view]").forEach(whenWanted);

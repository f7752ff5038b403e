/* On a phone the map can fill the screen; the list is then a sheet at its foot. Without this module both follow one another. */

const OUTSIDE = ".skip, .site-header, .site-footer, .breadcrumb";

/** Ties the button [data-map-full] of `view` to the full screen, and [data-map-sheet] to the sheet of the list.
    `resized()` tells the map that its frame has changed. Returns `lower()`, which puts the sheet down so that the map can be seen. */
export function offerFullScreen(view, resized) {
  const button = view.querySelector("[data-map-full]");
  const label = view.querySelector("[data-map-full-label]");
  const sheet = view.querySelector("[data-map-sheet]");
  const isFull = () => view.classList.contains("map-page--full");

  function raise(up) {
    sheet.setAttribute("aria-expanded", String(up));
    view.classList.toggle("map-page--raised", up);
  }

  function fill(full) {
    view.classList.toggle("map-page--full", full);
    document.documentElement.classList.toggle("is-covered", full);
    for (const part of document.querySelectorAll(OUTSIDE)) part.inert = full;
    label.textContent = full ? "Quitter le plein écran" : "Plein écran";
    sheet.hidden = !full;
    raise(false);
    resized();
  }

  button.addEventListener("click", () => fill(!isFull()));
  sheet.addEventListener("click", () => raise(sheet.getAttribute("aria-expanded") === "false"));
  view.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isFull() || event.defaultPrevented) return;
    fill(false);
    button.focus();
  });
  matchMedia("(width >= 62rem)").addEventListener("change", ({ matches }) => {
    if (matches && isFull()) fill(false);
  });
  return { lower: () => isFull() && raise(false) };
}

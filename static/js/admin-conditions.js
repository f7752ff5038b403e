/* Conditions of an aid: the list of values shows those of the chosen kind alone, and territories are asked for where
   the kind is a place. Without JavaScript the form shows all, and the server keeps what the kind asks for. */
const PLACE = "territoire";

function keep(select, kind) {
  const rows = select.closest(".inline-related");
  rows?.querySelector(".field-places")?.toggleAttribute("hidden", kind.value !== PLACE);
  rows?.querySelector(".field-picked")?.toggleAttribute("hidden", kind.value === PLACE);
  for (const option of select.options) {
    const fits = option.value.startsWith(`${kind.value}|`);
    option.hidden = !fits;
    option.disabled = !fits;
    if (option.parentElement.tagName === "OPTGROUP") option.parentElement.hidden = !fits;
  }
}

function tie(select) {
  const kind = select.form?.elements.namedItem(select.name.replace(/picked$/, "kind"));
  if (!kind || select.name.includes("__prefix__")) return;
  kind.addEventListener("change", () => keep(select, kind));
  keep(select, kind);
}

document.querySelectorAll("select[data-values-of]").forEach(tie);
document.addEventListener("formset:added", ({ target }) => target.querySelectorAll("select[data-values-of]").forEach(tie));

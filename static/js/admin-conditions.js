/* Conditions of an aid: the list of values shows those of the chosen kind alone. Without JavaScript it shows all,
   grouped by kind, and the server keeps those of the kind. */

function keep(select, kind) {
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

// Pickers that lead somewhere as soon as something is chosen; without scripts a button does it.
for (const box of document.querySelectorAll("[data-go]")) {
  box.addEventListener("change", () => {
    const pairs = [...new FormData(box.form)].filter(([, value]) => value !== "");
    location.assign(`${box.form.getAttribute("action")}?${new URLSearchParams(pairs)}`);
  });
}

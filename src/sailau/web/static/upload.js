// A corrected column is read again at once; a role that stands once leaves the column that had it before.
const once = { long: ["contender", "votes"], wide: [] };

document.addEventListener("change", (event) => {
  const form = event.target.closest("#mapping");
  if (!form) return;
  if ((once[form.dataset.layout] ?? []).includes(event.target.value)) {
    for (const box of form.querySelectorAll("select")) {
      if (box !== event.target && box.value === event.target.value) box.value = "left_out";
    }
  }
  again(form, event.target.id || null);
});

async function again(form, focused) {
  const lost = document.getElementById("mapping-lost");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "text/html" } });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    const report = there.querySelector(".report");
    if (!report) throw new Error(there.querySelector(".stop")?.textContent ?? answer.statusText);
    document.querySelector(".report").replaceWith(report);
    if (focused) document.getElementById(focused)?.focus();
  } catch (error) {
    lost.textContent = error instanceof TypeError ? lost.dataset.words : error.message;
    lost.hidden = false;
  }
}

const report = document.querySelector(".report");
if (report) report.scrollIntoView({ block: "nearest" });
for (const box of document.querySelectorAll("input[type=file]")) {
  // A file can be dropped anywhere on its form.
  const zone = box.closest("form");
  for (const kind of ["dragover", "drop"]) {
    zone.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") box.files = event.dataTransfer.files;
    });
  }
}

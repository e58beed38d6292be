// A file that was chosen stays chosen when the good rows are to be kept: the browser forgets it on every answer.
const report = document.querySelector(".report");
if (report) report.scrollIntoView({ block: "nearest" });
for (const box of document.querySelectorAll("input[type=file]")) {
  const zone = box.closest("form");
  for (const kind of ["dragover", "drop"]) {
    zone.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") box.files = event.dataTransfer.files;
    });
  }
}

// Verdicts are counted while the page is read already.
const scores = document.getElementById("scores");
if (!scores.dataset.ready) {
  const answer = await fetch("/archive/verdicts", { headers: { accept: "application/json" } });
  const counting = document.getElementById("counting");
  if (answer.ok) {
    const { title, verdicts } = await answer.json();
    scores.textContent = title;
    for (const cell of document.querySelectorAll("[data-verdict]")) {
      const found = verdicts[cell.dataset.verdict];
      if (!found) continue;
      const remark = document.createElement("span");
      remark.className = "quiet";
      remark.textContent = found[1];
      cell.replaceChildren(`${found[0]} `, remark);
    }
    counting.hidden = true;
  } else {
    counting.textContent = (await answer.json()).detail;
  }
}

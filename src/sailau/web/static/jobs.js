// Progress of a job: the server tells, the page shows; what is done so far is drawn about once a second.
const box = document.getElementById("job");
const [state, bar, count, left, stop] = ["state", "bar", "count", "left", "stop"].map((id) => document.getElementById(id));
const result = document.getElementById("result");
const number = new Intl.NumberFormat(document.documentElement.lang);
const busy = { part: false, last: 0 };

async function draw() {
  if (busy.part) return;
  busy.part = true;
  busy.last = Date.now();
  try {
    const answer = await fetch(`/simulate/${box.dataset.job}/part${location.search}`);
    if (answer.ok) result.innerHTML = (await answer.json()).html;
  } finally {
    busy.part = false;
  }
}

function tell(job) {
  bar.max = job.total;
  bar.value = job.done;
  count.textContent = number.format(job.done);
  left.textContent = job.seconds_left === null ? "" : box.dataset.left.replace("{s}", number.format(Math.ceil(job.seconds_left)));
  const said = box.dataset[job.state];
  if (state.textContent !== said) state.textContent = said;
  const over = ["done", "stopped", "failed"].includes(job.state);
  stop.hidden = over;
  box.dataset.over = over ? "yes" : "";
  if (over) draw(); else if (job.done && Date.now() - busy.last > 900) draw();
  return over;
}

if (!box.dataset.over) {
  const source = new EventSource(`/api/jobs/${box.dataset.job}/events`);
  source.onmessage = (event) => { if (tell(JSON.parse(event.data))) source.close(); };
}

stop.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  stop.disabled = true;
  const answer = await fetch(`/api/jobs/${box.dataset.job}`, { method: "DELETE" });
  if (answer.ok) tell(await answer.json());
});

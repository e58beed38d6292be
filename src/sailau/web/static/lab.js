// The Lab: every moved control asks the server for the parts of the page that change. One question at a time: what is
// moved meanwhile is asked next, so pictures come in order and none is older than the one before.
const form = document.getElementById("lab");
const result = document.getElementById("result");
const code = document.getElementById("code");
const sentence = document.getElementById("sentence");
const lost = document.getElementById("lost");
const reset = document.getElementById("reset");
const scene = { busy: false, next: null, said: 0, query: location.search };

const plain = (text) => text.trim().replace(/\s|%/g, "").replace(",", ".");

function isEnacted(box) {
  const control = box.closest(".control");
  return control !== null && plain(box.value) === plain(control.dataset.enacted);
}

// What differs from the law as enacted, as the query of an address.
function query() {
  const pairs = [];
  for (const box of form.elements) {
    if (!box.name || box.name === "form" || box.disabled || box.value === "") continue;
    if ((box.type === "radio" || box.type === "checkbox") && !box.checked) continue;
    if (box.closest(".control") && isEnacted(box)) continue;
    pairs.push(`${encodeURIComponent(box.name)}=${encodeURIComponent(box.value)}`);
  }
  if (form.querySelector("details.areas[open]")) pairs.push("open=areas");
  return `?${pairs.join("&")}`;
}

function say(text) {
  clearTimeout(scene.said);
  scene.said = setTimeout(() => { if (sentence.textContent !== text) sentence.textContent = text; }, 500);
}

function show(part) {
  const open = [...form.querySelectorAll("#result details, #code details")].map((box) => box.open);
  result.innerHTML = part.result;
  code.innerHTML = part.code;
  form.querySelectorAll("#result details, #code details").forEach((box, i) => { box.open = open[i] ?? box.open; });
  for (const box of form.querySelectorAll(".control")) {
    const now = part.controls[box.dataset.path];
    if (!now) continue;
    box.classList.toggle("differs", now.differs);
    const undo = box.querySelector(".undo");
    if (undo) undo.hidden = !now.differs;
  }
  reset.hidden = !part.changed;
  scene.query = part.query;
  say(part.sentence);
}

// Set every control to what the server says; after Back, Forward, and a reset.
function set(part) {
  for (const box of form.querySelectorAll(".control")) {
    const now = part.controls[box.dataset.path];
    const field = box.querySelector("[name]");
    if (!now || !field) continue;
    field.value = field.tagName === "SELECT" ? now.value : spelled(now.box);
    const slider = box.querySelector("input[type=range]");
    if (slider) slider.value = now.box;
  }
}

const comma = document.documentElement.lang !== "en";
const spelled = (text) => (comma ? text.replace(".", ",") : text);

async function ask(wanted) {
  if (scene.busy) { scene.next = { ...wanted, history: wanted.history ?? scene.next?.history }; return; }
  scene.busy = true;
  try {
    const answer = await fetch(`/lab/part${wanted.query}`, { headers: { accept: "application/json" } });
    const part = await answer.json();
    if (!answer.ok) throw new Error(part.detail);
    lost.hidden = true;
    if (wanted.set) set(part);
    show(part);
    if (wanted.history === "push" && part.query !== location.search) history.pushState({ lab: true }, "", part.query);
    result.dataset.pictures = String(Number(result.dataset.pictures || 0) + 1);
    result.dispatchEvent(new CustomEvent("sailau:picture", { bubbles: true, detail: part.query }));
  } catch (error) {
    lost.textContent = error instanceof TypeError ? lost.dataset.words : error.message;
    lost.hidden = false;
  }
  scene.busy = false;
  const next = scene.next;
  scene.next = null;
  if (next) await ask(next);
}

// While a slider is dragged the address is not touched; when it is let go, the address gets one new entry.
form.addEventListener("input", (event) => {
  const box = event.target;
  if (box.dataset.for) document.getElementById(box.dataset.for).value = spelled(box.value);
  if (box.dataset.for || box.closest(".control")?.querySelector("input[type=range]")) {
    if (!box.dataset.for) {
      const slider = box.closest(".control").querySelector("input[type=range]");
      if (plain(box.value) !== "" && !Number.isNaN(Number(plain(box.value)))) slider.value = plain(box.value);
    }
    ask({ query: query() });
  }
});

form.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name === "e" || box.name === "law") {
    const keep = [...new FormData(form)].filter(([key]) => key === "e" || key === "lang" || (key === "law" && box.name === "law"));
    location.assign(`/lab?${new URLSearchParams(keep.filter(([, value]) => value))}`);
    return;
  }
  if (box.name?.startsWith("decide.")) return;
  ask({ query: query(), history: "push" });
});

// The table of districts comes when it is opened; until then it is not asked for.
form.addEventListener("toggle", (event) => {
  if (event.target.matches("details.areas[open]") && !event.target.querySelector("table")) ask({ query: query() });
}, true);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ query: query(), history: "push" });
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.reset) {
    const box = form.querySelector(`.control[data-path="${CSS.escape(button.dataset.reset)}"]`);
    const field = box.querySelector("[name]");
    const slider = box.querySelector("input[type=range]");
    field.value = field.tagName === "SELECT" ? box.dataset.enacted : spelled(box.dataset.enacted.replace("%", ""));
    if (slider) slider.value = box.dataset.enacted.replace("%", "");
    field.focus();
    ask({ query: query(), history: "push" });
  }
  if (button.dataset.undecide) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(button.dataset.undecide)}"]`)) box.remove();
    ask({ query: query(), history: "push" });
  }
  if (button.dataset.copy) copy(button);
});

async function copy(button) {
  const text = button.dataset.copy === "url" ? location.href : document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1200);
}

window.addEventListener("popstate", () => ask({ query: location.search || `?e=${encodeURIComponent(form.elements.e.value)}`, set: true }));

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches("input:not([type=range]), textarea")) return;
  event.preventDefault();
  if (event.shiftKey) history.forward(); else history.back();
});

reset.addEventListener("click", (event) => {
  event.preventDefault();
  ask({ query: new URL(reset.href).search, history: "push", set: true });
});

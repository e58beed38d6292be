// The Lab: every moved control asks the server for the parts of the page that change. One question at a time: what is
// moved meanwhile is asked next, so pictures come in order and none is older than the one before.
const form = document.getElementById("lab");
const result = document.getElementById("result");
const code = document.getElementById("code");
const map = document.getElementById("map");
const sentence = document.getElementById("sentence");
const lost = document.getElementById("lost");
const reset = document.getElementById("reset");
const scene = { busy: false, next: null, said: 0, query: location.search };

const plain = (text) => text.trim().replace(/\s|%/g, "").replace(",", ".");

function isEnacted(box) {
  const control = box.closest(".control");
  return control !== null && plain(box.value) === plain(control.dataset.enacted);
}

// A clause of a step that was added and is taken away again.
function isGone(box) {
  const [tier, step] = box.name.split(".");
  const adding = form.elements[`${tier}.add`];
  const had = adding?.dataset.had.split(",") ?? [];
  return had.includes(step) && !adding.value.split(",").includes(step);
}

// What differs from the law as enacted, as the query of an address.
function query() {
  const pairs = [];
  for (const box of form.elements) {
    if (!box.name || box.name === "form" || box.disabled || box.value === "") continue;
    if ((box.type === "radio" || box.type === "checkbox") && !box.checked) continue;
    if (box.closest(".control") && isEnacted(box)) continue;
    if (isGone(box) || (box.type === "hidden" && box.name.startsWith("colour"))) continue;
    pairs.push(`${encodeURIComponent(box.name)}=${encodeURIComponent(box.value).replaceAll("%2F", "/").replaceAll("%2C", ",")}`);
  }
  for (const box of swatches()) if (box.value !== box.dataset.standard) pairs.push(`colour.${encodeURIComponent(box.dataset.colour)}=${box.value.slice(1)}`);
  if (form.querySelector("details.areas[open]")) pairs.push("open=areas");
  return `?${pairs.join("&")}`;
}

// Colours have no names in the form: only those that the reader chose are part of the address.
const swatches = () => form.querySelectorAll("input[data-colour]");

function paint(part, wanted) {
  for (const box of swatches()) {
    const now = part.colours[box.dataset.colour];
    if (!now) continue;
    box.dataset.standard = now.standard;
    if (wanted.set) box.value = now.is;
    form.querySelector(`[data-bleach="${CSS.escape(box.dataset.colour)}"]`).hidden = box.value === now.standard;
  }
  const palette = document.getElementById("palette");
  if (palette && wanted.set) palette.value = part.safe ? "safe" : "";
  const alike = document.getElementById("alike");
  if (alike && alike.textContent !== part.alike) alike.textContent = part.alike;
}

function say(text) {
  clearTimeout(scene.said);
  scene.said = setTimeout(() => { if (sentence.textContent !== text) sentence.textContent = text; }, 500);
}

function show(part) {
  const open = [...form.querySelectorAll("#result details, #code details")].map((box) => box.open);
  result.innerHTML = part.result;
  code.innerHTML = part.code;
  if (part.map) {
    const held = document.activeElement?.id; // a list that is made anew keeps the keyboard
    map.innerHTML = part.map.is;
    map.dataset.key = part.map.key;
    if (held?.startsWith("map-")) document.getElementById(held)?.focus();
  }
  form.querySelectorAll("#result details, #code details").forEach((box, i) => { box.open = open[i] ?? box.open; });
  for (const box of form.querySelectorAll(".control")) {
    const now = part.controls[box.dataset.path];
    if (!now) continue;
    box.classList.toggle("differs", now.differs);
    const undo = box.querySelector(".undo");
    if (undo) undo.hidden = !now.differs;
  }
  reset.hidden = !part.changed;
  reset.href = part.reset;
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
    const answer = await fetch(`/lab/part${wanted.query}&have=${map.dataset.key}`, { headers: { accept: "application/json" } });
    const part = await answer.json();
    if (!answer.ok) throw new Error(part.detail);
    lost.hidden = true;
    if (wanted.set) set(part);
    show(part);
    paint(part, wanted);
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
  if (box.dataset.colour) { ask({ query: query() }); return; }
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
  if (box.name?.endsWith(".add")) {
    location.assign(`/lab${query()}`); // a step brings controls of its own: the page is made anew, and Back undoes it
    return;
  }
  if (box.name?.startsWith("decide.")) return;
  if (box.name === "colours") { ask({ query: query(), history: "push", set: true }); return; }
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
    if (field.name.endsWith(".add")) { location.assign(`/lab${query()}`); return; }
    field.focus();
    ask({ query: query(), history: "push" });
  }
  if (button.dataset.bleach) {
    const box = form.querySelector(`[data-colour="${CSS.escape(button.dataset.bleach)}"]`);
    box.value = box.dataset.standard;
    box.focus();
    ask({ query: query(), history: "push" });
  }
  if (button.dataset.undecide) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(button.dataset.undecide)}"]`)) box.remove();
    ask({ query: query(), history: "push" });
  }
  if (button.dataset.copy) copy(button);
});

async function copy(button) {
  const text = button.dataset.copy === "url" ? await link() : document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1200);
}

// A link to one's own votes or law carries them behind the #, which no server ever sees; one that would be too long is
// the plain address, and says so.
const LONGEST = 22000;

async function link() {
  const long = document.getElementById("too-long");
  long.hidden = true;
  if (![form.elements.e, form.elements.law].some((box) => box.value.startsWith("own:"))) return location.href;
  const answer = await fetch(`/api/scenario.json${location.search}`);
  const packed = answer.ok ? await through(await answer.arrayBuffer(), new CompressionStream("deflate-raw")) : [];
  long.hidden = answer.ok && packed.length <= LONGEST;
  if (!long.hidden) return location.href;
  const letters = btoa(String.fromCharCode(...packed)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${location.origin}/lab#d=${letters}`;
}

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

async function unpack(letters) {
  try {
    const packed = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    const body = new FormData();
    body.append("file", new Blob([await through(packed, new DecompressionStream("deflate-raw"))]), "scenario.json");
    const answer = await fetch("/api/upload/scenario", { method: "POST", body });
    const opened = await answer.json();
    if (!answer.ok) throw new Error(opened.detail);
    location.replace(`/lab${opened.query}`);
  } catch (error) {
    lost.textContent = error.message;
    lost.hidden = false;
  }
}

if (location.hash.startsWith("#d=")) unpack(location.hash.slice(3));

// The picture as it stands, as pixels, without asking the server.
form.addEventListener("click", async (event) => {
  const wish = event.target.closest("a[data-png]");
  const svg = document.querySelector("#result figure.large svg");
  if (!wish || !svg) return;
  event.preventDefault();
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image(2 * width, 2 * height);
  const drawing = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  image.src = drawing;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(drawing);
  const pixels = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, "image/png")));
  Object.assign(document.createElement("a"), { href: pixels, download: "sailau-hemicycle.png" }).click();
  setTimeout(() => URL.revokeObjectURL(pixels), 10000);
});

window.addEventListener("popstate", () => ask({ query: location.search || `?e=${encodeURIComponent(form.elements.e.value)}`, set: true }));

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches("input:not([type=range]), textarea")) return;
  event.preventDefault();
  if (event.shiftKey) history.forward(); else history.back();
});

reset.addEventListener("click", (event) => {
  if (form.querySelector(".control.differs select[name$='.add']")) return;
  event.preventDefault();
  ask({ query: new URL(reset.href).search, history: "push", set: true });
});

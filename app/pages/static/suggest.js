// Suggestions below the search box while one types: links to people, parties, meetings and topics. Without this
// script the form works as it is.

const input = document.getElementById("q");
const form = input.form;
const list = document.createElement("ul");
const DELAY_MS = 80;

let timer = 0;
let request = new AbortController();
let active = -1;

list.id = "suggested";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Suggestions");
list.hidden = true;
form.append(list);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
  "aria-expanded": "false",
})) {
  input.setAttribute(name, value);
}

const options = () => [...list.children];

async function suggest() {
  const q = input.value.trim();
  request.abort();
  request = new AbortController();
  if (!q) return show([]);
  try {
    const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q })}`, { signal: request.signal });
    if (response.ok) show((await response.json()).items);
  } catch (error) {
    if (error.name !== "AbortError") show([]); // offline: the form still works when the connection is back
  }
}

function show(items) {
  list.replaceChildren(...items.map(option));
  list.hidden = items.length === 0 || document.activeElement !== input;
  input.setAttribute("aria-expanded", String(!list.hidden));
  activate(-1);
}

function option(item, at) {
  const element = document.createElement("li");
  const label = document.createElement("bdi");
  const kind = document.createElement("span");
  element.id = `suggested-${at}`;
  element.setAttribute("role", "option");
  element.dataset.url = local(item.read_url);
  label.textContent = item.kind === "topic" ? item.label.replaceAll("-", " ") : item.label;
  kind.textContent = item.kind;
  kind.className = "kicker";
  element.append(label, " ", kind);
  return element;
}

// A public URL without its origin, so that it works behind any proxy.
function local(address) {
  const { pathname, search, hash } = new URL(address);
  return `${pathname}${search}${hash}`;
}

function activate(at) {
  const all = options();
  active = at < -1 ? all.length - 1 : at >= all.length ? -1 : at;
  all.forEach((each, place) => each.setAttribute("aria-selected", String(place === active)));
  if (active < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", all[active].id);
}

function press(event) {
  if (list.hidden) return;
  if (event.key === "ArrowDown") activate(active + 1);
  else if (event.key === "ArrowUp") activate(active - 1);
  else if (event.key === "Escape") show([]);
  else if (event.key === "Enter" && active >= 0) location.assign(options()[active].dataset.url);
  else return;
  event.preventDefault();
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, DELAY_MS);
});
input.addEventListener("keydown", press);
input.addEventListener("blur", () => show([]));
list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the box keeps the focus, so that the list is still there when the pointer goes up
});
list.addEventListener("click", (event) => {
  const chosen = event.target.closest("[role=option]");
  if (chosen) location.assign(chosen.dataset.url);
});

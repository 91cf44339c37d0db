// Words and facts that share a mark (`e12`, a piece of evidence) are highlighted together. Without this
// script, a stylesheet highlights the target of the URL's fragment.

const facts = document.getElementById("facts");
const sheet = document.getElementById("sheet");
const message = document.getElementById("message");
const isWide = matchMedia("(min-width: 62rem)");

let selected = [];
let timer = 0;
let mousePosition = "";

const marksOf = (element) => [...(element?.classList ?? [])].filter((name) => /^e\d+$/.test(name));
const pointedAt = (event) => event.target.closest(".ref, .n, .s, .fact, .note");

function highlight(marks) {
  const lit = new Set(marks.flatMap((mark) => [...document.getElementsByClassName(mark)]));
  for (const each of document.querySelectorAll(".lit")) if (!lit.has(each)) each.classList.remove("lit");
  for (const each of lit) each.classList.add("lit");
}

// On wide screens, scroll the facts to a selected passage, or the article to a selected fact.
function bringIntoView(from) {
  if (!isWide.matches) return;
  if (from.closest("#facts")) showWords([...document.querySelectorAll(".s.lit")]);
  else if (from.closest("#articles")) showFact(facts.querySelector(".fact.lit"));
}

function showWords(words) {
  if (!words.every((each) => isSeen(each, 0, innerHeight))) words[0].scrollIntoView({ block: "center" });
}

function showFact(fact) {
  const pane = facts.getBoundingClientRect();
  const top = Math.max(pane.top, 0);
  const bottom = Math.min(pane.bottom, innerHeight);
  if (!fact || isSeen(fact, top, bottom)) return;
  const above = fact.getBoundingClientRect().top - top - (bottom - top) / 4;
  facts.scrollTo({ top: facts.scrollTop + above });
}

function isSeen(element, top, bottom) {
  const place = element.getBoundingClientRect();
  return place.top >= top && place.bottom <= bottom;
}

function pointAt(event) {
  const element = pointedAt(event);
  clearTimeout(timer);
  highlight(element ? marksOf(element) : selected);
  if (element) timer = setTimeout(bringIntoView, 150, element);
}

function select(marks) {
  selected = marks;
  highlight(selected);
}

function tap(event) {
  if (event.target.closest("a, button") || getSelection().toString()) return;
  const element = pointedAt(event);
  select(marksOf(element));
  if (element?.matches(".fact")) element.querySelector("a.ref")?.click();
  else if (element?.matches(".s")) openSheet();
}

function openSheet() {
  const lit = [...facts.querySelectorAll(".fact.lit")].map(copyForSheet);
  sheet.querySelector("ul").replaceChildren(...lit);
  sheet.hidden = lit.length === 0;
}

function copyForSheet(fact) {
  const copy = fact.cloneNode(true);
  copy.dataset.name = fact.closest(".card").dataset.name;
  for (const each of copy.querySelectorAll("a.ref")) each.href = `#${each.id}`; // link to the fact instead of the words
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  return copy;
}

function closeSheet() {
  sheet.hidden = true;
  select([]);
}

async function cite(button) {
  await navigator.clipboard.writeText(button.dataset.citation);
  message.textContent = "The citation is copied.";
  setTimeout(() => (message.textContent = ""), 4000);
}

function selectTarget() {
  const target = document.getElementById(location.hash.slice(1));
  const ofCard = target?.matches(".card") ? target.querySelectorAll(".fact") : [];
  sheet.hidden = true;
  select([target, ...ofCard].flatMap(marksOf));
  if (target) bringIntoView(target);
}

document.addEventListener("pointerover", (event) => {
  const position = `${event.clientX} ${event.clientY}`;
  if (event.pointerType === "mouse" && position !== mousePosition) pointAt(event); // otherwise the page scrolled under the mouse
  mousePosition = position;
});
document.addEventListener("focusin", pointAt);
document.addEventListener("focusout", () => highlight(selected));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.cite");
  if (button) cite(button);
  else if (event.target.id === "close") closeSheet();
  else tap(event);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && closeSheet());
addEventListener("hashchange", selectTarget);

if (navigator.clipboard) for (const each of document.querySelectorAll(".cite")) each.hidden = false;
selectTarget();

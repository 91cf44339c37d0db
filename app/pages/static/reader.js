// Words and facts that share a mark (`e12`, a piece of evidence) are highlighted together. Without this
// script, a stylesheet highlights the target of the URL's fragment.

const facts = document.getElementById("facts");
const sheet = document.getElementById("sheet");
const tools = document.getElementById("tools");
const message = document.getElementById("message");
const address = document.querySelector("link[rel=canonical]").href;
const isWide = matchMedia("(min-width: 62rem)");

let selected = [];
let mousePosition = "";

const marksOf = (element) => [...(element?.classList ?? [])].filter((name) => /^e\d+$/.test(name));
const pointedAt = (event) => event.target.closest(".ref, .s, .fact, .note");

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
  highlight(element ? marksOf(element) : selected);
}

function select(marks) {
  selected = marks;
  highlight(selected);
}

// A click selects and scrolls; what is only pointed at never moves the page. Enter on a passage follows its link to the note.
function tap(event) {
  const element = pointedAt(event);
  const control = event.target.closest("a, button");
  const isPassage = element?.matches(".s");
  if ((control && !(isPassage && event.detail)) || getSelection().toString()) return;
  event.preventDefault();
  select(marksOf(element));
  if (element?.matches(".fact")) element.querySelector("a.ref")?.click();
  else if (isPassage) {
    openSheet();
    bringIntoView(element);
  }
}

function openSheet() {
  const lit = [...facts.querySelectorAll(".fact.lit")].map(copyForSheet);
  sheet.querySelector("ul").replaceChildren(...lit);
  sheet.hidden = lit.length === 0;
}

function copyForSheet(fact) {
  const copy = fact.cloneNode(true);
  copy.dataset.name = fact.closest("[data-name]").dataset.name;
  for (const each of copy.querySelectorAll("a.ref")) each.href = `#${each.id}`; // link to the fact instead of the words
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  return copy;
}

function closeSheet() {
  sheet.hidden = true;
  select([]);
}

// The buttons that copy the citation and the link of a fact. The page has them once, as nothing is copied without a script.
function addTools(fact) {
  const buttons = tools.content.cloneNode(true);
  const [cite, link] = buttons.querySelectorAll("button");
  link.dataset.copy = address + fact.querySelector(".ref").id.replace("f-", "#e-");
  cite.dataset.copy = [...citation(fact), tools.dataset.citedIn, link.dataset.copy].join(". ");
  fact.querySelector(".says").append(buttons);
}

// The parts of a fact's citation: its values, their words with the article, and the reason if it is inferred.
function citation(fact) {
  const { name } = fact.closest("[data-name]").dataset;
  const values = [...fact.querySelectorAll(".label")].map((label) => `${label.textContent}: ${label.nextElementSibling.textContent}`);
  const words = document.querySelector(`.note.${marksOf(fact)[0]} > q`);
  const parts = [values.length ? `${name}: ${values.join("; ")}` : name];
  if (words) parts.push(`“${words.textContent.replace(/\s+/g, " ")}” (${words.closest("ol").dataset.article})`);
  if (fact.matches(".inferred")) parts.push(`Inferred: ${fact.querySelector(".why > span").textContent.replace(/\.$/, "")}`);
  return parts;
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  say(button.dataset.copied);
  setTimeout(say, 4000, "");
}

function say(text) {
  message.textContent = text;
}

function selectTarget() {
  const id = location.hash.slice(1);
  const target = document.getElementById(id);
  const name = CSS.escape(id);
  const ofItem = id ? document.querySelectorAll(`:is(.card, .detail)#${name} .fact, [data-card="${name}"] .fact`) : [];
  sheet.hidden = true;
  select([target, ...ofItem].flatMap(marksOf));
  if (target) bringIntoView(target);
  say(/^[ef]-|^(delegate|agenda|agreement|quote)-/.test(id) && !target ? "What this link led to is not on this page any more." : "");
}

document.addEventListener("pointerover", (event) => {
  const position = `${event.clientX} ${event.clientY}`;
  if (event.pointerType === "mouse" && position !== mousePosition) pointAt(event); // otherwise the page scrolled under the mouse
  mousePosition = position;
});
document.addEventListener("focusin", pointAt);
document.addEventListener("focusout", () => highlight(selected));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  else if (event.target.id === "close") closeSheet();
  else tap(event);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && closeSheet());
addEventListener("hashchange", selectTarget);

// Until the facts have reached the top of the screen, the wheel scrolls the page and not the facts.
const above = document.querySelector(".head");
const wait = ([head]) => facts.classList.toggle("waits", head.isIntersecting);
new IntersectionObserver(wait, { rootMargin: "-1px" }).observe(above);

if (navigator.clipboard) for (const each of document.querySelectorAll(".fact")) addTools(each);
selectTarget();

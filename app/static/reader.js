// Words and facts that share a mark (`e12`, a piece of evidence) light up together. Without this script
// a stylesheet does so for what the address names.

const facts = document.getElementById("facts");
const sheet = document.getElementById("sheet");
const told = document.getElementById("told");
const isWide = matchMedia("(min-width: 62rem)");

let kept = [];
let coming = 0;
let mouse = "";

const marksOf = (element) => [...(element?.classList ?? [])].filter((name) => /^e\d+$/.test(name));
const pointedAt = (event) => event.target.closest(".ref, .n, .s, .fact, .note");

function light(marks) {
  const lit = new Set(marks.flatMap((mark) => [...document.getElementsByClassName(mark)]));
  for (const each of document.querySelectorAll(".lit")) if (!lit.has(each)) each.classList.remove("lit");
  for (const each of lit) each.classList.add("lit");
}

// Where article and facts stand side by side, whichever was not pointed at moves.
function bringIntoView(from) {
  if (!isWide.matches) return;
  if (from.closest("#facts")) {
    const words = document.querySelector(".s.lit");
    if (words && !isSeen(words, 0, innerHeight)) words.scrollIntoView({ block: "center" });
  } else if (from.closest("#articles")) {
    const fact = facts.querySelector(".fact.lit");
    const pane = facts.getBoundingClientRect();
    if (fact && !isSeen(fact, pane.top, pane.bottom)) {
      facts.scrollTo({ top: facts.scrollTop + fact.getBoundingClientRect().top - pane.top - pane.height / 3 });
    }
  }
}

function isSeen(element, top, bottom) {
  const place = element.getBoundingClientRect();
  return place.top >= top && place.bottom <= bottom;
}

function pointAt(event) {
  const element = pointedAt(event);
  clearTimeout(coming);
  light(element ? marksOf(element) : kept);
  if (element) coming = setTimeout(bringIntoView, 150, element);
}

function keep(marks) {
  kept = marks;
  light(kept);
}

function tap(event) {
  if (event.target.closest("a, button") || getSelection().toString()) return;
  const element = pointedAt(event);
  keep(marksOf(element));
  if (element?.matches(".fact")) element.querySelector("a.ref")?.click();
  else if (element?.matches(".s")) openSheet();
}

function openSheet() {
  const lit = [...facts.querySelectorAll(".fact.lit")].map((fact) => fact.cloneNode(true));
  for (const fact of lit) {
    for (const each of fact.querySelectorAll("a.ref")) each.href = `#${each.id}`;
    for (const each of fact.querySelectorAll("[id]")) each.removeAttribute("id");
  }
  sheet.querySelector("ul").replaceChildren(...lit);
  sheet.hidden = lit.length === 0;
}

function closeSheet() {
  sheet.hidden = true;
  keep([]);
}

async function cite(button) {
  await navigator.clipboard.writeText(button.dataset.citation);
  told.textContent = "The citation is copied.";
  setTimeout(() => (told.textContent = ""), 4000);
}

function followAddress() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  sheet.hidden = true;
  keep(marksOf(target));
  const fact = facts.querySelector(".fact.lit");
  if (target?.closest("#articles") && fact) bringIntoView(target);
}

document.addEventListener("pointerover", (event) => {
  const place = `${event.clientX} ${event.clientY}`;
  if (event.pointerType === "mouse" && place !== mouse) pointAt(event); // else the page moved, and not the mouse
  mouse = place;
});
document.addEventListener("focusin", pointAt);
document.addEventListener("focusout", () => light(kept));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.cite");
  if (button) cite(button);
  else if (event.target.id === "close") closeSheet();
  else tap(event);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && closeSheet());
addEventListener("hashchange", followAddress);

if (navigator.clipboard) for (const each of document.querySelectorAll(".cite")) each.hidden = false;
followAddress();

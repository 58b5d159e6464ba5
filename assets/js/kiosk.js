// A shared screen: counts down while nobody touches it, wipes what was seen, and draws the keyboard.
const root = document.documentElement;
const told = document.querySelector("meta[name=kiosk]");
const visit = told.content;
const idle = Number(told.dataset.idle);
const start = told.dataset.start;
const wiping = told.dataset.wipe;
const ASKED = 15;
const WIPE = "wipe";

// An entry of the browser's history that an earlier visit left is never shown again.
const [way] = performance.getEntriesByType("navigation");
const known = history.state && history.state.visit;
if (known ? known !== visit : way && way.type === "back_forward") {
  root.classList.add("kiosk-gone");
  // A page that replaces one of the same address inherits its state, and would go again.
  history.replaceState(null, "");
  location.replace(start);
} else {
  history.replaceState({ ...history.state, visit }, "");
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(start);
});

let touched = Date.now();
let going = false;

function wipe() {
  going = true;
  root.classList.add("kiosk-gone");
  // The server may be away: the page is blank already, and the door is knocked on until it opens.
  const form = document.querySelector("[data-kiosk-wipe]");
  fetch(wiping, { method: "POST", body: new FormData(form), cache: "no-store" }).then(
    (answer) => {
      if (answer.ok) location.replace(start);
      // The page was too old to be believed: a new one wipes.
      else if (answer.status === 403) location.replace(`${start}?${WIPE}`);
      else setTimeout(wipe, 3000);
    },
    () => setTimeout(wipe, 3000),
  );
}

function count(used) {
  if (going) return;
  const left = Math.max(0, Math.ceil(idle - (Date.now() - touched) / 1000));
  const running = used();
  for (const place of document.querySelectorAll("[data-kiosk-seconds]")) place.textContent = left;
  document.querySelector("[data-kiosk-left]").hidden = !running;
  const ask = document.querySelector("[data-kiosk-ask]");
  // A page that goes by itself after a moment asks nobody: its words would lie over the number.
  const asking = running && left <= ASKED && idle > 2 * ASKED;
  if (asking && ask.hidden) {
    ask.hidden = false;
    ask.querySelector("[data-kiosk-stay]").focus();
  } else if (!asking) ask.hidden = true;
  if (running && left === 0) wipe();
}

function keyboard() {
  const words = document.querySelector("[data-kiosk-words]");
  const keys = document.querySelector("[data-keyboard]");
  const show = document.querySelector("[data-show-keyboard]");
  if (!words || !keys) return;
  const drawn = (on) => {
    keys.hidden = !on;
    show.hidden = on;
    // A drawn keyboard takes the place of the one a tablet would bring up itself.
    words.inputMode = on ? "none" : "search";
  };
  drawn(!matchMedia("(any-pointer: fine)").matches || matchMedia("(any-pointer: coarse)").matches);
  show.addEventListener("click", () => drawn(true));
  // Somebody types on real keys: they need no drawn ones.
  document.addEventListener("keydown", (event) => {
    if (event.isTrusted && event.target === words && event.key.length === 1) drawn(false);
  });
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-type]");
    if (!key) return;
    event.preventDefault();
    const said = key.dataset.type;
    if (said === "back") words.value = words.value.slice(0, -1);
    else if (said === "clear") words.value = "";
    else words.value += said === "space" ? " " : said;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

document.addEventListener("DOMContentLoaded", () => {
  // Where a visit begins nothing has been seen yet: the clock starts with the first touch.
  let begun = !document.querySelector("[data-kiosk-rest]") || location.search !== "";
  const touch = (event) => {
    touched = Date.now();
    begun = true;
    const out = event.target.closest && event.target.closest("a[rel~=external], a[href^='tel:'], a[href^='mailto:']");
    if (out && event.type === "click") event.preventDefault();
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll", "wheel", "click"]) {
    document.addEventListener(kind, touch, { capture: true, passive: false });
  }
  for (const form of document.forms) form.autocomplete = "off";
  document.querySelector("[data-kiosk-stay]").addEventListener("click", () => count(() => begun));
  keyboard();
  if (location.search === `?${WIPE}`) wipe();
  count(() => begun);
  setInterval(() => count(() => begun), 500);
});

// Turns the slides; after a round asks for fresh ones. While the server is away the old ones go on, and say so.
const seconds = Number(document.body.dataset.seconds);
const away = document.querySelector("[data-away]");
const clock = document.querySelector("[data-clock]");
const LONGEST = 60000;
let wait = 5000;
let at = [...document.querySelectorAll(".slide")].findIndex((slide) => slide.hasAttribute("data-on"));

const begun = performance.now();
const served = Date.parse(document.body.dataset.now);
const format = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh", hourCycle: "h23" });

function turn() {
  const slides = document.querySelectorAll(".slide");
  if (!slides.length) return;
  at = (at + 1) % slides.length;
  slides.forEach((slide, place) => slide.toggleAttribute("data-on", place === at));
}

async function fresh() {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("slides");
  if (!next || !next.querySelector(".slide")) throw new Error("no slides");
  const style = (found) => found.querySelector("link[rel=stylesheet]").getAttribute("href");
  // A new release: the page itself is fetched anew, now that the server is known to answer.
  if (style(page) !== style(document)) return location.reload();
  const slides = document.getElementById("slides");
  slides.replaceChildren(...next.children);
  const shown = slides.querySelectorAll(".slide");
  at = Math.min(at, shown.length - 1);
  shown.forEach((slide, place) => slide.toggleAttribute("data-on", place === at));
}

function ask() {
  fresh().then(
    () => {
      away.hidden = true;
      wait = 5000;
      setTimeout(ask, Math.max(30000, seconds * 1000 * document.querySelectorAll(".slide").length));
    },
    () => {
      away.hidden = false;
      setTimeout(ask, wait);
      wait = Math.min(LONGEST, wait * 2);
    },
  );
}

setInterval(turn, seconds * 1000);
setInterval(() => {
  clock.textContent = format.format(served + performance.now() - begun);
}, 5000);
setTimeout(ask, 30000);

// Keeps a board true: by the stream, else by a question every few seconds; speaks each call once, one after the other.
import { keepTelling } from "./line.js";

const body = document.body;
const board = document.querySelector("[data-board]");
const clock = document.querySelector("[data-clock]");
const button = document.querySelector("[data-sound]");
const lost = document.querySelector("[data-away]");
const old = document.querySelector("[data-old]");
const MINUTE = 60000;
const FORGET = 10 * MINUTE;

// ---- What is shown
const begun = performance.now();
const served = Date.parse(body.dataset.now);
const format = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh", hourCycle: "h23" });
let shown = "";

function show(state) {
  // A new release: the page is fetched anew, now that the server is known to answer; once a minute at most, for the
  // stream may be of an older release than the page.
  if (state.release !== body.dataset.release && performance.now() - begun > MINUTE) return location.reload();
  if (state.html !== shown) {
    shown = state.html;
    board.innerHTML = state.html;
    say();
  }
  hear(state.calls);
}

keepTelling({
  stream: body.dataset.stream,
  ask: body.dataset.ask,
  every: Number(body.dataset.seconds) * 1000,
  show,
  stands({ isLost, isOld }) {
    lost.hidden = !isLost || isOld;
    old.hidden = !isOld;
  },
});

setInterval(() => {
  clock.textContent = format.format(served + performance.now() - begun);
}, 2000);

// ---- What is shown in turn: the slides beside the numbers, and an announcement in pieces under them
const SECONDS = Number(body.dataset.slideSeconds) * 1000;
const slides = document.getElementById("slides");

function light(all, place) {
  all.forEach((one, number) => one.toggleAttribute("data-on", number === place));
}

function say() {
  const pieces = [...board.querySelectorAll(".announcement span")];
  light(pieces, Math.floor((performance.now() - begun) / SECONDS) % pieces.length);
}

function turn() {
  const all = slides ? [...slides.children] : [];
  light(all, (all.findIndex((slide) => slide.hasAttribute("data-on")) + 1) % all.length);
  say();
}

async function renew() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!slides || !answer || !answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("slides");
  if (next && next.children.length) slides.replaceChildren(...next.children);
}

if (SECONDS) {
  body.classList.add("in-turn");
  say();
  setInterval(turn, SECONDS);
  setInterval(renew, 5 * MINUTE);
}

// ---- The voice
const told = new Map(); // calls spoken or seen before the sound was on, with the moment
const clips = new Map();
const queue = [];
let sound = null;
let speaking = false;

function hear(calls) {
  const now = performance.now();
  const fresh = calls.filter((call) => !told.has(call.id));
  for (const call of calls) told.set(call.id, now);
  for (const [id, at] of told) if (now - at > FORGET) told.delete(id);
  if (!sound || sound.state !== "running") return;
  queue.push(...fresh);
  speak();
}

function names(call) {
  const number = String(call.counter);
  const counter = call.counter <= 30 ? [number] : [...number];
  return ["chime", "moi-so", ...[...call.label.toLowerCase()], "den-quay", ...counter];
}

function clip(name) {
  if (!clips.has(name)) {
    const reading = fetch(body.dataset.voice.replace("NAME", name))
      .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(name))))
      .then((bytes) => sound.decodeAudioData(bytes));
    reading.catch(() => clips.delete(name));
    clips.set(name, reading);
  }
  return clips.get(name);
}

function play(buffer) {
  return new Promise((resolve) => {
    const source = sound.createBufferSource();
    source.buffer = buffer;
    source.connect(sound.destination);
    source.addEventListener("ended", resolve);
    source.start();
    // A browser that stops the sound meanwhile must not stop the line of calls.
    setTimeout(resolve, buffer.duration * 1000 + 1000);
  });
}

async function speak() {
  if (speaking) return;
  speaking = true;
  while (queue.length) {
    const call = queue.shift();
    body.dataset.speaking = call.label;
    // One clip that cannot be had silences this call, not the ones after it.
    await Promise.all(names(call).map(clip)).then(
      async (buffers) => {
        for (const buffer of buffers) await play(buffer);
      },
      () => null,
    );
    body.dataset.spoken = `${body.dataset.spoken || ""} ${call.label}`.trim().slice(-200);
  }
  delete body.dataset.speaking;
  speaking = false;
}

function hush() {
  button.hidden = sound.state === "running";
}

function prepare() {
  sound = new AudioContext();
  sound.addEventListener("statechange", hush);
  hush();
}

button.hidden = false;
button.addEventListener("click", async () => {
  if (!sound) prepare();
  await sound.resume();
  hush();
  play(await clip("chime"));
});
// Where the browser lets pages sound by themselves (a television set up for it), nobody has to press anything.
const probe = new Audio(body.dataset.voice.replace("NAME", "chime"));
probe.volume = 0;
probe.play().then(
  () => sound || prepare(),
  () => null,
);

hear(JSON.parse(document.getElementById("spoken").textContent));

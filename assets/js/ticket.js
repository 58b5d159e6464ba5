// The page of one number: says aloud that it is called, in the title, by a chime and by shaking where that is allowed.
const CHIME = [880, 660, 880];
const SHAKE = [300, 150, 300, 150, 600];
const ring = document.querySelector("[data-ring]");
const plain = document.title;
let sound = null;
let heard = shown().dataset.call;

function shown() {
  return document.getElementById("ticket");
}

function titled() {
  const { ticket, short } = shown().dataset;
  document.title = short ? `${ticket} · ${short}` : plain;
}

function chime() {
  if (!sound) return;
  CHIME.forEach((pitch, place) => {
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    const at = sound.currentTime + place * 0.35;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.4, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.33);
    tone.connect(loud).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.34);
  });
}

function look() {
  const now = shown();
  if (!now) return;
  titled();
  if (now.dataset.call && now.dataset.call !== heard) {
    chime();
    if (navigator.vibrate) navigator.vibrate(SHAKE);
  }
  heard = now.dataset.call;
}

// A browser makes no sound before somebody touched the page: whoever wants the chime asks for it.
if (window.AudioContext && ring) {
  ring.hidden = false;
  ring.addEventListener("click", () => {
    sound = sound ? null : new AudioContext();
    ring.setAttribute("aria-pressed", String(Boolean(sound)));
    chime();
  });
}
// The page asks every few seconds; where the stream reaches it, it asks the moment something changes.
const { stream } = document.querySelector("[data-stream]").dataset;
if (stream && window.EventSource) {
  const told = new EventSource(stream);
  told.addEventListener("now", () => document.body.dispatchEvent(new Event("queue:changed")));
  window.addEventListener("pagehide", () => told.close());
}
titled();
document.addEventListener("htmx:afterSettle", look);

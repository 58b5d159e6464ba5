// A page of a draft saves itself a moment after typing. Without this script it is saved when it is sent on.
const form = document.querySelector("form[data-saving]");
const words = document.querySelector("[data-saved-words]");
const PAUSE = 1500;
let waiting = 0;
let sending = false;

async function save(last) {
  waiting = 0;
  const body = new FormData(form);
  const ask = { method: "POST", body, credentials: "same-origin", headers: { "X-Motcua-Saving": "1" }, keepalive: last };
  try {
    const answer = await fetch(form.action, ask);
    if (words && answer.status === 204) words.textContent = words.dataset.savedWords;
    // The session is over: what is typed goes along when the page is sent on, and he is asked to log in then.
    if (words && answer.status === 401) words.textContent = words.dataset.endedWords;
  } catch {
    // No line: the next pause tries again, and sending the page on saves it anyway.
    if (!last && !sending) waiting = setTimeout(save, PAUSE * 4);
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(save, PAUSE);
}

if (form) {
  form.addEventListener("input", soon);
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(waiting);
    waiting = 0;
  });
  const leave = () => {
    if (!waiting || sending) return;
    clearTimeout(waiting);
    save(true);
  };
  window.addEventListener("pagehide", leave);
  // A phone puts the browser away and may end it later without another word.
  document.addEventListener("visibilitychange", () => document.hidden && leave());
}

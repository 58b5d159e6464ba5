// Papers sent piece by piece: a line that breaks costs one piece, and a page closed half-way goes on where it stopped.
// Without this file the same form sends everything at once. The words stand in the page, on the element [data-papers].
const PIECE = 256 * 1024;
const PATIENCE = 60000;
const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];

const pause = (ms) =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    window.addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

class Refused extends Error {}
class Unknown extends Error {}

// A known upload of this part to this place, remembered in the browser until it is whole.
function memory(place, part, extended) {
  const key = `papers:${[place, extended, part.name, part.size, part.lastModified].join("|")}`;
  return {
    get: () => localStorage.getItem(key),
    set: (address) => localStorage.setItem(key, address),
    drop: () => localStorage.removeItem(key),
  };
}

// For a draft its id goes along, so that the office knows whose papers they are.
async function ask(form, address, options) {
  const draft = form.querySelector("[data-papers]").dataset.draft;
  const headers = {
    ...(draft && { "Motcua-Draft": draft }),
    "Tus-Resumable": "1.0.0",
    "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    ...options.headers,
  };
  const answer = await fetch(address, { ...options, headers, signal: AbortSignal.timeout && AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) throw new TypeError("the office is away");
  return answer;
}

async function begin(form, field, part, extended) {
  const told = [`filename ${base64(part.name)}`];
  const name = form.elements.name && form.elements.name.value.trim();
  if (name) told.push(`name ${base64(name)}`);
  if (extended) told.push(`extends ${base64(extended)}`);
  const answer = await ask(form, field.dataset.uploads, {
    method: "POST",
    headers: { "Upload-Length": String(part.size), "Upload-Metadata": told.join(",") },
  });
  if (answer.status === 404) throw new Unknown();
  if (answer.status !== 201) throw new Refused(await answer.text());
  return answer.headers.get("Location");
}

// Where to go on: at the place remembered, or at a new one.
async function standing(form, field, part, extended, known) {
  const address = known.get();
  if (address) {
    const answer = await ask(form, address, { method: "HEAD" });
    if (answer.ok) return [address, answer];
    known.drop();
  }
  const fresh = await begin(form, field, part, extended);
  known.set(fresh);
  return [fresh, await ask(form, fresh, { method: "HEAD" })];
}

async function attempt(form, field, part, extended, told) {
  const known = memory(field.dataset.uploads, part, extended);
  let [address, answer] = await standing(form, field, part, extended, known);
  for (;;) {
    const offset = Number(answer.headers.get("Upload-Offset"));
    told(offset);
    const paper = answer.headers.get("Motcua-Paper");
    if (paper) {
      known.drop();
      return paper;
    }
    answer = await ask(form, address, {
      method: "PATCH",
      headers: { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
      body: part.slice(offset, offset + PIECE),
    });
    if (answer.ok || answer.status === 409) continue;
    known.drop();
    throw new Refused(answer.status === 404 ? field.dataset.lost : await answer.text());
  }
}

// Tried again while the line is down, for as long as the page is open; only a "no" in words ends it.
async function send(form, field, part, extended, told) {
  for (let times = 0; ; times += 1) {
    try {
      return await attempt(form, field, part, extended, (offset) => ((times = 0), told(offset)));
    } catch (fault) {
      if (fault instanceof Refused || fault instanceof Unknown) throw fault;
      told(null);
      await pause(WAITS[Math.min(times, WAITS.length - 1)]);
    }
  }
}

function board(field) {
  const shown = field.querySelector("[data-progress]");
  const [bar, words] = [shown.querySelector("progress"), shown.querySelector("output")];
  shown.hidden = false;
  return (done, all) => {
    if (done !== null) bar.value = Math.round((100 * done) / all);
    words.textContent = done === null ? field.dataset.waiting : field.dataset.sending.replace("%", `${bar.value}%`);
  };
}

function complain(field, sentence) {
  const said = field.querySelector("[data-refused]");
  said.textContent = sentence;
  said.hidden = !sentence;
  field.querySelector("[data-progress]").hidden = Boolean(sentence);
  if (sentence) field.querySelector("input[type=file]").focus();
}

// Everything chosen becomes one paper, or further pages of one; its id then goes with the form instead of the bytes.
// Whether the form can go now: false when something was refused, and said so at its place.
async function sendParts(form, field) {
  const input = field.querySelector("input[type=file]");
  const parts = [...input.files];
  const sentence = tooLarge(field, parts);
  complain(field, sentence);
  if (sentence) return false;
  const all = parts.reduce((sum, part) => sum + part.size, 0);
  const told = board(field);
  form.dataset.sending = "yes";
  let [paper, before] = [field.dataset.extends || "", 0];
  try {
    for (const part of parts) {
      paper = await send(form, field, part, paper, (offset) => told(offset === null ? null : before + offset, all));
      before += part.size;
    }
  } catch (fault) {
    if (fault instanceof Unknown) {
      // No store to send piece by piece to: the form goes as it would without this file.
      field.dataset.plain = "yes";
      field.querySelector("[data-progress]").hidden = true;
      return true;
    }
    // What went before it is in the paper already: only the rest is chosen anew.
    if (before) field.dataset.extends = paper;
    complain(field, before ? `${fault.message} ${field.dataset.kept}` : fault.message);
    delete form.dataset.sending;
    return false;
  }
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "paper", value: paper }));
  input.disabled = true;
  return true;
}

function tooLarge(field, parts) {
  const most = Number(field.dataset.partBytes);
  return parts.some((part) => part.size > most) ? field.dataset.tooLarge : "";
}

const chosen = (field) => {
  const input = field.querySelector("input[type=file]");
  return !input.disabled && !field.dataset.plain && input.files.length > 0;
};

// The browser's own button gives way to our label; what was chosen is named beside it.
function pick(field) {
  const input = field.querySelector("input[type=file]");
  const [label, picked] = [field.querySelector("[data-pick]"), field.querySelector("[data-picked]")];
  const name = () => (picked.textContent = [...input.files].map((part) => part.name).join(", ") || picked.dataset.none);
  input.classList.add("govuk-visually-hidden");
  label.hidden = picked.hidden = false;
  input.addEventListener("change", name);
  name();
}

for (const field of document.querySelectorAll("[data-papers]")) {
  const form = field.closest("form");
  pick(field);
  form.addEventListener("submit", async (event) => {
    if (!chosen(field)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter || undefined;
    if (!form.dataset.sending && (await sendParts(form, field))) form.requestSubmit(button);
  });
}

// Whoever goes on with something chosen and not sent: it is sent first, nothing that was chosen is lost.
async function handIn(field) {
  const form = field.closest("form");
  if (form.dataset.sending) return false;
  field.scrollIntoView({ block: "center" });
  if (!(await sendParts(form, field))) return false;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) form.requestSubmit();
  return answer.ok;
}

for (const link of document.querySelectorAll("a[data-after-papers]")) {
  link.addEventListener("click", async (event) => {
    const waiting = [...document.querySelectorAll("[data-papers]")].filter(chosen);
    if (!waiting.length) return;
    event.preventDefault();
    for (const field of waiting) if (!(await handIn(field))) return;
    location.assign(link.href);
  });
}

// The questions of an e-form follow the answers while they are given, and its rows come and go without leaving the
// place. What is typed meanwhile stays. Without this script the same happens when the page is sent on.
import { toast, word } from "./words.js";

const SHEET = "eform-sheet";
const FAULTS = ".govuk-error-summary";
const BOXES = "input:not([type=hidden]), select, textarea";
let latest = 0;
let turning = false;

function keep(old, fresh) {
  for (const box of old.querySelectorAll(BOXES)) {
    const twin = box.id && fresh.querySelector(`#${CSS.escape(box.id)}`);
    if (!twin || twin.tagName !== box.tagName) continue;
    if (box.type === "radio" || box.type === "checkbox") twin.checked = box.checked;
    else twin.value = box.value;
  }
}

// Where the person was: the same box, and in it the same place between two letters.
function place() {
  const box = document.activeElement;
  return { id: box && box.id, from: box && box.selectionStart, to: box && box.selectionEnd };
}

function backTo(at) {
  const box = at.id && document.getElementById(at.id);
  if (!box) return;
  box.focus({ preventScroll: true });
  if (typeof at.from === "number" && box.setSelectionRange) box.setSelectionRange(at.from, at.to);
}

// Sends what stands there, with the name of what was pressed, and puts the new questions in the old ones' place.
async function ask(form, pressed) {
  const turn = ++latest;
  const body = new FormData(form);
  body.append(pressed, "1");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  } catch {
    return undefined; // no line: the questions follow when the page is sent on
  }
  if (!answer.ok || turn !== latest) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [fresh, old] = [page.getElementById(SHEET), document.getElementById(SHEET)];
  if (!fresh || !old || turn !== latest) return null;
  tell(page.querySelector(FAULTS));
  return { fresh, old };
}

// The list over the page says what is still wrong; a screen reader is not told the same again.
function tell(fresh) {
  const old = document.querySelector(FAULTS);
  if (!old || (fresh && fresh.textContent === old.textContent)) return;
  if (fresh) old.replaceWith(fresh);
  else old.remove();
}

async function follow(form) {
  const found = await ask(form, "refresh");
  if (!found) return;
  const at = place();
  keep(found.old, found.fresh);
  found.old.replaceWith(found.fresh);
  backTo(at);
}

// A row more: into its first box. A row less: to the rows that are left, since the button is gone.
async function turnRows(form, button) {
  if (turning) return;
  turning = true;
  const repeat = button.closest(".eform-repeat").id;
  const more = button.name.startsWith("add:");
  const found = await ask(form, button.name);
  turning = false;
  if (!found) {
    toast(word(found === undefined ? "offline" : "refused"));
    return;
  }
  found.old.replaceWith(found.fresh);
  const rows = document.getElementById(repeat);
  const last = more && [...rows.querySelectorAll(".eform-row")].pop();
  ((last && last.querySelector(BOXES)) || rows).focus();
}

export function watchEforms() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.form && box.form.querySelector(`#${SHEET}`) && box.matches("[data-decides]")) follow(box.form);
  });
  document.addEventListener(
    "submit",
    (event) => {
      const button = event.submitter;
      if (!button || !button.matches(".eform-repeat button[name]")) return;
      event.preventDefault();
      // Nothing is sent on: what else listens must not take it for that.
      event.stopImmediatePropagation();
      turnRows(event.target, button);
    },
    true,
  );
}

// A form marked data-once goes out once; its button says so while the answer is on the way.
import { word } from "./words.js";

function rest(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-busy]")) {
    button.removeAttribute("data-busy");
    button.removeAttribute("aria-disabled");
    button.replaceChildren(...button.held);
  }
}

function busy(button) {
  if (!button || button.tagName !== "BUTTON") return;
  button.held = [...button.childNodes];
  button.dataset.busy = "";
  button.setAttribute("aria-disabled", "true");
  button.textContent = word("sending");
}

// In a long form Enter goes on to the next field, as clerks and card readers expect; it never sends by accident.
// A button that is next after the last field says so with data-enter-stop.
function enterMoves(event) {
  const box = event.target;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (!box.matches("form[data-enter-moves] input:not([type=submit], [type=button], [data-enter-sends])")) return;
  event.preventDefault();
  const fields = [...box.form.elements].filter((one) => one.matches("input:not([type=hidden]), select, textarea, [data-enter-stop]") && one.getClientRects().length);
  const next = fields[fields.indexOf(box) + 1];
  if (next) next.focus();
}

export function watchForms() {
  document.addEventListener("keydown", enterMoves);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter || form.querySelector("button:not([type=button])");
    // After the browser has gathered the values, so that the pressed button's own value is sent.
    setTimeout(() => busy(button), 0);
  });
  // Coming back through the browser's history: the form may go out again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(rest));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-sent]");
    if (form) rest(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-password]");
    if (!button) return;
    const box = document.getElementById(button.getAttribute("aria-controls"));
    const show = box.type === "password";
    box.type = show ? "text" : "password";
    button.textContent = show ? word("hide") : word("show");
    button.setAttribute("aria-label", show ? word("hidePassword") : word("showPassword"));
  });
  for (const button of document.querySelectorAll("[data-show-password]")) button.hidden = false;
}

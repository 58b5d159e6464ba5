// Copying a text, printing, and the clock in the staff bar.
import { toast, word } from "./words.js";

export function watchCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      navigator.clipboard.writeText(button.dataset.copy).then(
        () => toast(word("copied")),
        () => toast(button.dataset.copy),
      );
    }
    if (event.target.closest("[data-print]")) {
      event.preventDefault();
      window.print();
    }
    if (event.target.closest("[data-close-toast]")) document.getElementById("toast").hidden = true;
  });
  show(document);
  document.addEventListener("htmx:load", (event) => show(event.target));
}

// Buttons that do nothing without a script stay out of sight until there is one.
function show(part) {
  for (const item of part.querySelectorAll("[data-copy], [data-print]")) item.hidden = false;
}

// Counts on from the server's time, so that a wrong clock on the desk does no harm.
export function watchClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const served = Date.parse(clock.dataset.clock);
  if (Number.isNaN(served)) return;
  const begun = performance.now();
  const format = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh", hourCycle: "h23" });
  setInterval(() => {
    clock.textContent = format.format(served + performance.now() - begun);
  }, 5000);
}

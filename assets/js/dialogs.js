// Questions before acts that cannot be undone: data-confirm holds the question, with the object's name in it.
const released = new WeakSet();

function ask(question, yes) {
  const dialog = document.getElementById("confirm");
  if (!dialog) return Promise.resolve(window.confirm(question));
  dialog.querySelector("h2").textContent = question;
  const accept = dialog.querySelector("[value=yes]");
  accept.textContent = yes || accept.dataset.label;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function labelOf(item) {
  if (item.dataset.confirmYes || item.tagName === "FORM") return item.dataset.confirmYes;
  const copy = item.cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd")) extra.remove();
  return copy.textContent.trim();
}

function guard(event, item, goOn) {
  if (released.has(item)) {
    released.delete(item);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(item.dataset.confirm, labelOf(item)).then((agreed) => {
    if (!agreed) return;
    released.add(item);
    goOn();
  });
}

export function watchDialogs() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const item = event.submitter && event.submitter.matches("[data-confirm]") ? event.submitter : form;
      if (item.matches("[data-confirm]")) guard(event, item, () => form.requestSubmit(event.submitter || undefined));
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[data-confirm]");
      if (link) guard(event, link, () => link.click());
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) {
        event.preventDefault();
        dialog.showModal();
      }
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, event.target.dataset.confirmYes).then((agreed) => {
      if (agreed) event.detail.issueRequest(true);
    });
  });
}

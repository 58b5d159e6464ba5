// htmx under a strict content policy: same origin only, no evaluated code, no injected styles.
import { toast, word } from "./words.js";

function csrfToken() {
  const meta = document.querySelector("meta[name=csrf-token]");
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return (meta && meta.content) || (field && field.value) || "";
}

export function watchRequests() {
  if (!window.htmx) return;
  Object.assign(window.htmx.config, {
    selfRequestsOnly: true,
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    // 422 brings the form back with its sentences: shown like any answer, no fault of the office.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
  document.addEventListener("htmx:sendError", () => toast(word("offline")));
  document.addEventListener("htmx:timeout", () => toast(word("offline")));
  document.addEventListener("htmx:responseError", (event) => {
    toast(event.detail.xhr.status >= 500 ? word("broken") : word("refused"));
  });
  window.addEventListener("offline", () => toast(word("offline")));
}

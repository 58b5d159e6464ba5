// "/" finds, arrows move, Enter opens, one letter presses one action, "?" lists them all.
import { word } from "./words.js";

const typing = (target) =>
  target.isContentEditable || target.closest("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const shown = (element) => element.getClientRects().length > 0 && !element.disabled;

function rowsOf(list) {
  return [...list.querySelectorAll("[data-row]")].filter(shown);
}

function select(row) {
  const list = row.closest("[data-rows]");
  for (const other of list.querySelectorAll('[data-row][aria-selected="true"]')) other.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  const link = row.querySelector("a[data-open]");
  if (link) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const list = document.querySelector("[data-rows]");
  if (!list) return false;
  const rows = rowsOf(list);
  if (!rows.length) return false;
  const current = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, current + step));
  select(rows[next]);
  return true;
}

function openSelected() {
  const link = document.querySelector('[data-row][aria-selected="true"] a[data-open]');
  if (!link) return false;
  link.click();
  return true;
}

// Of two with one letter the selected row's goes first, then the page's own, then the rail's.
function keyed() {
  const inSelected = document.querySelectorAll('[data-row][aria-selected="true"] [data-key]');
  return [...inSelected, ...document.querySelectorAll("main [data-key]"), ...document.querySelectorAll("[data-key]")];
}

function press(key) {
  const wanted = key.toUpperCase();
  const target = keyed().find((item) => item.dataset.key.toUpperCase() === wanted && shown(item));
  if (!target) return false;
  target.focus();
  target.click();
  return true;
}

function keyRow(list, key, label) {
  const term = document.createElement("dt");
  const cap = document.createElement("kbd");
  cap.textContent = key;
  term.append(cap);
  const meaning = document.createElement("dd");
  meaning.textContent = label;
  list.append(term, meaning);
}

function plainLabel(item) {
  if (item.dataset.keyLabel) return item.dataset.keyLabel;
  const copy = item.cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd, b, svg")) extra.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return Boolean(dialog);
  const list = dialog.querySelector("[data-key-list]");
  list.replaceChildren();
  const seen = new Set();
  for (const item of keyed()) {
    const key = item.dataset.key.toUpperCase();
    if (seen.has(key) || !shown(item)) continue;
    seen.add(key);
    keyRow(list, key, plainLabel(item));
  }
  if (document.querySelector("[data-find]")) keyRow(list, "/", word("keyFind"));
  if (document.querySelector("[data-rows] [data-row]")) {
    keyRow(list, "↑ ↓", word("keyMove"));
    keyRow(list, "Enter", word("keyOpen"));
  }
  if (document.querySelector("form[data-main]")) keyRow(list, "Ctrl + Enter", word("keySubmit"));
  keyRow(list, "?", word("keyHelp"));
  dialog.showModal();
  return true;
}

function find() {
  const box = document.querySelector("[data-find]");
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

// A card reader types wherever one is, and begins with a digit: what it reads goes into the page's box for cards.
function toCardBox(key) {
  const box = /^\d$/.test(key) && document.querySelector("[data-takes-digits]");
  if (!box || !shown(box)) return false;
  box.focus();
  return true;
}

function submitMain() {
  const form = document.querySelector("form[data-main]");
  if (!form) return false;
  form.requestSubmit(form.querySelector("[data-main-submit]") || undefined);
  return true;
}

const actions = {
  "/": find,
  "?": showKeys,
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
};

function answer(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submitMain();
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Escape" && event.target.matches("[data-find]")) {
    event.target.blur();
    return true;
  }
  if (typing(event.target)) {
    return event.key === "ArrowDown" && event.target.matches("[data-find-rows]") && move(1);
  }
  if (toCardBox(event.key)) return false;
  if (actions[event.key]) return actions[event.key]();
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) return openSelected();
  return event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key) && press(event.key);
}

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (answer(event)) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-rows] [data-row]");
    if (row && row.getAttribute("aria-selected") !== "true" && event.target.matches("a[data-open]")) select(row);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-keys]")) showKeys();
  });
}

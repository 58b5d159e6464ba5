// Sentences come from the page (translated on the server), never from here.
const source = document.getElementById("words");

export function word(name) {
  return (source && source.dataset[name]) || "";
}

export function toast(text) {
  const box = document.getElementById("toast");
  if (!box || !text) return;
  box.querySelector("p").textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 8000);
}

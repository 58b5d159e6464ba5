// A worker shows our own page when there is no line. A shared screen gets none: nothing may stay on it.
export function watchLine() {
  const root = document.documentElement;
  if (!navigator.serviceWorker || root.classList.contains("kiosk")) return;
  window.addEventListener("load", () => {
    // Some browsers refuse in private windows; then their own page says that the line is gone.
    navigator.serviceWorker.register(`/worker.js?language=${root.lang}`).catch(() => undefined);
  });
}

// Without a line it shows a page that says so. It keeps that page and what draws it; no other page, no answer, nothing
// of any person ever lies in here.
const EDITION = "motcua-{{ edition }}";
const PAGE = "{% url "offline" %}";
const PARTS = {{ parts|safe }};

async function begin(event) {
  // What is sent goes past the worker: a page that is being closed saves itself with its last breath, and no worker
  // would wake up in time for it.
  if (event.addRoutes) await event.addRoutes({ condition: { requestMethod: "POST" }, source: "network" });
  const box = await caches.open(EDITION);
  await box.addAll([PAGE, ...PARTS]);
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== EDITION).map((name) => caches.delete(name)));
  // The office is asked while the worker still wakes up, so that it costs no time.
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
}

async function page(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) || Response.error();
  }
}

async function part(request) {
  return (await caches.match(request)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(begin(event)));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (PARTS.includes(new URL(request.url).pathname)) event.respondWith(part(request));
});

const VERSION = "@version@";
const FILES = ["/", "/c/boot.js", "/c/cover.js"];

// omit: what is kept is the same for everybody; reload: never from a stale copy
const keep = async () => {
  const kept = await caches.open(VERSION);
  await kept.addAll(FILES.map((file) => new Request(file, { cache: "reload", credentials: "omit" })));
  await skipWaiting();
};

const tidy = async () => {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  await clients.claim();
};

const answer = async (request, isKept) => {
  const kept = await caches.open(VERSION);
  if (isKept) return (await kept.match(request.url)) || fetch(request);
  try {
    return await fetch(request);
  } catch {
    return (await kept.match("/")) || Response.error();
  }
};

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  const isKept = !search && FILES.includes(pathname);
  if (method !== "GET" || origin !== location.origin || !(isKept || mode === "navigate")) return;
  event.respondWith(answer(event.request, isKept));
});

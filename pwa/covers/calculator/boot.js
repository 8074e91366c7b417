// Starts the modules a page names, in their order, and hands them all the same kit.
const { from, modules } = document.body.dataset;
const kit = {
  load: (path) => import(path),
  fetch: (path, options) => fetch(path, options),
  go: (path) => location.replace(path),
  // else the browser's own error page would come
  home: () => { if (navigator.onLine || navigator.serviceWorker?.controller) location.replace("/"); },
};

// this page was let through: what the last one left behind holds no more
if (from !== "/c/") document.cookie = "__Host-y=; Max-Age=0; Secure; Path=/";

const begin = async () => {
  const found = modules.trim().split(/\s+/).map((name) => kit.load(`${from}${name}.js`));
  for (const module of await Promise.allSettled(found)) {
    if (module.value) await module.value.start(document.documentElement, kit);
  }
};
begin();

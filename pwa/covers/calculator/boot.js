// Starts the modules a page names, in their order, and hands them all the same kit.
const { from, modules } = document.body.dataset;
const kit = {
  load: (path) => import(path),
  fetch: (path, options) => fetch(path, options),
  // without a connection and a worker there would be the browser's own error page
  home: () => { if (navigator.onLine || navigator.serviceWorker?.controller) location.replace("/"); },
};

// the server has let this page through: what the one before it left behind holds no more
if (from !== "/c/") document.cookie = "__Host-y=; Max-Age=0; Secure; Path=/";

const begin = async () => {
  const found = modules.trim().split(/\s+/).map((name) => kit.load(`${from}${name}.js`));
  // one that does not arrive leaves the others at work
  for (const module of await Promise.allSettled(found)) {
    if (module.value) await module.value.start(document.documentElement, kit);
  }
};
begin();

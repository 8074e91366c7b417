// Starts the modules a page names, in their order, and hands them all the same kit.
const { from, modules } = document.body.dataset;
const kit = {
  load: (path) => import(path),
  fetch: (path, options) => fetch(path, options),
  // without a connection and a worker there would be the browser's own error page
  home: () => { if (navigator.onLine || navigator.serviceWorker?.controller) location.replace("/"); },
};

const begin = async () => {
  const found = modules.trim().split(/\s+/).map((name) => kit.load(`${from}${name}.js`));
  // one that does not arrive leaves the others at work
  for (const module of await Promise.allSettled(found)) {
    if (module.value) await module.value.start(document.documentElement, kit);
  }
};
begin();

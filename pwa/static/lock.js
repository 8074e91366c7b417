// Looks away when she does: the front page shows, this one waits in memory until the number brings it back.
const MINUTE = 60e3, KEPT = 15 * MINUTE;

export function start(root, kit) {
  if (!kit.leave) return;
  const idle = Math.min(Number(document.body.dataset.idle) || 5, 15) * MINUTE;
  let kept = null, since = 0, active = Date.now(), excused = 0, moving = 0, isBare = false, isOver = false;
  const isLately = (time, span) => Date.now() - time < span;

  // while this is set the server shows the front page alone: reload and Back show nothing either
  const mark = () => { document.cookie = "__Host-y=1; Secure; SameSite=Strict; Path=/"; };

  const lock = (isMarked = true) => {
    if (kept || isBare || isOver) return;
    kept = kit.show(open);
    since = Date.now();
    if (isMarked) mark();
    setTimeout(expire, KEPT + 1);
  };
  const expire = () => {
    if (!kept || isLately(since, KEPT)) return false;
    kit.leave();
    return true;
  };
  kit.forget = () => { [kept, isOver] = [null, true]; };

  const open = async (x) => {
    if (expire()) return true;
    try {
      const { url } = await kit.fetch("/", { method: "POST", body: new URLSearchParams({ x, k: "=" }) });
      if (new URL(url).pathname === "/" || expire()) return isOver;
    } catch {
      return false;
    }
    if (document.hidden) return mark();
    if (kept) kit.back(kept);
    [kept, active] = [null, Date.now()];

    return true;
  };

  const watch = () => {
    const left = active + idle - Date.now();
    if (left <= 0) lock();
    setTimeout(watch, Math.max(left, 10e3));
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(kind, () => { active = Date.now(); }, { capture: true, passive: true });
  }
  watch();

  // going from page to page inside is no looking away
  const isInside = ({ origin, pathname }) => origin === location.origin && pathname !== "/";
  addEventListener("submit", (event) => { if (!event.defaultPrevented) moving = Date.now(); });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    if (/^(tel|sms):$/.test(link.protocol)) excused = Date.now() + 5e3;
    else if (isInside(link)) moving = Date.now();
  });
  self.navigation?.addEventListener("navigate", ({ destination: { url } }) => {
    if (url && isInside(new URL(url))) moving = Date.now();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) lock();
    else expire();
  });
  // a number just tapped, Tab beyond the last link, an open list: no looking away either
  addEventListener("keydown", ({ key, altKey }) => { if (key === "Tab" && !altKey) excused = Date.now() + 500; });
  addEventListener("blur", () => {
    if (Date.now() > excused && !document.activeElement?.matches("select, [type=file]")) lock();
  });
  addEventListener("pagehide", () => {
    if (isOver) return;
    if (!isLately(moving, MINUTE)) return lock();
    [kept, isBare] = [null, true];
    document.body.replaceWith(document.createElement("body"));
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (isBare || isOver) location.reload();
    else if (!expire()) lock();
  });

  if (document.hidden) lock(false);
}

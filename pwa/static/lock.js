// Looks away when she does: the front page shows, this one waits in memory until the number brings it back.
const MINUTE = 60e3, IDLE = 5 * MINUTE, KEPT = 15 * MINUTE;

export function start(root, kit) {
  if (!kit.leave) return;
  let kept = null, isBare = false, isOver = false;
  let since = 0, active = Date.now(), excused = 0, moving = document.hidden ? active : 0;
  const isLately = (time, span) => Date.now() - time < span;

  // while this is set the server shows the front page alone: reload and Back show nothing either
  const mark = () => { document.cookie = "__Host-y=1; Secure; SameSite=Strict; Path=/"; };

  const lock = () => {
    if (kept || isBare || isOver) return;
    kept = kit.show(open);
    since = Date.now();
    // a page on its way here shall still come; it locks itself
    if (!isLately(moving, MINUTE)) mark();
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
      const { pathname } = new URL(url);
      if (pathname === "/" || expire()) return isOver;
      // she has left elsewhere: this is a new visit, and what was kept of the old one goes
      if (pathname !== "/home") return kit.forget(), kit.go(pathname), true;
    } catch {
      return false;
    }
    if (document.hidden) return mark();
    if (kept) kit.back(kept);
    [kept, active] = [null, Date.now()];

    return true;
  };

  const watch = () => {
    const left = active + IDLE - Date.now();
    if (left <= 0) lock();
    setTimeout(watch, Math.max(left, 10e3));
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(kind, () => { active = Date.now(); }, { capture: true, passive: true });
  }
  watch();

  // going from page to page inside is no looking away
  const isInside = ({ origin, pathname }) => origin === location.origin && pathname !== "/";
  const move = () => { moving = Date.now(); };
  if (self.navigation) {
    navigation.addEventListener("navigate", ({ destination: { url, sameDocument } }) => {
      if (url && !sameDocument && isInside(new URL(url))) move();
    });
  } else addEventListener("submit", move);
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    if (/^(tel|sms):$/.test(link?.protocol)) excused = Date.now() + 5e3;
    else if (link && !self.navigation && isInside(link) && !link.hash) move();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) lock();
    else if (!expire() && kept) mark();
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

  // Back from elsewhere may be asked for before the page that was left could set its mark
  const { navigationType, from } = self.navigation?.activation ?? {};
  const isBackFromElsewhere = navigationType === "traverse" && !(from?.url && isInside(new URL(from.url)));
  if (document.hidden || isBackFromElsewhere) lock();
}

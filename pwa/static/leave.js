// Leaves at once: the front page first, the server told afterwards. By the button, or Shift three times.
export function start(root, kit) {
  if (!kit.show) return; // the button then posts its form
  let pressed = [];

  kit.leave = () => {
    kit.show();
    kit.forget?.();
    // with no connection the next one ends the visit
    document.cookie = "__Host-x=1; Secure; SameSite=Strict; Path=/";
    kit.fetch("/close", { method: "POST", keepalive: true }).catch(() => {});
    kit.home();
  };

  addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/close") return;
    event.preventDefault();
    kit.leave();
  }, true);

  addEventListener("keydown", ({ key, repeat }) => {
    if (repeat) return;
    pressed = key === "Shift" ? [...pressed, Date.now()].slice(-3) : [];
    if (pressed.length === 3 && pressed[2] - pressed[0] < 2000) kit.leave();
  }, true);
}

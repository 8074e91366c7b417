// Shows the front page in place of this one at once, without asking anybody; and puts this one back.
export function start(root, kit) {
  let front = null, tool = null, send = null, isShown = false;

  const wear = (styles) => {
    for (const style of document.querySelectorAll("head style")) style.remove();
    document.head.append(...styles);
  };
  const dress = (css) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
      wear([]);
    } catch {
      wear([Object.assign(document.createElement("style"), { textContent: css })]);
    }
  };
  const turn = ({ lang, dir }) => Object.assign(root, { lang, dir });

  const show = () => {
    dress(front.css);
    turn(front);
    document.body.replaceWith(document.importNode(front.body, true));
    tool?.start(root, { send });
  };

  kit.show = (sender) => {
    const { activeElement: focus, body: page } = document;
    const kept = { page, focus, lang: root.lang, dir: root.dir, styles: document.querySelectorAll("head style"), x: scrollX, y: scrollY };
    [send, isShown] = [sender, true];
    if (front) show();
    else {
      // nothing, until the front page has come
      page.replaceWith(document.createElement("body"));
      load();
    }
    scrollTo(0, 0);
    return kept;
  };

  kit.back = ({ page, focus, styles, x, y, ...way }) => {
    isShown = false;
    document.adoptedStyleSheets = [];
    wear(styles);
    turn(way);
    document.body.replaceWith(page);
    focus?.focus?.({ preventScroll: true });
    scrollTo(x, y);
  };

  const read = (html) => {
    const { body, documentElement: { lang, dir }, head } = new DOMParser().parseFromString(html, "text/html");
    front = { body, lang, dir, css: head.querySelector("style").textContent };
  };
  const load = async () => {
    const page = kit.fetch("/").then((answer) => answer.text()).then(read);
    const script = kit.load("/c/cover.js").then((module) => { tool = module; });
    await Promise.allSettled([page, script]);
    if (isShown && front && !document.body.firstChild) show();
  };
  load();
}

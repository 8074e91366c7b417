// Sums are made here; holding the = key sends one to the server.
const LONGEST = 64, DIGITS = 12, HOLD = 600;
const NUMBER = /^[0-9.]/;
const TOKEN = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E−?[0-9]+)?|[+−×÷%()]/g;
// what keyboards write, in the calculator's own signs
const SIGNS = {
  "*": "×", x: "×", X: "×", "/": "÷", "-": "−", "–": "−", ",": ".", "٫": ".", "٪": "%", e: "E",
  " ": "", "\u00a0": "", "\u202f": "", "٬": "",
};
const plain = (text) => text
  .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
  .replace(/./g, (sign) => SIGNS[sign] ?? sign);
const unmarked = (text) => plain(text).replace(/^=+/, "");

// "" where there is nothing to reckon, "Error" where there is no result
export function evaluate(expression) {
  const text = unmarked(expression).replace(/[+−×÷(]+$/, "");
  if (!text) return "";
  const tokens = (text.length <= LONGEST && text.match(TOKEN)) || [];
  try {
    return tokens.join("") === text ? inDigits(total(tokens)) : "Error";
  } catch {
    return "Error";
  }
}

function total(tokens) {
  let at = 0;
  const fail = () => { throw new SyntaxError(); };
  const take = (among) => (among.includes(tokens[at]) ? tokens[at++] : "");

  const value = () => {
    if (take("(")) {
      const inner = terms();
      return tokens[at] && !take(")") ? fail() : inner;
    }
    return NUMBER.test(tokens[at]) ? Number(tokens[at++].replace("−", "-")) : fail();
  };
  const factor = () => {
    let sign, number = 1, isPart = false;
    while ((sign = take("+−"))) if (sign === "−") number = -number;
    number *= value();
    while (take("%")) [number, isPart] = [number / 100, true];
    return [number, isPart];
  };
  // an operator, or the × that is not written in 2(3)
  const operator = () => {
    const next = tokens[at];
    return next === "(" || (NUMBER.test(next) && ")%".includes(tokens[at - 1])) ? "×" : take("×÷");
  };
  const term = () => {
    let sign, [number, isPart] = factor();
    while ((sign = operator())) {
      const [other] = factor();
      if (sign === "÷" && !other) fail();
      [number, isPart] = [sign === "×" ? number * other : number / other, false];
    }
    return [number, isPart];
  };
  // 200+10% is 220
  const terms = () => {
    let sign, [sum] = term();
    while ((sign = take("+−"))) {
      const [number, isPart] = term(), part = isPart ? sum * number : number;
      sum = sign === "+" ? sum + part : sum - part;
    }
    return sum;
  };

  const sum = terms();
  return tokens[at] ? fail() : sum;
}

function inDigits(value) {
  if (!Number.isFinite(value)) return "Error";
  if (!value) return "0";
  const [mantissa, exponent] = Math.abs(value).toExponential(DIGITS - 1).split("e");
  return (value < 0 ? "−" : "") + placed(mantissa.replace(".", "").replace(/0+$/, ""), +exponent);
}

function placed(digits, power) {
  const dotted = (text, at) => text.slice(0, at) + (text.length > at ? "." + text.slice(at) : "");
  if (power >= DIGITS || power < -7) return dotted(digits, 1) + `E${power}`.replace("-", "−");
  return power < 0 ? "0." + "0".repeat(-power - 1) + digits : dotted(digits.padEnd(power + 1, "0"), power + 1);
}

// what is shown after a key; a result begins with "="
export function press(shown, pressed) {
  const text = plain(shown), key = plain(pressed), isResult = text.startsWith("=");
  if (key === "C") return "";
  if (key === "=") {
    const result = evaluate(text);
    return result && result !== "Error" ? "=" + result : result || text;
  }
  let body = /^[0-9.%()E=+−×÷]*$/.test(text) ? unmarked(text) : "";
  if (key === "⌫") return isResult ? "" : withoutLast(body);
  if (body.length >= LONGEST) return text;
  if (isResult && /^[0-9.(]$/.test(key)) body = "";
  const next = following(body, key);
  return isResult && next === body ? text : next;
}

const lastNumber = (body) => body.match(/[0-9.]*(?:E−?[0-9]*)?$/)[0];
const withoutLast = (body) => body.slice(0, lastNumber(body).includes("E") ? -lastNumber(body).length : -1);

function following(body, key) {
  const number = lastNumber(body);
  if (/^[0-9]$/.test(key)) return (number === "0" ? body.slice(0, -1) : body) + key;
  if (key === ".") return body + (!number ? "0." : /[.E]/.test(number) ? "" : ".");
  if (/^[+−×÷]$/.test(key)) {
    if (key === "−" && /(^|[×÷(])$/.test(body)) return body + key;
    const kept = body.replace(/[+−×÷]+$/, "");
    return /[^(]$/.test(kept) ? kept + key : kept;
  }
  const isOpen = body.split("(").length > body.split(")").length;
  const mayEnd = /[^+−×÷(]$/.test(body) && (key === "%" || (key === ")" && isOpen));
  return key === "(" || mayEnd ? body + key : body;
}

// `kit.send(sum)`, where there is one, answers whether the sum was taken; without it the form is posted
export function start(root, kit) {
  const body = root.querySelector("body"), form = body.querySelector("form");
  const display = form.x, equals = form.querySelector(".equals"), [past, spoken] = form.querySelectorAll("output span");
  let since = 0, held = false;

  const show = (text, before = "") => {
    display.value = text === "Error" ? form.dataset.error : text;
    display.classList.toggle("long", text.length > 11);
    display.scrollLeft = display.scrollWidth;
    past.textContent = before;
    spoken.textContent = before && display.value;
  };
  const push = (key) => show(press(display.value, key), key === "=" ? unmarked(display.value) : "");

  const post = (sum) => {
    display.value = sum;
    if (navigator.onLine) form.submit();
    return navigator.onLine;
  };
  const send = async () => {
    const sum = unmarked(display.value);
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    if (sum && await (kit.send || post)(sum)) return;
    form.ariaBusy = null;
    push("=");
  };

  const stop = (event) => event.preventDefault();

  // no keyboard slides over the keys; a real one still writes
  display.inputMode = "none";
  form.addEventListener("submit", stop);
  form.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (key && (key !== equals || !held)) push(key.value);
  });
  equals.addEventListener("contextmenu", stop);

  // a short press reckons, a long one sends when it is let go: of a finger or mouse, of Enter, of Space on the = key
  const isLong = ({ timeStamp }) => {
    const long = since && timeStamp - since >= HOLD;
    since = 0;
    return long;
  };
  equals.addEventListener("pointerdown", ({ button, timeStamp }) => { since = button ? 0 : timeStamp; });
  equals.addEventListener("pointerup", (event) => {
    if (!isLong(event)) return;
    // the click that may follow is no second press
    held = true;
    setTimeout(() => { held = false; }, 300);
    send();
  });
  const isEquals = ({ key, target }) =>
    target === equals ? key === "Enter" || key === " " : key === "Enter" && target.tagName !== "BUTTON";
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isEquals(event)) {
      if (!event.repeat) since = event.timeStamp;
    } else {
      const key = { Backspace: "⌫", Delete: "C" }[event.key] || plain(event.key);
      const isWithin = event.target === display && display.selectionStart < display.value.length && key !== "=";
      if (isWithin || !/^[0-9.+−×÷%()=⌫C]$/.test(key)) return;
      push(key);
    }
    stop(event);
  });
  body.addEventListener("keyup", (event) => {
    if (!isEquals(event) || !since) return;
    stop(event);
    if (isLong(event)) send();
    else push("=");
  });

  if (kit.send) return;
  addEventListener("pagehide", () => { show(""); form.ariaBusy = null; });
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

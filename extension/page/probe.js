// Runs once in the MAIN world. JavaScript because it needs the page's world, where the SDK's function and its
// properties are and where the extension has no wasm; `scripting.executeScript` passes this self-contained function.
//
// Without `command` it only inspects: it reads property descriptors (no getter runs), stored values and DOM elements.
// It calls no SDK function and writes nothing. With `command` (JSON text, because Chromium drops the nulls of an
// object) it first performs one command, and only in the document that the person saw (`command.document`). In both
// cases it returns one JSON text. A command that arrives after `by`, in milliseconds of this document, is not
// performed, because a frozen tab runs pending scripts when it resumes. `id` identifies the command for the recorder.
//
// The page may have replaced any built-in. Syntax is used instead where possible. An indispensable built-in is first
// tested on an object of the extension (`pick`). If none works, the value counts as unread, never as another value.
// copy.js copies values.
//
// If there is anything of Upscope, `found` is the first key of the text (`FOUND_PREFIX` in src/messages/page.rs).
export function probe(command, by, id) {
  "use strict";
  const NODES = 1500, TOTAL = 24576, REPORT = 200_000, CALLS = 30, QUEUE = 1000, TESTS = 100, SWITCH_MS = 15_000;
  const FIELDS = ["uniqueId", "identities", "tags", "integrationIds", "metadata"];
  const SETTINGS = ["uniqueId", "identities", "tags", "integrationIds", "metadata", "apiKey", "autoconnect", "region", "teamDomain", "jsConfiguration", "storageImplementation", "lookupCodeElement"];
  const isFunction = (f) => typeof f === "function", isObject = (v) => typeof v === "object" && v !== null;
  // Milliseconds since the document began. Events use the clock of `performance.now`, which pages replace in tests.
  const time = () => new Event("").timeStamp;
  const wholeTime = () => { const t = time(); return t - (t % 1); };
  /** @type {(read: () => any, otherwise?: any) => any} */
  const safely = (read, otherwise = null) => { try { return read(); } catch { return otherwise; } };
  const errorText = (error) => safely(() => `${error}`.slice(0, 300), "?");
  function pick(candidates, works) {
    for (let i = 0; i < candidates.length; i++) {
      const f = safely(candidates[i]);
      if (isFunction(f) && safely(() => works(f), false)) return f;
    }
    return () => { throw 0; };
  }
  const own = pick([() => Object.getOwnPropertyDescriptor, () => Reflect.getOwnPropertyDescriptor], (f) => {
    const object = { get a() { throw 0; }, b: 1 };
    return isFunction(f(object, "a").get) && f(object, "b").value === 1 && f(object, "b").enumerable && f(object, "c") === undefined;
  });
  // A descriptor inherits from `Object.prototype`, to which a page may have added any property, so only own properties
  // count.
  const isData = (slot) => !!slot && own(slot, "value") !== undefined;
  const get = (object, key) => safely(() => { const slot = own(object, key); return isData(slot) ? slot.value : undefined; });
  const isArray = pick([() => Array.isArray, () => (v) => {
    const slot = isObject(v) ? own(v, "length") : null;
    return !!slot && isData(slot) && !slot.configurable && !slot.enumerable;
  }], (f) => f([]) === true && f({ length: 0 }) === false && f(null) === false);
  const prototypeOf = pick([() => Object.getPrototypeOf, () => Reflect.getPrototypeOf], (f) => f({ __proto__: isArray }) === isArray);

  // Calls `f` on `self` without `call` or `apply`.
  let answer;
  class Self { constructor(self) { return self; } f() {} }
  class Call extends Self { constructor(self, f) { super(self); Self.prototype.f = f; answer = super.f(); } }
  const callOn = (self, f) => { answer = undefined; new Call(self, f); return answer; };
  const functionText = get(safely(() => prototypeOf(() => 0)), "toString");
  /** Whether a function is the built-in of this name. Bound functions and functions of the page have another text. */
  const isNative = (f, name) => safely(() => {
    const text = callOn(f, functionText);
    let plain = "";
    for (let i = 0; i < text.length && i < 200; i++) if (text[i] > " ") plain += text[i];
    return plain === `function${name}(){[nativecode]}`;
  }, false);
  const knowsNative = isNative(functionText, "toString");

  const pad = (n, width) => { let text = `${n}`; while (text.length < width) text = "0" + text; return text; };
  /** Formats a time like `Date.prototype.toISOString`. */
  function iso(ms) {
    const whole = (x) => x - (x % 1), part = ((ms % 864e5) + 864e5) % 864e5, z = (ms - part) / 864e5 + 719468;
    const day = ((z % 146097) + 146097) % 146097, era = (z - day) / 146097;
    const y = whole((day - whole(day / 1460) + whole(day / 36524) - whole(day / 146096)) / 365);
    const inYear = day - (365 * y + whole(y / 4) - whole(y / 100)), m = whole((5 * inYear + 2) / 153);
    const month = m < 10 ? m + 3 : m - 9, year = y + era * 400 + (month <= 2 ? 1 : 0);
    const shown = year >= 0 && year <= 9999 ? pad(year, 4) : (year < 0 ? "-" : "+") + pad(year < 0 ? -year : year, 6);
    return `${shown}-${pad(month, 2)}-${pad(inYear - whole((153 * m + 2) / 5) + 1, 2)}T${pad(whole(part / 36e5), 2)}:`
      + `${pad(whole(part / 6e4) % 60, 2)}:${pad(whole(part / 1000) % 60, 2)}.${pad(part % 1000, 3)}Z`;
  }
  /** The prototype of dates. Fake timers replace `Date` by a class that inherits from it. */
  const datesOf = (object) => (!object || get(object, "getTime") ? object : datesOf(prototypeOf(object)));
  const dates = safely(() => datesOf(own(Date, "prototype").value)), getTime = get(dates, "getTime");
  const isDating = isNative(getTime, "getTime"), primitive = safely(() => Symbol.toPrimitive);
  /** Whether a date has the built-in method. `toJSON` calls three others. */
  const keeps = (object, key, name = key) => isNative(get(dates, key), name) && dataOf(lookUp(object, key)) === get(dates, key);
  const dateText = (object, toJSON) => safely(() => {
    if (!isDating || !isNative(toJSON, "toJSON")) return;
    if (!keeps(object, "toISOString") || !keeps(object, "valueOf") || !keeps(object, primitive, "[Symbol.toPrimitive]")) return;
    const ms = callOn(object, getTime);
    return ms - ms === 0 ? iso(ms) : null;
  }, undefined);

  // Structured cloning; see copy.js.
  /** @type {any} */
  let ports = null;
  const copies = (value) => {
    if (ports === null) ports = safely(() => new MessageChannel(), false);
    return safely(() => (ports.port1.postMessage(value), true), false);
  };
  let trapped = false;
  const trap = () => { trapped = true; throw 0; };
  const canTest = copies([1]) && !safely(() => copies(new Proxy([], { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, has: trap, getPrototypeOf: trap })), true) && !trapped;
  const isProxy = (value) => !canTest || !copies(value);
  const classOf = (f, name) => (!knowsNative ? name && "object" : isNative(f, name) ? name : "");
  // Traps of the page's proxies may run for any time, and a popup inspects repeatedly. A step counts for 2 ms at most,
  // because the process may be suspended in it.
  const MOST_MS = 250, watch = safely(() => performance), hasClock = isNative(safely(() => watch.now), "now");
  let spent = 0, clock = 0;
  const isLate = () => {
    const before = clock;
    clock = hasClock ? safely(() => watch.now(), 0) : 0;
    if (before && clock > before) spent += clock - before < 2 ? clock - before : 2;
    return spent > MOST_MS;
  };
  // What remains of the report's length. The background refuses a longer report as a whole, so values are cut instead.
  let unspent = REPORT;
  const limited = (length) => (length < unspent ? length : unspent);
  const fillLimited = () => { fill(); room = limited(room); };
  /** Each key has separate limits, so that a large one doesn't use up the others'. */
  const refill = (copyKey) => {
    const nodesLeft = nodes, roomLeft = room;
    fillLimited();
    unspent -= copyKey();
    nodes = nodesLeft;
    room = limited(roomLeft);
  };

  const CONTROL = "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";
  const HEX = "0123456789abcdef";
  function quote(text) {
    let out = '"';
    for (let i = 0; i < text.length; i++) {
      const c = text[i], next = text[i + 1];
      if (c === '"' || c === "\\") out += "\\" + c;
      else if (c < " ") {
        let code = 0;
        while (CONTROL[code] !== c) code++;
        out += "\\u00" + (code > 15 ? "1" : "0") + HEX[code % 16];
      } else if (c >= "\ud800" && c <= "\udbff" && next >= "\udc00" && next <= "\udfff") out += c + text[++i];
      else out += c >= "\ud800" && c <= "\udfff" ? "\ufffd" : c;
    }
    return out + '"';
  }
  function start(text, length) {
    if (text.length <= length) return text;
    let out = "";
    for (let i = 0; i < length; i++) out += text[i];
    return out;
  }
  function isTorn(text) {
    for (let i = 0; i < text.length; i++) {
      if (text[i] < "\ud800" || text[i] > "\udfff") continue;
      const next = text[i + 1];
      if (text[i] > "\udbff" || !(next >= "\udc00" && next <= "\udfff")) return true;
      i++;
    }
    return false;
  }
  function holds(list, item) {
    for (let i = 0; i < list.length; i++) if (list[i] === item) return true;
    return false;
  }

  /** Parses JSON that the extension wrote: without spaces, and with only control characters as hexadecimal escapes. */
  function parse(text) {
    const SHORT = { __proto__: null, b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
    let at = 0;
    const escaped = () => {
      const c = text[++at];
      if (c !== "u") return SHORT[c] ?? c;
      let low = 0;
      while (HEX[low] !== text[at + 4]) low++;
      at += 4;
      return CONTROL[(text[at - 1] === "1" ? 16 : 0) + low];
    };
    const string = () => {
      let out = "";
      for (at++; text[at] !== '"'; at++) out += text[at] === "\\" ? escaped() : text[at];
      at++;
      return out;
    };
    const parts = (end, add) => {
      for (at++; text[at] !== end;) {
        if (text[at] === ",") at++;
        else add();
      }
      at++;
    };
    const list = (out = []) => (parts("]", () => { out[out.length] = any(); }), out);
    // A computed key is always an own property, even `__proto__`.
    const map = (out = {}) => (parts("}", () => { const key = string(); at++; out = { ...out, [key]: any() }; }), out);
    const word = (out = "") => {
      while (at < text.length && !holds(",]}", text[at])) out += text[at++];
      return out === "null" ? null : out === "true" ? true : out === "false" ? false : +out;
    };
    const any = () => (text[at] === '"' ? string() : text[at] === "[" ? list() : text[at] === "{" ? map() : word());
    return any();
  }

  //#include copy.js
  const copy = (value) => (fillLimited(), copyAny(value, 0));
  /** Copies a value that this function created. Nothing of the page can be in it. */
  const copyOurs = (value) => {
    isPlain = true;
    try { return copy(value); } finally { isPlain = false; }
  };
  const settings = (object) => (fillLimited(), copyAny(object, 0, isObject(object) ? SETTINGS : NONE));

  // The key that marks the extension's entries in the SDK's queue.
  const MARK = safely(() => Symbol.for("upscope-inspector"));
  // On a recorded page the property is the recorder's accessor until the snippet sets it. Until then the page has no
  // Upscope.
  const found = safely(() => own(window, "Upscope")), slot = get(found?.get, "name") === "recorded Upscope" ? null : found;
  // A top-level `let Upscope` is not a property of the window, but its name resolves. So do named elements, hence the
  // type check, and inherited properties. If one of these is an accessor, resolving the name may run it.
  const resolves = () => { const inherited = lookUp(prototypeOf(window), "Upscope"); return !inherited || isData(inherited); };
  const sdk = slot ? slot.value : safely(() => (resolves() && isFunction(Upscope) ? Upscope : undefined));
  const queue = () => { const q = get(sdk, "q"); return isArray(q) ? q : []; };
  /** The length of a list that may be a proxy. */
  const lengthOf = (list) => get(list, "length") >>> 0;
  /** Whether the SDK has replaced `push`, as it does when it handles calls itself. */
  const isHooked = (q) => dataOf(own(q, "push") ?? own(prototypeOf(q), "push")) !== get(get(Array, "prototype"), "push");
  /** The index of the first call to read. Only the last calls are read, because a page's queue may be endless. */
  const lastOf = (q) => (lengthOf(q) > QUEUE ? lengthOf(q) - QUEUE : 0);
  /** The mark of a waiting call that the extension made, otherwise `null`. */
  const markAt = (q, i) => { const mark = get(get(q, i), MARK); return typeof mark === "string" ? mark : null; };
  /** The marks of the extension's calls among the last waiting ones. */
  const waitingMarks = () => {
    const q = queue(), length = lengthOf(q), marks = [];
    for (let i = lastOf(q); i < length && marks.length < 10; i++) {
      const mark = markAt(q, i);
      if (mark !== null) marks[marks.length] = mark;
    }
    return marks;
  };
  /** The positions of the extension's calls in `waitingCalls`. */
  const ownPositions = () => {
    const q = queue(), length = lengthOf(q), positions = [];
    for (let i = 0; i < length && i < CALLS; i++) if (markAt(q, i) !== null) positions[positions.length] = i;
    return positions;
  };
  const waitingCalls = () => {
    const q = queue(), length = lengthOf(q);
    let calls = "";
    fillLimited();
    for (let i = 0; i < length && i < CALLS; i++) calls += (i ? "," : "") + copyCall(get(q, i));
    return `[${calls}]`;
  };
  const copyCall = (call) => {
    const length = lengthOf(call), name = get(call, 0);
    // The name is copied even if the arguments before it used up the space, because a call without a name shows
    // nothing.
    const copyPart = (k) => (k === 0 && typeof name === "string" ? quote(start(name, 200)) : copyArgument(call, k, 2));
    let parts = "";
    for (let k = 0; k < length && k < 4; k++) parts += (k ? "," : "") + copyPart(k);
    return `[${parts}]`;
  };

  const STORED = ["shortId", "lookupCode", "lookupCodeSetAt", "region", "lastConnectedAt", "waitingForCallAt"];
  // Stored values are properties of the storage, so no method is needed.
  const stored = (area) => {
    const out = { __proto__: null };
    for (let i = 0; i < STORED.length; i++) {
      const value = get(area, "__upscope:" + STORED[i]);
      if (typeof value === "string") out[STORED[i]] = value;
    }
    return isObject(area) ? out : null;
  };
  const cookies = () => {
    const out = { __proto__: null }, text = document.cookie, all = `${typeof text === "string" ? text : ""};`;
    /** @type {any} */
    let value = null;
    for (let i = 0, name = ""; i < all.length; i++) {
      const c = all[i];
      if (c === ";") {
        for (let k = 0; k < STORED.length; k++) if (name === "_upscope__" + STORED[k]) out[STORED[k]] = safely(() => atob(decodeURIComponent(value)));
        name = "";
        value = null;
      } else if (value !== null) value += c;
      else if (c === "=") value = "";
      else if (c !== " ") name += c;
    }
    return out;
  };
  // The side button with the lookup code and the observers' cursors are in open shadow roots of the page's outermost
  // elements and of the SDK's elements.
  const OWN = "[id^=upscope___]", HOSTS = 500;
  const roots = () => {
    /** @type {any[]} */
    const out = [document];
    for (let i = 0; i < out.length; i++) {
      const hosts = out[i].querySelectorAll(i ? OWN : `body > *, ${OWN}`);
      for (let k = 0; k < hosts.length && k < HOSTS && out.length < 20; k++) if (hosts[k].shadowRoot) out[out.length] = hosts[k].shadowRoot;
    }
    return out;
  };
  // A snippet in a script with a type that browsers don't run, as consent tools do. Reading is limited.
  const OTHER = /^(|module|(text|application)\/(x-)?(java|ecma)script(1\.\d)?|text\/(jscript|livescript)|.*json|importmap|speculationrules)$/i;
  const SNIPPET = /\bUpscope\s*\(\s*["'`]init["'`]|\.Upscope\s*=[^=]|\bcode\.upscope\.io\//;
  // Tools name the product, or keep its URL, in attributes of many names.
  const NAMED = /upscope/i;
  const HTML = /^\s*<(?!!--)/;
  const parked = () => {
    const scripts = document.getElementsByTagName("script"), out = [];
    for (let i = 0; i < scripts.length && i < 300 && out.length < 5; i++) {
      const script = scripts[i], type = script.type, attributes = {};
      if (OTHER.test(type.trim())) continue;
      const code = /** @type {any} */ (script.firstChild)?.substringData?.(0, 20000) ?? "";
      let marks = "";
      for (let k = 0; k < script.attributes.length && k < 20; k++) {
        const { name, value } = script.attributes[k];
        if (name === "id") continue;
        marks += ` ${name}=${value.slice(0, 2000)}`;
        if (name === "class" || name.startsWith("data-")) attributes[name.slice(0, 60)] = value.slice(0, 100);
      }
      if (HTML.test(code) || !(SNIPPET.test(code) || NAMED.test(marks))) continue;
      out.push({ type: type.slice(0, 60), attributes });
    }
    return out;
  };
  const trimmed = (text, limit) => {
    const isSpace = (c) => c <= " " || c === "\u00a0";
    let from = 0, to = text.length, out = "";
    while (from < to && isSpace(text[from])) from++;
    while (to > from && isSpace(text[to - 1])) to--;
    for (; from < to && out.length < limit; from++) out += text[from];
    return out;
  };
  const words = (e, limit) => trimmed(e.textContent, limit) || trimmed(e.shadowRoot?.textContent ?? "", limit);
  /** The texts of the first ten elements in each root, without empty ones. */
  const shown = (selector, limit) => {
    const out = [], all = safely(roots, []);
    for (let i = 0; i < all.length; i++) {
      const found = safely(() => all[i].querySelectorAll(selector), []);
      for (let k = 0; k < found.length && k < 10; k++) {
        const text = safely(() => words(found[k], limit), "");
        if (text) out[out.length] = text;
      }
    }
    return out;
  };
  const hasCode = (text) => {
    for (let i = 0, digits = 0; i < text.length; i++) {
      digits = text[i] >= "0" && text[i] <= "9" ? digits + 1 : 0;
      if (digits === 4) return true;
    }
    return false;
  };
  const shownCode = (selector) => {
    const texts = shown(selector, 40);
    for (let i = 0; i < texts.length; i++) if (hasCode(texts[i])) return texts[i];
    return null;
  };
  const observers = () => {
    if (!document.getElementById("upscope___remote-control-container")) return null;
    const out = shown("[id^=upscope___cursor__]", 80);
    if (out.length > 10) out.length = 10;
    return out;
  };
  const parentHasSdk = () => safely(() => window.parent !== window && !!get(window.parent, "Upscope"), false);

  function look(act) {
    const config = get(sdk, "_config"), account = get(sdk, "__defaultConfiguration"), q = get(sdk, "q");
    const selector = get(config, "lookupCodeElement");
    const promo = safely(() => document.getElementById("upscope___promo-link-container")?.shadowRoot?.getElementById("upscope___promo-link"));
    const parts = {
      __proto__: null,
      act,
      page: {
        url: location.href, document: safely(() => `${performance.timeOrigin}`), age: safely(wholeTime), ready: safely(() => document.readyState),
        type: safely(() => document.contentType), title: safely(() => document.title), top: window.top === window, frames: safely(() => window.length),
        parentSdk: parentHasSdk(), toJSON: safely(() => "toJSON" in Array.prototype, false), prototypeJs: !!safely(() => own(window, "Prototype")),
      },
      sdk: {
        global: slot && !("value" in slot) ? "accessor" : typeof sdk,
        snippet: isFunction(get(sdk, "c")),
        version: get(sdk, "_version"),
        configured: config !== undefined,
        region: get(sdk, "__defaultRegion"),
        queue: isArray(q) ? get(q, "length") : null,
        own: safely(waitingMarks, []),
        ownPositions: safely(ownPositions, []),
        hooked: isArray(q) ? safely(() => isHooked(q)) : null,
        attempted: get(window, "__upscopeIdleManagerActive") !== undefined && !!get(window, "__upscopeIdleManagerActive"),
        manager: safely(() => !!document.getElementById("upscope___remote-control-container")),
        tracking: get(document, "__upscopeTrackingActive") === true,
        promo: promo ? safely(() => promo.classList.contains("upscope___promo-link--active")) : null,
        observers: safely(observers),
      },
      local: safely(() => stored(localStorage)),
      cookie: safely(cookies),
      marks: {
        testingKey: safely(() => get(localStorage, "upscopeTestingKey")),
        code: (typeof selector === "string" && shownCode(selector)) || shownCode("#upscope___lookup-code-button"),
        watchLink: safely(() => get(get(window, "intercomSettings"), "screenshare")),
      },
    };
    const held = isFunction(sdk) ? [] : safely(parked, []), isFound = isFunction(sdk) || held.length > 0;
    if (held.length) parts.parked = held;
    let out = isFound ? '{"v":1,"found":true' : '{"v":1';
    const add = (name, make) => {
      unspent = REPORT - out.length;
      out += `,"${name}":${safely(make, "null")}`;
    };
    for (const name in parts) add(name, () => copyOurs(parts[name]));
    add("config", () => settings(config));
    add("account", () => settings(account));
    add("chats", () => copy(get(sdk, "_integrations")));
    add("calls", waitingCalls);
    if (ports) safely(() => ports.port1.close());
    return out + "}";
  }

  // On a recorded page this read tells the recorder that the next call is the extension's. On other pages the property
  // doesn't exist.
  const say = (...args) => (safely(() => own(get(sdk, "c"), `upscope-inspector ${id}`)), sdk(...args));
  // A call of the extension that waits leaves an entry in the SDK's queue. The entry is marked, so that later reports
  // distinguish it from calls of the page. If the person was not warned that the call would wait, it is removed in the
  // same task: an update or a reset that waits during a reconnect stops the queue for the page load.
  const mark = safely(() => `${Date.now()}.${Math.random()}`, "");
  function call(mayWait, name, ...args) {
    const before = [];
    for (let q = queue(), i = lastOf(q), end = lengthOf(q); i < end; i++) before[before.length] = q[i];
    say(name, ...args);
    const q = queue(), length = lengthOf(q);
    let at = lastOf(q);
    while (at < length && (get(q[at], 0) !== name || holds(before, q[at]))) at++;
    if (at === length) return { waiting: false };
    if (!mayWait) return take(q, at), { refused: "down" };
    safely(() => { Object.defineProperty(q[at], MARK, { __proto__: null, value: mark }); });
    return { waiting: true, mark };
  }
  function take(list, at) {
    for (; at < list.length - 1; at++) list[at] = list[at + 1];
    list.length--;
  }
  // Pages replace the timers in tests and may stop them, but not this one.
  const timeout = safely(() => own(AbortSignal, "timeout").value), canWait = isNative(timeout, "timeout");
  const after = (ms, act) => { if (canWait) AbortSignal.timeout(ms).onabort = () => act(); else setTimeout(act, ms); };
  const until = (ready, limit) => new Promise((resolve) => {
    const end = time() + limit;
    (function check() {
      if (ready() || time() > end) resolve(!!ready());
      else after(100, check);
    })();
  });

  /** Whether a value of an update is `original_mark` (page_value/mod.rs). */
  const isMark = (value) => {
    for (const key in value) if (key !== "$" && own(value, key)) return false;
    return isObject(value) && get(value, "$") === "keep";
  };
  /** The metadata keys that the person keeps unchanged. */
  const keptKeys = ({ metadata }) => {
    const kept = [];
    for (const key in metadata) if (isMark(get(metadata, key))) kept[kept.length] = key;
    return kept;
  };
  // A kept key gets the page's value, as in the page's next call. The SDK serializes it. If the page no longer has the
  // key, a call without it would remove it.
  function takeOver(update, theirs) {
    const kept = keptKeys(update);
    for (let i = 0; i < kept.length; i++) if (!safely(() => own(theirs, kept[i]))) return { refused: "unkept", error: start(kept[i], 200) };
    for (let i = 0; i < kept.length; i++) update.metadata[kept[i]] = theirs[kept[i]];
    return null;
  }

  const acts = {
    update: ({ update, mayWait }) => takeOver(update, get(get(sdk, "_config"), "metadata")) ?? call(mayWait, "updateConnection", update),
    reset: ({ reconnect, mayWait }) => (reconnect ? call(mayWait, "reset") : call(mayWait, "reset", false)),
    // An update in the same tick as a reset is cleared. Until the old socket's close event, getShortId returns nothing
    // and an update is never sent completely. An update that waits during a reconnect stops the queue. Therefore the
    // update waits in the page for a new, non-empty short ID, which arrives with the handshake. Nothing is called
    // inside an SDK callback.
    async switch({ update, mayWait }) {
      // A new visitor has no metadata whose values the update could keep.
      const refusal = takeOver(update, null);
      if (refusal) return refusal;
      const old = safely(() => stored(localStorage)?.shortId) ?? safely(() => cookies().shortId);
      const reset = call(mayWait, "reset");
      if (reset.refused) return reset;
      if (reset.waiting) return call(true, "updateConnection", update);
      let sent = false;
      const ask = () => safely(() => call(true, "getShortId", (id) => after(0, () => identify(id))));
      function identify(id) {
        const isNew = typeof id === "string" && id !== "" && quote(id) !== old;
        sent = isNew && !call(false, "updateConnection", update).refused;
        if (!sent) after(50, ask);
      }
      after(0, ask);
      await until(() => sent, SWITCH_MS);
      return { waiting: false, mark, sent };
    },
    async askCode() {
      let code;
      const out = call(true, "getLookupCode", (given) => { code = `${given}`.slice(0, 40); });
      await until(() => code !== undefined, 8000);
      return { ...out, waiting: out.waiting && code === undefined, code: code ?? null };
    },
    setCode({ code, mayWait }) {
      if (get(get(sdk, "_config"), "storageImplementation")) return { refused: "storage" };
      // The code is stored first, so that full storage fails before the call. If the call isn't made, the previous
      // values are restored.
      const before = [];
      const restore = () => { for (let i = 0; i < before.length; i++) safely(() => before[i]()); };
      const store = (name, value) => {
        const key = "__upscope:" + name, old = localStorage.getItem(key);
        before[before.length] = () => (old === null ? localStorage.removeItem(key) : localStorage.setItem(key, old));
        localStorage.setItem(key, quote(value));
      };
      try {
        store("lookupCode", code);
        store("lookupCodeSetAt", new Date().toISOString());
      } catch (error) {
        restore();
        return { refused: "unstored", error: errorText(error) };
      }
      let isMade = false;
      try {
        const out = call(mayWait, "updateConnection", { lookupCode: code });
        isMade = !out.refused;
        return out;
      } finally {
        if (!isMade) restore();
      }
    },
  };

  // Chromium would show an error thrown here in the page's console.
  if (command === "time") return safely(time);
  if (!command) return safely(() => look(null), "");
  const failed = (error) => look({ name: command.act, refused: "threw", error: errorText(error) });
  try {
    const native = safely(() => JSON.parse);
    command = isNative(native, "parse") ? native(command) : parse(command);
    if (command.document !== `${performance.timeOrigin}`) return look({ name: command.act, refused: "moved" });
    if (by && time() > by) return look({ name: command.act, refused: "late" });
    if (!isFunction(sdk)) return look({ name: command.act, refused: "gone" });
    const done = acts[command.act](command);
    const finish = (out) => look({ name: command.act, ...out });
    return isFunction(done.then) ? done.then(finish).catch(failed) : finish(done);
  } catch (error) {
    return failed(error);
  }
}

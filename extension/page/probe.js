// MAIN world, one shot. JavaScript because it must run in the page's own world, where the SDK's function and its
// properties live and where no wasm of ours can be; `scripting.executeScript` carries this one closed function there.
//
// Without `ask` it only looks: property descriptors (no getter runs), stored values, DOM marks; no SDK function is
// called and nothing is written. With `ask` (a JSON text: Chromium drops the nulls of an object) it first performs the
// one thing the person asked for, but only in the document they saw (`ask.document`). Either way the answer is one JSON text, written by the copier below because
// the page may have changed JSON.stringify's behaviour (Prototype.js adds Array.prototype.toJSON).
// What JSON lacks is written as {"$": kind}; a page's own key that starts with "$" gets a second one.
// `found` stands right at the text's beginning where there is anything of Upscope (`FOUND` in src/protocol/message.rs).
// An act that comes after `by`, in milliseconds of this document, is not done: a tab that slept runs old scripts when it wakes.
// `id` names the act, for the recorder.
export function probe(ask, by, id) {
  "use strict";
  const TEXT = 2048, LONG = 65536, DEPTH = 6, KEYS = 100, ITEMS = 100, NODES = 1500, TOTAL = 24576, CALLS = 30;
  const own = Object.getOwnPropertyDescriptor, keysOf = Object.keys, isArray = Array.isArray, pushOf = Array.prototype.push;
  const safely = (read, otherwise = null) => { try { return read(); } catch { return otherwise; } };
  const get = (object, key) => safely(() => own(object, key)?.value);
  const quote = (text) => JSON.stringify(text.toWellFormed());

  // Copies one value to JSON text within its own budget, so that a huge section cannot starve the others.
  function copy(value) {
    let nodes = NODES, room = TOTAL;
    const special = (kind, v, n) => `{"$":"${kind}"${v === undefined ? "" : `,"v":${v}`}${n === undefined ? "" : `,"n":${n}`}}`;
    const spend = (text) => ((room -= text.length), text);
    function text(s) {
      if (s.length <= TEXT && s.length <= room) return quote(s);
      return special("text", s.length > LONG ? '""' : quote(s.slice(0, Math.max(0, Math.min(TEXT, room)))), s.length);
    }
    function list(items, depth) {
      const length = get(items, "length") >>> 0, out = [];
      for (let i = 0; i < length && i < ITEMS && nodes > 0 && room > 0; i++) out.push(property(items, i, depth));
      return out.length < length ? special("list", `[${out}]`, length - out.length) : `[${out}]`;
    }
    function map(object, depth) {
      const keys = keysOf(object), out = [];
      for (let i = 0; i < keys.length && i < KEYS && nodes > 0 && room > 0; i++) {
        const name = keys[i].slice(0, TEXT);
        out.push(spend(quote(name[0] === "$" ? "$" + name : name)) + ":" + property(object, keys[i], depth));
      }
      return out.length < keys.length ? special("map", `{${out}}`, keys.length - out.length) : `{${out}}`;
    }
    function property(object, key, depth) {
      const slot = safely(() => own(object, key));
      if (!slot) return special("undefined");
      return "value" in slot ? any(slot.value, depth) : special("accessor");
    }
    function any(v, depth) {
      nodes--;
      if (v === null) return "null";
      const type = typeof v;
      if (type === "string") return spend(text(v));
      if (type === "boolean") return spend(v ? "true" : "false");
      if (type === "number") return spend(v - v === 0 ? `${v}` : special("NaN"));
      if (type !== "object") return special(type);
      if (depth >= DEPTH || nodes <= 0 || room <= 0) return special("deep");
      return safely(() => (isArray(v) ? list(v, depth + 1) : map(v, depth + 1)), special("object"));
    }
    return any(value, 0);
  }

  // The key of the mark on an entry of ours in the SDK's queue.
  const MARK = Symbol.for("upscope-inspector");
  const isFunction = (f) => typeof f === "function";
  // On a recorded page the recorder's accessor stands there until the snippet comes: as good as nothing.
  const found = safely(() => own(window, "Upscope")), slot = get(found?.get, "name") === "recorded Upscope" ? null : found;
  // A top-level `let Upscope` is no property of the window; a bare name finds it (and named elements, hence the type).
  const sdk = slot ? slot.value : safely(() => (isFunction(Upscope) ? Upscope : undefined));
  const queue = () => { const q = get(sdk, "q"); return isArray(q) ? q : []; };
  const waitingCalls = () => {
    const q = queue(), out = [];
    for (let i = 0; i < q.length && i < CALLS; i++) {
      const call = get(q, i), n = Math.min(get(call, "length") >>> 0, 4);
      out.push(Array.from({ length: n }, (_, k) => get(call, k)));
    }
    return out;
  };

  const stored = (area) => {
    const out = {};
    for (const key of STORED) {
      const value = area.getItem("__upscope:" + key);
      if (value !== null) out[key] = value;
    }
    return out;
  };
  const STORED = ["shortId", "lookupCode", "lookupCodeSetAt", "region", "lastConnectedAt", "waitingForCallAt"];
  const cookies = () => {
    const out = {};
    for (const pair of document.cookie.split("; ")) {
      const [, key, value] = /^_upscope__(\w+)=(.*)$/.exec(pair) ?? [];
      if (STORED.includes(key)) out[key] = safely(() => atob(decodeURIComponent(value)));
    }
    return out;
  };
  // The side button with its code and the observers' cursors stand in open shadow roots: those of the page's outermost
  // elements and of the SDK's own.
  const OWN = "[id^=upscope___]", HOSTS = 500;
  const roots = () => {
    const out = [document];
    for (let i = 0; i < out.length; i++) {
      const hosts = out[i].querySelectorAll(i ? OWN : `body > *, ${OWN}`);
      for (let k = 0; k < hosts.length && k < HOSTS && out.length < 20; k++) hosts[k].shadowRoot && out.push(hosts[k].shadowRoot);
    }
    return out;
  };
  // A snippet in a script of a type that browsers do not run: a consent tool's way to hold it back. Only read, within caps.
  const OTHER = /^(|module|(text|application)\/(x-)?(java|ecma)script(1\.\d)?|text\/(jscript|livescript)|.*json|importmap|speculationrules)$/i;
  const SNIPPET = /\bUpscope\s*\(\s*["'`]init["'`]|\.Upscope\s*=[^=]|\bcode\.upscope\.io\//;
  const HTML = /^\s*<(?!!--)/;
  const parked = () => {
    const scripts = document.getElementsByTagName("script"), out = [];
    for (let i = 0; i < scripts.length && i < 300 && out.length < 5; i++) {
      const script = scripts[i], type = script.type, attributes = {};
      if (OTHER.test(type.trim())) continue;
      const code = script.firstChild?.substringData?.(0, 20000) ?? "";
      const source = `${script.getAttribute("src") ?? ""} ${script.getAttribute("data-src") ?? ""}`;
      if (HTML.test(code) || !SNIPPET.test(code + source)) continue;
      for (const { name, value } of Array.from(script.attributes).slice(0, 20)) {
        if (name === "class" || name.startsWith("data-")) attributes[name.slice(0, 60)] = value.slice(0, 100);
      }
      out.push({ type: type.slice(0, 60), attributes });
    }
    return out;
  };
  const words = (e, limit) => (e.textContent.trim() || e.shadowRoot?.textContent.trim() || "").slice(0, limit);
  const shown = (selector, limit) => safely(() => roots().flatMap((root) => Array.from(root.querySelectorAll(selector)).slice(0, 10)))
    ?.map((e) => words(e, limit)).filter(Boolean) ?? [];
  const shownCode = (selector) => shown(selector, 40).find((text) => /[0-9]{4}/.test(text)) ?? null;
  const observers = () => (document.getElementById("upscope___remote-control-container") ? shown("[id^=upscope___cursor__]", 80).slice(0, 10) : null);
  const parentHasSdk = () => safely(() => window.parent !== window && !!get(window.parent, "Upscope"), false);

  function look(act) {
    const config = get(sdk, "_config"), account = get(sdk, "__defaultConfiguration"), q = get(sdk, "q");
    const selector = get(config, "lookupCodeElement");
    const promo = safely(() => document.getElementById("upscope___promo-link-container")?.shadowRoot?.getElementById("upscope___promo-link"));
    const parts = {
      act,
      page: {
        url: location.href, document: `${performance.timeOrigin}`, at: Date.now(), ready: document.readyState,
        type: document.contentType, title: document.title, top: window.parent === window, frames: window.length,
        parentSdk: parentHasSdk(), toJSON: "toJSON" in Array.prototype, prototypeJs: !!safely(() => own(window, "Prototype")),
      },
      sdk: {
        global: slot && !("value" in slot) ? "accessor" : typeof sdk,
        snippet: isFunction(get(sdk, "c")),
        version: get(sdk, "_version"),
        configured: config !== undefined,
        region: get(sdk, "__defaultRegion"),
        queue: isArray(q) ? q.length : null,
        own: safely(() => queue().slice(0, 1000).map((entry) => get(entry, MARK)).filter((mark) => typeof mark === "string").slice(0, 10), []),
        hooked: isArray(q) ? safely(() => q.push !== pushOf) : null,
        attempted: get(window, "__upscopeIdleManagerActive") !== undefined && !!get(window, "__upscopeIdleManagerActive"),
        manager: safely(() => !!document.getElementById("upscope___remote-control-container")),
        tracking: get(document, "__upscopeTrackingActive") === true,
        promo: promo ? safely(() => promo.classList.contains("upscope___promo-link--active")) : null,
        observers: safely(observers),
      },
      config, account, chats: get(sdk, "_integrations"), calls: safely(waitingCalls),
      local: safely(() => stored(localStorage)),
      cookie: safely(cookies),
      marks: {
        testingKey: safely(() => localStorage.getItem("upscopeTestingKey")),
        code: (typeof selector === "string" && shownCode(selector)) || shownCode("#upscope___lookup-code-button"),
        watchLink: safely(() => get(get(window, "intercomSettings"), "screenshare")),
      },
    };
    const held = isFunction(sdk) ? [] : safely(parked, []), isFound = isFunction(sdk) || held.length > 0;
    if (held.length) parts.parked = held;
    return `{"v":1,${isFound ? '"found":true,' : ""}${keysOf(parts).map((name) => `"${name}":${safely(() => copy(parts[name]), "null")}`)}}`;
  }

  // On a recorded page the recorder hears by this whose call comes next; on any other there is no such property to find.
  const say = (...args) => (safely(() => own(get(sdk, "c"), `upscope-inspector ${id}`)), sdk(...args));
  // A call of ours that waits leaves its entry in the SDK's queue. It gets a mark, so that later looks know it from calls of
  // the page. Where the person was not warned that it would wait, it is taken out again in the same task: an update or a
  // reset that waits while the SDK reconnects stops its queue for the page load.
  const mark = `${Date.now()}.${Math.random()}`;
  function call(mayWait, name, ...args) {
    const before = queue().slice();
    say(name, ...args);
    const q = queue(), at = q.findIndex((entry) => get(entry, 0) === name && !before.includes(entry));
    if (at < 0) return { waiting: false };
    if (!mayWait) return q.splice(at, 1), { refused: "down" };
    safely(() => Object.defineProperty(q[at], MARK, { value: mark }));
    return { waiting: true, mark };
  }
  const until = (ready, limit) => new Promise((resolve) => {
    const end = Date.now() + limit;
    (function check() { ready() || Date.now() > end ? resolve(!!ready()) : setTimeout(check, 100); })();
  });

  const acts = {
    update: ({ update, mayWait }) => call(mayWait, "updateConnection", update),
    reset: ({ reconnect, mayWait }) => (reconnect ? call(mayWait, "reset") : call(mayWait, "reset", false)),
    // An update in the tick of a reset is wiped; until the old socket's close event getShortId answers with nothing, and an
    // update is never sent whole; one that waits while the SDK reconnects stops its queue. So ours waits in the page for a
    // new, non-empty short ID, which comes with the handshake. Nothing is called inside the SDK's callback.
    async switch({ update, mayWait }) {
      const old = safely(() => stored(localStorage).shortId) ?? safely(() => cookies().shortId);
      const reset = call(mayWait, "reset");
      if (reset.refused) return reset;
      if (reset.waiting) return call(true, "updateConnection", update);
      let sent = false;
      const ask = () => safely(() => call(true, "getShortId", (id) => setTimeout(identify, 0, id)));
      function identify(id) {
        const isNew = typeof id === "string" && id && quote(id) !== old;
        sent = isNew && !call(false, "updateConnection", update).refused;
        if (!sent) setTimeout(ask, 50);
      }
      setTimeout(ask);
      await until(() => sent, 15000);
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
      const out = call(mayWait, "updateConnection", { lookupCode: code });
      if (out.refused) return out;
      localStorage.setItem("__upscope:lookupCode", quote(code));
      localStorage.setItem("__upscope:lookupCodeSetAt", quote(new Date().toISOString()));
      return out;
    },
  };

  // What events bear is the clock of `performance.now`, which pages replace in their tests.
  const time = () => new Event("").timeStamp;

  // An error thrown here would show in the page's own console (Chromium).
  if (ask === "time") return safely(time);
  if (!ask) return safely(() => look(null), "");
  const failed = (error) => look({ name: ask.act, refused: "threw", error: safely(() => `${error}`.slice(0, 300), "?") });
  try {
    ask = JSON.parse(ask);
    if (ask.document !== `${performance.timeOrigin}`) return look({ name: ask.act, refused: "moved" });
    if (by && time() > by) return look({ name: ask.act, refused: "late" });
    if (!isFunction(sdk)) return look({ name: ask.act, refused: "gone" });
    const done = acts[ask.act](ask);
    const finish = (out) => look({ name: ask.act, ...out });
    return isFunction(done.then) ? done.then(finish).catch(failed) : finish(done);
  } catch (error) {
    return failed(error);
  }
}

// MAIN world, one shot. JavaScript because it must run in the page's own world, where the SDK's function and its
// properties live and where no wasm of ours can be; `scripting.executeScript` carries this one closed function there.
//
// Without `ask` it only looks: property descriptors (no getter runs), stored values, DOM marks; no SDK function is
// called and nothing is written. With `ask` (a JSON text: Chromium drops the nulls of an object) it first performs the
// one thing the person asked for, but only in the document they saw (`ask.document`). Either way the answer is one JSON text, written by the copier below because
// the page may have changed JSON.stringify's behaviour (Prototype.js adds Array.prototype.toJSON).
// What JSON lacks is written as {"$": kind}; a page's own key that starts with "$" gets a second one.
export function probe(ask, id) {
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
  const shownCode = (selector) => safely(() => document.querySelector(selector)?.textContent.trim().slice(0, 40)) ?? null;
  const observers = () => {
    const box = document.getElementById("upscope___remote-control-container");
    return box ? Array.from(box.children).slice(0, 10).map((e) => e.textContent.trim().slice(0, 80)).filter(Boolean) : null;
  };
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
        parentSdk: parentHasSdk(), toJSON: "toJSON" in Array.prototype,
      },
      sdk: {
        global: slot && !("value" in slot) ? "accessor" : typeof sdk,
        snippet: isFunction(get(sdk, "c")),
        version: get(sdk, "_version"),
        configured: config !== undefined,
        region: get(sdk, "__defaultRegion"),
        queue: isArray(q) ? q.length : null,
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
    return `{"v":1,${keysOf(parts).map((name) => `"${name}":${safely(() => copy(parts[name]), "null")}`)}}`;
  }

  // On a recorded page the recorder hears by this whose call comes next; on any other there is no such property to find.
  const say = (...args) => (safely(() => own(get(sdk, "c"), `upscope-inspector ${id}`)), sdk(...args));
  // A call of ours waits when the very object we passed, or one entry more, stands in the SDK's queue.
  function call(name, ...args) {
    const before = queue().length;
    say(name, ...args);
    const after = queue(), mine = args[0];
    return mine && typeof mine === "object" ? after.some((entry) => get(entry, 1) === mine) : after.length > before;
  }
  const until = (ready, limit) => new Promise((resolve) => {
    const end = Date.now() + limit;
    (function check() { ready() || Date.now() > end ? resolve(!!ready()) : setTimeout(check, 100); })();
  });

  const acts = {
    update: ({ update }) => ({ waiting: call("updateConnection", update) }),
    reset: ({ reconnect }) => ({ waiting: reconnect ? call("reset") : call("reset", false) }),
    // An update in the tick of a reset is wiped, and one that waits while the SDK reconnects kills its queue. So ours
    // waits in the page for the new visitor's handshake, and is made outside the SDK's callback.
    async switch({ update }) {
      if (call("reset")) return { waiting: call("updateConnection", update) };
      let sent = false;
      const identify = () => setTimeout(() => { sent = true; say("updateConnection", update); });
      setTimeout(() => say("getShortId", identify));
      await until(() => sent, 15000);
      return { sent };
    },
    async askCode() {
      let code, waiting;
      waiting = call("getLookupCode", (given) => { code = `${given}`.slice(0, 40); });
      await until(() => code !== undefined, 8000);
      return { waiting: waiting && code === undefined, code: code ?? null };
    },
    setCode({ code }) {
      if (get(get(sdk, "_config"), "storageImplementation")) return { refused: "storage" };
      localStorage.setItem("__upscope:lookupCode", quote(code));
      localStorage.setItem("__upscope:lookupCodeSetAt", quote(new Date().toISOString()));
      return { waiting: call("updateConnection", { lookupCode: code }) };
    },
  };

  // An error thrown here would show in the page's own console (Chromium).
  if (!ask) return safely(() => look(null), "");
  const failed = (error) => look({ name: ask.act, refused: "threw", error: safely(() => `${error}`.slice(0, 300), "?") });
  try {
    ask = JSON.parse(ask);
    if (ask.document !== `${performance.timeOrigin}`) return look({ name: ask.act, refused: "moved" });
    if (!isFunction(sdk)) return look({ name: ask.act, refused: "gone" });
    const done = acts[ask.act](ask);
    const finish = (out) => look({ name: ask.act, ...out });
    return isFunction(done.then) ? done.then(finish).catch(failed) : finish(done);
  } catch (error) {
    return failed(error);
  }
}

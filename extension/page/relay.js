// Runs in the ISOLATED world at `document_start`, together with recorder.js, only on recorded sites. JavaScript because
// a page's policy may forbid wasm, and it can't be compiled before the first script. The page can't access this script.
//
// It receives the recorder's texts on a channel that only the two scripts know, adds observations that leave no trace
// in the page, numbers all entries, and stores them until the background has acknowledged them.
(() => {
  "use strict";
  const CHANNEL = "upscope-inspector", FLUSH_MS = 50, FIRST_MS = 1000, LOOK_MS = 1000;
  const safely = (read, otherwise) => { try { return read(); } catch { return otherwise; } };
  const origin = performance.timeOrigin, top = window.parent === window, opener = safely(() => window.opener !== null, true);
  // A page that embeds or opened this one may have changed the built-ins before.
  const less = !top || opener;

  // ---- Entries that are not acknowledged yet, and their limits.
  const MAX_KEPT = 2000, MAX_CHARS = 2_000_000, BATCH = 500, BATCH_CHARS = 400_000, MAX_TEXT = 65_536, MAX_VALUE = 2048;
  let kept = [], first = 0, posted = 0, chars = 0, left = { rate: 0, size: 0, buffer: 0 }, isLeft = false;
  // Texts from the recorder that are not split into entries yet, so that a call of the page doesn't wait for that.
  let raw = [], rawChars = 0;
  // A page that gains access to the recorder may send without limit.
  const ENTRIES = { most: 2000, perMs: 0.3 }, CHARS = { most: 2_000_000, perMs: 200 }, BUCKETS = [ENTRIES, CHARS];
  for (const bucket of BUCKETS) bucket.now = bucket.most;
  let filled = 0;
  function refill() {
    const t = performance.now();
    for (const bucket of BUCKETS) bucket.now = Math.min(bucket.most, bucket.now + (t - filled) * bucket.perMs);
    filled = t;
  }
  function refusal(text) {
    if (kept.length >= MAX_KEPT || chars + text.length > MAX_CHARS) return "buffer";
    if (text.length > MAX_TEXT) return "size";
    if (ENTRIES.now < 1) return "rate";
    ENTRIES.now--;
    if (CHARS.now < text.length) return "rate";
    CHARS.now -= text.length;
    return null;
  }
  function keep(text) {
    const why = refusal(text);
    if (why) {
      isLeft = true;
      left[why]++;
      return;
    }
    if (isLeft) tellLeft();
    push(text);
  }
  function tellLeft() {
    isLeft = false;
    for (const [why, count] of Object.entries(left)) if (count) push(entry("drop", { count, why }));
    left = { rate: 0, size: 0, buffer: 0 };
  }
  /** Reports what was left out although no entry follows, once an entry would be accepted. */
  function reportLeft() {
    refill();
    if (isLeft && !refusal("")) tellLeft();
  }
  function push(text) {
    kept.push(text);
    chars += text.length;
    wait();
  }
  /** Each text has many entries. */
  function absorb() {
    refill();
    const texts = raw;
    raw = [];
    rawChars = 0;
    for (const text of texts) for (const one of text.split("\n")) keep(one);
  }
  const entry = (k, rest) => JSON.stringify({ k, t: Math.round(performance.now() * 10) / 10, ...rest });
  function note(k, rest) {
    absorb();
    keep(entry(k, rest));
  }

  // ---- Sending to the background. A closed port discards messages silently, so entries are stored until they are
  // acknowledged. A batch that is refused repeatedly can't be stored. Its numbers stay unused, and the timeline shows a
  // gap.
  const MAX_TRIES = 5;
  /** @type {any} */
  let port = null;
  let timer, stopped = false, cached = false, loaded = false, tries = 0;
  /** Waits until the page has loaded, since starting the worker competes with the page for the processor. */
  function wait() {
    timer ??= setTimeout(flush, loaded ? FLUSH_MS : FIRST_MS);
  }
  function connect() {
    port = chrome.runtime.connect({ name: "recorder" });
    posted = 0;
    port.onMessage.addListener(({ ack, stop }) => {
      if (stop) return halt();
      tries = 0;
      release(ack - first);
    });
    port.onDisconnect.addListener(() => {
      if (++tries > MAX_TRIES) {
        tries = 0;
        release(posted);
      }
      port = null;
      posted = 0;
      if (kept.length) timer ??= setTimeout(flush, LOOK_MS * 2 ** tries);
    });
  }
  /** Drops the given number of entries, oldest first. */
  function release(count) {
    const done = Math.max(0, Math.min(count, kept.length));
    for (const text of kept.splice(0, done)) chars -= text.length;
    first += done;
    posted = Math.max(0, posted - done);
  }
  function flush() {
    gather();
    clearTimeout(timer);
    timer = undefined;
    if (stopped || cached || posted >= kept.length) return;
    if (!chrome.runtime?.id) return halt(); // the extension was updated or removed
    if (!port) connect();
    while (posted < kept.length) {
      let end = posted, size = 0;
      while (end < kept.length && end - posted < BATCH && size < BATCH_CHARS) size += kept[end++].length;
      // If posting throws instead, the port's disconnect event follows.
      const batch = { first: first + posted, texts: kept.slice(posted, end), origin, top, less };
      safely(() => port.postMessage(batch));
      posted = end;
    }
  }
  function halt() {
    stopped = true;
    tell("stop");
    clearInterval(looking);
    kept = [];
    raw = [];
    safely(() => port?.disconnect()); // Chromium throws once the extension is gone
    port = null;
  }

  // ---- Observations: the URL, stored values, scripts.
  const STORED = {
    local: ["shortId", "lookupCode", "lookupCodeSetAt", "region", "lastConnectedAt", "waitingForCallAt"],
    session: ["uniqueConnectionId", "connectionActiveSince", "everActive", "integrationOpened", "lookupCodeClick", "namedCall", "historyAutoSaveOn"],
  };
  const seen = new Map();
  let url = location.href;
  function compare(area, key, value) {
    const name = `${area}:${key}`;
    if ((seen.get(name) ?? null) === value) return;
    seen.set(name, value);
    note("store", { area, key, value: value?.slice(0, MAX_VALUE).toWellFormed() ?? null });
  }
  function compareAreas() {
    for (const [area, storage] of [["local", () => localStorage], ["session", () => sessionStorage]]) {
      const values = safely(storage);
      if (values) for (const key of STORED[area]) compare(area, key, values.getItem("__upscope:" + key));
    }
  }
  /** Values that were sent, and values that may have been stored in between. */
  function gather() {
    if (stopped || !raw.length) return;
    absorb();
    compareAreas();
  }
  function compareCookies() {
    const found = {};
    for (const pair of safely(() => document.cookie, "").split("; ")) {
      const [, key, value] = /^_upscope__(\w+)=(.*)$/.exec(pair) ?? [];
      if (STORED.local.includes(key)) found[key] = safely(() => atob(decodeURIComponent(value)), null);
    }
    for (const key of STORED.local) compare("cookie", key, found[key] ?? null);
  }
  const moment = (what, rest) => note("page", { what, url: location.href.slice(0, MAX_VALUE).toWellFormed(), ...rest });
  function compareAddress() {
    if (location.href === url) return;
    url = location.href;
    moment("route");
  }
  function look() {
    if (stopped) return;
    compareAddress();
    tell("look");
    compareAreas();
    compareCookies();
    reportLeft();
  }
  /** Loader and SDK: by name, or by the form of a loader's URL on any host, `/<PUBLIC KEY>.js`. */
  const LOADER = /^[a-z]+:\/\/[^/]+\/(?=\w*[A-Z\d])\w{6,40}\.js([?#]|$)/;
  const isSocket = (address) => /^wss?:/.test(address) && /[?&]apiKey=/.test(address) && /[?&]version=/.test(address);
  const fileOf = (src) => src.split(/[?#]/)[0].split("/").pop();
  const VENDOR = /^[a-z]+:\/\/([^/:]+\.)?upscope\.(io|com)([:/]|$)/i, scriptsOf = Document.prototype.getElementsByTagName;
  /**
   * Whether a snippet sets `Upscope` and then names this file first. A script may have the snippets of other products
   * too.
   */
  function loads(text, file) {
    const set = text.search(/\bUpscope["'\]]*\s*=[^=]/), at = text.indexOf(file, set);
    return set >= 0 && at >= 0 && !/\.m?js\b/.test(text.slice(set, at));
  }
  /** Stronger evidence than the form of a URL: the name is Upscope's, or the page's snippet names the script. */
  function isNamed(src) {
    const file = fileOf(src);
    const isSnippet = (script) => !script.src && loads(script.text, file);
    return VENDOR.test(src) || /upscope/i.test(file) || (file !== "" && Array.from(scriptsOf.call(document, "script")).some(isSnippet));
  }
  const tellScript = (what, url, ours, why) => {
    note("script", { what, url: url.slice(0, MAX_VALUE).toWellFormed(), ...(why ? { why } : {}), ...(ours ? { ours } : {}) });
  };
  const scriptOf = (event) => (event.target instanceof HTMLScriptElement && event.target.src ? event.target.src : null);
  addEventListener("error", (event) => {
    const src = scriptOf(event);
    const ours = src && safely(() => isNamed(src), false);
    if (src && (ours || LOADER.test(src))) tellScript("error", src, ours);
  }, true);
  document.addEventListener("securitypolicyviolation", (event) => {
    const { blockedURI, effectiveDirective: why, disposition } = event;
    if (!event.isTrusted || disposition !== "enforce") return;
    // The SDK's socket is recognized by its URL. The query is not stored.
    if (why === "connect-src" && isSocket(blockedURI)) return tellScript("blocked", blockedURI.split("?")[0], true, why);
    const isScript = why.startsWith("script-src"), ours = isScript && safely(() => isNamed(blockedURI), false);
    if (ours || (isScript && LOADER.test(blockedURI))) tellScript("blocked", blockedURI, ours, why);
  });
  /** A second run of the SDK has no effect and leaves no other trace. A second loader is visible in its settings. */
  const ran = new Set();
  /** The SDK's file has its version. A site's own `upscope-snippet.js` may run on each of its routes. */
  const SDK_FILE = /upscope[^/]*\d\.\d[^/]*$/i;
  function compareScripts(src) {
    const path = src.split(/[?#]/)[0];
    if (!SDK_FILE.test(path) || ran.size >= 20) return;
    if (ran.has(path)) note("sdk", { what: "second" });
    ran.add(path);
  }
  // A script has just run, possibly the SDK.
  document.addEventListener("load", (event) => {
    const src = scriptOf(event);
    if (!src) return;
    look();
    compareScripts(src);
  }, true);

  // ---- The channel. The order of the two scripts is not fixed, so each of them asks and answers, and only while the
  // document is empty. A page that is less trusted anyway may ask later; it may have created the channel itself.
  const bus = new EventTarget();
  const tell = (what) => bus.dispatchEvent(new Event(what));
  let handed = false;
  bus.addEventListener("taken", () => { handed = true; });
  bus.addEventListener("entries", (event) => {
    const { detail: text } = /** @type {CustomEvent} */ (event);
    if (stopped || typeof text !== "string") return;
    compareAddress();
    raw.push(text);
    rawChars += text.length;
    if (rawChars > BATCH_CHARS) absorb();
    wait();
  });
  function offer() {
    if (!handed && (less || !document.documentElement?.hasChildNodes())) document.dispatchEvent(new MouseEvent(CHANNEL, { relatedTarget: bus }));
  }
  document.addEventListener(CHANNEL + "?", offer, { once: true });

  // ---- The life of the document.
  moment("start", { ref: document.referrer.slice(0, MAX_VALUE).toWellFormed(), origin, top, opener, less, mode: "accessor", ...(document.prerendering ? { ahead: true } : {}) });
  offer();
  function last() {
    look();
    tell("flush");
    flush();
  }
  /** A snippet that waits for consent or an interaction has a type that browsers don't run. */
  const OTHER = /^(|module|(text|application)\/(x-)?(java|ecma)script(1\.\d)?|text\/(jscript|livescript)|.*json|importmap|speculationrules)$/i;
  /** @param {HTMLScriptElement} script */
  const namesUpscope = (script) => /upscope/i.test([script.text, ...Array.from(script.attributes, ({ name, value }) => `${name}=${value}`)].join("\n"));
  const isParked = (script) => !OTHER.test(script.type.trim()) && namesUpscope(script);
  addEventListener("load", () => {
    tell("loaded");
    moment("load", { parked: safely(() => Array.from(scriptsOf.call(document, "script")).some(isParked), true) });
    setTimeout(() => {
      loaded = true;
      clearTimeout(timer);
      timer = undefined;
      look();
      wait();
    });
  });
  document.addEventListener("prerenderingchange", () => moment("activate"));
  addEventListener("popstate", compareAddress);
  addEventListener("hashchange", compareAddress);
  document.addEventListener("visibilitychange", last);
  addEventListener("pagehide", (event) => {
    tell("flush");
    gather();
    moment("hide");
    flush();
    // In Chromium, the back/forward cache closes ports without an event here.
    cached = event.persisted;
    if (cached && port) { port.disconnect(); port = null; posted = 0; }
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cached = false;
    moment("show");
    look();
  });
  // Counts of frames are sent every second too.
  const looking = setInterval(() => { if (!document.hidden) { look(); tell("flush"); } }, LOOK_MS);
})();

// Runs in the MAIN world at `document_start`, only on recorded sites. JavaScript because it must run in the page's
// world before the page's first script, where wasm can't be loaded. It never calls an SDK function and never stores
// screen content.
//
// The page is hostile and runs later. Therefore all built-ins are read now, dictionaries and handlers have no
// prototype, and texts are built with `+` instead of arrays, to whose prototype a page may add setters. Nothing here
// may throw into the page. docs/recorder.md lists what a page can notice, and docs/recording.md documents the entries.
(() => {
  "use strict";
  const { apply, defineProperty, getOwnPropertyDescriptor: own, getPrototypeOf: prototypeOf, get: read } = Reflect;
  const { bind, call } = Function.prototype, uncurry = bind.bind(call);
  const { isArray } = Array, { hasOwn } = Object, { stringify, parse } = JSON, { min, max, round } = Math;
  const now = performance.now.bind(performance), later = setTimeout.bind(window), soon = queueMicrotask.bind(window);
  const slice = uncurry(String.prototype.slice), includes = uncurry(String.prototype.includes);
  const indexOf = uncurry(String.prototype.indexOf), lastIndexOf = uncurry(String.prototype.lastIndexOf);
  const wellFormed = uncurry(String.prototype.toWellFormed), encode = encodeURIComponent;
  const recall = uncurry(Map.prototype.get), remember = uncurry(Map.prototype.set);
  const mapGet = uncurry(WeakMap.prototype.get), mapSet = uncurry(WeakMap.prototype.set), mapHas = uncurry(WeakMap.prototype.has);
  const listen = uncurry(EventTarget.prototype.addEventListener), dispatch = uncurry(EventTarget.prototype.dispatchEvent);
  /** @type {(constructor: any, name: string) => any} */
  const getterOf = (constructor, name) => uncurry(/** @type {any} */ (own(constructor.prototype, name)).get);
  const socketUrl = getterOf(WebSocket, "url"), messageData = getterOf(MessageEvent, "data"), closeCode = getterOf(CloseEvent, "code");
  /** @type {any} */
  const dates = Date.prototype, { toPrimitive } = Symbol, timeOf = uncurry(dates.getTime), isoOf = uncurry(dates.toISOString);
  const { toJSON: dateToJson, toISOString, valueOf, [toPrimitive]: asPrimitive } = dates;
  const functionText = uncurry(Function.prototype.toString), cloned = window.structuredClone;
  const Custom = CustomEvent, Failure = Error, Mirror = Proxy, arrayProto = Array.prototype, page = window;
  const SDK = "Upscope", FIELDS = ["uniqueId", "identities", "tags", "integrationIds", "metadata"];
  // A descriptor inherits from `Object.prototype`, to which a page may have added any property, so only own properties
  // count.
  const part = (slot, name) => (slot && hasOwn(slot, name) ? slot[name] : undefined);
  const isData = (slot) => !!slot && hasOwn(slot, "value");
  const get = (object, key) => { try { return part(own(object, key), "value"); } catch { /* no object, or a hostile proxy */ } };
  // The same names occur often, and a lookup is cheaper than creating them.
  const quoted = new Map();
  let quotes = 0;
  function quote(text) {
    let json = text.length > 200 ? undefined : recall(quoted, text);
    if (json !== undefined) return json;
    json = stringify(wellFormed(text));
    if (text.length <= 200 && quotes++ < 500) remember(quoted, text, json);
    return json;
  }
  const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";

  // ---- Copying, limited in size and to 5 ms.
  const NODES = 400, TOTAL = 16384, TESTS = 50;
  let spent = 0, clock = 0, callbacks = 0;
  const start = (text, length) => slice(text, 0, length), isTorn = (text) => wellFormed(text) !== text;
  function holds(list, item) {
    for (let i = 0; i < list.length; i++) if (list[i] === item) return true;
    return false;
  }
  const classOf = (f, name) => (includes(functionText(f), "[native code]") ? name : "");
  function dateText(v, toJSON) {
    const keeps = (key, method) => dataOf(lookUp(v, key)) === method;
    // What `toJSON` calls.
    if (!keeps("toISOString", toISOString) || !keeps("valueOf", valueOf) || !keeps(toPrimitive, asPrimitive)) return;
    if (toJSON !== dateToJson) return;
    const ms = timeOf(v);
    return ms - ms === 0 ? isoOf(v) : null;
  }
  function isProxy(v) {
    try { return cloned(v), false; } catch { return true; }
  }
  /** Each key of the visitor has the full time limit, so that a slow value doesn't hide another one. */
  const refill = (copyKey) => { spent = 0; tests = TESTS; spare = MAX_CLONED; copyKey(); };
  //#include copy.js
  const budget = () => { fill(); spent = 0; clock = time; };
  /** Counts at most 2 ms for a step. On a busy machine the process may be suspended for longer than a copy takes. */
  function isLate() {
    const before = clock;
    clock = now();
    spent += min(2, clock - before);
    return spent > 5;
  }
  const copy = (v) => (tick(), budget(), copyAny(v, 0, FIELDS));
  /** Copies a value that this script created from a frame. */
  function copyParsed(v) {
    isPlain = true;
    try { return copy(v); } finally { isPlain = false; }
  }

  // ---- Entries: one JSON text each, joined by line feeds, which JSON never contains. They are passed on at the end of
  // the current step, or within 50 ms if nothing waits for them.
  const BURST = 1000, PER_MS = 0.2, FULL = 262144;
  let bus = null, buffer = "", due = false, timed = false, stopped = false, busy = false;
  let tokens = BURST, time = 0, dropped = 0, task = 0, inTask = false, dry = 0;
  const { port1, port2 } = new MessageChannel(), post = uncurry(MessagePort.prototype.postMessage);
  port1.onmessage = () => { inTask = inside = false; act = -1; look(); };
  function taskNumber() {
    if (!inTask) { inTask = true; task++; post(port2, 0); }
    return task;
  }
  /** Reads the clock once for an entry. The rate limit uses the same time. */
  function tick() {
    const before = time;
    time = now();
    tokens = min(BURST, tokens + (time - before) * PER_MS);
  }
  function hasRoom(spare) {
    // In a task that has used up the limit, the clock is read only occasionally.
    if (dry > 0 && inTask) { dry--; return false; }
    tick();
    dry = tokens < 1 ? 16 : 0;
    return tokens >= 1 + spare && buffer.length <= FULL;
  }
  /** `spare`: how much remains reserved. The SDK repeats calls in its callbacks many times. */
  function allowed(spare) {
    if (!hasRoom(spare)) { dropped++; return false; }
    tokens--;
    return true;
  }
  const opening = (kind) => `{"k":"${kind}","t":${round(time * 10) / 10},"task":${taskNumber()}`;
  function put(text, calm) {
    buffer += (buffer && "\n") + text;
    if (!calm && !due) { due = true; soon(flush); }
    if (calm && !timed) { timed = true; later(flush, 50); }
  }
  /** Comes before the next entry, so that its place is where the entries are missing. */
  function reportDropped() {
    if (!dropped) return;
    const count = dropped;
    dropped = 0;
    put(`${opening("drop")},"count":${count},"why":"rate"}`);
  }
  function note(kind, rest, calm) {
    if (stopped || !allowed(0)) return;
    settle(false);
    reportDropped();
    put(opening(kind) + rest + "}", calm);
  }
  function flush() {
    due = timed = false;
    if (!bus || !buffer || stopped) return;
    const text = buffer;
    buffer = "";
    dispatch(bus, new Custom("entries", { __proto__: null, detail: text }));
  }

  // ---- The location of a call. The trace begins below this script's function, `from`. Frame 0 is the snippet's
  // function, and the caller is frame 1. The frames below it are read only after the SDK got a callback.
  const NEAR = 2, FAR = 10, capture = Failure.captureStackTrace;
  const limits = { __proto__: null, value: NEAR, configurable: true, enumerable: true, writable: true };
  /** @type {any} */
  let sites = null;
  let scriptOf, lineOf, columnOf, isAwaited, prepares = true;
  const prepare = { __proto__: null, value: (_, found) => ((sites = found), ""), configurable: true, enumerable: true, writable: true };
  const isLocked = (slot) => slot && !(hasOwn(slot, "value") && slot.configurable && slot.writable);
  /**
   * Changes a property of `Error` temporarily: by assignment if it has a value, which leaves its attributes unchanged.
   */
  function lend(name, before, slot) {
    if (!before) return defineProperty(Failure, name, slot);
    Failure[name] = slot.value;
    return true;
  }
  function restore(name, before) {
    if (before) Failure[name] = before.value;
    else delete Failure[name];
  }
  /** Captures a trace on an object without a prototype. Returns nothing if the page has frozen `Error`. */
  function captured(from) {
    const holder = { __proto__: null };
    capture(holder, from);
    return holder.stack;
  }
  function prepared(from) {
    const before = own(Failure, "prepareStackTrace");
    if (isLocked(before) || !lend("prepareStackTrace", before, prepare)) return "";
    try { return captured(from); } finally { restore("prepareStackTrace", before); }
  }
  function trace(from, most) {
    const before = own(Failure, "stackTraceLimit");
    sites = null;
    limits.value = most;
    if (isLocked(before) || !lend("stackTraceLimit", before, limits)) return "";
    try { return prepares ? prepared(from) : captured(from); } finally { restore("stackTraceLimit", before); }
  }
  /**
   * Chromium passes the frames. Calls `see(url, frame)` until it returns true. Frames after an `await` called nothing.
   */
  function readSites(see) {
    for (let i = 0; i < sites.length && (i < 2 || !isAwaited(sites[i])); i++) {
      const url = scriptOf(sites[i]);
      if (typeof url === "string" && see(url, sites[i])) return;
    }
  }
  /** Firefox has lines `name@url:line:column`, which are read from the end, since a name may contain anything. */
  function readLines(stack, see) {
    for (let from = 0, i = 0; from < stack.length; i++) {
      const stop = indexOf(stack, "\n", from), end = stop < 0 ? stack.length : stop;
      const line = slice(stack, from, end), column = lastIndexOf(line, ":"), row = lastIndexOf(line, ":", column - 1);
      const name = indexOf(line, "@"), awaited = i < 2 ? -1 : indexOf(line, "*");
      from = end + 1;
      if (awaited >= 0 && awaited < name) return;
      if (row >= 0 && see(slice(line, name + 1, row), line, row, column)) return;
    }
  }
  function readTrace(from, most, see) {
    try {
      const stack = trace(from, most);
      if (sites) readSites(see);
      else if (typeof stack === "string") readLines(stack, see);
    } catch { /* no places */ }
  }
  try {
    trace(undefined, 1);
    if (sites) {
      /** @type {any} */
      const proto = prototypeOf(sites[0]);
      scriptOf = uncurry(proto.getScriptNameOrSourceURL);
      [lineOf, columnOf, isAwaited] = [uncurry(proto.getLineNumber), uncurry(proto.getColumnNumber), uncurry(proto.isAsync)];
    } else prepares = false;
  } catch { /* without a stack there are no places */ }
  // The SDK's script, "" if unknown. From the newest trace: the caller, and whether the SDK made the call.
  let sdkUrl = "", seen = 0, inside = false, caller = null, callerUrl = "", callerRow = 0, callerColumn = 0;
  const isSearched = () => callbacks > 0 && sdkUrl !== "";
  function seeCaller(url, frame, row, column) {
    // A single frame is the caller.
    if (seen++ > 1) return (inside = url === sdkUrl);
    caller = frame;
    callerUrl = url;
    callerRow = row;
    callerColumn = column;
    // In a single bundle no URL separates the page's code from the SDK's.
    return seen === 2 && !(isSearched() && url !== sdkUrl);
  }
  function place(from) {
    seen = 0;
    inside = false;
    readTrace(from, isSearched() ? FAR : NEAR, seeCaller);
    // A built-in function is in between.
    if (seen === 1 && !isSearched()) { seen = 0; readTrace(from, FAR, seeCaller); }
    if (seen === 0) return "";
    const line = sites ? lineOf(caller) : +slice(caller, callerRow + 1, callerColumn);
    const column = sites ? columnOf(caller) : +slice(caller, callerColumn + 1);
    return `,"at":{"url":${quote(slice(callerUrl, 0, 500))},"line":${line >>> 0},"col":${column >>> 0}}`;
  }
  /**
   * Whether the SDK uses its socket. A library that wraps sockets is above and below it in the trace, and a call of the
   * page only below it.
   */
  function learnSdk(from) {
    let first = "", other = "", last = "";
    readTrace(from, FAR, (url) => {
      if (first === "") first = url;
      if (other === "" && url !== first) other = url;
      last = url;
      return false;
    });
    sdkUrl = last === first ? other || first : first;
  }

  // ---- Calls. The text of `pending` is completed with its result. Any later event shows that it runs at once.
  /** @type {any} */
  let pending = null;
  /** @type {any} */
  let open = null;
  let sdk, wrapped, taker = null, calls = 0, waits = 0, asked = 0, skipped = 0, looks = 0;
  // The number of the extension's next call in this task; see `handler`.
  const OWN = "upscope-inspector ";
  const MAX_NUMBER = 2 ** 53 - 1;
  // A call's name and its arguments.
  const MAX_PARTS = 21;
  let act = -1;
  const known = new WeakMap(), mirrors = new WeakMap(), waiting = { __proto__: null };
  const CHANGING = { __proto__: null, init: 1, updateConnection: 1, reset: 1 };
  function copyArgs(given) {
    const length = min(get(given, "length") >>> 0, MAX_PARTS);
    let out = "";
    budget();
    for (let i = 1; i < length; i++) {
      if (typeof get(given, i) === "function") callbacks++;
      out += (i > 1 ? "," : "") + copyArgument(given, i, 0);
    }
    return out;
  }
  function describe(given, via) {
    const name = get(given, 0);
    const shown = typeof name === "string" ? slice(name, 0, 200) : "";
    const before = callbacks;
    const text = `${opening("call")},"id":${calls},"name":${quote(shown)},"args":[${copyArgs(given)}],"via":"${via}"`;
    if (callbacks > before) taker = taker === null || taker === shown ? shown : "";
    return { __proto__: null, id: calls++, name: shown, given, text, outer: open };
  }
  /** The callback in which a call is made. The SDK runs the first entry of its queue before it removes it. */
  function outer() {
    if (!open && !inside) return "";
    const q = queue(), first = q ? get(q, 0) : null, last = isObject(first) ? min(get(first, "length") >>> 0, MAX_PARTS) : 0;
    let name = open ? open.name : taker;
    for (let i = 1; i < last; i++) if (typeof get(first, i) === "function") name = get(first, 0);
    return `,"in":${quote(typeof name === "string" ? slice(name, 0, 200) : "")}`;
  }
  function settle(wait) {
    if (!pending) return;
    const { text } = pending;
    pending = null;
    put(`${text},"wait":${wait}}`);
  }
  function begin(list, from) {
    if (stopped) return null;
    if (dry > 0 && inTask) {
      // Too many calls: see `hasRoom` and `skip`.
      dry--;
      dropped++;
      skipped++;
      return null;
    }
    asked++;
    if (busy) { dropped++; return skip(); }
    if (!allowed(open ? BURST / 2 : 0)) return skip();
    const given = list.length === 1 && isObject(list[0]) ? list[0] : list;
    mapSet(known, given, true);
    busy = true;
    try {
      settle(false);
      reportDropped();
      const begun = describe(given, "fn");
      begun.text += place(from) + outer() + ours();
      return (open = pending = begun);
    } finally {
      busy = false;
    }
  }
  function ours() {
    const text = act < 0 ? "" : `,"own":${act}`;
    act = -1;
    return text;
  }
  /** A dropped call must not be found in the queue as a new one: see `passOver`, which runs after this task. */
  function skip() {
    skipped++;
    taskNumber();
    return null;
  }
  function end(begun) {
    open = begun.outer;
    const entry = standing(begun);
    settle(!!entry);
    if (entry) hold(begun.id, entry);
    else if (CHANGING[begun.name]) look(begun.id);
  }
  const queue = () => { const q = get(sdk, "q"); return isArray(q) ? q : null; };
  /** The queue entry of a call: its arguments object, or the newest unknown entry of that name. */
  function standing(begun) {
    const q = queue(), length = q ? get(q, "length") >>> 0 : 0;
    for (let i = length - 1; i >= 0 && i >= length - 50; i--) if (get(q, i) === begun.given) return begun.given;
    const last = length > 0 ? get(q, length - 1) : null;
    if (!isObject(last) || mapHas(known, last) || get(last, 0) !== begun.name) return null;
    mapSet(known, last, true);
    return last;
  }
  function hold(id, entry) {
    if (waits >= 200) return;
    waits++;
    waiting[id] = entry;
  }
  /**
   * Marks the queue entries of the calls dropped since the last reading, which are too many to be marked one by one.
   * Any further unknown entries were pushed without the function, and count as dropped too.
   */
  function passOver(q, all) {
    let unknown = 0;
    for (let i = all; i-- > max(0, all - asked - skipped - 1000);) {
      const entry = get(q, i);
      if (!isObject(entry) || mapHas(known, entry)) continue;
      mapSet(known, entry, looks);
      unknown++;
    }
    dropped += max(0, unknown - skipped);
  }
  /** Whether an entry is a copy of a waiting call, which an SDK may add to its queue while it connects. */
  function moved(entry) {
    for (const id in waiting) {
      if (mapGet(known, waiting[id]) === looks || !isCopy(waiting[id], entry)) continue;
      waiting[id] = entry;
      return true;
    }
    return false;
  }
  /** Whether both have the same name and identical arguments, at least one of them an object. */
  function isCopy(call, entry) {
    const length = get(call, "length") >>> 0;
    let same = false;
    if (length !== get(entry, "length") >>> 0) return false;
    for (let i = 0; i < length && i < MAX_PARTS; i++) {
      const one = get(call, i);
      if (one !== get(entry, i)) return false;
      same = same || isObject(one);
    }
    return same;
  }
  /** Records calls that were made without the function, and calls that have left the queue. */
  function readQueue(via) {
    const q = queue(), all = q ? get(q, "length") >>> 0 : 0, length = min(all, 1000);
    looks++;
    if (skipped) passOver(q, all);
    asked = skipped = 0;
    for (let i = 0; i < length; i++) {
      const entry = get(q, i);
      if (!isObject(entry)) continue;
      const isKnown = mapHas(known, entry);
      mapSet(known, entry, looks);
      if (isKnown || moved(entry) || !allowed(0)) continue;
      reportDropped();
      const found = describe(entry, via);
      put(found.text + ',"wait":true}');
      hold(found.id, entry);
    }
    // Entries beyond the limit may still be in the queue.
    if (length < all) return;
    for (const id in waiting) {
      if (mapGet(known, waiting[id]) === looks) continue;
      delete waiting[id];
      waits--;
      note("done", `,"id":${id}`);
    }
  }

  // ---- The function: an accessor until the page sets it, then the page's function itself. Its `c` is behind a proxy.
  const slotOf = (v, enumerable) => ({ __proto__: null, value: v, writable: true, configurable: true, enumerable });
  const handler = {
    __proto__: null,
    // The probe reads a property that never exists, so it writes nothing into the page. A page that learns the name can
    // only claim that a call of its own is the extension's (see `replay/acts.rs`).
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === "string" && slice(key, 0, OWN.length) === OWN) announce(+slice(key, OWN.length));
      return own(target, key);
    },
    apply: function enter(target, self, list) {
      /** @type {any} */
      let begun = null;
      try { begun = begin(list, enter); } catch { /* not recorded */ }
      if (!begun) return apply(target, self, list);
      try {
        return apply(target, self, list);
      } finally {
        try { end(begun); } catch { /* the call itself is recorded */ }
      }
    },
  };
  function announce(number) {
    if (!(number >= 0 && number <= MAX_NUMBER && round(number) === number)) return;
    act = number;
    taskNumber();
  }
  function mirror(c) {
    if (typeof c !== "function" || mapHas(mirrors, c)) return c;
    const made = new Mirror(c, handler);
    mapSet(mirrors, made, true);
    return made;
  }
  /**
   * A snippet may set `c` after it has set the function. An accessor waits for it once, until the current script ends.
   */
  function awaitC(f) {
    const slot = { __proto__: null, configurable: true, enumerable: false, get: () => undefined };
    slot.set = function (c) { defineProperty(this, "c", slotOf(this === f ? (wrapped = mirror(c)) : c, true)); };
    if (!defineProperty(f, "c", slot)) return;
    soon(() => { if (part(own(f, "c"), "get") === slot.get) delete f.c; });
  }
  function wrap(f) {
    const slot = own(f, "c");
    if (!slot) return awaitC(f);
    if (!hasOwn(slot, "value") || slot.value === wrapped || !slot.writable || !slot.configurable) return;
    wrapped = mirror(slot.value);
    defineProperty(f, "c", slotOf(wrapped, slot.enumerable));
  }
  function found(f) {
    if (typeof f !== "function" || f === sdk) return;
    const what = sdk ? "replaced" : "snippet";
    // The entries in the previous function's queue can't be observed any more: they neither left nor were processed.
    for (const id in waiting) { delete waiting[id]; waits--; }
    sdk = f;
    wrapped = undefined;
    note("sdk", `,"what":"${what}"${surroundings()}`);
    wrap(f);
    readQueue("queue");
    observer.disconnect();
  }
  function surroundings() {
    let parentSdk = false;
    try { parentSdk = page.parent !== page && get(page.parent, SDK) !== undefined; } catch { /* of another origin */ }
    const prototype = get(page, "Prototype") !== undefined ? ',"prototype":true' : "";
    return (own(arrayProto, "toJSON") ? ',"toJSON":true' + prototype : "") + (parentSdk ? ',"parentSdk":true' : "");
  }
  const access = {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return read(/** @type {object} */ (prototypeOf(page)), SDK, page); },
    set(f) {
      // An object that inherits from the window gets an own property, as without the recorder.
      const target = this === undefined || this === null ? page : this;
      defineProperty(target, SDK, slotOf(f, true));
      if (target !== page) return;
      try { found(f); } catch { /* looked for again later */ }
    },
  };
  // The probe recognizes the accessor by this name.
  defineProperty(access.get, "name", { __proto__: null, value: "recorded Upscope" });
  const observer = new MutationObserver(() => (bus ? look() : (stopped = true)));
  if (!own(page, SDK)) defineProperty(page, SDK, access);

  // ---- Observations of the SDK, compared with the previous ones.
  let config, account, version, region, chats = "", shown = { __proto__: null };
  function look(id) {
    if (stopped || busy) return;
    busy = true;
    try {
      const slot = own(page, SDK);
      if (part(slot, "get") !== access.get) found(part(slot, "value"));
      if (sdk) {
        wrap(sdk);
        readQueue("push");
        marks();
        configuration(id);
      }
      if (dropped && hasRoom(0)) reportDropped();
    } catch { /* a hostile object; the next look tries again */ } finally {
      busy = false;
    }
  }
  function marks() {
    const settings = get(sdk, "__defaultConfiguration"), v = get(sdk, "_version"), r = get(sdk, "__defaultRegion");
    let rest = "", what = "version";
    if (typeof v === "string" && v !== version) rest += `,"version":${quote(slice((version = v), 0, 200))}`;
    if (isObject(settings) && settings !== account) {
      // Each loader creates a new object.
      if (account) what = "second";
      rest += `,"account":${copy((account = settings))}`;
    }
    if (typeof r === "string" && r !== region) rest += `,"region":${quote(slice((region = r), 0, 200))}`;
    if (rest) note("sdk", `,"what":"${what}"${rest}${surroundings()}`);
    const list = get(sdk, "_integrations"), text = isArray(list) && get(list, "length") ? copy(list) : "";
    if (text !== chats) note("sdk", `,"what":"config","chats":${(chats = text) || "[]"}`);
  }
  function configuration(id) {
    const c = get(sdk, "_config");
    if (!isObject(c)) return;
    const first = c !== config;
    let keys = "";
    for (let i = 0; i < FIELDS.length; i++) {
      const key = FIELDS[i];
      const text = (tick(), budget(), copyProperty(c, key, 1));
      if (!first && text !== shown[key]) keys += `${keys && ","}"${key}":${text}`;
      shown[key] = text;
    }
    if (first) note("sdk", `,"what":"config","config":${copy((config = c))}`);
    else if (keys) note("change", `${id === undefined ? "" : `,"id":${id}`},"keys":{${keys}}`);
  }

  // ---- The SDK's socket, recognized by its URL and the page's public key. Screen content, pings and unknown frames
  // are only counted.
  const KEPT = { __proto__: null };
  for (const name of ("hello connectionUpdate focus stopSession sessionStatusUpdate youAre welcomeBack doNotReconnect beginSession "
    + "continueSession sessionUpdate endSession apiKeyError dataError newObserver observerGone callStart callEnd agentsAvailable "
    + "requestStatus requestAgent cancelRequestAgent newPageview logEvent submitRating redirect customMessage").split(" ")) KEPT[name] = 1;
  const numbers = new WeakMap();
  let connections = 0, folded = { __proto__: null }, foldedNames = 0;
  function parameter(url, name) {
    const at = max(indexOf(url, `?${name}=`), indexOf(url, `&${name}=`)), from = at + name.length + 2;
    const stop = indexOf(url, "&", from);
    return at < 0 ? undefined : slice(url, from, stop < 0 ? url.length : stop);
  }
  /** Another product's socket may have both parameters, but with another key. */
  function isSdkSocket(url) {
    const key = parameter(url, "apiKey"), known = get(get(sdk, "_config"), "apiKey");
    if (key === undefined || parameter(url, "version") === undefined) return false;
    return typeof known !== "string" || known === "" || key === known || key === encode(wellFormed(known));
  }
  function numberOf(socket, from) {
    if (mapHas(numbers, socket)) return mapGet(numbers, socket);
    const url = socketUrl(socket), mine = isSdkSocket(url);
    const c = mine ? connections++ : -1;
    mapSet(numbers, socket, c);
    if (mine && !sdkUrl) learnSdk(from);
    if (mine) watch(socket, c, slice(url, 0, indexOf(url, "?")));
    return c;
  }
  function watch(socket, c, url) {
    look();
    note("sock", `,"what":"new","c":${c},"url":${quote(slice(url, 0, 500))}`);
    const on = (type, act) => listen(socket, type, (event) => { try { if (event.isTrusted) act(event); } catch { /* not recorded */ } });
    on("open", () => note("sock", `,"what":"open","c":${c}`, true));
    on("close", (event) => note("sock", `,"what":"close","c":${c},"code":${closeCode(event)}`, true));
    on("error", () => note("sock", `,"what":"error","c":${c}`, true));
    on("message", (event) => frame("in", c, messageData(event)));
  }
  function frame(dir, c, text) {
    if (typeof text !== "string") return fold(dir, c, "binary");
    const start = slice(text, 0, 60);
    if (includes(start, '"browserEvent"')) return fold(dir, c, "browserEvent");
    if (text.length > 2 * MAX_CLONED) return fold(dir, c, "large");
    // A dropped frame must not cost a parse.
    if (!hasRoom(0)) { dropped++; return; }
    const parsed = parse(text), name = get(parsed, "c"), data = get(parsed, "d");
    if (typeof name !== "string") return fold(dir, c, "unknown");
    if (!KEPT[name]) return fold(dir, c, slice(name, 0, 60));
    note("frame", `,"dir":"${dir}","c":${c},"name":${quote(name)}${data === undefined ? "" : `,"data":${copyParsed(data)}`}`, true);
  }
  function fold(dir, c, name) {
    const key = `"dir":"${dir}","c":${c},"name":${quote(name)}`;
    if (!folded[key]) {
      if (foldedNames++ > 50) { dropped++; return; }
      tick();
      folded[key] = { __proto__: null, head: opening("frame"), count: 0 };
    }
    folded[key].count++;
  }
  function tellFolded() {
    for (const key in folded) put(`${folded[key].head},${key},"count":${folded[key].count}}`, true);
    folded = { __proto__: null };
    foldedNames = 0;
  }
  /** Replaces a method or setter by a proxy. `hear` is called before each call. */
  function spy(name, role, hear) {
    /** @type {any} */
    const slot = own(WebSocket.prototype, name);
    slot[role] = new Mirror(slot[role], {
      __proto__: null,
      apply: function enter(target, self, list) {
        try { if (!stopped) hear(self, list[0], enter); } catch { /* not a socket: the native function says so */ }
        return apply(target, self, list);
      },
    });
    defineProperty(WebSocket.prototype, name, slot);
  }
  spy("send", "value", (socket, text, from) => { const c = numberOf(socket, from); if (c >= 0) frame("out", c, text); });
  for (const name of ["onopen", "onclose", "onerror", "onmessage"]) spy(name, "set", (socket, _, from) => numberOf(socket, from));

  // ---- The channel: an EventTarget that the relay passes before any script of the page runs. The order of the two
  // scripts is not fixed, so each of them asks and answers. After the first change of the document nothing is accepted.
  const CHANNEL = "upscope-inspector";
  function take(event) {
    if (bus || stopped || !event.relatedTarget) return;
    bus = event.relatedTarget;
    document.removeEventListener(CHANNEL, take);
    listen(bus, "look", () => look());
    listen(bus, "flush", () => { look(); tellFolded(); flush(); });
    listen(bus, "loaded", () => observer.disconnect());
    listen(bus, "stop", () => { stopped = true; buffer = ""; observer.disconnect(); });
    dispatch(bus, new Custom("taken"));
    flush();
  }
  document.addEventListener(CHANNEL, take);
  document.dispatchEvent(new Custom(CHANNEL + "?"));
  observer.observe(document, { __proto__: null, childList: true, subtree: true });
  look();
})();
//# sourceURL=upscope-inspector

// Tools for the cases: fresh page loads (child frames), the server's record, assertions.

/** The time limit for an expected event, in milliseconds. */
const PATIENCE_MS = 25000;

export class Tools {
  /** Loads an empty page. Its sockets and their frames are recorded in `sockets`, `sent`, `received`. */
  async page(search = "") {
    const frame = document.createElement("iframe");
    frame.src = `/_blank${search}`;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    document.body.append(frame);
    await loaded;
    const w = frame.contentWindow;
    w.sockets = [];
    w.sent = [];
    w.received = [];
    const Real = w.WebSocket;
    w.WebSocket = class extends Real {
      constructor(url) {
        super(url);
        w.sockets.push(this);
        this.addEventListener("message", (event) => w.received.push(JSON.parse(event.data)));
      }
      send(text) {
        w.sent.push(JSON.parse(text));
        super.send(text);
      }
    };
    w.warned = [];
    for (const level of ["warn", "error"]) w.console[level] = (...args) => w.warned.push(args.join(" "));
    return w;
  }

  /** Leaves a page like a navigation. */
  leave(w) {
    w.frameElement.remove();
  }

  run(w, code) {
    const script = w.document.createElement("script");
    script.textContent = code;
    w.document.head.append(script);
  }

  /** The snippet without its loader, then the given calls. */
  snippet(w, calls = []) {
    this.run(w, "window.Upscope = function () { Upscope.c(arguments); }; Upscope.q = []; Upscope.c = function (a) { Upscope.q.push(a); };");
    for (const call of calls) w.Upscope(...call);
  }

  /** Adds the loader and waits until the SDK script has run. */
  async load(w, key = "demoAcme01") {
    const ran = new Promise((resolve) => {
      const hear = (event) => event.target.src?.includes("/sdk/") && resolve();
      w.document.addEventListener("load", hear, true); // load doesn't bubble, but can be captured
    });
    const loader = w.document.createElement("script");
    loader.src = `/${key}.js`;
    w.document.head.append(loader);
    await ran;
  }

  /** A page with the snippet, these calls and the SDK. */
  async started(calls, key, search) {
    const w = await this.page(search);
    this.snippet(w, calls);
    await this.load(w, key);
    return w;
  }

  /** The same, after its first handshake. */
  async connected(calls = [["init"]], key = undefined, search = undefined) {
    const w = await this.started(calls, key, search);
    await this.handshake(w);
    return w;
  }

  hooked(w) {
    return w.Upscope.q.push !== w.Array.prototype.push;
  }

  /** Waits for the `count`th handshake of the page load. */
  handshake(w, count = 1) {
    const isHandshake = ({ c }) => c === "youAre" || c === "welcomeBack";
    return this.until(`handshake ${count}`, () => w.received.filter(isHandshake)[count - 1]);
  }

  isPromoActive(w) {
    const host = w.document.getElementById("upscope___promo-link-container");
    return host.shadowRoot.getElementById("upscope___promo-link").classList.contains("upscope___promo-link--active");
  }

  /** The names on the observers' cursors. */
  cursors(w) {
    const { shadowRoot } = w.document.getElementById("upscope___remote-control-container");
    return Array.from(shadowRoot.querySelectorAll("[id^=upscope___cursor__]"), (cursor) => cursor.textContent);
  }

  framesOut(w, name) {
    return w.sent.filter(({ c }) => c === name).map(({ d }) => d);
  }

  shortId(w) {
    return w.received.findLast(({ c }) => c === "youAre" || c === "welcomeBack").d[0];
  }

  async visitor(shortId) {
    const visitors = await (await fetch("/_server/visitors")).json();
    return visitors.find((visitor) => visitor.short_id === shortId);
  }

  /** Waits until the server's visitor matches. */
  visitorUntil(what, shortId, wanted) {
    return this.until(what, async () => {
      const visitor = await this.visitor(shortId);
      return visitor && wanted(visitor) ? visitor : null;
    });
  }

  command(order) {
    return fetch("/_server/command", { method: "POST", body: JSON.stringify(order) });
  }

  async until(what, look) {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`never came: ${what}`);
      await this.pause(10);
    }
  }

  /** There is no condition for the absence of an event: a pause that is longer than its cause takes. */
  pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  equal(actual, expected, what) {
    const [a, b] = [JSON.stringify(actual) ?? "undefined", JSON.stringify(expected) ?? "undefined"];
    if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
  }

  ok(condition, what) {
    if (!condition) throw new Error(what);
  }
}

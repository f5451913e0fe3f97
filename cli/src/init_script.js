// MAIN world, before the first script of a page, in a browser that a test suite drives: the recorder and the relay of the
// extension in one, without an extension. JavaScript because it runs in pages. A page can notice and disturb it, so it is for
// pages of one's own. The documentation is docs/ci/README.md.
(() => {
  "use strict";
  const SEND = "upscopeInspectorSend", TAKE = "upscopeInspectorTake";
  const url = location.href, soon = queueMicrotask.bind(window), { stringify } = JSON, { now } = Date;
  let kept = [], sent = null, leave = (_event) => {};
  /** One batch is one line of JSON: the suite's function takes it, or it stays until the suite asks for it. */
  function deliver({ first, texts, origin, top, less }) {
    const frame = top ? 0 : 1;
    const line = stringify({ frame, document: String(origin), url, top, less, origin, first, at: now(), texts });
    if (typeof window[SEND] === "function") sent = window[SEND](line);
    else kept.push(line);
  }
  //#include port.js
  /** Listens for the relay. What it does when the page is left also ends the recording when the suite asks for the rest. */
  function hear(type, listener, options) {
    if (type === "pagehide") leave = listener;
    addEventListener(type, listener, options);
  }
  async function take() {
    leave({ persisted: false });
    const lines = kept;
    kept = [];
    // A driver's function is done when its promise is.
    await sent;
    return lines;
  }
  Object.defineProperty(window, TAKE, { value: take, configurable: true });
  // oxlint-disable-next-line no-unused-vars -- the relay uses them
  ((chrome, addEventListener) => {
/* RELAY */
  })({ runtime: { id: "init script", connect } }, hear);
/* RECORDER */
})();

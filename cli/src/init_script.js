// MAIN world, before the first script of a page, in a browser that a test suite drives: the recorder and the relay of the
// extension in one, without an extension. JavaScript because it runs in pages. A page can notice and disturb it, so it is for
// pages of one's own. The documentation is docs/ci/README.md.
(() => {
  "use strict";
  const SEND = "upscopeInspectorSend", TAKE = "upscopeInspectorTake";
  const url = location.href, soon = queueMicrotask.bind(window), { stringify } = JSON, { now } = Date;
  let kept = [];
  /** One batch is one line of JSON: the suite's function takes it, or it stays until the suite asks for it. */
  function deliver({ first, texts, origin, top, less }) {
    const frame = top ? 0 : 1;
    const line = stringify({ frame, document: String(origin), url, top, less, origin, first, at: now(), texts });
    if (typeof window[SEND] === "function") window[SEND](line);
    else kept.push(line);
  }
  function connect() {
    let hear = () => {};
    return {
      onMessage: { addListener: (listener) => { hear = listener; } },
      onDisconnect: { addListener: () => {} },
      disconnect: () => {},
      postMessage(batch) {
        deliver(batch);
        soon(() => hear({ ack: batch.first + batch.texts.length }));
      },
    };
  }
  Object.defineProperty(window, TAKE, { value: () => { const lines = kept; kept = []; return lines; }, configurable: true });
  // oxlint-disable-next-line no-unused-vars -- the relay uses it
  ((chrome) => {
/* RELAY */
  })({ runtime: { id: "init script", connect } });
/* RECORDER */
})();

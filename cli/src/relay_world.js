// ISOLATED world, before the first script of a page, in a browser that the command line drives: the extension's relay with a
// port to the command line. JavaScript because it runs in pages. The page can't access this script, its world or its port.
// oxlint-disable-next-line no-unused-expressions -- the command line calls it
(/** @type {(line: string) => void} */ send) => {
  "use strict";
  const url = location.href, soon = queueMicrotask.bind(globalThis), { stringify } = JSON;
  const deliver = (batch) => send(stringify({ ...batch, url }));
  //#include port.js
  /** At once: what waits in a page that is left is lost, and there is no worker whose start would disturb the page. */
  const atOnce = (run) => soon(run);
  // oxlint-disable-next-line no-unused-vars -- the relay uses them
  ((chrome, setTimeout) => {
/* RELAY */
  })({ runtime: { id: "command line", connect } }, atOnce);
}

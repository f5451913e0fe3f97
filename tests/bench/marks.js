// The benchmark puts this one script into both popups, the product's and the baseline's, and reads what it noted
// afterwards. It comes last in the head, after the popup's own scripts have begun what they begin at once.
(() => {
  const FIELDS = ["uniqueId", "identities", "tags", "integrationIds", "metadata", "shortId", "watchLink"];
  const marks = { installed: performance.now() };
  globalThis.benchMarks = marks;

  // The first task after the frame that shows what is in the document now.
  const painted = (name) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { marks[name] = performance.now(); };
    port2.postMessage(0);
  });
  const isShown = () => document.querySelector('[data-state="connected"]')
    && FIELDS.every((name) => document.querySelector(`[data-field="${name}"][data-value]`));

  function look() {
    if (!isShown()) return false;
    marks.filled = performance.now();
    painted("shown");
    return true;
  }
  // Installed too late when it finds the visitor there: then `filled` says when it was installed.
  marks.late = look();
  if (!marks.late) {
    const watch = new MutationObserver(() => look() && watch.disconnect());
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-value"] });
    painted("frame");
  }
})();

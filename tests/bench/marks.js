// The benchmark adds this script to both popups and reads its marks afterwards. It is the last one in the head, after
// the popup's scripts have started their requests.
(() => {
  const FIELDS = ["uniqueId", "identities", "tags", "integrationIds", "metadata", "shortId", "watchLink"];
  const marks = { installed: performance.now() };
  globalThis.benchMarks = marks;

  // The first task after the frame that shows the document's current content.
  const painted = (name) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { marks[name] = performance.now(); };
    port2.postMessage(0);
  });
  const isShown = () => document.querySelector('[data-state="connected"]')
    && FIELDS.every((name) => document.querySelector(`[data-field="${name}"][data-value]`));

  // The first answer, of any kind.
  function lookForAnswer() {
    const state = document.querySelector("[data-state]")?.dataset.state ?? "loading";
    if (state === "loading") return false;
    const why = document.querySelector("[data-why]")?.dataset.why;
    marks.state = why ? `${state}: ${why}` : state;
    painted("answered");
    return true;
  }

  function look() {
    if (!isShown()) return false;
    marks.filled = performance.now();
    painted("shown");
    return true;
  }
  // If the visitor is already shown, the observer is too late, and `filled` is the time of its installation.
  marks.late = look();
  if (!marks.late) {
    const watch = new MutationObserver(() => look() && watch.disconnect());
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-value"] });
    painted("frame");
  }
  if (!lookForAnswer()) {
    const watch = new MutationObserver(() => lookForAnswer() && watch.disconnect());
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
  }
})();

// The marks of the manager and of a running session (docs/sdk-reference.md#marks).
const CURSOR_PREFIX = "upscope___cursor__";
const DEFAULT_OBSERVER = "Agent";
let inSession = false;
/** Ends the session if the socket stays lost. */
let lossTimer = null;
/** The observers by ID: name, cursor and the timer that removes the cursor. */
const observers = new Map();

/** `#upscope___remote-control-container` exists: the manager runs. Cursors are in its open shadow root. */
function showManager() {
  const container = document.createElement("div");
  container.id = "upscope___remote-control-container";
  container.attachShadow({ mode: "open" });
  document.body.append(container);
  if (config.showUpscopeLink || config.showTerminateButton) showPromoLink();
}

/** Absent if both settings are off. The shadow root is open. */
function showPromoLink() {
  const host = document.createElement("div");
  host.id = "upscope___promo-link-container";
  const link = document.createElement("a");
  link.id = "upscope___promo-link";
  link.textContent = "Upscope stand-in";
  link.hidden = true;
  host.attachShadow({ mode: "open" }).append(link);
  document.body.append(host);
}

function promoLink() {
  return document.getElementById("upscope___promo-link-container")?.shadowRoot.getElementById("upscope___promo-link");
}

function beginSession(event) {
  clearTimeout(lossTimer);
  inSession = true;
  session.set("everActive", true); // before consent
  emit("sessionRequest");
  document.__upscopeTrackingActive = true;
  promoLink()?.classList.add("upscope___promo-link--active");
  send("sessionStatusUpdate", { active: true });
  emit(event);
}

function endSession() {
  clearTimeout(lossTimer);
  if (!inSession) return;
  inSession = false;
  document.__upscopeTrackingActive = false;
  promoLink()?.classList.remove("upscope___promo-link--active");
  for (const id of observers.keys()) removeCursor(id);
  observers.clear();
  emit("sessionEnd");
  restartIdleTimer();
}

/** The loss of the socket ends a session only after 20 s. */
function endSessionLater() {
  clearTimeout(lossTimer);
  if (inSession) lossTimer = setTimeout(endSession, graceMs);
}

function addObserver(id, data) {
  observers.set(String(id), { name: data?.name ?? DEFAULT_OBSERVER, cursor: null, timer: null });
  emit("newObserver", id, ...(FLAVOUR.newerFunctions.length ? [data] : [])); // newer: newObserver(id, data)
}

/** A cursor appears at the observer's first move and disappears after 20 s without one. */
function moveObserver(id) {
  const observer = observers.get(String(id));
  if (!observer) return;
  observer.cursor ??= showCursor(id, observer.name);
  clearTimeout(observer.timer);
  observer.timer = setTimeout(() => removeCursor(String(id)), graceMs);
}

function showCursor(id, name) {
  const cursor = document.createElement("div");
  cursor.id = CURSOR_PREFIX + id;
  cursor.textContent = name;
  document.getElementById("upscope___remote-control-container")?.shadowRoot.append(cursor);
  return cursor;
}

function removeCursor(id) {
  const observer = observers.get(id);
  clearTimeout(observer.timer);
  observer.cursor?.remove();
  observer.cursor = null;
}

function removeObserver(id) {
  if (observers.has(String(id))) removeCursor(String(id));
  observers.delete(String(id));
  emit("observerGone", id);
}

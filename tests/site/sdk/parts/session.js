// The marks of the manager and of a running session (reference section 3).
let inSession = false;

/** `#upscope___remote-control-container` present: the manager runs. */
function showManager() {
  const container = document.createElement("div");
  container.id = "upscope___remote-control-container";
  document.body.append(container);
  if (config.showUpscopeLink || config.showTerminateButton) showPromoLink();
}

/** Section 3: absent when both settings are off; the shadow root is open. */
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
  inSession = true;
  session.set("everActive", true); // before consent
  emit("sessionRequest");
  document.__upscopeTrackingActive = true;
  promoLink()?.classList.add("upscope___promo-link--active");
  send("sessionStatusUpdate", { active: true });
  emit(event);
}

function endSession() {
  if (!inSession) return;
  inSession = false;
  document.__upscopeTrackingActive = false;
  promoLink()?.classList.remove("upscope___promo-link--active");
  document.querySelectorAll("#upscope___remote-control-container > [data-observer]").forEach((cursor) => cursor.remove());
  emit("sessionEnd");
  restartIdleTimer();
}

/** Cursors in the container carry observers' names. */
function addObserver(id, data) {
  const cursor = document.createElement("div");
  cursor.className = "upscope___cursor";
  cursor.dataset.observer = id;
  cursor.textContent = data?.name ?? id;
  document.getElementById("upscope___remote-control-container")?.append(cursor);
  emit("newObserver", id, ...(FLAVOUR.newerFunctions.length ? [data] : [])); // newer: newObserver(id, data)
}

function removeObserver(id) {
  for (const cursor of document.querySelectorAll("#upscope___remote-control-container > [data-observer]"))
    if (cursor.dataset.observer === String(id)) cursor.remove();
  emit("observerGone", id);
}

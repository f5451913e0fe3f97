// Refusals and the start (docs/sdk-reference.md#refusals).

/** A frame whose parent is readable and has any `Upscope`: no `_version`, and `q` keeps the calls. */
function parentHasUpscope() {
  return window.parent !== window && safely(() => Boolean(window.parent.Upscope), false);
}

/**
 * Other frames ask the parent for 500 ms. With an answer: `_config` and `_version`, but no socket, and `q` never
 * drains.
 */
function attachToParent(standAlone) {
  if (window.parent === window) return standAlone();
  const hear = (event) => {
    if (event.source !== window.parent || event.data?.c !== "registered" || event.data.__upscopeApiKey !== config.apiKey) return;
    clearTimeout(alone);
    window.removeEventListener("message", hear);
  };
  const alone = setTimeout(() => {
    window.removeEventListener("message", hear);
    standAlone();
  }, 500);
  window.addEventListener("message", hear);
  window.parent.postMessage({ __upscopeApiKey: config.apiKey, c: "register" }, "*");
}

/** The parent's side. The answer's name is the stand-in's own. */
function answerRegistration(event) {
  if (event.data?.c !== "register" || event.data.__upscopeApiKey !== config.apiKey || !event.source) return;
  event.source.postMessage({ __upscopeApiKey: config.apiKey, c: "registered" }, "*");
}

function boot() {
  if (parentHasUpscope()) return;
  U = window.Upscope;
  if (U._version) return console.warn("[Upscope] The code was loaded twice; this load is ignored.");
  // If both exist, the SDK doesn't even set `_version`. `toJSON` alone stops nothing; lists are then sent as text.
  if (window.Prototype && Array.prototype.toJSON) return console.error("[Upscope] Prototype.js changes JSON; not starting.");
  U._version = FLAVOUR.version;
  awaitFirstCommand();
}

boot();

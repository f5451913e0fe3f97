// State that all parts share. Properties that the real SDK doesn't have are in `window.__upscopeStandIn` (what
// happened), and settings in the script's query (how fast), so `_config` is like the real one.
const scriptUrl = new URL(document.currentScript.src);
const reconnectMs = Number(scriptUrl.searchParams.get("reconnectMs")); // 0: the SDK's 1 to 4 s
const graceMs = Number(scriptUrl.searchParams.get("graceMs")) || 20000; // of a cursor without a move, and of a session without a socket
const ownBase = scriptUrl.origin.replace(/^http/, "ws");

/** The page's function, which is never replaced. */
let U;
/** The effective configuration once `init` was processed. */
let config = null;
let shortId = null;
let uniqueConnectionId = null;
/** Nothing is processed any more in this page load. */
let hung = false;

const handlers = new Map();
let emitting = 0;

function record(name, value) {
  window.__upscopeStandIn = Object.assign(window.__upscopeStandIn || {}, { [name]: value });
}

function safely(action, fallback = null) {
  try {
    return action();
  } catch {
    return fallback; // storage and cookies throw in sandboxed frames
  }
}

function callPage(fn, ...args) {
  if (typeof fn !== "function") return;
  try {
    fn(...args);
  } catch (error) {
    console.error(error);
  }
}

/** Calls inside an event handler wait until the event is delivered. With a dead queue they wait longer. */
function emit(event, ...args) {
  emitting += 1;
  for (const fn of handlers.get(event) || []) callPage(fn, ...args);
  emitting -= 1;
  if (emitting === 0 && !draining && Object.hasOwn(U.q, "push")) drain();
}

function whenBody(action) {
  if (document.body) action();
  else document.addEventListener("DOMContentLoaded", action, { once: true });
}

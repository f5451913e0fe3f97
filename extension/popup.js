// JavaScript because it runs before the wasm is loaded. It sends the first request in the first tick of the document,
// and passes the results to the wasm in `bootstrap`. A classic script, so that nothing waits for a module graph.
"use strict";
const named = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);
const tab = Number.isNaN(named) ? null : named;
/** @type {Promise<number | undefined>} */
const active = tab === null ? chrome.tabs.query({ active: true, currentWindow: true }).then(([found]) => found?.id) : Promise.resolve(undefined);

// All slow operations start in this tick, the request first. The wasm awaits them later. Until then a rejection must
// not be reported as unhandled.
/** @type {<T>(promise: Promise<T>) => Promise<T>} */
const later = (promise) => {
  promise.catch(() => {});
  return promise;
};

const first = later(chrome.runtime.sendMessage({ inspect: { tab } }));
globalThis.bootstrap = {
  tab: tab ?? undefined,
  // Without the part for this script.
  reply: later(first.then(({ copyCode: _copyCode, ...reply } = {}) => reply)),
  // Single keys, because recordings are stored there too and have megabytes.
  stored: later(active.then((id) => chrome.storage.session.get(["drafts", "journal", "frame", "recording"].map((what) => `${what}:${tab ?? id}`)))),
  active: later(active),
  begin: () => {
    /** @type {HTMLElement} */ (document.getElementById("skeleton")).remove();
    listenForCopyCode();
  },
  crashed: () => say("popupCrashed"),
};
// In Firefox, the background is a page of the same process, and has the program compiled if it is awake
// (background.js). In Chromium and in private windows there is no such page.
const handed = chrome.extension?.getBackgroundPage?.()?.popupProgram;
const compiled = later(handed ? Promise.resolve(handed) : WebAssembly.compileStreaming(fetch("wasm/popup/popup_bg.wasm")));
const glue = later(import("./wasm/popup/popup.js"));
// Chromium makes the popup's window after the load event, and shows it then. Mounting in the same task would delay
// both.
const loaded = new Promise((done) => {
  if (document.hidden) addEventListener("load", () => setTimeout(done), { once: true });
  else document.addEventListener("DOMContentLoaded", done, { once: true });
})
  .then(() => preferences.ready)
  .then(() => {
    document.documentElement.lang = words("languageTag");
    document.title = words("extShortName");
  });

// A tab to which the browser gave another ID is shown under the new ID.
chrome.runtime.onMessage.addListener(({ renamed }) => {
  if (tab !== null && renamed?.from === tab) location.replace(`?tab=${renamed.to}${location.hash}`);
});

// The shortcut that copies the lookup code. A popup that it opened gets the request in its first reply, a tab in the
// URL's hash, and an open popup in a message from the background. A request expires.
const COPY_REQUEST_MS = 10_000;
async function listenForCopyCode() {
  const copy = () => {
    dispatchEvent(new Event("copy-code"));
    // Focuses the button to copy with, because the browser may require a click. After the views are updated.
    setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(".card:not(.expired) [data-action=copy-code], [data-action=ask-code]"))?.focus());
  };
  const shown = tab ?? (await active);
  chrome.runtime.onMessage.addListener(({ copyCode }, _, respond) => {
    if (copyCode !== shown || !document.hasFocus()) return;
    copy();
    respond(true);
  });
  const byHash = location.hash === "#copy";
  if (byHash) history.replaceState(null, "", location.href.slice(0, -location.hash.length));
  const { copyCode } = (await first) ?? {};
  if (!byHash && copyCode !== shown) return;
  await focused();
  if (performance.now() < COPY_REQUEST_MS) copy();
}
// A popup gets the focus after it opens. Without the focus the browser refuses to copy, and the popup reports that.
const focused = () => document.hasFocus() || new Promise((done) => {
  addEventListener("focus", done, { once: true });
  setTimeout(done, 1000);
});

// Chromium gives a tab another ID when it unloads its page. An inspector that was opened for the tab follows it.
chrome.tabs.onReplaced?.addListener((is, was) => {
  dispatchEvent(Object.assign(new Event("tab-replaced"), { was, is }));
  if (was === named) history.replaceState(null, "", `?tab=${is}`);
});

// When the tab loads another page, a previous page that was closed to extensions is gone.
chrome.tabs.onUpdated.addListener((id, { status }) => {
  if (status === "loading") dispatchEvent(Object.assign(new Event("tab-loading"), { id }));
});

// In a tab the page fills the window. The popup has the size in popup.css.
if (location.search) document.documentElement.classList.add("page");

/** @param {string} key */
function say(key) {
  const note = document.createElement("p");
  note.className = "broken";
  note.setAttribute("role", "alert");
  note.textContent = words(key);
  document.body.replaceChildren(note);
}

Promise.all([glue, compiled, loaded])
  .then(async ([program, module_or_path]) => {
    await program.default({ module_or_path });
    program.popup();
  })
  .catch(async (error) => {
    console.error(error);
    await loaded; // there may be no body yet
    say("popupBroken");
  });

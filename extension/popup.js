// JavaScript because it must run before any wasm is there: the first request goes out in the tick in which the document
// starts, and what it began is left for the wasm on `early`. A classic script, so that nothing waits for a module graph.
"use strict";
const named = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);
const tab = Number.isNaN(named) ? null : named;
/** @type {Promise<number | undefined>} */
const active = tab === null ? chrome.tabs.query({ active: true, currentWindow: true }).then(([found]) => found?.id) : Promise.resolve(undefined);

// Everything slow begins in this tick, the request first. It is taken up within milliseconds; until then a rejection is
// not an unhandled one.
/** @type {<T>(promise: Promise<T>) => Promise<T>} */
const later = (promise) => (promise.catch(() => {}), promise);

const first = later(chrome.runtime.sendMessage({ inspect: { tab } }));
globalThis.early = {
  tab: tab ?? undefined,
  // Without what is for this script alone.
  reply: later(first.then(({ copyCode: _copyCode, ...reply } = {}) => reply)),
  // Named one by one: recordings lie there too, and weigh megabytes.
  kept: later(active.then((id) => chrome.storage.session.get(["drafts", "journal", "frame", "recording"].map((what) => `${what}:${tab ?? id}`)))),
  active: later(active),
  begin: () => (/** @type {HTMLElement} */ (document.getElementById("skeleton")).remove(), hearCopyCode()),
  crashed: () => say("popupCrashed"),
};
// In Firefox, the background is a page of the same process, and has the program compiled if it is awake (background.js). In
// Chromium and in private windows there is no such page.
const handed = chrome.extension?.getBackgroundPage?.()?.popupProgram;
const compiled = later(handed ? Promise.resolve(handed) : WebAssembly.compileStreaming(fetch("wasm/popup/popup_bg.wasm")));
const glue = later(import("./wasm/popup/popup.js"));
// Out of the browser's cache the wasm can be ready before the parser has come to the skeleton that it takes away, and before
// the words of a chosen language.
const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
  .then(() => preferences.ready)
  .then(() => {
    document.documentElement.lang = words("languageTag");
    document.title = words("extShortName");
  });

// A tab that the browser gave another id is shown on under that one.
chrome.runtime.onMessage.addListener(({ renamed }) => {
  if (tab !== null && renamed?.from === tab) location.replace(`?tab=${renamed.to}${location.hash}`);
});

// The shortcut that copies the lookup code: the first reply brings the wish of a popup that it opened, a hash that of a
// tab, and the background sends a message to a popup that is open. Nothing is copied long after it was pressed.
const WISH_MS = 10_000;
async function hearCopyCode() {
  const copy = () => {
    dispatchEvent(new Event("copy-code"));
    // The button that is wanted next: the browser may want a press of it. Once the views have followed.
    setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(".card:not(.expired) [data-action=copy-code], [data-action=ask-code]"))?.focus());
  };
  const own = tab ?? (await active);
  chrome.runtime.onMessage.addListener(({ copyCode }, _, respond) => {
    if (copyCode !== own || !document.hasFocus()) return;
    copy();
    respond(true);
  });
  const byHash = location.hash === "#copy";
  if (byHash) history.replaceState(null, "", location.href.slice(0, -location.hash.length));
  const { copyCode } = (await first) ?? {};
  if (!byHash && copyCode !== own) return;
  await focused();
  if (performance.now() < WISH_MS) copy();
}
// A popup has the focus a moment after it is there. Where it does not come, the browser refuses, and the popup says so.
const focused = () => document.hasFocus() || new Promise((done) => {
  addEventListener("focus", done, { once: true });
  setTimeout(done, 1000);
});

// Chromium gives a tab another id when it unloads its page: an inspector opened for it stays with it.
chrome.tabs.onReplaced?.addListener((is, was) => {
  dispatchEvent(Object.assign(new Event("tab-replaced"), { was, is }));
  if (was === named) history.replaceState(null, "", `?tab=${is}`);
});

// An opened page fills its window; the toolbar's popup has the size that popup.css gives it.
if (location.search) document.documentElement.classList.add("page");

/** @param {string} key */
function say(key) {
  const note = document.createElement("p");
  note.className = "broken";
  note.setAttribute("role", "alert");
  note.textContent = words(key);
  document.body.replaceChildren(note);
}

Promise.all([glue, compiled, parsed])
  .then(async ([program, module_or_path]) => {
    await program.default({ module_or_path });
    program.popup();
  })
  .catch(async (error) => {
    console.error(error);
    await parsed; // there is no body yet where it fails at once
    say("popupBroken");
  });

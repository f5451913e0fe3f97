// The background: a service worker in Chromium, an event page in Firefox. JavaScript because listeners must be
// registered in the first tick of a start, before any wasm can be ready, or the event that started it is lost; and
// because `executeScript` takes the probe only as a JavaScript function.
import init, { answer, badge, checkSites, follow, forget, permissionGranted, resume, takeBatch } from "./wasm/background/background.js";
// The program imports this module. The import here makes the browser fetch both in parallel.
import "./wasm/background/background_split.js";
import { probe } from "./page/probe.js";
import "./settings.js";

/**
 * Starts a program once; a start that failed is tried again at the next event.
 * @template T
 * @param {() => Promise<T>} start
 */
function once(start) {
  /** @type {Promise<T> | undefined} */
  let starting;
  return () => (starting ??= start().catch((error) => {
    starting = undefined;
    throw error;
  }));
}

const started = once(init);

/** @param {unknown} error */
const notResumed = (error) => console.error("not all that the last background left could be completed:", error);
// Loads the wasm at once, because the event that started this worker needs it. Moves and deletions wait until the moves
// of the last worker are complete.
const resumed = once(() => started().then(() => resume().catch(notResumed)));
resumed().catch(() => {});

// Firefox needs longer to compile the popup's program than to show the visitor, and its background is a page that the
// popup can access. So the idle background compiles the program, and keeps it while it is awake.
const IDLE_MS = 1000;
if (globalThis.document) {
  setTimeout(async () => {
    globalThis.popupProgram = await WebAssembly.compileStreaming(fetch("wasm/popup/popup_bg.wasm")).catch(() => undefined);
  }, IDLE_MS);
}

// A request to copy the lookup code, until the popup opens and sends its first request. It expires, because nobody
// expects an old request to copy anything.
const COPY_REQUEST_MS = 10_000;
/** @type {{ tab: number | undefined, at: number } | undefined} */
let copyRequest;
function takeCopyRequest() {
  const request = copyRequest;
  copyRequest = undefined;
  return request && Date.now() - request.at < COPY_REQUEST_MS ? request.tab : undefined;
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  // Only the extension's own pages may send requests. A content script's URL is that of its page.
  if (sender.id !== chrome.runtime.id || !sender.url?.startsWith(chrome.runtime.getURL(""))) return false;
  const done = started().then(() => answer(message, probe));
  const copyCode = message?.inspect?.tab === null ? takeCopyRequest() : undefined;
  // `popup.js` removes the copy request from the reply.
  /** @param {object} reply */
  const send = (reply) => respond(copyCode === undefined ? reply : { ...reply, copyCode });
  done.then(send, (error) => respond({ failed: String(error) }));
  return true;
});

// Tabs that were closed since this worker started. Browsers don't reuse IDs while they run. Only messages of ports need
// this and `renamed`, and ports end with the worker.
const closed = new Set();
// The new IDs of tabs. A port keeps the ID that its tab had when the port was opened.
/** @type {Map<number, number>} */
const renamed = new Map();
/** @type {(tab: number) => number} */
const idNow = (tab) => {
  const now = renamed.get(tab);
  return now === undefined ? tab : idNow(now);
};

// The relays of recorded pages. Each batch is acknowledged when it is stored. The relay keeps it until then.
chrome.runtime.onConnect.addListener((port) => {
  const { name, sender: relay } = port, tab = relay?.tab;
  if (name !== "recorder" || relay?.id !== chrome.runtime.id || tab?.id === undefined) return;
  const { id: opened } = tab;
  // Chromium logs an unread error when a page enters the back/forward cache.
  port.onDisconnect.addListener(() => chrome.runtime.lastError);
  port.onMessage.addListener((batch) => {
    // A page may send its last batch after its tab was closed and the recording deleted.
    const id = idNow(opened);
    if (closed.has(id)) return;
    const sender = { ...relay, tab: { ...tab, id } };
    started()
      .then(() => takeBatch(batch, sender))
      .then((reply) => {
        updateBadgeSoon(id);
        port.postMessage(reply);
      })
      // Not stored, or the page is gone. The relay sends the batch again on another port. On this port, the
      // acknowledgement of a later batch would include this one.
      .catch(() => port.disconnect());
  });
});

// The toolbar button of a recorded tab. The checks run on the whole recording, so batches are combined, and the checks
// use at most a twentieth of the time.
const waiting = new Set();
let delay = 400;
/** @param {number} tab */
function updateBadgeSoon(tab) {
  if (waiting.has(tab)) return;
  waiting.add(tab);
  setTimeout(async () => {
    waiting.delete(tab);
    await Promise.all([started(), preferences.ready]);
    const begun = Date.now();
    await badge(tab).catch(console.error);
    delay = Math.min(Math.max(400, 20 * (Date.now() - begun)), 5000);
  }, delay);
}

// The button also counts expectations that are not met. A tab without a recording keeps its button.
const updateBadges = () => chrome.tabs.query({}).then((tabs) => tabs.forEach(({ id }) => id !== undefined && updateBadgeSoon(id)));
/** @param {{ [key: string]: unknown }} changes */
const updateBadgesFor = ({ expectations }) => void (expectations && updateBadges());
chrome.storage.local.onChanged.addListener(updateBadgesFor);
chrome.storage.managed.onChanged?.addListener(updateBadgesFor);

// The menus of the page and of the toolbar button open the side panel or a tab. Like a click on the button, a click in
// the menu grants access to the tab. Browsers open a side panel only in the task of the click.
/** @param {chrome.tabs.Tab} tab */
const beside = async (tab) => (chrome.sidePanel ? chrome.sidePanel.open({ windowId: tab.windowId }) : chrome.sidebarAction.open());
/** @typedef {{ title: string, contexts: chrome.contextMenus.CreateProperties["contexts"], open: (tab: chrome.tabs.Tab) => Promise<unknown> }} Menu */
/** @type {Record<string, Menu | undefined>} */
const MENUS = {
  beside: { title: "menuBeside", contexts: ["page", "frame", "action"], open: beside },
  tab: { title: "menuTab", contexts: ["action"], open: (tab) => openInTab(tab) },
};
/** @param {chrome.tabs.Tab} tab */
const openInTab = (tab, hash = "") => chrome.tabs.create({ url: `popup.html?tab=${tab.id}${hash}`, index: tab.index + 1 });
async function makeMenus() {
  await preferences.again();
  for (const [id, menu] of Object.entries(MENUS)) {
    if (!menu) continue;
    const { title, contexts } = menu, properties = { title: words(title), contexts };
    // Not removed before, because a background that stops in between would leave no menus.
    await chrome.contextMenus.update(id, properties).catch(() => chrome.contextMenus.create({ id, ...properties }));
  }
}
// One at a time, because a duplicate ID is an error. Firefox for Android has no context menus.
let menus = Promise.resolve();
const updateMenus = () => chrome.contextMenus && (menus = menus.then(makeMenus).catch(console.error));
// Browsers store the menus with their titles, so they are written again if the language may have changed.
chrome.runtime.onInstalled.addListener(updateMenus);
chrome.runtime.onStartup.addListener(updateMenus);
chrome.storage.local.onChanged.addListener(({ preferences: changed }) => {
  /** @param {any} chosen */
  const language = (chosen) => chosen?.language;
  if (changed && language(changed.oldValue) !== language(changed.newValue)) updateMenus();
});
chrome.contextMenus?.onClicked.addListener(({ menuItemId }, tab) => {
  const menu = MENUS[menuItemId];
  if (menu && tab) menu.open(tab).catch(() => {}); // the window is gone
});

// Opens the first-run page, unless an organization installed the extension.
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason !== "install" || (await chrome.management?.getSelf())?.installType === "admin") return;
  await chrome.tabs.create({ url: "welcome.html" }).catch(() => {}); // no window; the options link to the page
});

// The shortcut that copies the lookup code grants access to its tab like a click on the button. Only a focused page may
// write to the clipboard, so the popup does it. If the popup is already open, it gets a message. If it can't be opened,
// the inspector opens in a tab. Firefox opens the popup only in the task of the shortcut.
/** @param {chrome.tabs.Tab} tab */
const openPopup = async ({ windowId }) => chrome.action.openPopup({ windowId });
/** @param {chrome.tabs.Tab} tab */
const sendToOpenPopup = (tab) => chrome.runtime.sendMessage({ copyCode: tab.id }).catch(() => false);
chrome.commands?.onCommand.addListener((name, tab) => {
  if (name !== "copy-code" || !tab) return;
  copyRequest = { tab: tab.id, at: Date.now() };
  openPopup(tab).catch(async () => {
    takeCopyRequest();
    if (!(await sendToOpenPopup(tab))) await openInTab(tab, "#copy");
  });
});

// An update of the extension clears `storage.session`: drafts, recordings, and a key that is stored for the session. If
// there is a listener, Firefox delays an update until `reload` or its next start, when the session ends anyway.
// Chromium updates as soon as neither a page nor the background of the extension runs.
if (globalThis.document) {
  chrome.runtime.onUpdateAvailable.addListener(async () => {
    const stored = Object.values(await chrome.storage.session.get(null));
    const isEmpty = stored.every((value) => value && typeof value === "object" && Object.keys(value).length === 0);
    if (isEmpty) chrome.runtime.reload();
  });
}

// The recorded sites. A permission or the policy may have changed while no background ran, too.
/** @param {unknown} error */
const notChecked = (error) => console.error("the recorded sites couldn't be checked:", error);
const check = () => started().then(checkSites).catch(notChecked);
chrome.permissions.onAdded.addListener(() => started().then(permissionGranted).catch(notChecked));
chrome.permissions.onRemoved.addListener(check);
chrome.runtime.onInstalled.addListener(check);
chrome.runtime.onStartup.addListener(check);
chrome.storage.managed.onChanged?.addListener(check);

chrome.tabs.onRemoved.addListener((tab) => {
  closed.add(tab);
  resumed()
    .then(() => forget(tab))
    .catch((error) => console.error("the closed tab's data couldn't be deleted:", error));
});

/** @param {unknown} error */
const notMoved = (error) => console.error("not all of the tab's data could be moved:", error);
// Chromium gives a discarded tab another ID. The extension's pages switch to the new ID when the data is moved.
chrome.tabs.onReplaced?.addListener((added, removed) => {
  renamed.set(removed, added);
  resumed()
    .then(() => follow(removed, added))
    .catch(notMoved)
    .then(() => {
      updateBadgeSoon(added);
      return chrome.runtime.sendMessage({ renamed: { from: removed, to: added } });
    })
    .catch(() => {}); // no page of the extension is open
});

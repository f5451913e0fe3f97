// The background: a service worker in Chromium, an event page in Firefox. JavaScript because listeners must be
// registered in the first tick of a start, before any wasm can be ready, or the event that started it is lost; and
// because `executeScript` takes the probe only as a JavaScript function.
import init, { answer, badge, follow, forget, hear, resume } from "./wasm/background/background.js";
// Which the program imports: named here, it is fetched beside it and not after it.
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

// The event that started this worker needs the wasm: compile it while the event is on its way.
/** @param {unknown} error */
const notMoved = (error) => console.error("not all of the tab's data could be moved:", error);
// What moves or forgets a tab's data waits until what the last worker left is moved.
const resumed = once(() => started().then(() => resume().catch(notMoved)));
resumed().catch(() => {});

// Firefox compiles the popup's program longer than it takes to show the visitor, and its background is a page that the popup
// can reach: so the program is compiled here while nothing waits, and kept as long as the background is awake.
const IDLE_MS = 1000;
if (globalThis.document) {
  setTimeout(async () => {
    globalThis.popupProgram = await WebAssembly.compileStreaming(fetch("wasm/popup/popup_bg.wasm")).catch(() => undefined);
  }, IDLE_MS);
}

// The wish to copy the lookup code lies here for the moment in which the popup opens and asks for the first time. It is
// spent with that, and never older: a code is not copied when nobody thinks of it any more.
const WISH_MS = 10_000;
/** @type {{ tab: number | undefined, at: number } | undefined} */
let wish;
function spend() {
  const spent = wish;
  wish = undefined;
  return spent && Date.now() - spent.at < WISH_MS ? spent.tab : undefined;
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  // Only the extension's own pages may ask; a content script would carry its page's address here.
  if (sender.id !== chrome.runtime.id || !sender.url?.startsWith(chrome.runtime.getURL(""))) return false;
  const done = started().then(() => answer(message, probe));
  const copyCode = message?.inspect?.tab === null ? spend() : undefined;
  // `popup.js` takes the wish out of the reply.
  /** @param {object} reply */
  const send = (reply) => respond(copyCode === undefined ? reply : { ...reply, copyCode });
  done.then(send, (error) => respond({ failed: String(error) }));
  return true;
});

// Tabs that were closed since this worker started: browsers use no id again while they run. What is asked of these two comes
// through ports, which end with the worker: the next one needs neither.
const closed = new Set();
// The new ids of tabs that got one since; a port keeps saying the id that its tab had when it was opened.
/** @type {Map<number, number>} */
const renamed = new Map();
/** @type {(tab: number) => number} */
const idNow = (tab) => {
  const now = renamed.get(tab);
  return now === undefined ? tab : idNow(now);
};

// The relays of recorded pages. Each batch is answered when it is stored; a relay keeps it until then.
chrome.runtime.onConnect.addListener((port) => {
  const { name, sender: relay } = port, tab = relay?.tab;
  if (name !== "recorder" || relay?.id !== chrome.runtime.id || tab?.id === undefined) return;
  const { id: opened } = tab;
  // Reading the error is what keeps Chromium from writing it to the console when a page goes into its cache.
  port.onDisconnect.addListener(() => chrome.runtime.lastError);
  port.onMessage.addListener((batch) => {
    // A page says its last words when its tab is gone already, and what was recorded there forgotten.
    const id = idNow(opened);
    if (closed.has(id)) return;
    const sender = { ...relay, tab: { ...tab, id } };
    started()
      .then(() => hear("batch", batch, sender))
      .then((reply) => (updateBadgeSoon(id), port.postMessage(reply)))
      // Not stored, or the page is gone. The relay sends all anew on another port; on this one a later batch would be
      // acknowledged over this one.
      .catch(() => port.disconnect());
  });
});

// The toolbar button of a recorded tab: what arrives within a moment is judged once. The whole recording is judged, so a
// long one seldom: for at most a twentieth of the time.
const waiting = new Set();
let rest = 400;
/** @param {number} tab */
function updateBadgeSoon(tab) {
  if (waiting.has(tab)) return;
  waiting.add(tab);
  setTimeout(async () => {
    waiting.delete(tab);
    await Promise.all([started(), preferences.ready]);
    const begun = Date.now();
    await badge(tab).catch(console.error);
    rest = Math.min(Math.max(400, 20 * (Date.now() - begun)), 5000);
  }, rest);
}

// Beside the page, from the menus of the page and of the toolbar button. A click there gives access to its tab as one on
// the button does; only in the very task of it do browsers open what stands beside a page.
/** @param {chrome.tabs.Tab} tab */
const beside = (tab) => (chrome.sidePanel ? chrome.sidePanel.open({ windowId: tab.windowId }) : chrome.sidebarAction.open());
/** @type {Record<string, [title: string, contexts: chrome.contextMenus.CreateProperties["contexts"], open: (tab: chrome.tabs.Tab) => Promise<unknown>]>} */
const MENUS = {
  beside: ["menuBeside", ["page", "frame", "action"], beside],
  tab: ["menuTab", ["action"], (tab) => apart(tab)],
};
/** @param {chrome.tabs.Tab} tab */
const apart = (tab, hash = "") => chrome.tabs.create({ url: `popup.html?tab=${tab.id}${hash}`, index: tab.index + 1 });
async function makeMenus() {
  await Promise.all([chrome.contextMenus.removeAll(), preferences.again()]);
  for (const [id, [title, contexts]] of Object.entries(MENUS)) chrome.contextMenus.create({ id, title: words(title), contexts });
}
// One after the other: an id that is there already is an error. Firefox for Android has no such menus.
let menus = Promise.resolve();
const nameMenus = () => chrome.contextMenus && (menus = menus.then(makeMenus).catch(console.error));
// Browsers keep the menus with their words, so they are made anew where the language may be another one.
chrome.runtime.onInstalled.addListener(nameMenus);
chrome.runtime.onStartup.addListener(nameMenus);
chrome.storage.local.onChanged.addListener(({ preferences: changed }) => {
  /** @param {any} chosen */
  const language = (chosen) => chosen?.language;
  if (changed && language(changed.oldValue) !== language(changed.newValue)) nameMenus();
});
chrome.contextMenus?.onClicked.addListener(({ menuItemId }, tab) => tab && void MENUS[menuItemId]?.[2](tab)?.catch?.(() => {}));

// Whoever installs it finds a page to practise on. Where an organisation has it installed, nobody has asked for a tab.
chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  if (reason !== "install" || (await chrome.management?.getSelf())?.installType === "admin") return;
  await chrome.tabs.create({ url: "welcome.html" }).catch(() => {}); // no window to open it in: the options lead there
});

// The shortcut that copies the lookup code gives access to its tab as a click on the button does. Only a page that has the
// focus may write to the clipboard, so the popup does it. The background sends a message to one that is open already; where
// none can be opened, the inspector comes in a tab. In the very task of the shortcut, else Firefox opens nothing.
/** @param {chrome.tabs.Tab} tab */
const openPopup = async ({ windowId }) => chrome.action.openPopup({ windowId });
/** @param {chrome.tabs.Tab} tab */
const tellOpen = (tab) => chrome.runtime.sendMessage({ copyCode: tab.id }).catch(() => false);
chrome.commands?.onCommand.addListener((name, tab) => {
  if (name !== "copy-code" || !tab) return;
  wish = { tab: tab.id, at: Date.now() };
  openPopup(tab).catch(async () => {
    spend();
    if (!(await tellOpen(tab))) await apart(tab, "#copy");
  });
});

/** @type {(event: string) => (details?: unknown) => unknown} */
const tell = (event) => (details) => started().then(() => hear(event, details));
chrome.permissions.onAdded.addListener(tell("added"));
chrome.permissions.onRemoved.addListener(tell("removed"));
chrome.runtime.onInstalled.addListener(tell("started"));
chrome.runtime.onStartup.addListener(tell("started"));
chrome.storage.managed.onChanged?.addListener(tell("policy"));

chrome.tabs.onRemoved.addListener((tab) => {
  closed.add(tab);
  resumed().then(() => forget(tab));
});

// Chromium gives a tab that it discards another id. Pages of ours that show the tab turn to the new one when all is moved.
chrome.tabs.onReplaced?.addListener((added, removed) => {
  renamed.set(removed, added);
  resumed()
    .then(() => follow(removed, added))
    .catch(notMoved)
    .then(() => (updateBadgeSoon(added), chrome.runtime.sendMessage({ renamed: { from: removed, to: added } })))
    .catch(() => {}); // no page of ours is open
});

// Chrome's side panel and Firefox's sidebar: the inspector of whichever tab is in front in this window. JavaScript because
// it only turns a frame from one page of ours to another; runs in the extension's own page.
const inspector = /** @type {HTMLIFrameElement} */ (document.getElementById("inspector"));
await preferences.ready;
document.documentElement.lang = words("languageTag");
document.title = inspector.title = words("extShortName");

const { id: own } = await chrome.windows.getCurrent();
/** @type {number | undefined} */
let shown;

// What is typed is kept by tab, so that leaving a tab loses nothing.
async function follow() {
  const [tab] = await chrome.tabs.query({ active: true, windowId: own });
  if (!tab || tab.id === shown) return;
  shown = tab.id;
  inspector.src = `popup.html?tab=${shown}`;
}

chrome.tabs.onActivated.addListener(({ windowId }) => windowId === own && follow());
follow();

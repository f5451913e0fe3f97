// The side panel of Chromium and the sidebar of Firefox: the inspector of this window's active tab. JavaScript because
// it only changes the URL of a frame. Runs in the extension's page.
const inspector = /** @type {HTMLIFrameElement} */ (document.getElementById("inspector"));
await preferences.ready;
document.documentElement.lang = words("languageTag");
document.title = inspector.title = words("extShortName");

const { id: own } = await chrome.windows.getCurrent();
/** @type {number | undefined} */
let shown;

// Drafts are stored by tab, so switching tabs loses nothing.
async function follow() {
  const [tab] = await chrome.tabs.query({ active: true, windowId: own });
  if (!tab || tab.id === shown) return;
  shown = tab.id;
  inspector.src = `popup.html?tab=${shown}`;
}

chrome.tabs.onActivated.addListener(({ windowId }) => windowId === own && follow());
follow();

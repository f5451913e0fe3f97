// The panel in the developer tools: visitor and timeline of the inspected tab, side by side. JavaScript because it only
// sets the URLs of two frames. Runs in the extension's page.
await preferences.ready;
document.documentElement.lang = words("languageTag");
document.title = words("extShortName");
const tab = new URLSearchParams(location.search).get("tab") ?? chrome.devtools.inspectedWindow.tabId;
for (const [id, page, name] of [["inspector", "popup", "panelVisitor"], ["recorded", "recorded", "panelTimeline"]]) {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById(id));
  frame.title = words(name);
  frame.src = `${page}.html?tab=${tab}`;
}

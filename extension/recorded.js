// The recording's page: `recorded.html?tab=<id>` shows a tab, `recorded.html` opens a file. JavaScript because it
// starts the wasm. Runs in the extension's page.
import { open } from "./page.js";

const tab = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);
const view = location.hash.slice(1) || "timeline";
const into = document.getElementById("recorded");
// A tab to which the browser gave another ID is shown under the new ID.
chrome.runtime.onMessage.addListener(({ renamed }) => {
  if (renamed?.from === tab) location.replace(`?tab=${renamed.to}${location.hash}`);
});
open("recorded", "recordedPageTitle", [into, Number.isNaN(tab) ? undefined : tab, view], "recordedBroken");

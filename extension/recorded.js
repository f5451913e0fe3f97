// The page of what was recorded: `recorded.html?tab=<id>` shows a tab, `recorded.html` opens a file. JavaScript because
// something has to start the wasm; runs in that page.
import { open } from "./page.js";

const tab = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);
const view = location.hash.slice(1) || "timeline";
const into = document.getElementById("recorded");
// A tab that the browser gave another id is shown on under that one.
chrome.runtime.onMessage.addListener(({ renamed }) => {
  if (renamed?.from === tab) location.replace(`?tab=${renamed.to}${location.hash}`);
});
open("recorded", "recordedPageTitle", [into, Number.isNaN(tab) ? undefined : tab, view], "recordedBroken");

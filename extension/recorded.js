// JavaScript because it loads the wasm and its glue, in a page of the extension: `recorded.html?tab=<id>` shows what was
// recorded in that tab, `recorded.html` opens a file.
import init, { open } from "./wasm/recorded.js";

const tab = Number.parseInt(new URLSearchParams(location.search).get("tab"), 10);
const into = document.getElementById("recorded");
await preferences.ready;
document.documentElement.lang = words("languageTag");
document.title = words("recordedPageTitle");

init()
  .then(() => open(into, Number.isNaN(tab) ? undefined : tab, location.hash.slice(1) || "timeline", undefined))
  .catch((error) => {
    console.error(error);
    into.className = "broken";
    into.setAttribute("role", "alert");
    into.textContent = words("recordedBroken");
  });

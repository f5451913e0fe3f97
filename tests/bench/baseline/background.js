// One request, one `executeScript`. The benchmark adds the extension's `probe.js`.
import { probe } from "./probe.js";

async function inspect() {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  const frames = await chrome.scripting.executeScript({
    target: { tabId: tab.id, allFrames: true },
    world: "MAIN",
    injectImmediately: true,
    func: probe,
    args: [null],
  });
  return { frames: frames.map(({ frameId, result }) => ({ frame: frameId, text: result })) };
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  inspect().then(respond, (error) => respond({ failed: String(error) }));
  return true;
});

// Records what the pages of a driver of Selenium tell Upscope, for `upscope-inspector check`. For Chromium, Chrome and Edge.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Records every page of the driver's tab from its first script on. */
export async function record(driver) {
  const source = execFileSync("upscope-inspector", ["script"], { encoding: "utf8" });
  await driver.sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", { source });
}

/** Appends what the page has told to `file`: one for each tab, because to `check` a file is one tab. Ends its recording: call it before the page is left. */
export async function finish(driver, file) {
  const lines = await driver.executeScript("return window.upscopeInspectorTake ? upscopeInspectorTake() : []");
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, lines.map((line) => line + "\n").join(""));
}

// Records what a browser context of Playwright tells Upscope, for `upscope-inspector check`.
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";

/** Records every page of `context` from its first script on, and appends to `file`. */
export async function record(context, file) {
  const content = execFileSync("upscope-inspector", ["script"], { encoding: "utf8" });
  await context.exposeFunction("upscopeInspectorSend", (line) => appendFileSync(file, line + "\n"));
  await context.addInitScript({ content });
}

/** Hands over what a page has not sent yet. Ends its recording: call it before the page is left. */
export const finish = (page) => page.evaluate(() => window.upscopeInspectorTake());

// Records what a browser context of Playwright tells Upscope, for `upscope-inspector check`.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";

/** The files of this process. To `check`, a file is one tab. */
const used = new Set();

/** Records every page of `context` from its first script on: the first tab to `file`, others beside it. Replaces these files. */
export async function record(context, file) {
  const content = execFileSync("upscope-inspector", ["script"], { encoding: "utf8" });
  const end = extname(file);
  const tabs = [];
  const begin = (path) => {
    if (used.has(resolve(path))) throw new Error(`${path} has the recording of another tab`);
    used.add(resolve(path));
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
  };
  const fileOf = (tab) => {
    const known = tabs.indexOf(tab) + 1;
    const number = known || tabs.push(tab);
    const path = number === 1 ? file : `${file.slice(0, file.length - end.length)}-${number}${end}`;
    if (!known && number > 1) begin(path);
    return path;
  };
  begin(file);
  await context.exposeBinding("upscopeInspectorSend", ({ page }, line) => appendFileSync(fileOf(page), line + "\n"));
  await context.addInitScript({ content });
}

/** Hands over what a page has not sent yet. Ends its recording: call it before the page is left. */
export const finish = (page) => page.evaluate(() => window.upscopeInspectorTake?.());

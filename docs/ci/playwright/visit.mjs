// Visits pages with Playwright and records them, WAIT milliseconds each: node visit.mjs FILE URL…
import { chromium } from "playwright-core";
import { finish, record } from "./recorder.mjs";

const [file, ...urls] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const context = await browser.newContext();
await record(context, file);
const page = await context.newPage();
for (const url of urls) {
  await page.goto(url);
  // Longer than the `within` of the expectations.
  await page.waitForTimeout(Number(process.env.WAIT ?? 12000));
  await finish(page);
}
await browser.close();

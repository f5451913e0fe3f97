// Two tabs of one context, each with its own page: node tabs.mjs FILE URL URL
import { chromium } from "playwright-core";
import { finish, record } from "./recorder.mjs";

const [file, ...urls] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const context = await browser.newContext();
await record(context, file);
const pages = [];
for (const url of urls) {
  const page = await context.newPage();
  pages.push(page);
  await page.goto(url);
}
for (const page of pages) await finish(page);
const refused = await record(await browser.newContext(), file).catch((error) => error.message);
if (refused !== `${file} has the recording of another tab`) throw new Error(`another context used the file: ${refused}`);
await browser.close();

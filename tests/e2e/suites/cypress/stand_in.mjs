// Runs specs with the example of Cypress (docs/ci/cypress) but without Cypress, whose program npm doesn't have: a stand-in of what
// the example uses, as Cypress 15 does it. Here is what Cypress does outside of the browser: it serves the runner and the spec on
// the origin of the page, adds a script to each page, runs tasks and writes files. runner.js has the rest.
// node stand_in.mjs BASE_URL SPEC…
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { chromium } from "playwright-core";
import config from "./cypress.config.mjs";

const [baseUrl, ...specs] = process.argv.slice(2);
const LIMIT_MS = 120_000;

/** What Cypress adds to a page: it wraps the timers, and tells the tests of the window. */
const INJECTED = `<script>
  window.Cypress = parent.Cypress;
  for (const name of ["setTimeout", "setInterval"]) {
    const original = window[name];
    window[name] = (call, ...rest) => original.call(window, (...given) => call.apply(window, given), ...rest);
  }
  Cypress.action("app:window:before:load", window);
</script>`.replaceAll(/\s*\n\s*/g, " ");

const tasks = {};
config.e2e.setupNodeEvents((event, handlers) => {
  if (event !== "task") throw new Error(`the stand-in has no event ${event}`);
  Object.assign(tasks, handlers);
});

async function task(name, argument) {
  const value = await tasks[name]?.(argument);
  if (value === undefined) throw new Error(`cy.task("${name}") returned undefined`);
  return value;
}

const html = (body) => ({ contentType: "text/html", body: `<!doctype html>${body}` });
const module = (file) => `<script type="module" src="/__/${file}"></script>`;

/** Cypress makes the folders of a file. */
function write(file, contents, flag) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents, { flag });
}

/** Answers an address of the runner, which exists on every origin. */
function ofRunner(name, spec) {
  if (name === "") {
    const frames = `<iframe name="spec" src="/__/spec"></iframe><iframe name="aut"></iframe>`;
    return html(`<script>const BASE_URL = "${baseUrl}", SPEC = "${spec}";</script><script src="/__/runner.js"></script>${frames}`);
  }
  if (name === "spec") return html(`<script>Object.assign(window, parent.ofSpec);</script>${module("e2e.js")}${module(spec)}`);
  return { contentType: "text/javascript", body: readFileSync(name, "utf8") };
}

/** Serves the runner, and adds the script to each page of its origin in the frame of the page. */
async function serve(page, route, spec) {
  const request = route.request();
  const { origin, pathname } = new URL(request.url());
  if (pathname.startsWith("/__/")) return route.fulfill(ofRunner(pathname.slice("/__/".length), spec));
  const isOwn = request.isNavigationRequest() && request.frame().name() === "aut" && origin === new URL(page.url()).origin;
  if (!isOwn) return route.continue();
  const response = await route.fetch();
  const body = (await response.text()).replace(/<head.*?>/i, (head) => `${head} ${INJECTED}`);
  return route.fulfill({ response, body });
}

/** Runs one spec, with state of its own. Returns what failed. */
async function run(browser, spec) {
  const failures = [];
  const page = await browser.newPage();
  await page.exposeFunction("runTask", task);
  await page.exposeFunction("writeFile", write);
  await page.exposeFunction("tellFailure", (text) => failures.push(`${spec}: ${text}`));
  await page.route("**/*", (route) => serve(page, route, spec));
  await page.goto(`${new URL(baseUrl).origin}/__/`);
  await page.waitForFunction(() => window.isDone, null, { timeout: LIMIT_MS });
  await page.close();
  return failures;
}

// To Chromium, a page that a proxy answers isn't local, and must not connect to this machine. Cypress turns this off, too.
const args = ["--disable-features=LocalNetworkAccessChecks"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
for (const spec of specs) {
  const failures = await run(browser, spec);
  for (const failure of failures) console.error(failure);
  if (failures.length) process.exitCode = 1;
}
await browser.close();

// Records what the pages of each test tell Upscope, for `upscope-inspector check`: in cypress/support/e2e.js.
let script = "";
let page = null;
let lines = [];
const files = new Set();

// When a test visits another origin than the one before, Cypress loads this file again and runs the test again, with this hook.
before(() => {
  cy.task("upscopeScript", null, { log: false }).then((text) => {
    script = text;
  });
});

// Before the first script of each page.
Cypress.on("window:before:load", (window) => {
  page = window;
  // The next test leaves the page. What it sends then is not of that test.
  const own = lines;
  // Cypress shows the page in a frame. To `check`, it is the page of the tab.
  window.upscopeInspectorSend = (line) => own.push(JSON.stringify({ ...JSON.parse(line), top: true, frame: 0 }) + "\n");
  window.eval(script);
});

// A page that the test leaves sends the rest by itself. Each test has its own file, because to `check` a file is one visitor.
afterEach(() => {
  const name = [Cypress.spec.name, ...Cypress.currentTest.titlePath].join(" ").replace(/[^\p{L}\p{N}.]+/gu, "-");
  // A file's name has at most 255 bytes.
  const file = `upscope/${name.slice(-80)}.jsonl`;
  if (files.has(file) && Cypress.currentRetry === 0) throw new Error(`${file} has the recording of another test`);
  files.add(file);
  cy.wrap(finish(), { log: false }).then((text) => {
    if (text) cy.writeFile(file, text, { log: false });
  });
});

/** Ends the recording of the page that the test ends on, and returns all lines of the test. */
async function finish() {
  try {
    await page?.upscopeInspectorTake?.();
  } catch (error) {
    // A page of another origin isn't recorded, and can't be reached from here.
    if (error.name !== "SecurityError") throw error;
  }
  const text = lines.join("");
  lines = [];
  return text;
}

// Records what the pages of each test tell Upscope, for `upscope-inspector check`: in cypress/support/e2e.js.
let script = "";
let page = null;
const lines = [];

// When a test visits another origin than the one before, Cypress loads this file again and runs the test again, with this hook.
before(() => {
  cy.task("upscopeScript", null, { log: false }).then((text) => {
    script = text;
  });
});

// Before the first script of each page.
Cypress.on("window:before:load", (window) => {
  page = window;
  // Cypress shows the page in a frame. To `check`, it is the page of the tab.
  window.upscopeInspectorSend = (line) => lines.push(JSON.stringify({ ...JSON.parse(line), top: true, frame: 0 }) + "\n");
  window.eval(script);
});

// A page that the test leaves sends the rest by itself.
afterEach(() => {
  cy.wrap(finish(), { log: false }).then((text) => cy.writeFile("upscope.jsonl", text, { flag: "a+", log: false }));
});

/** Ends the recording of the page that the test ends on, and returns all lines of the test. */
async function finish() {
  try {
    await page?.upscopeInspectorTake?.();
  } catch (error) {
    // A page of another origin isn't recorded, and can't be reached from here.
    if (error.name !== "SecurityError") throw error;
  }
  return lines.splice(0).join("");
}

// The stand-in of Cypress in the browser, in the window around the spec and the page: commands, events, and the tests
// and hooks of Mocha. What it lacks throws, so the example can't use it.
"use strict";
const hooks = { before: [], beforeEach: [], afterEach: [], after: [] };
const tests = [];
const listeners = [];

const Cypress = {
  on(event, listener) {
    if (event !== "window:before:load") throw new Error(`the stand-in has no event ${event}`);
    listeners.push(listener);
  },
  spec: { name: SPEC },
  currentTest: null,
  currentRetry: 0,
  config: (name) => ({ baseUrl: BASE_URL })[name],
  action: (_event, window) => listeners.forEach((listener) => listener(window)),
};

// ---- Commands wait until those before them are done. Those that a callback adds come right after it.
let queue = [];
let place = null;

/** Commands that follow each other, with what the last one returned. */
class Chain {
  subject = null;
  // oxlint-disable-next-line unicorn/no-thenable -- a chain of Cypress has it
  then(callback) {
    return this.add(() => callback(this.subject));
  }
  add(run) {
    queue.splice(place ?? queue.length, 0, { chain: this, run });
    if (place !== null) place++;
    return this;
  }
}

/** Runs a function of the spec, and the commands that it adds. */
async function perform(callback) {
  try {
    const returned = callback();
    if (!(returned instanceof Chain)) await returned;
    while (queue.length) {
      const { chain, run } = queue.shift();
      place = 0;
      const value = run();
      // A chain isn't awaited here, because its commands are next.
      const result = value instanceof Chain ? undefined : await value;
      if (result !== undefined) chain.subject = result;
      place = null;
    }
  } finally {
    queue = [];
    place = null;
  }
}

// ---- The page, in its frame.
let current = 0;
let hasVisited = false;

function show(url) {
  const frame = document.querySelector("iframe[name=aut]");
  return new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(frame.contentWindow), { once: true });
    frame.src = url;
  });
}

function visit(path) {
  const url = new URL(path, BASE_URL);
  if (url.origin === location.origin || hasVisited) {
    hasVisited = true;
    return show(url.href);
  }
  // The runner goes to the origin of the first page of a test, and runs that test again there.
  location.assign(`${url.origin}/__/#${current}`);
  return new Promise(() => {});
}

async function write(file, contents, { flag = "w" } = {}) {
  if (typeof contents !== "string") throw new Error("cy.writeFile() takes a text here");
  await window.writeFile(file, contents, flag);
}

const commands = {
  visit,
  task: (name, argument) => window.runTask(name, argument),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  window: () => document.querySelector("iframe[name=aut]").contentWindow,
  wrap: (value) => value,
  writeFile: write,
};
const start = (command) => (...args) => new Chain().add(() => command(...args));
const cy = Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, start(command)]));

// ---- Tests.
async function performAll(name) {
  for (const hook of hooks[name]) await perform(hook);
}

/** Runs a test, and its hooks even if it fails. */
async function performTest({ title, run }) {
  hasVisited = false;
  Cypress.currentTest = { title, titlePath: [title] };
  // Tests are isolated from each other.
  await show("about:blank");
  try {
    await performAll("beforeEach");
    await perform(run);
  } catch (error) {
    window.tellFailure(`${title}: ${error}`);
  }
  await performAll("afterEach");
}

async function runTests() {
  await performAll("before");
  for (current = Number(location.hash.slice(1)); current < tests.length; current++) await performTest(tests[current]);
  await performAll("after");
}

/** What the window of the spec has. */
window.ofSpec = { Cypress, cy, it: (title, run) => tests.push({ title, run }) };
for (const [name, list] of Object.entries(hooks)) window.ofSpec[name] = (hook) => list.push(hook);
window.Cypress = Cypress;

addEventListener("load", async () => {
  try {
    await runTests();
  } catch (error) {
    // A hook that fails ends the spec.
    await window.tellFailure(`a hook: ${error}`);
  }
  window.isDone = true;
});

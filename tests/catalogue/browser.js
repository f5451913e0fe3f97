// The substitute browser for the extension's pages in the catalogue: the parts of `chrome.*` that they use, with
// responses from `catalogue.state`, a fixture. JavaScript because it replaces the browser before the page's first
// script. Only the catalogue's server includes it; it isn't part of the extension.
"use strict";
(() => {
  const framed = globalThis.catalogue.state === null && parent !== self;
  const { state, messages } = framed ? parent.catalogue : globalThis.catalogue;
  globalThis.catalogue = { state, messages, only, errors: [], said: null };
  const { errors } = globalThis.catalogue;

  // All fixtures have the same time, so that screenshots can be compared.
  const NOW = Date.parse("2026-11-24T09:41:00Z"), opened = Date.now(), clock = Date.now;
  Date.now = () => NOW + clock() - opened;

  addEventListener("error", ({ message }) => errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(`${reason}`));
  const log = console.error;
  console.error = (...words) => (errors.push(words.join(" ")), log(...words));

  const never = new Promise(() => {});
  const given = (answer) => (answer === "never" ? never : Promise.resolve(structuredClone(answer)));

  // Storage, in memory.
  const everywhere = [];
  function area(name) {
    const kept = structuredClone(state[name] ?? {}), listeners = [];
    const tell = (changes) => (listeners.forEach((hear) => hear(changes)), everywhere.forEach((hear) => hear(changes, name)));
    return {
      get: async (keys) => structuredClone(keys == null ? kept : Object.fromEntries([keys].flat().filter((key) => key in kept).map((key) => [key, kept[key]]))),
      async set(items) {
        const changes = Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { oldValue: kept[key], newValue }]));
        tell(Object.assign(kept, structuredClone(items)) && changes);
      },
      async remove(keys) {
        const gone = [keys].flat().filter((key) => key in kept);
        tell(Object.fromEntries(gone.map((key) => [key, { oldValue: kept[key] }])));
        gone.forEach((key) => delete kept[key]);
      },
      onChanged: { addListener: (hear) => listeners.push(hear) },
    };
  }

  // The background: the reports before and after a command, and the server's responses.
  const tab = { id: 7, windowId: 1, index: 0, active: true, ...state.tab };
  let performed = false;
  function seen({ text, ...frame }) {
    const report = JSON.parse(text);
    return { ...frame, text: JSON.stringify({ ...report, act: null, page: { ...report.page, at: Date.now() } }) };
  }
  function look() {
    const frames = (performed && state.after) || state.look;
    // The shortcut that copies the lookup code was used for this tab.
    const wish = state.copyCode ? { copyCode: tab.id } : {};
    return Array.isArray(frames) ? { inspected: { tab, frames: frames.map(seen), leftOut: state.leftOut ?? 0 }, ...wish } : (frames ?? { noAccess: { tab: null, why: "noTab" } });
  }
  function perform() {
    performed = true;
    return state.perform ?? { performed: { text: state.after[0].text } };
  }
  const answers = {
    inspect: look, perform,
    listRecordedSites: () => ({ recordedSites: { sites: state.local?.recordedSites ?? [] } }),
    startRecording: () => ({ recordedSites: { sites: [] } }), stopRecording: () => ({ recordedSites: { sites: [] } }), clearRecording: () => ({ recordedSites: { sites: [] } }),
    api(asked) {
      const [what] = Object.keys(asked), said = state.api?.[what] ?? (what === "getAccount" ? { account: null } : { apiFailed: "no-account" });
      return said.apiResponse ? { apiResponse: { ...said.apiResponse, text: JSON.stringify(said.apiResponse.text) } } : said;
    },
  };
  const sendMessage = (message) => {
    const [what] = Object.keys(message);
    return given(answers[what] ? answers[what](message[what]) : { failed: `the catalogue's background knows no ${what}` });
  };

  const event = { addListener() {} };
  function getMessage(key, given = []) {
    const { message, placeholders } = messages[key] ?? { message: "" };
    if (!message) errors.push(`no message ${key}`);
    const argument = (name) => [given].flat()[placeholders[name.toLowerCase()].content.slice(1) - 1];
    return message.replace(/\$(\w*)\$/g, (_, name) => (name ? argument(name) : "$"));
  }
  globalThis.chrome = {
    i18n: { getMessage, getUILanguage: () => messages.languageTag.message },
    runtime: { id: "catalogue", sendMessage, getURL: (path) => `${location.origin}/${path}`, getManifest: () => ({ version: "0.0.0" }), openOptionsPage: async () => {}, onMessage: event },
    storage: { session: area("session"), local: area("local"), onChanged: { addListener: (hear) => everywhere.push(hear) } },
    tabs: { query: async () => [tab], get: async () => tab, create: async () => tab, update: async () => tab, reload: async () => {}, onActivated: event, onUpdated: event, onRemoved: event },
    windows: { getCurrent: async () => ({ id: 1 }), update: async () => {} },
    permissions: { request: async () => state.granted ?? false, contains: async () => state.granted ?? false, remove: async () => true, getAll: async () => ({ permissions: [], origins: state.origins ?? [] }), onAdded: event, onRemoved: event },
    devtools: { inspectedWindow: { tabId: 7 } },
    commands: { getAll: async () => Object.entries(state.shortcuts ?? { _execute_action: "Alt+Shift+U" }).map(([name, shortcut]) => ({ name, shortcut })) },
  };
  // Each state has separate preferences.
  const mirror = state.local?.preferences ? { preferences: JSON.stringify(state.local.preferences) } : {};
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value: { getItem: (key) => mirror[key] ?? null, setItem: (key, text) => void (mirror[key] = text) } });
  // Copied text goes nowhere. A state may simulate a browser that requires a click.
  const writeText = async () => { if (state.copyCode === "refused") throw new Error("a press is wanted"); };
  Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  // Managed storage is empty without a policy.
  chrome.storage.managed = { get: async () => structuredClone(state.managed ?? {}), onChanged: event };

  // Simulated failures of the program.
  const compile = WebAssembly.compileStreaming.bind(WebAssembly);
  const PROGRAM = { never: () => never, fails: () => Promise.reject(new Error("the catalogue breaks it")) };
  WebAssembly.compileStreaming = PROGRAM[state.program] ?? compile;

  // The path to the state: clicks and input, then the condition that shows that it is reached.
  const LIMIT = 40_000;
  const pause = () => new Promise((then) => setTimeout(then, 10));
  async function once(what, find) {
    for (const end = clock() + LIMIT; clock() < end; await pause()) {
      const found = find();
      if (found) return found;
    }
    throw new Error(`never there: ${what}`);
  }
  // `frame >>> element`: the element in a frame.
  const found = (css) => css.split(" >>> ").reduce((within, part) => within && (within.contentDocument ?? within).querySelector(part), document);
  const usable = (css) => once(css, () => {
    const element = found(css);
    return element && !element.disabled && element;
  });
  const set = (input, text, type) => {
    input.focus();
    input[input.type === "checkbox" ? "checked" : "value"] = text;
    input.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const STEPS = {
    click: async ([css]) => (await usable(css)).click(),
    type: async ([css, text]) => set(await usable(css), text, "input"),
    choose: async ([css, value]) => set(await usable(css), value, "change"),
    press: async ([css, key]) => (await usable(css)).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
    wait: ([css]) => usable(css),
    scroll: async ([css]) => (await usable(css)).scrollIntoView({ block: "center" }),
    crash: () => bootstrap.crashed(),
    async file([css, text]) {
      const files = new DataTransfer(), input = await usable(css);
      files.items.add(new File([text], "recording.json"));
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  };
  // A single component: in its place on its page, with the rest of the page hidden.
  const alone = new CSSStyleSheet();
  alone.replaceSync("body :not(:has([data-only]), [data-only], [data-only] *) { visibility: hidden !important; }");
  async function only(css, how) {
    const shown = await once(css, () => document.querySelector(css));
    document.querySelector("[data-only]")?.removeAttribute("data-only");
    document.activeElement.blur();
    shown.toggleAttribute("data-only", true);
    document.adoptedStyleSheets = [alone];
    shown.scrollIntoView({ block: "center" });
    if (how === "focus") shown.focus({ focusVisible: true });
    frameElement?.dispatchEvent(new CustomEvent("alone", { detail: shown.getBoundingClientRect() }));
  }
  const inner = (frame) => frame.contentWindow?.catalogue?.said;
  // The styles of lazy parts may come after their views. Firefox throws until a sheet is loaded.
  const isStyled = ({ sheet }) => {
    try {
      return Boolean(sheet?.cssRules);
    } catch {
      return false;
    }
  };
  async function walk() {
    if (document.readyState === "loading") await new Promise((then) => addEventListener("DOMContentLoaded", then, { once: true }));
    for (const [step, ...arguments_] of framed ? [] : (state.steps ?? [])) await STEPS[step](arguments_);
    await usable(framed ? ".popup:not(#skeleton), .recorded" : state.ends);
    if (state.only) await only(state.only, state.how);
    await once("its frames", () => [...document.querySelectorAll("iframe")].every(inner));
    await once("its styles", () => [...document.querySelectorAll("link[rel=stylesheet]")].every(isStyled));
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
    await document.fonts.ready;
    for (const frame of document.querySelectorAll("iframe")) errors.push(...frame.contentWindow.catalogue.errors);
    return "there";
  }
  const say = (said) => (globalThis.catalogue.said = document.documentElement.dataset.catalogue = said);
  walk().then(say, ({ message }) => say(message));
})();

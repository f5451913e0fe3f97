// Makes the first-run page a page to inspect. Browsers let no extension inspect an extension's page, so it runs the
// probe itself against a practice SDK, and replies to the practice inspector (`practice.html`, in a frame) in place of
// the background. JavaScript because the probe is. Runs only in that page, and leaves nothing behind.
import { probe } from "../page/probe.js";
import { install } from "./sdk.js";

// The shop's tab, as the inspector sees it.
const tab = { id: 1, windowId: 1, index: 0, active: true, url: "https://shop.example/", title: "Practice" };
const ADA = {
  uniqueId: "cust-1042",
  identities: ["Ada Marsh", "ada@shop.example"],
  tags: ["#EARLY-ADOPTER"],
  integrationIds: ["acmechat:88213"],
};

// The SDK's stored values are in memory, as properties of an object, because the probe reads them as properties. The
// preferences are in the real storage.
const real = localStorage;
/** @param {string} key */
const isOfSdk = (key) => key.startsWith("__upscope:");
const memory = Object.create({
  /** @param {string} key */
  getItem: (key) => (isOfSdk(key) ? (memory[key] ?? null) : real.getItem(key)),
  /** @param {string} key @param {string} text */
  setItem: (key, text) => (isOfSdk(key) ? void (memory[key] = text) : real.setItem(key, text)),
  /** @param {string} key */
  removeItem: (key) => (isOfSdk(key) ? void delete memory[key] : real.removeItem(key)),
});
Object.defineProperty(globalThis, "localStorage", { value: memory });

// The state for the steps and the shop. An event reports each change.
/** @type {Record<string, unknown> & { calls: string[] }} */
const seen = { calls: [] };
/** @type {(seen: object) => void} */
let tell = () => {};
/** @param {Record<string, unknown>} more */
function news(more) {
  const isNew = Object.entries(more).some(([key, value]) => seen[key] !== value);
  Object.assign(seen, more);
  if (isNew) tell(seen);
}

/** @param {unknown} value @returns {string} */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([key, one]) => `${key}: ${written(one)}`).join(", ")} }`;
}
const sdk = install(ADA, localStorage, (name, given = []) => {
  const call = name && `Upscope(${[name, ...given].filter((one) => typeof one !== "function").map(written).join(", ")})`;
  // During its first call it doesn't exist yet.
  queueMicrotask(() => news({
    visitor: JSON.stringify(sdk.visitor()),
    shortId: sdk.stored("shortId") ?? "",
    code: sdk.stored("lookupCode") ?? "",
    calls: call ? [call, ...seen.calls].slice(0, 4) : seen.calls,
  }));
});

// The probe's argument, in the format of `PageCommand::to_text`.
/** @param {{ document: string, mayWait: boolean, action: Record<string, any> }} command */
function argument({ document, mayWait, action }) {
  const [[act, given]] = Object.entries(action);
  return JSON.stringify({ act, document, mayWait, ...given, ...(given.update && { update: JSON.parse(given.update) }) });
}

// The report of the shop's page.
/** @param {Parameters<typeof argument>[0]} [command] */
async function look(command) {
  const report = JSON.parse(await probe(command && argument(command)));
  Object.assign(report.page, { url: tab.url, title: tab.title, frames: 0 });
  return JSON.stringify(report);
}

/** @type {Record<string, (given: any) => Promise<object>>} */
const answers = {
  inspect: async () => ({ inspected: { tab, frames: [{ frame: 0, documentId: null, text: await look() }] } }),
  perform: async ({ command }) => ({ performed: { text: await look(command) } }),
  listRecordedSites: async () => ({ recordedSites: { sites: [] } }),
  api: async ({ getAccount }) => (getAccount ? { account: null } : { apiFailed: "no-account" }),
};

globalThis.practice = {
  tab,
  /** Calls `then(seen)` with the current state and after every change. */
  follow(then) {
    tell = then;
    tell(seen);
  },
  news,
  /** Answers a message of the practice inspector. Other parts of the extension don't get it. */
  async answer(message) {
    const [what] = Object.keys(message);
    return answers[what]?.(message[what]) ?? { recordingFailed: { why: { failed: words("practiceOnly") } } };
  },
};

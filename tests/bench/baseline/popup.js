// The baseline: the same inspection and the same rows in plain JavaScript, written for speed. The request is sent in
// the first tick, the page is static HTML, and a response only sets texts.
"use strict";
const BEAT = 600;
const inspect = () => chrome.runtime.sendMessage({ inspect: {} });
const first = inspect();
let shown;

const parse = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
/** The probe's `{"$": kind}` forms: the beginning of a cut value, or else the kind. */
function decode(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  if ("$" in value) return value.$ === "undefined" ? undefined : "v" in value ? decode(value.v) : `<${value.$}>`;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key.replace(/^\$/, ""), decode(of)]));
}

function state({ sdk, config, account, page }) {
  if (sdk.global !== "function" || !(sdk.snippet || sdk.queue !== null || sdk.version)) return "no-upscope";
  const session = sdk.tracking || sdk.promo;
  if (!sdk.configured) {
    if (!sdk.version) return page.parentSdk ? "refused" : "snippet-only";
    if (!sdk.version.startsWith("2.") && (session || sdk.manager || sdk.attempted)) return session ? "in-session" : "connected";
    return !page.toJSON && sdk.hooked ? "not-initialised" : "refused";
  }
  return session ? "in-session" : sdk.hooked ? "connected" : "not-connected";
}

const WORDS = {
  "no-upscope": "No Upscope here", "snippet-only": "Snippet without SDK", "not-initialised": "Not initialised",
  refused: "Refused", "not-connected": "Not connected", connected: "Connected", "in-session": "In a session",
};
const FIELDS = ["uniqueId", "identities", "tags", "integrationIds", "metadata"];
const PATTERNS = { tags: /^#[A-Z-]+$/, integrationIds: /^[a-z]{3,}:.+$/ };

const show = (element, ...parts) => element.replaceChildren(...parts);
function make(tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

function table(entries) {
  const table = document.createElement("table");
  for (const [key, value] of entries) {
    const row = table.insertRow();
    row.append(make("th", key));
    row.insertCell().textContent = JSON.stringify(value);
  }
  return table;
}

function parts(name, value) {
  const text = (item) => (typeof item === "string" ? item : JSON.stringify(item));
  if (Array.isArray(value)) return value.map((item) => make("span", text(item), PATTERNS[name]?.test(item) === false ? "bad" : ""));
  return value && typeof value === "object" ? [table(Object.entries(value))] : [text(value)];
}

/** A row: its value and source, or that it is unknown. */
function row(name, value, source) {
  const section = document.querySelector(`[data-field=${name}]`);
  const [, element, from] = section.children;
  if (value === undefined) {
    delete section.dataset.value;
    show(element, "unknown");
    from.textContent = "";
  } else {
    section.dataset.value = JSON.stringify(value);
    show(element, ...(value === null ? ["not set"] : parts(name, value)));
    from.textContent = source;
  }
}

function render(report) {
  const { sdk, local, cookie, marks, page } = report;
  const config = report.config ?? {}, account = report.account ?? {};
  const now = state(report);
  document.getElementById("host").textContent = new URL(page.url).host;
  document.getElementById("status").textContent = `${WORDS[now]} · SDK ${sdk.version ?? "unknown"}`;
  for (const name of FIELDS) row(name, name in config ? config[name] ?? null : account[name], name in config ? "SDK configuration" : "account settings");

  const stored = (key) => (local?.[key] !== undefined ? [local[key], "browser storage"] : [cookie?.[key], "cookie"]);
  const [code, codeFrom] = stored("lookupCode"), [id, idFrom] = stored("shortId"), shortId = id && (parse(id) ?? id);
  const minutes = 60 - (Date.now() - Date.parse(parse(stored("lookupCodeSetAt")[0] ?? ""))) / 60000;
  const left = minutes > 0 ? ` · ${Math.ceil(minutes)} minutes left` : " · expired";
  row("lookupCode", code ? parse(code) ?? code : marks?.code ?? undefined, code ? codeFrom + left : "the page");
  row("shortId", shortId, idFrom);
  const host = sdk.version?.startsWith("2.") ? "upscope.io" : "upscope.com";
  row("watchLink", marks?.watchLink ?? (shortId && `https://${host}/w/${shortId}`), "made from the short ID");

  const details = {
    version: sdk.version, region: config.region ?? sdk.region, apiKey: config.apiKey ?? account.apiKey,
    teamDomain: config.teamDomain ?? account.teamDomain, autoconnect: config.autoconnect, jsConfiguration: config.jsConfiguration === true,
    chats: [report.chats ?? []].flat().join(", ") || "none", queue: sdk.queue,
  };
  for (const name in details) document.querySelector(`[data-detail=${name}]`).textContent = `${details[name] ?? "unknown"}`;
  document.documentElement.dataset.state = now;
}

/** An unchanged value is not rendered again. Between two reports only the time differs. */
function take(answer) {
  const text = answer.frames?.find(({ frame }) => frame === 0)?.text;
  if (!text) {
    document.documentElement.dataset.state = "restricted";
    document.getElementById("status").textContent = answer.failed ?? "This page cannot be looked at";
    return;
  }
  const same = text.replace(/"(at|since)":[\d.e+]+/g, "");
  if (same === shown) return;
  shown = same;
  render(decode(JSON.parse(text)));
}

const ready = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
Promise.all([first, ready]).then(([answer]) => {
  take(answer);
  setInterval(() => document.hidden || inspect().then(take), BEAT);
});

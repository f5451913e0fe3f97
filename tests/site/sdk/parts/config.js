// The effective configuration (docs/sdk-reference.md#configuration) and what is removed from it
// (docs/sdk-reference.md#placeholders).
const NAMED_DEFAULTS = {
  allowAgentRedirect: true,
  allowRemoteClick: true,
  allowRemoteConsole: false,
  allowRemoteScroll: true,
  allowRemoteType: true,
  autoconnect: true,
  dataEndpoint: `${ownBase}/session`, // really wss://data.upscope.io/session
  disconnectAfterSeconds: 900,
  enableLookupCodeOnKey: true,
  injectLookupCodeButton: false,
  requireAuthorizationForSession: false, // the stand-in asks for no authorization
  showTerminateButton: true,
  showUpscopeLink: true,
};
/** There are 92 of them, and they come first. Only the names above are known; the others are the stand-in's own. */
const DEFAULTS_COUNT = 92;
const DEFAULTS = { ...NAMED_DEFAULTS };
while (Object.keys(DEFAULTS).length < DEFAULTS_COUNT) DEFAULTS[`standInDefault${Object.keys(DEFAULTS).length + 1}`] = false;
/** Invented names, because the regions are not documented. */
const REGIONS = ["eu", "us", "au"];
/** What a call writes to `_config`, and what `reset` clears. */
const UPDATABLE = ["identities", "uniqueId", "tags", "integrationIds", "callName", "agentPrompt", "allowAgentRedirect",
  "allowRemoteClick", "allowRemoteConsole", "allowRemoteScroll", "allowRemoteType"];
const IDENTITY = ["identities", "uniqueId", "tags", "integrationIds"];
const PLACEHOLDERS = {
  identities: ["list of identities here", "undefined", "null"],
  uniqueId: ["USER UNIQUE ID", "undefined", "null"],
  tags: ["#list #of #tags #here"],
};
const INIT_PLACEHOLDERS = { ...PLACEHOLDERS, integrationIds: ["integration_name:resource_id"] };

/** As a string or an array, silently. `[null]` and `["undefined","undefined"]` pass. */
function dropPlaceholders(object, placeholders) {
  for (const [key, texts] of Object.entries(placeholders)) {
    const value = object[key];
    const text = Array.isArray(value) ? value.join(" ") : value;
    if (texts.includes(text)) Reflect.deleteProperty(object, key);
  }
}

/** Returns whether the page may continue: without `apiKey` there is an error and no `_config`. */
function init(argument) {
  if (config) {
    console.warn("[Upscope] init was called before; this call is ignored."); // with its identity
    return false;
  }
  const account = U.__defaultConfiguration;
  // Object.assign: an `init` key set to `undefined` overwrites.
  const merged = Object.assign({}, DEFAULTS, account, argument);
  if (!merged.apiKey) {
    console.error("[Upscope] No apiKey given to init.");
    return false;
  }
  dropPlaceholders(merged, INIT_PLACEHOLDERS); // from the merged copy only
  if (!account || Object.keys(argument || {}).some((key) => key in account)) merged.jsConfiguration = true;
  merged.version = FLAVOUR.version;
  config = merged;
  takeAddressParameters();
  if (FLAVOUR.exposesConfig) U._config = config;
  return true;
}

/** Undecoded. Removed from the URL afterwards, with the fragment. */
function takeAddressParameters() {
  const taken = { unique_id: null, short_id: null, call_for: null };
  const kept = location.search.slice(1).split("&").filter((pair) => {
    const match = /^__upscope_(unique_id|short_id|call_for)=(.*)$/.exec(pair);
    if (match) taken[match[1]] = match[2];
    return !match && pair !== "";
  });
  if (taken.unique_id !== null) config.uniqueId = taken.unique_id;
  if (taken.short_id !== null && local.get("shortId") === null) local.set("shortId", taken.short_id);
  if (taken.call_for !== null) local.set("waitingForCallAt", new Date());
  if (Object.values(taken).every((value) => value === null)) return;
  safely(() => history.replaceState(history.state, "", location.pathname + (kept.length ? `?${kept.join("&")}` : "")));
}

/** Asynchronous, then overwrites `dataEndpoint`. The first one that is set; none if it isn't whitelisted. */
function chooseRegion() {
  const region = [config.region, local.get("region"), U.__defaultRegion].find(Boolean);
  if (!REGIONS.includes(region)) return;
  config.region = region;
  config.dataEndpoint = `${ownBase}/session--${region}`; // really wss://data--<region>.upscope.io/session
  local.set("region", region);
}

/**
 * What `updateConnection` writes: each given key that isn't `undefined`. Placeholders are removed from the page's
 * object.
 */
function writeConfig(update) {
  dropPlaceholders(update, PLACEHOLDERS);
  const keys = FLAVOUR.keepsMetadata ? [...UPDATABLE, "metadata"] : UPDATABLE;
  for (const key of keys) if (update[key] !== undefined) config[key] = update[key];
}

/** `reset` doesn't clear `metadata`, `agentPrompt`, `callName`. The identity stays as keys that are `undefined`. */
function clearVisitor() {
  for (const name of ["shortId", "lookupCode", "lookupCodeSetAt"]) local.remove(name);
  for (const name of SESSION_KEYS) session.remove(name);
  for (const key of IDENTITY) config[key] = undefined;
  shortId = null;
  uniqueConnectionId = null;
  lookupCode = null;
}

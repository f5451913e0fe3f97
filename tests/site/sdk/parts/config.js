// The effective configuration (docs/sdk-reference.md#configuration) and what is dropped from it
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
  requireAuthorizationForSession: false, // the stand-in asks nobody
  showTerminateButton: true,
  showUpscopeLink: true,
};
/** Section 2: 92 of them come first. Only the names above are known; the other names are the stand-in's own. */
const DEFAULTS_COUNT = 92;
const DEFAULTS = { ...NAMED_DEFAULTS };
while (Object.keys(DEFAULTS).length < DEFAULTS_COUNT) DEFAULTS[`standInDefault${Object.keys(DEFAULTS).length + 1}`] = false;
/** Invented names: which regions exist is not part of the reference. */
const REGIONS = ["eu", "us", "au"];
/** Section 4: what a call writes into `_config`, and what clears with `reset`. */
const UPDATABLE = ["identities", "uniqueId", "tags", "integrationIds", "callName", "agentPrompt", "allowAgentRedirect",
  "allowRemoteClick", "allowRemoteConsole", "allowRemoteScroll", "allowRemoteType"];
const IDENTITY = ["identities", "uniqueId", "tags", "integrationIds"];
const PLACEHOLDERS = {
  identities: ["list of identities here", "undefined", "null"],
  uniqueId: ["USER UNIQUE ID", "undefined", "null"],
  tags: ["#list #of #tags #here"],
};
const INIT_PLACEHOLDERS = { ...PLACEHOLDERS, integrationIds: ["integration_name:resource_id"] };

/** Section 4: as string or array, silently; `[null]` and `["undefined","undefined"]` pass. */
function dropPlaceholders(object, placeholders) {
  for (const [key, texts] of Object.entries(placeholders)) {
    const value = object[key];
    const text = Array.isArray(value) ? value.join(" ") : value;
    if (texts.includes(text)) Reflect.deleteProperty(object, key);
  }
}

/** Returns whether the page may go on: no `apiKey` is an error and leaves no `_config` (section 2). */
function init(argument) {
  if (config) {
    console.warn("[Upscope] init was called before; this call is ignored."); // with its identity (section 2)
    return false;
  }
  const account = U.__defaultConfiguration;
  // Object.assign: a key of `init` set to `undefined` does overwrite (section 2).
  const merged = Object.assign({}, DEFAULTS, account, argument);
  if (!merged.apiKey) {
    console.error("[Upscope] No apiKey given to init.");
    return false;
  }
  dropPlaceholders(merged, INIT_PLACEHOLDERS); // section 8: from the merged copy only
  if (!account || Object.keys(argument || {}).some((key) => key in account)) merged.jsConfiguration = true;
  merged.version = FLAVOUR.version;
  config = merged;
  takeAddressParameters();
  if (FLAVOUR.exposesConfig) U._config = config;
  return true;
}

/** Section 2: undecoded; removed from the address afterwards, with the fragment. */
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

/** Section 2: asynchronous, then overwrites `dataEndpoint`. Section 8: the first that is set; none when it is not whitelisted. */
function chooseRegion() {
  const region = [config.region, local.get("region"), U.__defaultRegion].find(Boolean);
  if (!REGIONS.includes(region)) return;
  config.region = region;
  config.dataEndpoint = `${ownBase}/session--${region}`; // really wss://data--<region>.upscope.io/session
  local.set("region", region);
}

/** What `updateConnection` writes: each given (not `undefined`) key (section 4). Placeholders go from the page's own object. */
function writeConfig(update) {
  dropPlaceholders(update, PLACEHOLDERS);
  const keys = FLAVOUR.keepsMetadata ? [...UPDATABLE, "metadata"] : UPDATABLE;
  for (const key of keys) if (update[key] !== undefined) config[key] = update[key];
}

/** Section 4, `reset`: not `metadata`, `agentPrompt`, `callName`. Section 8: the identity stays as keys that are `undefined`. */
function clearVisitor() {
  for (const name of ["shortId", "lookupCode", "lookupCodeSetAt"]) local.remove(name);
  for (const name of SESSION_KEYS) session.remove(name);
  for (const key of IDENTITY) config[key] = undefined;
  shortId = null;
  uniqueConnectionId = null;
  lookupCode = null;
}

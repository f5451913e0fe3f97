// The Upscope SDK of the practice page. JavaScript because it stands where the real one stands: a function of the page. It
// takes calls as web SDK 2.2 was seen to take them, sends nothing, and keeps nothing but in the given storage.
const IDENTITY = ["identities", "uniqueId", "tags", "integrationIds"];
const RECONNECT_MS = 1200;

/**
 * Defines `Upscope`, identified as `visitor`. `kept` is the page's storage; `heard` is called after each change.
 * @param {Record<string, unknown>} visitor
 * @param {Storage} kept
 * @param {(name?: string, given?: unknown[]) => void} heard
 */
export function install(visitor, kept, heard) {
  /** @type {Record<string, unknown>} */
  const config = { apiKey: "practice", autoconnect: true, ...visitor };
  let connected = false;
  let visitors = 0;
  /** @type {(key: string, value: unknown) => void} */
  const put = (key, value) => kept.setItem(`__upscope:${key}`, JSON.stringify(value));
  /** @type {(key: string) => any} */
  const stored = (key) => JSON.parse(kept.getItem(`__upscope:${key}`) ?? "null");

  /** @type {any} */
  const sdk = (/** @type {unknown[]} */ ...call) => void sdk.q.push(call);
  /** @type {Record<string, (given?: any) => void>} */
  const run = {
    updateConnection(given) {
      for (const key of IDENTITY) if (given[key] !== undefined) config[key] = given[key];
    },
    // Forgets who this was at once, and is a new visitor a moment later.
    reset(reconnect) {
      connected = false;
      for (const key of IDENTITY) config[key] = undefined;
      for (const key of ["shortId", "lookupCode", "lookupCodeSetAt"]) kept.removeItem(`__upscope:${key}`);
      if (reconnect !== false) setTimeout(connect, RECONNECT_MS);
    },
    getShortId: (then) => void setTimeout(() => then?.(stored("shortId"))),
    getLookupCode(then) {
      showCode(stored("lookupCode"));
      setTimeout(() => then?.(stored("lookupCode")));
    },
  };
  /** @param {string} code */
  function showCode(code) {
    put("lookupCode", code);
    put("lookupCodeSetAt", new Date(Date.now()));
  }
  function connect() {
    if (connected) return;
    connected = true;
    visitors += 1;
    put("shortId", `PRACTICE${visitors}`);
    showCode(`${((2485 * visitors + 1336) % 9000) + 1000}`);
    drain();
    heard();
  }
  // What comes before the connection waits; a function that needs one brings it about.
  function drain() {
    if (!connected && sdk.q.some((/** @type {unknown[]} */ [name]) => name === "getLookupCode" || name === "getShortId")) setTimeout(connect, RECONNECT_MS);
    while (connected && sdk.q.length) {
      const [name, ...given] = sdk.q.shift();
      run[name]?.(...given);
      heard(name, given);
    }
  }

  Object.assign(sdk, { _version: "2.2.119", _config: config, q: [] });
  sdk.q.push = function (/** @type {unknown[][]} */ ...calls) {
    Array.prototype.push.apply(this, calls);
    drain();
    return this.length;
  };
  globalThis.Upscope = sdk;
  heard("init", [visitor]);
  connect();
  return { visitor: () => IDENTITY.map((key) => config[key] ?? null), stored };
}

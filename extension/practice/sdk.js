// The Upscope SDK of the practice page. JavaScript because the real SDK is a function of the page too. It processes
// calls like web SDK 2.2 (*seen*), sends nothing, and stores values only in the given storage.
const IDENTITY = ["identities", "uniqueId", "tags", "integrationIds"];
const RECONNECT_MS = 1200;

/**
 * Defines `Upscope`, identified as `visitor`. `storage` is the page's storage. `onChange` is called after each change.
 * @param {Record<string, unknown>} visitor
 * @param {Storage} storage
 * @param {(name?: string, given?: unknown[]) => void} onChange
 */
export function install(visitor, storage, onChange) {
  /** @type {Record<string, unknown>} */
  const config = { apiKey: "practice", autoconnect: true, ...visitor };
  let connected = false;
  let visitors = 0;
  /** @type {(key: string, value: unknown) => void} */
  const put = (key, value) => storage.setItem(`__upscope:${key}`, JSON.stringify(value));
  /** @type {(key: string) => any} */
  const stored = (key) => JSON.parse(storage.getItem(`__upscope:${key}`) ?? "null");

  /** @type {any} */
  const sdk = (/** @type {unknown[]} */ ...call) => void sdk.q.push(call);
  /** @type {Record<string, (given?: any) => void>} */
  const run = {
    updateConnection(given) {
      for (const key of IDENTITY) if (given[key] !== undefined) config[key] = given[key];
    },
    // Forgets the identity at once. A new visitor follows a moment later.
    reset(reconnect) {
      connected = false;
      for (const key of IDENTITY) config[key] = undefined;
      for (const key of ["shortId", "lookupCode", "lookupCodeSetAt"]) storage.removeItem(`__upscope:${key}`);
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
    onChange();
  }
  // Calls wait until the connection. Functions that need a connection start it.
  function drain() {
    if (!connected && sdk.q.some((/** @type {unknown[]} */ [name]) => name === "getLookupCode" || name === "getShortId")) setTimeout(connect, RECONNECT_MS);
    while (connected && sdk.q.length) {
      const [name, ...given] = sdk.q.shift();
      run[name]?.(...given);
      onChange(name, given);
    }
  }

  Object.assign(sdk, { _version: "2.2.119", _config: config, q: [] });
  sdk.q.push = function (/** @type {unknown[][]} */ ...calls) {
    Array.prototype.push.apply(this, calls);
    drain();
    return this.length;
  };
  globalThis.Upscope = sdk;
  onChange("init", [visitor]);
  connect();
  return { visitor: () => IDENTITY.map((key) => config[key] ?? null), stored };
}

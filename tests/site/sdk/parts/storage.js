// Where IDs are stored (docs/sdk-reference.md#stored-values).
const MONTH_SECONDS = 30 * 24 * 3600;
const memory = new Map(); // the only storage of the flavor that stores nothing

const cookies = {
  read(name) {
    const pair = safely(() => document.cookie, "").split("; ").find((part) => part.startsWith(`_upscope__${name}=`));
    return pair ? safely(() => atob(pair.slice(pair.indexOf("=") + 1))) : null;
  },
  /** Base64 of the JSON, on the widest accepted domain, starting with two labels. */
  write(name, text) {
    const value = btoa(text);
    for (const domain of [...widestFirst(), ""]) {
      safely(() => { document.cookie = cookie(name, value, domain, MONTH_SECONDS); });
      if (cookies.read(name) === text) return;
    }
  },
  remove(name) {
    for (const domain of [...widestFirst(), ""]) safely(() => { document.cookie = cookie(name, "", domain, 0); });
  },
};

function cookie(name, value, domain, seconds) {
  return `_upscope__${name}=${value}; path=/; max-age=${seconds}; samesite=lax${domain && `; domain=${domain}`}`;
}

function widestFirst() {
  const labels = location.hostname.split(".");
  if (/^[\d.]+$/.test(location.hostname)) return [];
  return labels.slice(1).map((_, index) => labels.slice(labels.length - 2 - index).join("."));
}

const local = {
  /** The cookie if localStorage has no value. Reading rewrites both, so deleting one restores it from the other. */
  get(name) {
    if (!FLAVOUR.usesStorage) return memory.has(name) ? memory.get(name) : null;
    const own = config && config.storageImplementation;
    if (own) return safely(() => own.getItem(name)) ?? null; // plain keys, raw values
    const text = safely(() => localStorage.getItem(`__upscope:${name}`)) ?? cookies.read(name);
    const value = text === null ? null : safely(() => JSON.parse(text));
    if (value !== null) local.set(name, value);
    return value;
  },
  set(name, value) {
    if (!FLAVOUR.usesStorage) return void memory.set(name, value);
    const own = config && config.storageImplementation;
    if (own) return void safely(() => own.setItem(name, value));
    const text = JSON.stringify(value);
    safely(() => localStorage.setItem(`__upscope:${name}`, text));
    cookies.write(name, text);
  },
  remove(name) {
    memory.delete(name);
    if (!FLAVOUR.usesStorage) return;
    const own = config && config.storageImplementation;
    if (own) return void safely(() => own.removeItem(name));
    safely(() => localStorage.removeItem(`__upscope:${name}`));
    cookies.remove(name);
  },
};

/** Never replaced by `storageImplementation`. Raw text, not JSON. */
const session = {
  get(name) {
    if (!FLAVOUR.usesStorage) return memory.has(`s:${name}`) ? memory.get(`s:${name}`) : null;
    return safely(() => sessionStorage.getItem(`__upscope:${name}`));
  },
  set(name, value) {
    if (!FLAVOUR.usesStorage) return void memory.set(`s:${name}`, value);
    safely(() => sessionStorage.setItem(`__upscope:${name}`, value));
  },
  remove(name) {
    memory.delete(`s:${name}`);
    if (FLAVOUR.usesStorage) safely(() => sessionStorage.removeItem(`__upscope:${name}`));
  },
};

/** Any of these makes a page with `autoconnect: false` connect by itself; `historyAutoSaveOn` doesn't. */
const SESSION_FLAGS = ["everActive", "integrationOpened", "lookupCodeClick", "namedCall"];
const SESSION_KEYS = ["uniqueConnectionId", "connectionActiveSince", "pageviews", "historyAutoSaveOn", ...SESSION_FLAGS];

// A substitute for the parts of `chrome.*` that the practice inspector uses, so that it reaches no page, background,
// permission or stored data. JavaScript because it must exist before the inspector's first script. Runs only in
// `practice.html`, a frame of the first-run page.
"use strict";
if (parent === self) location.replace("welcome.html");
else {
  /** @type {any} */
  const real = globalThis.chrome;
  const { parent: { practice, words: say } } = globalThis;
  const nobody = { addListener() {} };
  const onlyPractice = () => practice.news({ refused: (refused += 1) });
  let refused = 0;

  // A storage area in memory, initially with the values of `read`.
  /** @param {() => Promise<object>} [read] */
  function area(read) {
    /** @type {Record<string, unknown>} */
    const kept = {};
    return {
      /** @param {string | string[] | null} [keys] */
      async get(keys) {
        /** @type {Record<string, unknown>} */
        const all = { ...(await read?.()), ...kept };
        return structuredClone(keys == null ? all : Object.fromEntries([keys].flat().filter((key) => key in all).map((key) => [key, all[key]])));
      },
      /** @param {object} items */
      set: async (items) => void Object.assign(kept, structuredClone(items)),
      /** @param {string | string[]} keys */
      remove: async (keys) => [keys].flat().forEach((key) => delete kept[key]),
      clear: async () => Object.keys(kept).forEach((key) => delete kept[key]),
      onChanged: nobody,
    };
  }

  const { tab } = practice;
  Object.defineProperty(globalThis, "chrome", {
    value: {
      i18n: { getMessage: say, getUILanguage: () => real.i18n.getUILanguage() },
      runtime: {
        id: real.runtime.id,
        /** @param {string} path */
        getURL: (path) => real.runtime.getURL(path),
        getManifest: () => real.runtime.getManifest(),
        openOptionsPage: () => real.runtime.openOptionsPage(),
        /** @param {object} message */
        sendMessage: (message) => practice.answer(message),
        onMessage: nobody,
      },
      storage: {
        session: area(),
        // The person's preferences apply here too. Changes, such as masked values, affect only this frame.
        local: area(() => real.storage.local.get("preferences")),
        managed: area(),
        onChanged: nobody,
      },
      tabs: { query: async () => [tab], get: async () => tab, create: async () => onlyPractice(), update: async () => tab, reload: async () => onlyPractice(), onUpdated: nobody },
      windows: { update: async () => {} },
      permissions: {
        request: async () => (onlyPractice(), false),
        contains: async () => false,
        remove: async () => true,
        getAll: async () => ({ origins: [] }),
        onAdded: nobody,
        onRemoved: nobody,
      },
    },
  });
  const mirror = localStorage;
  /** @type {Map<string, string>} */
  const mirrored = new Map();
  Object.defineProperty(globalThis, "localStorage", {
    value: {
      /** @param {string} key */
      getItem: (key) => mirrored.get(key) ?? mirror.getItem(key),
      /** @param {string} key @param {string} text */
      setItem: (key, text) => void mirrored.set(key, text),
    },
  });

  // The steps that were done, by the stable attributes (`docs/attributes.md`).
  /** @param {string} css */
  const there = (css) => document.querySelector(css) !== null;
  // The card below the fields is visible only after scrolling. The element at the bottom is the footer.
  /** @param {Element | null} element */
  const isInSight = (element) => !!element && element.getBoundingClientRect().top < innerHeight - 70;
  const look = () => practice.news({
    masked: there("[data-masked]"),
    callSeen: there("[data-action=apply]:enabled") && isInSight(document.querySelector("#preview pre")),
    readBack: there("[data-outcome=read-back]"),
  });
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  addEventListener("scroll", look, true);
  addEventListener("click", (event) => {
    const on = /** @type {Element} */ (event.target);
    if (on.closest("[data-action=copy-code]")) practice.news({ copied: true });
    // The visitor's page at Upscope. The practice visitor doesn't exist there.
    if (!on.closest("a[href^=http]")) return;
    event.preventDefault();
    onlyPractice();
  }, true);
}

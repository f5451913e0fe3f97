// The preferences for the extension's pages: language, theme, masked values. JavaScript because they apply before the
// first paint and before the wasm. A classic script in every page, and part of the background. `storage.local` has the
// preferences. `localStorage` mirrors them, because nothing else can be read synchronously when a document starts.
"use strict";
{
  const KEY = "preferences";
  /** @type {string[]} */
  const LANGUAGES = [/* the folders of _locales: the build puts them here */];
  // Not in the background, which has a document in Firefox: there this is a module, and modules have no current script.
  const root = globalThis.document?.currentScript && document.documentElement;
  /** @type {Record<string, string | undefined>} */
  let chosen = {};
  /** @type {Record<string, Message> | undefined} */
  let messages;

  // Storage may contain anything, for example after a later version. A value that isn't an object is ignored.
  /** @param {any} kept */
  const readable = (kept) => (kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {});
  // If the browser refuses the mirror, the preferences apply a moment later.
  const mirrored = () => {
    try {
      return readable(JSON.parse(localStorage.getItem(KEY) ?? "null"));
    } catch {
      return {};
    }
  };
  /** @param {object} all */
  const mirror = (all) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {}
  };

  /** The supported language of `tag`: `pt-BR` is `pt_BR`. @param {string | undefined} tag */
  const named = (tag) => LANGUAGES.find((language) => language.toLowerCase() === `${tag}`.replaceAll("-", "_").toLowerCase());
  /**
   * The same, or else the supported parent language: `de-AT` is `de`.
   * @type {(tag: string | undefined) => string | undefined}
   */
  const nearest = (tag) => named(tag) ?? (tag && /[-_]/.test(tag) ? nearest(tag.replace(/[-_][^-_]*$/, "")) : undefined);
  /** @param {string} language */
  const fileOf = (language) => chrome.runtime.getURL(`_locales/${language}/messages.json`);
  /** @type {(language: string) => Promise<any>} */
  const read = (language) => fetch(fileOf(language)).then((file) => file.json()).catch((error) => console.error(error));

  // Chromium requests an extension's messages once per process. If the request comes before the extension is
  // registered, or fails, the process keeps the empty result until it ends (`SharedL10nMap::GetMapForExtension`).
  const isSilent = () => !chrome.i18n.getMessage("languageTag");
  /** The language to use if the browser returns no messages. */
  async function spoken() {
    const { description, default_locale } = chrome.runtime.getManifest();
    const own = nearest(chrome.i18n.getUILanguage?.());
    if (own && own !== default_locale) return own;
    // Chromium without the language pack reports English, and uses the language nevertheless: the manifest is in it.
    for (const language of LANGUAGES) {
      if ((await read(language))?.extDescription.message === description) return language;
    }
    return navigator.languages.map(nearest).find(Boolean) ?? default_locale;
  }
  const speak = async () => {
    const language = named(chosen.language);
    messages = (language && (await read(language))) ?? (isSilent() ? await read(/** @type {string} */ (await spoken())) : undefined);
  };

  // Formats a message like a browser: `$$` is a dollar sign, and placeholders name their argument.
  /** @type {(message: Message, values?: string[]) => string} */
  const fill = ({ message, placeholders = {} }, values = []) =>
    message.replace(/\$(\w*)\$/g, (_, name) => (name ? values[Number(placeholders[name.toLowerCase()].content.slice(1)) - 1] ?? "" : "$"));
  globalThis.words = (key, values) => (messages?.[key] ? fill(messages[key], values) : chrome.i18n.getMessage(key, values));

  // One attribute for people who chose more contrast and for those whose system requests it, so that popup.css has one
  // rule.
  const asked = root && matchMedia("(prefers-contrast: more)");
  const wear = () => {
    if (!root || !asked) return;
    root.toggleAttribute("data-masked", chosen.masked === "yes");
    if (chosen.theme) root.dataset.theme = chosen.theme;
    else delete root.dataset.theme;
    if (chosen.contrast === "high" || asked.matches) root.dataset.contrast = "high";
    else delete root.dataset.contrast;
    // Elements without other keyboard access, which need none while values are readable.
    for (const value of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-holdable]"))) {
      if (chosen.masked === "yes") value.tabIndex = 0;
      else value.removeAttribute("tabindex");
    }
  };
  // Messages are rendered once, so another language needs a new document, which reads the mirror. Drafts survive this.
  /** @param {typeof chosen} all */
  const take = (all) => {
    const before = chosen.language;
    chosen = all;
    wear();
    dispatchEvent(new Event("preferences-changed"));
    if (chosen.language !== before && chosen.language === mirrored().language) location.reload();
  };

  // A worker rarely needs messages and starts often, so it reads the preferences on demand.
  /** @param {Record<string, any>} kept */
  const choose = (kept) => (chosen = readable(kept[KEY]));
  const begin = () => (root ? speak() : chrome.storage.local.get(KEY).then(choose, console.error).then(speak));
  let ready;
  if (root) {
    chosen = mirrored();
    wear();
    asked?.addEventListener("change", wear);
    // Without a chosen language, `begin` asks for a message. The first one of a process takes Chromium 20 ms, for which
    // the page's parser would wait.
    if (chosen.language) ready = begin();
  }

  globalThis.preferences = {
    get: (name) => chosen[name],
    /**
     * Resolves when the preference is stored. Rejects if that fails: then it applies in this document only, except the
     * language.
     */
    async set(name, value) {
      // If the mirror is gone, the current preferences still apply.
      const before = mirrored(), all = { ...chosen, ...before, [name]: value };
      mirror(all);
      try {
        await chrome.storage.local.set({ [KEY]: all });
      } catch (error) {
        mirror(before);
        throw error;
      } finally {
        take(all);
      }
    },
    /** Resolves when `words` knows the language. Never rejects. */
    get ready() {
      return (ready ??= begin());
    },
    /** The same with the current preferences, because they may change during a worker's life. */
    again: () => (ready = begin()),
    /** The language tag for dates and times: the language in use, in the person's regional variety. */
    locale() {
      const tag = words("languageTag");
      return [chrome.i18n.getUILanguage?.(), ...navigator.languages].find((own) => own?.startsWith(`${tag}-`)) ?? (tag || navigator.language);
    },
    /** The native name of a supported language, capitalized for the start of a line. */
    nameOf(language) {
      const tag = language.replace("_", "-");
      const name = /** @type {string} */ (new Intl.DisplayNames(tag, { type: "language" }).of(tag));
      return name[0].toLocaleUpperCase(tag) + name.slice(1);
    },
  };

  if (root) {
    addEventListener("storage", ({ key }) => key === KEY && take(mirrored()));
    // The mirror is lost when a person clears site data, and the organization may set the language at any time.
    const compare = async () => {
      /** @type {{ language?: string }} */
      const set = await chrome.storage.managed.get("language").catch(() => ({})); // Firefox rejects without a policy
      const before = JSON.stringify(mirrored());
      const kept = readable((await chrome.storage.local.get(KEY))[KEY]);
      const language = named(set.language);
      if (language && language !== kept.language) return preferences.set("language", language);
      const now = JSON.stringify(mirrored());
      // What a person chose meanwhile is newer than what was read.
      if (now !== before || now === JSON.stringify(kept)) return;
      mirror(kept);
      if (JSON.stringify(kept) !== JSON.stringify(chosen)) take(kept);
    };
    // Chromium shows a popup after its load event, and the first use of the managed area takes it 3 ms.
    addEventListener("load", () => {
      chrome.storage.managed.onChanged?.addListener(compare);
      compare();
    });
    // Keys during composition belong to the input method, so no handler gets them. `isComposing` marks them, or the
    // code 229 alone for a key that starts or ends the composition. Otherwise Escape would close a dialog or the popup.
    addEventListener("keydown", (event) => {
      if (!event.isComposing && event.keyCode !== 229) return;
      event.stopImmediatePropagation();
      if (event.key === "Escape") event.preventDefault();
    }, true);
    // A masked value is visible while it is held: by the pointer in the styles, by the space bar here. In a list it is
    // the selected row. In a search input the space bar works only while the input is empty.
    const HOLD = ".val, .big, .data pre, [data-holdable]", TYPING = "input:not(:placeholder-shown, [aria-autocomplete])";
    /** @param {any} on */
    const heldBy = (on) => {
      const row = on.getAttribute?.("aria-activedescendant");
      return row ? !on.matches(TYPING) && document.getElementById(row) : on.matches?.(HOLD) && on;
    };
    /** @type {Element | undefined} */
    let held;
    /** @param {any} event */
    const hold = (event) => {
      held?.removeAttribute("data-held");
      held = (event.type === "keydown" && event.key === " " && chosen.masked === "yes" && heldBy(event.target)) || undefined;
      if (!held) return;
      held.setAttribute("data-held", "");
      event.preventDefault();
      event.stopPropagation();
    };
    // Registered before the views, some of which handle the space bar too.
    for (const type of ["keydown", "keyup", "focusout"]) addEventListener(type, hold, true);
  }
}

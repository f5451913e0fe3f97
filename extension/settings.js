// What the person chose for our own pages: language, appearance, masked values. JavaScript because it is in force before
// the first paint and before any wasm; a classic script of every page of ours, and a part of the background.
// `storage.local` keeps the choice. `localStorage` mirrors it: nothing else can be read in the tick a document starts in.
"use strict";
{
  const KEY = "preferences";
  /** @type {string[]} */
  const LANGUAGES = [/* the folders of _locales: the build puts them here */];
  // Not in the background, which has a document in Firefox: there this is a module, which is no current script.
  const root = globalThis.document?.currentScript && document.documentElement;
  /** @type {Record<string, string | undefined>} */
  let chosen = {};
  /** @type {Record<string, Message> | undefined} */
  let messages;

  // Where a browser refuses the mirror, the choice comes a moment later.
  const mirrored = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? "null") ?? {};
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

  /** The language of ours that `tag` names: `pt-BR` is `pt_BR`. @param {string | undefined} tag */
  const named = (tag) => LANGUAGES.find((language) => language.toLowerCase() === `${tag}`.replaceAll("-", "_").toLowerCase());
  /** The same, where need be by a parent: `de-AT` is `de`. @type {(tag: string | undefined) => string | undefined} */
  const nearest = (tag) => named(tag) ?? (tag && /[-_]/.test(tag) ? nearest(tag.replace(/[-_][^-_]*$/, "")) : undefined);
  /** @param {string} language */
  const fileOf = (language) => chrome.runtime.getURL(`_locales/${language}/messages.json`);
  /** @type {(language: string) => Promise<any>} */
  const read = (language) => fetch(fileOf(language)).then((file) => file.json()).catch((error) => console.error(error));

  // Chromium asks its browser process for an extension's messages once per process. Where it asks before the extension is
  // registered, or the call fails, it keeps the empty answer until that process ends (`SharedL10nMap::GetMapForExtension`).
  const isSilent = () => !chrome.i18n.getMessage("languageTag");
  /** The language that a silent browser would speak. */
  async function spoken() {
    const { description, default_locale } = chrome.runtime.getManifest();
    const own = nearest(chrome.i18n.getUILanguage?.());
    if (own && own !== default_locale) return own;
    // Chromium without the language pack calls itself English, and speaks the language all the same: the manifest is in it.
    for (const language of LANGUAGES) {
      if ((await read(language))?.extDescription.message === description) return language;
    }
    return navigator.languages.map(nearest).find(Boolean) ?? default_locale;
  }
  const speak = async () => {
    const language = named(chosen.language);
    messages = (language && (await read(language))) ?? (isSilent() ? await read(/** @type {string} */ (await spoken())) : undefined);
  };

  // As a browser puts a message together: `$$` is a dollar, the placeholders name their argument.
  /** @type {(message: Message, values?: string[]) => string} */
  const fill = ({ message, placeholders = {} }, values = []) =>
    message.replace(/\$(\w*)\$/g, (_, name) => (name ? values[Number(placeholders[name.toLowerCase()].content.slice(1)) - 1] ?? "" : "$"));
  globalThis.words = (key, values) => (messages?.[key] ? fill(messages[key], values) : chrome.i18n.getMessage(key, values));

  // One mark for who chose more contrast and for who asks the system for it, so that popup.css says it once.
  const asked = root && matchMedia("(prefers-contrast: more)");
  const wear = () => {
    if (!root || !asked) return;
    root.toggleAttribute("data-masked", chosen.masked === "yes");
    if (chosen.theme) root.dataset.theme = chosen.theme;
    else delete root.dataset.theme;
    if (chosen.contrast === "high" || asked.matches) root.dataset.contrast = "high";
    else delete root.dataset.contrast;
    // What cannot be reached by the keyboard otherwise, and need not be while it can be read.
    for (const value of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-holdable]"))) {
      if (chosen.masked === "yes") value.tabIndex = 0;
      else value.removeAttribute("tabindex");
    }
    for (const button of document.querySelectorAll("[data-action=mask]")) button.ariaPressed = String(chosen.masked === "yes");
  };
  // Words are put in place once: another language needs a new document, which reads the mirror. Drafts outlive it.
  /** @param {typeof chosen} all */
  const take = (all) => {
    const before = chosen.language;
    chosen = all;
    wear();
    if (chosen.language !== before && chosen.language === mirrored().language) location.reload();
  };

  // A worker wants words seldom, and starts many times a day: it reads the choice when it does.
  /** @param {Record<string, any>} kept */
  const choose = (kept) => (chosen = kept[KEY] ?? {});
  const begin = () => (root ? speak() : chrome.storage.local.get(KEY).then(choose, console.error).then(speak));
  let ready;
  if (root) {
    chosen = mirrored();
    wear();
    asked?.addEventListener("change", wear);
    ready = begin();
  }

  globalThis.preferences = {
    get: (name) => chosen[name],
    /** Settled when the choice is kept; rejected where it cannot be. Then it is in force in this document alone, but for a language. */
    async set(name, value) {
      // Where the mirror is gone, what is in force here stays.
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
    /** Settled, always well, when `words` knows the language. */
    get ready() {
      return (ready ??= begin());
    },
    /** The same with the choice as it is now: a worker may outlive the one it began with. */
    again: () => (ready = begin()),
    /** The tag by which dates and times are written: of the language in use, in the variety that the person reads. */
    locale() {
      const tag = words("languageTag");
      return [chrome.i18n.getUILanguage?.(), ...navigator.languages].find((own) => own?.startsWith(`${tag}-`)) ?? (tag || navigator.language);
    },
    /** What a language of ours calls itself, as it stands at the head of a line. */
    nameOf(language) {
      const tag = language.replace("_", "-");
      const name = /** @type {string} */ (new Intl.DisplayNames(tag, { type: "language" }).of(tag));
      return name[0].toLocaleUpperCase(tag) + name.slice(1);
    },
  };

  if (root) {
    addEventListener("storage", ({ key }) => key === KEY && take(mirrored()));
    // The mirror goes when someone clears what sites store, and an organisation may set the language, also later.
    const compare = async () => {
      /** @type {Record<string, any>} */
      const { [KEY]: kept = {} } = await chrome.storage.local.get(KEY);
      /** @type {{ language?: string }} */
      const set = await chrome.storage.managed.get("language").catch(() => ({})); // Firefox rejects without a policy
      const language = named(set.language);
      if (language && language !== kept.language) return preferences.set("language", language);
      if (JSON.stringify(kept) === JSON.stringify(mirrored())) return;
      mirror(kept);
      if (JSON.stringify(kept) !== JSON.stringify(chosen)) take(kept);
    };
    addEventListener("load", compare);
    chrome.storage.managed.onChanged?.addListener(compare);
    // A key pressed while an input method composes is the method's: no handler of ours hears it. `isComposing` says so, or the
    // code 229 alone for a key that begins or ends the composition. Escape would also close a dialog, or the popup.
    addEventListener("keydown", (event) => {
      if (!event.isComposing && event.keyCode !== 229) return;
      event.stopImmediatePropagation();
      if (event.key === "Escape") event.preventDefault();
    }, true);
    // A masked value is shown while it is held: by the pointer in the style, by the space bar here. Of a list it is the row
    // that the arrows are on; where one types to search it, a space is held only as long as nothing is typed.
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
    // Before the views, some of which know the space bar too.
    for (const type of ["keydown", "keyup", "focusout"]) addEventListener(type, hold, true);
  }
}

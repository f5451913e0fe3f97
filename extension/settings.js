// What the person chose for our own pages: language, appearance, masked values. JavaScript because it is in force before
// the first paint and before any wasm; a classic script of every page of ours, and a part of the background.
// `storage.local` keeps the choice. `localStorage` mirrors it: nothing else can be read in the tick a document starts in.
"use strict";
{
  const KEY = "preferences";
  const LANGUAGE = /^[a-z]{2}(_[A-Z]{2})?$/;
  const root = globalThis.document?.documentElement;
  let chosen = {};
  let messages;

  // Where a browser refuses the mirror, the choice comes a moment later.
  const mirrored = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  };
  const mirror = (all) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {}
  };

  const load = async () => {
    messages = undefined;
    if (!LANGUAGE.test(chosen.language)) return;
    const file = await fetch(chrome.runtime.getURL(`_locales/${chosen.language}/messages.json`));
    messages = await file.json();
  };
  const speak = () => load().catch((error) => console.error(error)); // the browser's language then

  // As a browser puts a message together: `$$` is a dollar, the placeholders name their argument.
  const fill = ({ message, placeholders }, values) =>
    message.replace(/\$(\w*)\$/g, (_, name) => (name ? values[placeholders[name.toLowerCase()].content.slice(1) - 1] : "$"));
  globalThis.words = (key, values) => (messages?.[key] ? fill(messages[key], values) : chrome.i18n.getMessage(key, values));

  // One mark for who chose more contrast and for who asks the system for it, so that popup.css says it once.
  const asked = root && matchMedia("(prefers-contrast: more)");
  const wear = () => {
    root.toggleAttribute("data-masked", chosen.masked === "yes");
    if (chosen.theme) root.dataset.theme = chosen.theme;
    else delete root.dataset.theme;
    if (chosen.contrast === "high" || asked.matches) root.dataset.contrast = "high";
    else delete root.dataset.contrast;
    // What cannot be reached by the keyboard otherwise, and need not be while it can be read.
    for (const value of document.querySelectorAll("[data-holdable]")) {
      if (chosen.masked === "yes") value.tabIndex = 0;
      else value.removeAttribute("tabindex");
    }
    for (const button of document.querySelectorAll("[data-action=mask]")) button.ariaPressed = String(chosen.masked === "yes");
  };
  // Words are put in place once: another language needs a new document, which reads the mirror. Drafts outlive it.
  const take = (all) => {
    const before = chosen.language;
    chosen = all;
    wear();
    if (chosen.language !== before && chosen.language === mirrored().language) location.reload();
  };

  // A worker wants words seldom, and starts many times a day: it reads the choice when it does.
  const begin = () => (root ? speak() : chrome.storage.local.get(KEY).then((kept) => (chosen = kept[KEY] ?? {}, speak())));
  let ready;
  if (root) {
    chosen = mirrored();
    wear();
    asked.addEventListener("change", wear);
    ready = begin();
  }

  globalThis.preferences = {
    get: (name) => chosen[name],
    /** Settled when the choice is kept. */
    async set(name, value) {
      // Where the mirror is gone, what is in force here stays.
      const all = { ...chosen, ...mirrored(), [name]: value };
      mirror(all);
      await chrome.storage.local.set({ [KEY]: all });
      take(all);
    },
    /** Settled, always well, when `words` knows the language. */
    get ready() {
      return (ready ??= begin());
    },
  };

  if (root) {
    addEventListener("storage", ({ key }) => key === KEY && take(mirrored()));
    // The mirror goes when someone clears what sites store, and an organisation may set the language, also later.
    const compare = async () => {
      const { [KEY]: kept = {} } = await chrome.storage.local.get(KEY);
      const set = await chrome.storage.managed.get("language").catch(() => ({})); // Firefox rejects without a policy
      const language = set.language?.replace?.("-", "_");
      if (LANGUAGE.test(language) && language !== kept.language) return preferences.set("language", language);
      if (JSON.stringify(kept) === JSON.stringify(mirrored())) return;
      mirror(kept);
      if (JSON.stringify(kept) !== JSON.stringify(chosen)) take(kept);
    };
    addEventListener("load", compare);
    chrome.storage.managed.onChanged?.addListener(compare);
    // A masked value is shown while it is held: by the pointer in the style, by the space bar here. Of a list it is the row
    // that the arrows are on; where one types to search it, a space is held only as long as nothing is typed.
    const HOLD = ".val, .big, .data pre, [data-holdable]", TYPING = "input:not(:placeholder-shown, [aria-autocomplete])";
    const heldBy = (on) => {
      const row = on.getAttribute?.("aria-activedescendant");
      return row ? !on.matches(TYPING) && document.getElementById(row) : on.matches?.(HOLD) && on;
    };
    let held;
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

// Starts the program of a page of ours that fills a tab. JavaScript because it runs before any wasm is there, and says so
// when none comes; runs in the extension's own pages.
import start, * as program from "./wasm/popup/popup.js";

/**
 * Calls the function of the program that shows the page, under the title of that key; `broken`: what is said where that fails.
 * @param {string} name
 * @param {string} title
 * @param {unknown[]} given
 */
export async function open(name, title, given = [document.body], broken = "popupBroken") {
  document.documentElement.classList.add("page");
  await preferences.ready;
  document.documentElement.lang = words("languageTag");
  document.title = words(title);
  try {
    await start();
    await /** @type {Record<string, any>} */ (program)[name](...given);
  } catch (error) {
    console.error(error);
    const note = Object.assign(document.createElement("p"), { className: "broken", textContent: words(broken) });
    note.setAttribute("role", "alert");
    document.body.replaceChildren(note);
  }
}

// Starts the program of a page that fills a tab. JavaScript because it runs before the wasm, and reports if the wasm
// can't be loaded. Runs in the extension's pages.
import start, * as program from "./wasm/popup/popup.js";

/**
 * Calls the program's function `name` and sets the title to the message `title`. `broken`: the message shown on
 * failure.
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

// Starts the program of a page of ours that fills a tab. JavaScript because it runs before any wasm is there, and says so
// when none comes; runs in the extension's own pages.
import start, * as program from "./wasm/recorded/recorded.js";

/** Calls what the program exports as `name`, under the title of that key; `broken`: what is said where that fails. */
export async function open(name, title, given = [document.body], broken = "popupBroken") {
  document.documentElement.classList.add("page");
  await preferences.ready;
  document.documentElement.lang = words("languageTag");
  document.title = words(title);
  try {
    await start();
    program[name](...given);
  } catch (error) {
    console.error(error);
    const note = Object.assign(document.createElement("p"), { className: "broken", textContent: words(broken) });
    note.setAttribute("role", "alert");
    document.body.replaceChildren(note);
  }
}

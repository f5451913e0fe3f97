// The options page. JavaScript because it starts the wasm. Runs in the extension's page.
import { open } from "./page.js";

open("options", "optionsTitle");

// The first-run page, where the person tries the inspector. JavaScript because it starts the wasm, and the practice
// page must exist before. Runs in the extension's page.
import "./practice/page.js";
import { open } from "./page.js";

open("welcome", "welcomeTitle");

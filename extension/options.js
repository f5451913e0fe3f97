// The page that connects the team's account. JavaScript because something has to start the wasm; runs in that page.
import { open } from "./page.js";

open("options", "optionsTitle");

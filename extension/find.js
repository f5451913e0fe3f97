// The page that finds visitors. JavaScript because something has to start the wasm; runs in that page.
import { open } from "./page.js";

open("find", "findTitle");

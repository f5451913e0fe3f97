// The first-run page: the inspector is learned here by doing. JavaScript because something has to start the wasm, and the page
// to practise on is there before it; runs in that page.
import "./practice/page.js";
import { open } from "./page.js";

open("welcome", "welcomeTitle");

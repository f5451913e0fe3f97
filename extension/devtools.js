// Adds the panel to the developer tools. JavaScript because browsers load a page of scripts for this, and no wasm is
// needed. Runs in that page, which can't access the inspected page.
"use strict";
preferences.ready.then(() => chrome.devtools.panels.create(words("devtoolsPanel"), "icons/32.png", "tools.html"));

// Adds our panel to the developer tools. JavaScript because browsers run a page of scripts for this and no wasm is needed;
// runs in that page of the extension, which sees nothing of the inspected one.
"use strict";
preferences.ready.then(() => chrome.devtools.panels.create(words("devtoolsPanel"), "icons/32.png", "tools.html"));

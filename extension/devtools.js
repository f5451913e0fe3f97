// Adds our panel to the developer tools. JavaScript because browsers run a page of scripts for this and no wasm is needed;
// runs in that page of the extension, which sees nothing of the inspected one.
"use strict";
chrome.devtools.panels.create(chrome.i18n.getMessage("devtoolsPanel"), "icons/32.png", "tools.html");

// Stand-in for the SDKs versioned by date. Of those only documentation was seen (reference, opening), so
// this flavour is the hardest plausible one for a tool: nothing to read in properties or storage.
(function () {
  const FLAVOUR = {
    version: "2026.3.2",
    exposesConfig: false, // no `_config` property on the function
    keepsMetadata: true, // section 4: "newer documentation supports it fully"
    usesStorage: false, // a new visitor at each page load
    watchLinkBase: "https://upscope.com/w/", // section 3
    newerFunctions: ["expectDisconnect", "customMessage", "prefetchAssets", "fullTabStart", "fullTabEnd"], // section 4
  };
  //#include parts/state.js
  //#include parts/storage.js
  //#include parts/config.js
  //#include parts/queue.js
  //#include parts/socket.js
  //#include parts/session.js
  //#include parts/lookup-code.js
  //#include parts/live-chats.js
  //#include parts/functions.js
  //#include parts/boot.js
})();

// Stand-in for the SDKs versioned by date. Only their documentation is known, so this one is the most difficult
// plausible SDK for a tool: nothing to read in properties or storage.
(function () {
  const FLAVOUR = {
    version: "2026.3.2",
    exposesConfig: false, // no `_config` property on the function
    keepsMetadata: true, // "newer documentation supports it fully"
    usesStorage: false, // a new visitor at each page load
    watchLinkBase: "https://upscope.com/w/", // the vendor's rule
    newerFunctions: ["expectDisconnect", "customMessage", "prefetchAssets", "fullTabStart", "fullTabEnd"], // documented for newer SDKs
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

// Stand-in for the published web SDK 2.2.119, with the behavior that docs/sdk-reference.md marks as *seen* or *ran*.
(function () {
  const FLAVOUR = {
    version: "2.2.119",
    exposesConfig: true, // Upscope._config
    keepsMetadata: false, // metadata of init is never sent, that of updateConnection is never in _config
    usesStorage: true, // localStorage, cookies, sessionStorage
    watchLinkBase: "https://upscope.io/w/", // the vendor's rule
    newerFunctions: [], // logged as "not recognized"
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

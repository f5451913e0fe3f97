// Stand-in for the published web SDK 2.2.119: everything the reference calls "seen" or "ran".
(function () {
  const FLAVOUR = {
    version: "2.2.119",
    exposesConfig: true, // section 2: Upscope._config
    keepsMetadata: false, // section 4: metadata of init never sent, of updateConnection never in _config
    usesStorage: true, // section 3: localStorage, cookies, sessionStorage
    watchLinkBase: "https://upscope.io/w/", // section 3
    newerFunctions: [], // section 4: logged as "not recognized"
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

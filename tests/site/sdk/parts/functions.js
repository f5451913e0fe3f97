// Every function of `Upscope(name, …)` (docs/sdk-reference.md#callbacks-and-events).
function watchLink() {
  return FLAVOUR.watchLinkBase + shortId;
}

const FUNCTIONS = {
  init,
  connect() {},
  updateConnection(update) {
    if (!update) return console.error("[Upscope] updateConnection needs an object.");
    writeConfig(update);
    send("connectionUpdate", update); // the object itself: `null` is sent, `undefined` doesn't survive JSON
  },
  reset: resetWhenReady,
  // These callbacks run inside the queue's loop.
  getShortId: (fn) => callPage(fn, shortId),
  getUserId: (fn) => callPage(fn, shortId),
  getWatchLink: (fn) => callPage(fn, watchLink()),
  getLookupCode(fn) {
    const code = renewLookupCode();
    setTimeout(() => callPage(fn, code), 0);
  },
  on(...args) {
    const fn = args.pop();
    for (const event of args) handlers.set(event, [...(handlers.get(event) || []), fn]);
  },
  stopSession() {
    send("stopSession");
    endSession();
  },
  requestAgent(fn) {
    send("requestAgent");
    setTimeout(() => callPage(fn), 0);
  },
  cancelRequestAgent: () => send("cancelRequestAgent"),
  newPageview: () => send("newPageview", { currentUrl: location.href }),
  logEvent: (...args) => send("logEvent", args),
  saveHistory() {},
  submitRating: (...args) => send("submitRating", args),
  redirect: (url) => send("redirect", [url]),
};
for (const name of FLAVOUR.newerFunctions) FUNCTIONS[name] = (...args) => send(name, args);

function run([name, ...args]) {
  if (Object.hasOwn(FUNCTIONS, name)) callPage(FUNCTIONS[name], ...args);
  else console.warn(`[Upscope] Function ${String(name)} not recognized.`);
}

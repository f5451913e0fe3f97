// How the SDK is loaded into a page (docs/sdk-reference.md#snippet-and-loader).
export default [
  { section: "Snippet and loader", name: "the snippet hands arguments over by c and q", async run(t) {
    const w = await t.page();
    t.snippet(w, [["init", { uniqueId: "1" }]]);
    t.equal(Array.from(w.Upscope.q[0]), ["init", { uniqueId: "1" }], "entry");
  } },
  { section: "Snippet and loader", name: "the function is kept, the array is replaced", async run(t) {
    const w = await t.page();
    t.snippet(w, [["init"], ["updateConnection", { uniqueId: "1" }]]);
    const [fn, q] = [w.Upscope, w.Upscope.q];
    await t.load(w);
    await t.handshake(w);
    t.ok(w.Upscope === fn && w.Upscope.q !== q, "function kept and array replaced");
  } },
  { section: "Snippet and loader", name: "an empty queue is hooked before init, not between init and handshake, and again after it", async run(t) {
    const w = await t.page();
    t.snippet(w);
    await t.load(w);
    t.ok(t.hooked(w), "hooked before init");
    w.Upscope("init", { uniqueId: "1" });
    t.equal(w.Upscope._config.uniqueId, "1", "_config in the same tick");
    t.ok(!t.hooked(w), "plain before the handshake");
    await t.handshake(w);
    t.ok(t.hooked(w), "hooked after the handshake");
  } },
  { section: "Configuration", name: "_config: defaults, account settings, init, version", async run(t) {
    const w = await t.started([["init", { teamDomain: "page.example", extra: 1 }]]);
    const c = w.Upscope._config;
    t.equal([c.disconnectAfterSeconds, c.apiKey, c.teamDomain, c.extra, c.version], [900, "demoAcme01", "page.example", 1, "2.2.119"], "_config");
    t.equal(w.Upscope._version, "2.2.119", "_version");
    const keys = Object.keys(c);
    t.equal([Math.min(keys.indexOf("teamDomain"), keys.indexOf("apiKey")), keys.indexOf("extra") > 92], [92, true], "92 defaults, then account settings, then the page's keys");
  } },
  { section: "Configuration", name: "an init key set to undefined overwrites: autoconnect undefined does not connect", async run(t) {
    const w = await t.started([["init", { autoconnect: undefined }]]);
    await t.pause(900);
    t.ok("autoconnect" in w.Upscope._config && w.Upscope._config.autoconnect === undefined, "overwritten");
    t.equal(w.sockets.length, 0, "sockets");
  } },
  { section: "Configuration", name: "jsConfiguration is true when init overrides or there are no settings, else absent", async run(t) {
    const over = await t.started([["init", { teamDomain: "x" }]]);
    const not = await t.started([["init", { uniqueId: "1" }]]);
    t.equal([over.Upscope._config.jsConfiguration, "jsConfiguration" in not.Upscope._config], [true, false], "with account settings");
    const w = await t.page();
    t.snippet(w, [["init", { apiKey: "demoAcme01" }]]);
    t.run(w, "var s = document.createElement('script'); s.src = '/sdk/upscope-2.2.119.js'; document.head.append(s);");
    await t.until("_config", () => w.Upscope._config);
    t.equal(w.Upscope._config.jsConfiguration, true, "without");
  } },
  { section: "Configuration", name: "region is set later, if whitelisted, and overwrites dataEndpoint", async run(t) {
    const w = await t.page();
    t.snippet(w);
    await t.load(w, "euAcme0001");
    w.Upscope("init", { dataEndpoint: "ws://own.example" });
    t.equal([w.Upscope._config.region, w.Upscope._config.dataEndpoint], [undefined, "ws://own.example"], "in the same tick");
    await t.handshake(w);
    t.equal(w.Upscope._config.region, "eu", "later");
    t.ok(w.sockets[0].url.includes("/session--eu?apiKey=euAcme0001&version=2.2.119"), w.sockets[0].url);
    const other = await t.connected([["init", { region: "atlantis" }]]);
    t.ok(other.sockets[0].url.includes("/session?"), "an unknown region falls to none");
  } },
  { section: "Refusals", name: "first command not init: lost, _version, never _config", async run(t) {
    const w = await t.started([["updateConnection", { uniqueId: "1" }], ["init"]]);
    await t.pause(900);
    t.equal([w.Upscope._version, w.Upscope._config, w.Upscope.q.length, w.sockets.length], ["2.2.119", null, 1, 0], "state");
  } },
  { section: "Refusals", name: "no apiKey: console error, no _config", async run(t) {
    const w = await t.started([["init", { uniqueId: "1" }]], "noKeyAcme1");
    t.equal([w.Upscope._version, w.Upscope._config, w.warned.length], ["2.2.119", null, 1], "state");
  } },
  { section: "Refusals", name: "a second load is ignored with a warning", async run(t) {
    const w = await t.connected();
    await t.load(w);
    await t.pause(700);
    t.equal([w.warned.length, w.sockets.length], [1, 1], "warnings and sockets");
  } },
  { section: "Refusals", name: "a second init is ignored with its identity", async run(t) {
    const w = await t.connected([["init", { uniqueId: "1" }], ["init", { uniqueId: "2" }]]);
    t.equal([w.Upscope._config.uniqueId, w.warned.length, w.Upscope.q.length], ["1", 1, 0], "state");
  } },
  { section: "Refusals", name: "Prototype.js stops the SDK, without _version", async run(t) {
    const w = await t.page();
    t.run(w, "window.Prototype = {}; Array.prototype.toJSON = function () { return 1; };");
    t.snippet(w, [["init"]]);
    await t.load(w);
    t.equal([w.Upscope._version, w.Upscope._config, w.Upscope.q.length, w.warned.length], [undefined, undefined, 1, 1], "state");
  } },
  ...[["window.Prototype", "window.Prototype = {};"], ["a toJSON", "Array.prototype.toJSON = function () { return 'x'; };"]].map(([what, code]) => ({
    section: "Refusals", name: `${what} alone stops nothing`, async run(t) {
      const w = await t.page();
      t.run(w, code);
      t.snippet(w, [["init"]]);
      await t.load(w);
      await t.handshake(w);
    },
  })),
  { section: "Refusals", name: "a frame whose readable parent has any Upscope: not even _version, q keeps the calls", async run(t) {
    window.Upscope = {};
    const w = await t.started([["init"], ["updateConnection", {}]]);
    t.equal([w.Upscope._version, w.Upscope._config, w.Upscope.q.length], [undefined, undefined, 2], "state");
  } },
  { section: "Refusals", name: "a frame asks its parent for 500 ms, then connects on its own", async run(t) {
    const asked = [];
    window.addEventListener("message", (event) => asked.push(event.data));
    const w = await t.started([["init"]]);
    const since = performance.now();
    await t.until("a socket", () => w.sockets.length);
    t.ok(performance.now() - since > 350, "not before the 500 ms are over");
    t.equal(asked[0], { __upscopeApiKey: "demoAcme01", c: "register" }, "question");
  } },
  { section: "Refusals", name: "an answered frame has _config and _version, no socket, and never drains q", async run(t) {
    window.addEventListener("message", (event) => event.source.postMessage({ ...event.data, c: "registered" }, "*"));
    const w = await t.started([["init"], ["getShortId", () => {}]]);
    await t.pause(900);
    t.equal([w.Upscope._version, w.Upscope._config.apiKey, w.sockets.length, w.Upscope.q.length], ["2.2.119", "demoAcme01", 0, 1], "state");
    t.ok(!w.document.getElementById("upscope___remote-control-container"), "no manager");
  } },
  { section: "Snippet and loader", name: "upscopeTestingKey loads another key's code", async run(t) {
    localStorage.setItem("upscopeTestingKey", "staging:plainAcme1");
    const w = await t.page();
    t.snippet(w, [["init"]]);
    t.run(w, "var s = document.createElement('script'); s.src = '/demoAcme01.js'; document.head.append(s);");
    await t.until("_config", () => w.Upscope._config);
    t.equal(w.Upscope._config.apiKey, "plainAcme1", "key");
  } },
  { section: "Snippet and loader", name: "address parameters: undecoded, short id only if none is stored, removed with the fragment", async run(t) {
    const search = "?kept=1&__upscope_unique_id=a%40b&__upscope_short_id=URLGIVEN#part";
    const w = await t.connected([["init"]], undefined, search);
    t.equal([w.Upscope._config.uniqueId, t.shortId(w), w.location.search + w.location.hash], ["a%40b", "URLGIVEN", "?kept=1"], "state");
    const again = await t.connected([["init"]], undefined, "?__upscope_short_id=OTHER");
    t.equal(t.shortId(again), "URLGIVEN", "the stored one wins");
  } },
  { section: "Live chats", name: "a live chat's id replaces integrationIds; identity is filled on the wire only", async run(t) {
    const w = await t.page();
    w.intercomSettings = { user_id: "u7", email: "a@b" };
    w.Intercom = (name) => (name === "getVisitorId" ? "v1" : undefined);
    t.snippet(w, [["init", { integrationIds: ["crm:1"] }]]);
    await t.load(w);
    await t.handshake(w);
    t.equal([w.Upscope._integrations, w.Upscope._config.integrationIds, w.Upscope._config.uniqueId], [["intercom"], ["intercom:v1"], undefined], "page");
    const hello = t.framesOut(w, "hello")[0];
    t.equal([hello.uniqueId, hello.identities, hello.integrationIds], ["u7", ["a@b"], ["intercom:v1"]], "wire");
    t.equal(w.intercomSettings.screenshare, `https://upscope.io/w/${t.shortId(w)}`, "watch link");
  } },
];

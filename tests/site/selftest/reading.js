// Reference section 3: stored values, marks, and what connects a page that does not by itself.
const QUIET = "quietAcme1";

export default [
  { section: 3, name: "autoconnect off: nothing connects, not even updateConnection or on", async run(t) {
    const w = await t.started([["init"], ["updateConnection", { uniqueId: "1" }], ["on", "connection", () => {}]], QUIET);
    await t.pause(900);
    t.equal([w.sockets.length, w.Upscope.q.length, w.Upscope._config.uniqueId, t.hooked(w)], [0, 2, undefined, false], "state");
    t.ok(!w.__upscopeIdleManagerActive, "no connection was attempted");
    t.ok(w.document.getElementById("upscope___remote-control-container"), "the manager runs");
  } },
  { section: 3, name: "a forcing call connects, with priority, and leaves lastConnectedAt", async run(t) {
    const w = await t.connected([["init"], ["getShortId", () => {}]], QUIET);
    t.ok(w.sockets[0].url.endsWith("&priority=1"), w.sockets[0].url);
    t.ok(Date.now() - Date.parse(JSON.parse(w.localStorage["__upscope:lastConnectedAt"])) < 60000, "a JSON date");
    t.ok(w.__upscopeIdleManagerActive === true, "a connection was attempted");
  } },
  { section: 3, name: "a plain connect leaves no lastConnectedAt", async run(t) {
    const w = await t.connected();
    t.equal([w.sockets[0].url.includes("priority"), w.localStorage["__upscope:lastConnectedAt"]], [false, undefined], "state");
  } },
  { section: 3, name: "connects by itself within a day of lastConnectedAt", async run(t) {
    localStorage["__upscope:lastConnectedAt"] = JSON.stringify(new Date(Date.now() - 25 * 3600 * 1000));
    const late = await t.started([["init"]], QUIET);
    await t.pause(800);
    t.equal(late.sockets.length, 0, "after 25 hours");
    localStorage["__upscope:lastConnectedAt"] = JSON.stringify(new Date(Date.now() - 23 * 3600 * 1000));
    await t.handshake(late); // the storage event of another document did it
    await t.connected([["init"]], QUIET);
  } },
  { section: 3, name: "connects by itself when a session flag is set", async run(t) {
    sessionStorage["__upscope:everActive"] = "true";
    await t.connected([["init"]], QUIET);
  } },
  { section: 3, name: "short id and connection id are stored as JSON strings and kept over a reload", async run(t) {
    const w = await t.connected();
    t.equal(JSON.parse(w.localStorage["__upscope:shortId"]), t.shortId(w), "shortId");
    const connection = w.sessionStorage["__upscope:uniqueConnectionId"];
    t.equal(JSON.parse(connection), w.received[0].d[1], "uniqueConnectionId");
    t.leave(w);
    const again = await t.connected();
    t.equal([t.shortId(again), again.sessionStorage["__upscope:uniqueConnectionId"]], [t.shortId(w), connection], "after a reload");
    t.equal(again.Upscope._config.uniqueId, undefined, "identity is never stored");
  } },
  { section: 3, name: "cookie: base64 of the JSON; deleting cookie or localStorage brings the value back", alone: true, async run(t) {
    const cookie = () => document.cookie.split("; ").find((pair) => pair.startsWith("_upscope__shortId="));
    const w = await t.connected();
    const id = JSON.stringify(t.shortId(w));
    t.equal(cookie(), `_upscope__shortId=${btoa(id)}`, "cookie");
    t.leave(w);
    localStorage.removeItem("__upscope:shortId");
    t.leave(await t.connected());
    t.equal(localStorage["__upscope:shortId"], id, "localStorage from the cookie");
    document.cookie = "_upscope__shortId=; path=/; max-age=0";
    t.equal(cookie(), undefined, "cookie deleted");
    t.leave(await t.connected());
    t.equal(cookie(), `_upscope__shortId=${btoa(id)}`, "cookie from localStorage");
    document.cookie = "_upscope__shortId=; path=/; max-age=0";
  } },
  { section: 3, name: "storageImplementation: bare keys, raw values; not for sessionStorage", async run(t) {
    const own = {};
    const storageImplementation = {
      getItem: (name) => (name in own ? own[name] : null),
      setItem: (name, value) => { own[name] = value; },
      removeItem: (name) => { delete own[name]; },
    };
    const w = await t.connected([["init", { storageImplementation }]]);
    t.equal([own.shortId, w.localStorage["__upscope:shortId"]], [t.shortId(w), undefined], "shortId");
    t.ok(w.sessionStorage["__upscope:uniqueConnectionId"], "sessionStorage is used");
  } },
  { section: 3, name: "a running session: tracking mark, active promo link, observer's name; all gone at its end", async run(t) {
    const w = await t.connected();
    const d = w.document;
    const link = () => d.getElementById("upscope___promo-link-container").shadowRoot.getElementById("upscope___promo-link");
    const active = () => link().classList.contains("upscope___promo-link--active");
    const names = () => d.getElementById("upscope___remote-control-container").textContent;
    t.equal([d.__upscopeTrackingActive, active(), names()], [undefined, false, ""], "before");
    await t.command({ shortId: t.shortId(w), command: "beginSession", with: { observer: "Ada" } });
    await t.until("the observer", () => names() === "Ada");
    t.equal([d.__upscopeTrackingActive, active(), w.sessionStorage["__upscope:everActive"]], [true, true, "true"], "during");
    await t.command({ shortId: t.shortId(w), command: "endSession" });
    await t.until("the end", () => !active());
    t.equal([d.__upscopeTrackingActive, names()], [false, ""], "after");
  } },
  { section: 3, name: "no promo link when both its settings are off", async run(t) {
    const w = await t.connected([["init"]], "plainAcme1");
    t.equal(w.document.getElementById("upscope___promo-link-container"), null, "container");
  } },
];

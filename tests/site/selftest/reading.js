// Stored values, marks, and what connects a page with `autoconnect: false` (docs/sdk-reference.md#stored-values).
const QUIET = "quietAcme1";

export default [
  { section: "Looking without changing", name: "autoconnect off: nothing connects, not even updateConnection or on", async run(t) {
    const w = await t.started([["init"], ["updateConnection", { uniqueId: "1" }], ["on", "connection", () => {}]], QUIET);
    await t.pause(900);
    t.equal([w.sockets.length, w.Upscope.q.length, w.Upscope._config.uniqueId, t.hooked(w)], [0, 2, undefined, false], "state");
    t.ok(!w.__upscopeIdleManagerActive, "no connection was attempted");
    t.ok(w.document.getElementById("upscope___remote-control-container"), "the manager runs");
  } },
  { section: "Looking without changing", name: "a forcing call connects and leaves lastConnectedAt; it has no priority", async run(t) {
    const w = await t.connected([["init"], ["getShortId", () => {}]], QUIET);
    t.ok(!w.sockets[0].url.includes("priority"), w.sockets[0].url);
    t.ok(Date.now() - Date.parse(JSON.parse(w.localStorage["__upscope:lastConnectedAt"])) < 60000, "a JSON date");
    t.ok(w.__upscopeIdleManagerActive === true, "a connection was attempted");
  } },
  { section: "Stored values", name: "a plain connect leaves no lastConnectedAt", async run(t) {
    const w = await t.connected();
    t.equal([w.sockets[0].url.includes("priority"), w.localStorage["__upscope:lastConnectedAt"]], [false, undefined], "state");
  } },
  { section: "Looking without changing", name: "connects by itself within a day of lastConnectedAt", async run(t) {
    localStorage["__upscope:lastConnectedAt"] = JSON.stringify(new Date(Date.now() - 25 * 3600 * 1000));
    const late = await t.started([["init"]], QUIET);
    await t.pause(800);
    t.equal(late.sockets.length, 0, "after 25 hours");
    localStorage["__upscope:lastConnectedAt"] = JSON.stringify(new Date(Date.now() - 23 * 3600 * 1000));
    await t.handshake(late); // from the storage event of another document
    await t.connected([["init"]], QUIET);
  } },
  { section: "Looking without changing", name: "connects by itself, with priority, when a session flag is set", async run(t) {
    sessionStorage["__upscope:everActive"] = "true";
    const w = await t.connected([["init"]], QUIET);
    t.ok(w.sockets[0].url.endsWith("&priority=1"), w.sockets[0].url);
  } },
  { section: "Stored values", name: "historyAutoSaveOn does not connect", async run(t) {
    sessionStorage["__upscope:historyAutoSaveOn"] = "true";
    const w = await t.started([["init"]], QUIET);
    await t.pause(900);
    t.equal(w.sockets.length, 0, "sockets");
  } },
  { section: "Stored values", name: "the short id is stored as a JSON string, the connection id as raw text; both are kept over a reload", async run(t) {
    const w = await t.connected();
    t.equal(JSON.parse(w.localStorage["__upscope:shortId"]), t.shortId(w), "shortId");
    const connection = w.sessionStorage["__upscope:uniqueConnectionId"];
    t.equal(connection, w.received[0].d[1], "uniqueConnectionId");
    t.leave(w);
    const again = await t.connected();
    t.equal([t.shortId(again), again.sessionStorage["__upscope:uniqueConnectionId"]], [t.shortId(w), connection], "after a reload");
    t.equal(again.Upscope._config.uniqueId, undefined, "identity is never stored");
  } },
  { section: "Stored values", name: "cookie: base64 of the JSON; deleting cookie or localStorage brings the value back", alone: true, async run(t) {
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
  { section: "Stored values", name: "storageImplementation: bare keys, raw values; not for sessionStorage", async run(t) {
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
  { section: "Marks", name: "a running session: tracking mark and active promo link; gone at its end", async run(t) {
    const w = await t.connected();
    const d = w.document;
    t.equal([d.__upscopeTrackingActive, t.isPromoActive(w), t.cursors(w)], [undefined, false, []], "before");
    await t.command({ shortId: t.shortId(w), command: "beginSession", with: { observer: "Ada" } });
    await t.until("the session", () => t.isPromoActive(w));
    t.equal([d.__upscopeTrackingActive, w.sessionStorage["__upscope:everActive"]], [true, "true"], "during");
    await t.command({ shortId: t.shortId(w), command: "moveObserver" });
    await t.until("the cursor", () => t.cursors(w).length);
    await t.command({ shortId: t.shortId(w), command: "endSession" });
    await t.until("the end", () => !t.isPromoActive(w));
    t.equal([d.__upscopeTrackingActive, t.cursors(w)], [false, []], "after");
  } },
  { section: "Marks", name: "a cursor stands in a shadow root, comes with the first move and goes some time after the last", async run(t) {
    const joined = [];
    const w = await t.connected([["init"], ["on", "newObserver", (id) => joined.push(id)]], "briefAcme1");
    await t.command({ shortId: t.shortId(w), command: "beginSession", with: { observer: "Ada" } });
    await t.until("the observer", () => joined.length);
    t.equal(t.cursors(w), [], "no cursor before a move");
    await t.command({ shortId: t.shortId(w), command: "moveObserver" });
    await t.until("the cursor", () => t.cursors(w).join() === "Ada");
    t.equal([...w.document.querySelectorAll("[id^=upscope___cursor__]")], [], "none outside of the shadow root");
    await t.until("the cursor to go", () => t.cursors(w).length === 0);
    t.ok(t.isPromoActive(w), "the session goes on");
  } },
  { section: "Marks", name: "an observer without a name is called Agent", async run(t) {
    const w = await t.connected();
    await t.command({ shortId: t.shortId(w), command: "send", with: { name: "beginSession", data: null } });
    await t.command({ shortId: t.shortId(w), command: "send", with: { name: "newObserver", data: ["o1"] } });
    await t.command({ shortId: t.shortId(w), command: "send", with: { name: "observerMove", data: ["o1", 1, 1] } });
    await t.until("the cursor", () => t.cursors(w).join() === "Agent");
  } },
  { section: "Marks", name: "the loss of the socket ends a session only some time later", async run(t) {
    const w = await t.connected([["init"]], "briefAcme1");
    await t.command({ shortId: t.shortId(w), command: "beginSession", with: { observer: "Ada" } });
    await t.until("the session", () => t.isPromoActive(w));
    await t.command({ shortId: t.shortId(w), command: "dropSockets" });
    await t.until("the loss", () => w.sockets[0].readyState === 3);
    t.ok(t.isPromoActive(w), "goes on at first");
    await t.until("its end", () => !t.isPromoActive(w));
    t.equal(w.sockets.length, 1, "before any reconnect");
  } },
  { section: "Marks", name: "no promo link when both its settings are off", async run(t) {
    const w = await t.connected([["init"]], "plainAcme1");
    t.equal(w.document.getElementById("upscope___promo-link-container"), null, "container");
  } },
];

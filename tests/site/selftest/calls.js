// Calls and their effects (docs/sdk-reference.md#waiting-calls).
export default [
  { section: "Placeholders", name: "placeholders are dropped: init's from _config only, an update's from the page's own object too", async run(t) {
    const said = { uniqueId: "USER UNIQUE ID", identities: ["list", "of", "identities", "here"], tags: "#list #of #tags #here", integrationIds: ["integration_name:resource_id"] };
    const before = JSON.stringify(said);
    const w = await t.connected([["init", said]]);
    t.equal(["uniqueId", "identities", "tags", "integrationIds"].filter((key) => key in w.Upscope._config), [], "_config");
    t.equal(JSON.stringify(said), before, "the page's own object");
    const update = { uniqueId: "undefined", identities: ["null"], tags: ["#A"], integrationIds: ["integration_name:resource_id"] };
    w.Upscope("updateConnection", update);
    t.equal(update, { tags: ["#A"], integrationIds: ["integration_name:resource_id"] }, "updateConnection");
  } },
  { section: "Placeholders", name: "[\"undefined\",\"undefined\"] and [null] pass", async run(t) {
    const w = await t.started([["init", { identities: ["undefined", "undefined"], tags: [null] }]]);
    t.equal([w.Upscope._config.identities, w.Upscope._config.tags], [["undefined", "undefined"], [null]], "_config");
  } },
  { section: "Waiting calls", name: "a waiting updateConnection reaches the server through hello; metadata and lookupCode are lost", async run(t) {
    const w = await t.started([["init"], ["updateConnection", { uniqueId: "1", metadata: { a: 1 }, lookupCode: "1234" }]]);
    t.equal(w.Upscope._config.uniqueId, undefined, "before it is processed");
    await t.handshake(w);
    t.equal([w.Upscope._config.uniqueId, w.Upscope._config.metadata, t.framesOut(w, "connectionUpdate")], ["1", undefined, []], "afterwards");
    const visitor = await t.visitor(t.shortId(w));
    t.equal([visitor.unique_id, visitor.metadata, visitor.lookup_code], ["1", null, null], "server");
  } },
  { section: "Waiting calls", name: "called while connecting: processed at the handshake, sent whole", alone: true, async run(t) {
    await t.command({ command: "holdHandshakes", with: true });
    const w = await t.started([["init"]]);
    await t.until("hello", () => t.framesOut(w, "hello").length);
    w.Upscope("updateConnection", { uniqueId: "1", metadata: { a: 1 } });
    t.equal(w.Upscope._config.uniqueId, undefined, "waits");
    await t.command({ command: "holdHandshakes", with: false });
    await t.handshake(w);
    t.equal([w.Upscope._config.uniqueId, t.framesOut(w, "connectionUpdate")], ["1", [{ uniqueId: "1", metadata: { a: 1 } }]], "sent");
  } },
  { section: "Metadata", name: "once connected a call runs at once; metadata is sent and never stands in _config", async run(t) {
    const w = await t.connected();
    w.Upscope("updateConnection", { uniqueId: "1", metadata: { a: 1 }, tags: undefined });
    t.equal([w.Upscope._config.uniqueId, w.Upscope._config.metadata, w.Upscope.q.length], ["1", undefined, 0], "page");
    await t.visitorUntil("the update", t.shortId(w), (visitor) => visitor.unique_id === "1" && visitor.metadata?.a === 1);
  } },
  { section: "Metadata", name: "metadata of init stands in _config and is never sent", async run(t) {
    const w = await t.connected([["init", { metadata: { a: 1 } }]]);
    t.equal(w.Upscope._config.metadata, { a: 1 }, "_config");
    t.equal((await t.visitor(t.shortId(w))).metadata, null, "server");
  } },
  { section: "Identification", name: "null is stored and sent as null, and removes", async run(t) {
    const w = await t.connected([["init", { uniqueId: "1", tags: ["#A"] }]]);
    w.Upscope("updateConnection", { uniqueId: null, tags: undefined });
    t.equal([w.Upscope._config.uniqueId, w.Upscope._config.tags], [null, ["#A"]], "_config");
    t.equal(w.sent.at(-1), { c: "connectionUpdate", d: { uniqueId: null } }, "wire");
    const visitor = await t.visitorUntil("the removal", t.shortId(w), (own) => own.unique_id === null);
    t.equal([visitor.tags, visitor.removed], [["#A"], ["uniqueId"]], "server");
  } },
  { section: "Integration IDs", name: "integrationIds: the client replaces, the server adds, \"system:\" clears one", async run(t) {
    const w = await t.connected([["init", { integrationIds: ["chat:1"] }]]);
    w.Upscope("updateConnection", { integrationIds: ["crm:2"] });
    t.equal(w.Upscope._config.integrationIds, ["crm:2"], "client");
    await t.visitorUntil("both", t.shortId(w), (own) => own.integration_ids.join() === "chat:1,crm:2");
    w.Upscope("updateConnection", { integrationIds: ["chat:"] });
    await t.visitorUntil("one", t.shortId(w), (own) => own.integration_ids.join() === "crm:2");
  } },
  { section: "Callbacks and events", name: "a call inside a getShortId callback recurses some 2,000 times; deferred it does not", async run(t) {
    const w = await t.connected();
    let runs = 0;
    w.Upscope("getShortId", () => { runs += 1; w.Upscope("getUserId", () => {}); });
    t.ok(runs > 1500 && runs < 2500, `ran ${runs} times`);
    t.ok(w.__upscopeStandIn.recursions > 1500, "recorded");
    let calm = 0;
    w.Upscope("getShortId", () => { calm += 1; setTimeout(() => w.Upscope("getUserId", () => { calm += 10; }), 0); });
    await t.until("the deferred call", () => calm > 10);
    t.equal(calm, 11, "deferred");
  } },
  ...[
    ["without an argument", undefined],
    ["with identities neither text nor list", { identities: { a: 1 } }],
    ["with tags neither text nor list", { tags: { a: 1 } }],
  ].map(([what, argument]) => ({
    section: "Waiting calls", name: `a waiting updateConnection ${what} hangs the SDK for the page load; the page goes on`, async run(t) {
      const w = await t.started([["init"], ["updateConnection", argument]]);
      await t.until("the hang", () => w.__upscopeStandIn?.hung);
      w.Upscope("getShortId", () => {});
      await t.pause(700);
      t.equal([w.sockets.length, w.Upscope.q.length, w.__upscopeIdleManagerActive], [0, 2, true], "nothing is processed");
    },
  })),
  { section: "Waiting calls", name: "a waiting updateConnection with falsy or documented values hangs nothing", async run(t) {
    await t.connected([["init"], ["updateConnection", { identities: null, tags: "" }], ["updateConnection", { identities: "Ada", tags: ["#A"] }]]);
  } },
  { section: "Socket", name: "doNotReconnect after the handshake: calls are still taken and sent, and no reconnect follows", async run(t) {
    const w = await t.connected();
    const id = t.shortId(w);
    await t.command({ shortId: id, command: "doNotReconnect" });
    await t.until("the word", () => w.received.some(({ c }) => c === "doNotReconnect"));
    w.Upscope("updateConnection", { uniqueId: "1" });
    t.equal([w.sockets[0].readyState, w.Upscope.q.length], [1, 0], "taken");
    await t.visitorUntil("the update", id, (visitor) => visitor.unique_id === "1");
    await t.command({ shortId: id, command: "dropSockets" });
    await t.until("the close", () => w.sockets[0].readyState === 3);
    w.Upscope("updateConnection", { uniqueId: "2" });
    await t.pause(700);
    t.equal([w.sockets.length, w.Upscope.q.length], [1, 1], "no reconnect");
  } },
  { section: "Socket", name: "a dropped socket is opened again, for the same visitor", async run(t) {
    const w = await t.connected();
    const id = t.shortId(w);
    await t.command({ shortId: id, command: "dropSockets" });
    await t.handshake(w, 2);
    t.equal([t.shortId(w), t.hooked(w)], [id, true], "state");
  } },
  { section: "Dead queue", name: "dead queue: an update waiting at a reconnect leaves a plain array until the next one", async run(t) {
    const w = await t.connected();
    // At once, before the reconnect.
    w.sockets[0].addEventListener("close", () => w.Upscope("updateConnection", { uniqueId: "1" }));
    await t.command({ shortId: t.shortId(w), command: "dropSockets" });
    await t.handshake(w, 2);
    t.equal([w.Upscope._config.uniqueId, t.hooked(w), w.Upscope.q.length], ["1", false, 0], "after the reconnect");
    w.Upscope("updateConnection", { uniqueId: "2" });
    w.Upscope("getShortId", () => {});
    await t.pause(400);
    t.equal([w.Upscope._config.uniqueId, w.Upscope.q.length], ["1", 2], "later calls wait");
    await t.command({ shortId: t.shortId(w), command: "dropSockets" });
    await t.handshake(w, 3);
    t.equal([w.Upscope._config.uniqueId, w.Upscope.q.length], ["2", 0], "the next reconnect takes them");
  } },
  { section: "Socket", name: "idle: disconnects, updateConnection does not wake it, the mouse does", async run(t) {
    const w = await t.connected([["init"]], "idleAcme01");
    await t.until("idleness", () => w.sockets[0].readyState === 3);
    w.Upscope("updateConnection", { uniqueId: "1" });
    await t.pause(600);
    t.equal([w.sockets.length, w.Upscope.q.length], [1, 1], "asleep");
    w.dispatchEvent(new w.Event("mousemove"));
    await t.handshake(w, 2);
    t.equal(w.Upscope._config.uniqueId, "1", "awake");
  } },
  { section: "Reset", name: "a route change wakes an idle socket", async run(t) {
    const w = await t.connected([["init"]], "idleAcme01");
    await t.until("idleness", () => w.sockets[0].readyState === 3);
    await t.pause(50);
    w.history.pushState(null, "", "?route");
    await t.handshake(w, 2);
  } },
  { section: "Refusals", name: "with a toJSON alone lists are sent as text", async run(t) {
    const w = await t.page();
    t.run(w, "Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };");
    t.snippet(w);
    t.run(w, "Upscope('init', { tags: ['#A'] })"); // a list of the page's realm
    await t.load(w);
    await t.handshake(w);
    t.equal(t.framesOut(w, "hello")[0].tags, "[#A]", "wire");
  } },
  { section: "Callbacks and events", name: "on takes several events; connection, observers and session are delivered", async run(t) {
    const seen = [];
    const w = await t.connected([["init"], ["on", "connection", "sessionStart", "sessionEnd", "newObserver", (...args) => seen.push(args)]]);
    await t.until("connection", () => seen.length);
    await t.command({ shortId: t.shortId(w), command: "beginSession", with: { observer: "Ada" } });
    await t.command({ shortId: t.shortId(w), command: "endSession" });
    await t.until("all four", () => seen.length === 4);
    t.equal(seen.map((args) => args.length), [0, 0, 1, 0], "2.2.119 gives newObserver the id only");
  } },
  { section: "Callbacks and events", name: "unknown functions are logged as not recognized", async run(t) {
    const w = await t.connected();
    w.Upscope("customMessage", "x");
    t.ok(w.warned.some((text) => text.includes("not recognized")), "logged");
  } },
  { section: "Socket", name: "ping is answered; an unknown key gets apiKeyError and no handshake", async run(t) {
    const w = await t.connected();
    await t.command({ shortId: t.shortId(w), command: "ping" });
    await t.until("pong", () => w.sent.some(({ c }) => c === "pong"));
    const other = await t.started([["init", { apiKey: "unknown" }]]);
    await t.until("the error", () => other.warned.some((text) => text.includes("unknown")));
    t.ok(!t.hooked(other), "no handshake");
  } },
];

// `reset` (docs/sdk-reference.md#reset).
const ADA = { uniqueId: "ada", identities: ["Ada"], tags: ["#A"], integrationIds: ["crm:1"], metadata: { a: 1 }, callName: "Ada M." };
const gone = (config) => ["uniqueId", "identities", "tags", "integrationIds"].every((key) => config[key] === undefined);

export default [
  { section: "Reset", name: "reset when ready: stopSession, ids and identity cleared, a new visitor after the reconnect", async run(t) {
    const events = [];
    const w = await t.connected([["init", ADA], ["on", "connectionReset", () => events.push("connectionReset")]]);
    const old = t.shortId(w);
    w.Upscope("reset");
    t.equal([events, w.sent.at(-1).c], [["connectionReset"], "stopSession"], "at once");
    await t.pause(0);
    t.ok(gone(w.Upscope._config) && ["uniqueId", "tags"].every((key) => key in w.Upscope._config), "identity is undefined by the next task");
    t.equal([w.localStorage["__upscope:shortId"], w.Upscope._config.metadata, w.Upscope._config.callName], [undefined, { a: 1 }, "Ada M."], "kept and cleared");
    await t.handshake(w, 2);
    t.ok(t.shortId(w) !== old && t.framesOut(w, "hello")[1].reset === true, "new visitor");
    t.equal([(await t.visitor(t.shortId(w))).unique_id, (await t.visitor(old)).unique_id], [null, "ada"], "server");
    t.ok(t.hooked(w), "the queue lives");
  } },
  { section: "Reset", name: "updateConnection in the tick of reset goes to the old visitor and is wiped", async run(t) {
    const w = await t.connected([["init", ADA]]);
    const old = t.shortId(w);
    w.Upscope("reset");
    w.Upscope("updateConnection", { uniqueId: "grace" });
    t.equal(w.Upscope._config.uniqueId, "grace", "still there in the same tick");
    await t.handshake(w, 2);
    t.ok(gone(w.Upscope._config), "wiped");
    t.equal([(await t.visitor(old)).unique_id, (await t.visitor(t.shortId(w))).unique_id], ["grace", null], "server");
  } },
  { section: "Reset", name: "updateConnection from the next task on survives reset", async run(t) {
    const w = await t.connected([["init", ADA]]);
    w.Upscope("reset");
    setTimeout(() => w.Upscope("updateConnection", { uniqueId: "grace" }), 0);
    await t.handshake(w, 2);
    t.equal([w.Upscope._config.uniqueId, (await t.visitor(t.shortId(w))).unique_id], ["grace", "grace"], "state");
  } },
  { section: "Reset", name: "until the socket's close event a call runs at once: no short ID, and metadata is never sent", async run(t) {
    const w = await t.connected([["init", ADA]]);
    w.Upscope("reset");
    await Promise.resolve(); // after the SDK's microtask, and before the close event, which is a task
    t.ok(gone(w.Upscope._config) && w.sockets[0].readyState !== 3, "cleared and not closed yet");
    const answers = [];
    w.Upscope("getShortId", (id) => answers.push(id));
    w.Upscope("updateConnection", { uniqueId: "grace", metadata: { a: 2 } });
    t.equal([answers, w.Upscope.q.length], [[null], 0], "at once, with nothing");
    await t.handshake(w, 2);
    const visitor = await t.visitor(t.shortId(w));
    t.equal([visitor.unique_id, visitor.metadata, t.hooked(w)], ["grace", null, true], "the identity came with hello");
  } },
  { section: "Dead queue", name: "an update after the close event waits for the reconnect: metadata lost, queue dead", async run(t) {
    const w = await t.connected([["init", ADA]]);
    w.Upscope("reset");
    w.sockets[0].addEventListener("close", () => w.Upscope("updateConnection", { uniqueId: "grace", metadata: { a: 2 } }));
    await t.handshake(w, 2);
    const visitor = await t.visitor(t.shortId(w));
    t.equal([visitor.unique_id, visitor.metadata, t.hooked(w)], ["grace", null, false], "state");
  } },
  { section: "Reset", name: "a waiting reset(false) connects all the same; hello.reset is then false", async run(t) {
    const w = await t.connected([["init", ADA], ["reset", false]]);
    t.equal([t.framesOut(w, "hello")[0].reset, w.Upscope._config.uniqueId], [false, undefined], "state");
  } },
  { section: "Reset", name: "a route change wakes a socket that reset(false) closed", async run(t) {
    const w = await t.connected([["init", ADA]]);
    w.Upscope("reset", false);
    await t.until("the close", () => w.sockets[0].readyState === 3);
    await t.pause(50);
    w.history.pushState(null, "", "?route");
    await t.handshake(w, 2);
  } },
  { section: "Reset", name: "a waiting reset runs before all waiting updates and clears init's identity", async run(t) {
    const first = await t.connected();
    const old = t.shortId(first);
    t.leave(first);
    const w = await t.connected([["init", ADA], ["updateConnection", { tags: ["#LATER"] }], ["reset"]]);
    t.ok(t.shortId(w) !== old, "a new visitor");
    t.equal([w.Upscope._config.uniqueId, w.Upscope._config.tags], [undefined, ["#LATER"]], "_config");
  } },
  { section: "Reset", name: "reset(false) stays closed until a forcing call; other calls wait", async run(t) {
    const w = await t.connected([["init", ADA]]);
    const old = t.shortId(w);
    w.Upscope("reset", false);
    await t.until("the close", () => w.sockets[0].readyState === 3);
    w.Upscope("updateConnection", { uniqueId: "grace" });
    await t.pause(800);
    t.equal([w.sockets.length, w.Upscope.q.length], [1, 1], "closed");
    let id = null;
    w.Upscope("getShortId", (given) => { id = given; });
    await t.until("the answer", () => id);
    t.ok(id !== old, "a new visitor");
    t.equal((await t.visitor(id)).unique_id, "grace", "the waiting update came with hello");
  } },
];

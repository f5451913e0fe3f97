// The date-versioned SDK: what a tool can't rely on.
const KEY = "newerAcme1";

export default [
  { section: "Metadata", name: "2026.3.2 keeps metadata, waiting or not", async run(t) {
    const w = await t.connected([["init", { uniqueId: "1" }], ["updateConnection", { metadata: { a: 1 } }]], KEY);
    t.equal([(await t.visitor(t.shortId(w))).metadata, w.Upscope._version], [{ a: 1 }, "2026.3.2"], "state");
    w.Upscope("updateConnection", { metadata: { a: 2 } });
    await t.visitorUntil("the second", t.shortId(w), (visitor) => visitor.metadata?.a === 2);
  } },
  { section: "Configuration", name: "2026.3.2 has no _config and stores nothing: a reload is a new visitor", alone: true, async run(t) {
    const cookies = document.cookie;
    const w = await t.connected([["init", { uniqueId: "1" }]], KEY);
    t.ok(!("_config" in w.Upscope), "no _config");
    t.equal([localStorage.length, sessionStorage.length, document.cookie], [0, 0, cookies], "storage");
    t.leave(w);
    t.ok(t.shortId(await t.connected([["init"]], KEY)) !== t.shortId(w), "new visitor");
  } },
  { section: "Callbacks and events", name: "2026.3.2 knows the newer functions", async run(t) {
    const w = await t.connected([["init"]], KEY);
    w.Upscope("customMessage", "x");
    t.equal([w.sent.at(-1), w.warned], [{ c: "customMessage", d: ["x"] }, []], "sent");
  } },
];

// The lookup code (docs/sdk-reference.md#lookup-code).
const OLD = () => JSON.stringify(new Date(Date.now() - 2 * 3600 * 1000));

function code(t, w) {
  let given = null;
  w.Upscope("getLookupCode", (value) => { given = value; });
  return t.until("a code", () => given);
}

export default [
  { section: "Lookup code", name: "getLookupCode creates four digits, stores and sends them, and gives them again", async run(t) {
    const w = await t.connected();
    t.equal(w.localStorage["__upscope:lookupCode"], undefined, "none before");
    const given = await code(t, w);
    t.ok(/^\d{4}$/.test(given), given);
    t.equal(JSON.parse(w.localStorage["__upscope:lookupCode"]), given, "stored");
    t.equal(await code(t, w), given, "again");
    await t.visitorUntil("the code", t.shortId(w), (visitor) => visitor.lookup_code === given);
  } },
  { section: "Lookup code", name: "expiry is checked at connect only: on one page an expired code is given again and renewed", async run(t) {
    const w = await t.connected();
    const given = await code(t, w);
    w.localStorage["__upscope:lookupCodeSetAt"] = OLD();
    t.equal(await code(t, w), given, "same page");
    t.ok(w.localStorage["__upscope:lookupCodeSetAt"] > OLD(), "renewed");
  } },
  { section: "Lookup code", name: "an expired code is not used by the next load, but stays stored", async run(t) {
    localStorage["__upscope:lookupCode"] = '"none"';
    localStorage["__upscope:lookupCodeSetAt"] = OLD();
    const w = await t.connected();
    t.equal([w.localStorage["__upscope:lookupCode"], t.framesOut(w, "hello")[0].lookupCode], ['"none"', undefined], "state");
    t.ok((await code(t, w)) !== "none", "a new one");
  } },
  { section: "Lookup code", name: "a live code goes out in hello", async run(t) {
    localStorage["__upscope:lookupCode"] = '"0042"';
    localStorage["__upscope:lookupCodeSetAt"] = JSON.stringify(new Date());
    const w = await t.connected();
    t.equal([t.framesOut(w, "hello")[0].lookupCode, await code(t, w)], ["0042", "0042"], "state");
  } },
  { section: "Lookup code", name: "a chosen code reaches the server when connected; the SDK's memory keeps the old one", async run(t) {
    const w = await t.connected();
    const old = await code(t, w);
    const chosen = old === "7777" ? "7778" : "7777";
    w.Upscope("updateConnection", { lookupCode: chosen });
    await t.visitorUntil("the chosen code", t.shortId(w), (visitor) => visitor.lookup_code === chosen);
    t.equal([JSON.parse(w.localStorage["__upscope:lookupCode"]), await code(t, w)], [old, old], "SDK");
  } },
  { section: "Lookup code", name: "Ctrl five times shows the code, also without autoconnect", async run(t) {
    const w = await t.started([["init"]], "quietAcme1");
    await t.pause(700);
    for (let n = 0; n < 5; n += 1) w.dispatchEvent(new w.KeyboardEvent("keydown", { key: "Control" }));
    const dialog = await t.until("the dialog", () => w.document.getElementById("upscope___lookup-code-dialog"));
    t.equal(dialog.textContent, `Your code is ${JSON.parse(w.localStorage["__upscope:lookupCode"])}`, "text");
    t.equal(w.sessionStorage["__upscope:lookupCodeClick"], "true", "flag");
  } },
  { section: "Lookup code", name: "an element by selector and the side button show it", async run(t) {
    const w = await t.page();
    w.document.body.append(Object.assign(w.document.createElement("b"), { id: "lookup-code" }));
    t.snippet(w, [["init"]]);
    await t.load(w, "codeAcme01");
    const text = await t.until("the text", () => w.document.getElementById("lookup-code").textContent);
    t.equal(w.document.getElementById("upscope___lookup-code-button"), null, "the button is in a shadow root");
    const button = w.document.getElementById("upscope___lookup-code-button-container").shadowRoot.getElementById("upscope___lookup-code-button");
    button.click();
    await t.until("the button's text", () => button.textContent === text);
  } },
  { section: "Marks", name: "the element is filled once: after a reset it shows the old visitor's code", async run(t) {
    const w = await t.page();
    w.document.body.append(Object.assign(w.document.createElement("b"), { id: "lookup-code" }));
    t.snippet(w, [["init"]]);
    await t.load(w, "codeAcme01");
    const text = await t.until("the text", () => w.document.getElementById("lookup-code").textContent);
    w.Upscope("reset");
    await t.handshake(w, 2);
    t.equal([w.document.getElementById("lookup-code").textContent, w.localStorage["__upscope:lookupCode"]], [text, undefined], "old code");
  } },
];

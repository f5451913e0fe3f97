// A text with markup, marks that change the direction of the text after them, and invisible characters. Each shown text
// contains one "§".
var RIGHT_TO_LEFT = "\u202e", HIDDEN = "\u200b\u2060\u00ad\ufeff\u{e0041}", ISOLATE = "\u2067";
function odd(name) {
  return "§" + name + RIGHT_TO_LEFT + ISOLATE + HIDDEN + "<img src=x onerror=pwned(1)><script>pwned(2)</" + "script>\"'><a href=javascript:pwned(3)>a</a>&lt;b&gt;{{pwned(4)}}${pwned(5)}";
}
var wide = "§wide" + "\u0301".repeat(500) + "\ufdfd".repeat(200) + "x".repeat(1500);
window.pwned = trap("pwned");
var config = {
  uniqueId: odd("unique"), identities: [odd("name"), wide], tags: ["#" + odd("tag"), odd("tag")], integrationIds: [odd("id") + ":" + odd("id")],
  metadata: {}, apiKey: odd("key"), region: odd("region"), teamDomain: odd("team"), lookupCodeElement: "#code",
};
config.metadata[odd("metadata")] = odd("value");
config.metadata["§number" + RIGHT_TO_LEFT] = 1;
var made = window.Upscope = sdk(config);
made._version = "2.2." + odd("version");
made.__defaultRegion = odd("default");
made._integrations = [odd("chat")];
made.q = [["updateConnection", { uniqueId: odd("waiting"), tags: [odd("waiting")] }], [odd("call"), odd("argument")]];
document.title = odd("title");
history.replaceState(null, "", "?" + encodeURI(odd("address")) + "#" + odd("hash"));
localStorage["__upscope:shortId"] = JSON.stringify(odd("short"));
localStorage["__upscope:lookupCode"] = JSON.stringify(odd("code"));
localStorage["__upscope:region"] = JSON.stringify(odd("stored"));
window.intercomSettings = { screenshare: "javascript:pwned(6)//" + odd("link") };
document.querySelector("main").insertAdjacentHTML("beforeend", '<p id="code">1234</p><div id="upscope___remote-control-container"></div>');
var cursor = document.createElement("div");
cursor.id = "upscope___cursor__1";
cursor.textContent = odd("observer");
document.getElementById("upscope___remote-control-container").attachShadow({ mode: "open" }).append(cursor);
document.__upscopeTrackingActive = true;
window.tell = function () {
  return [{ name: "texts", state: "in-session", calls: calls, unchanged: window.Upscope === made && made.q.length === 2 && made._config === config, beats: performance.now() }];
};

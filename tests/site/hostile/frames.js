// Frames without a URL or an origin of their own, each with an SDK that names its frame.
function source(name) {
// oxlint-disable-next-line no-useless-escape -- the page may be inlined in a script element
  return "<script>window.Upscope = Object.assign(function () {}, { _version: '2.2.119', q: [], c: function () {}, _config: { apiKey: 'demoAcme01', uniqueId: '" + name + "' } });<\/script>";
}
function frame(name, attributes) {
  var made = document.createElement("iframe");
  made.title = name;
  Object.assign(made, attributes);
  document.querySelector("main").append(made);
  return made;
}
var config = { uniqueId: "top" }, made = window.Upscope = sdk(config), there = 0;
frame("srcdoc", { srcdoc: source("srcdoc") });
frame("sandboxed", { sandbox: "allow-scripts", srcdoc: source("sandboxed") });
frame("sandboxed without scripts", { sandbox: "", srcdoc: source("silent") });
frame("blob", { src: URL.createObjectURL(new Blob([source("blob")], { type: "text/html" })) });
frame("data", { src: "data:text/html," + encodeURIComponent(source("data")) });
frame("another site", { src: "//localhost:" + location.port + "/form-named" });
frame("script address", { src: "javascript:'" + "<p>from a script</p>" + "'" });
frame("file", { src: "file:///etc/hostname" });
frame("extension", { src: "chrome-extension://invalid/popup.html" });
var blank = frame("blank", { src: "about:blank" });
blank.contentWindow.Upscope = Object.assign(function () {}, { _version: "2.2.119", q: [], c: function () {}, _config: { apiKey: "demoAcme01", uniqueId: "blank" } });
for (var i = 0, at = document.querySelector("main"); i < 20; i++) {
  var inner = document.createElement("iframe");
  at.append(inner);
  // Firefox loads no frame below the tenth level.
  if (!inner.contentDocument) break;
  at = inner.contentDocument.body;
}
// The frame is replaced repeatedly, also during an inspection.
var fleeting = frame("fleeting", { srcdoc: source("fleeting") });
setInterval(function () {
  there++;
  fleeting.remove();
  fleeting = frame("fleeting", { srcdoc: source("fleeting") });
}, 30);
window.tell = function () {
  return [{ name: "frames", state: "not-connected", calls: calls, unchanged: isUnchanged(made, config), beats: there }];
};

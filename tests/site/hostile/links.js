// Everything by which a page could reach an extension. `attack` gets the extension's origin and a tab's ID, which no
// page knows, and returns what it reached.
var config = { uniqueId: "cust-1042" }, made = window.Upscope = sdk(config);
var FILES = ["popup.html?tab=TAB#copy", "options.html", "recorded.html?tab=TAB", "find.html#ABCDEFGH", "background.js", "page/probe.js", "_locales/en/messages.json"];
var MESSAGES = [
  { inspect: { tab: null } }, { startRecording: { pattern: location.origin + "/*", tab: 1 } }, { clearRecording: { tab: 1 } },
  { perform: { target: { tab: 1, frame: 0 }, command: { action: { reset: {} } } } }, { copyCode: 1 }, { renamed: { from: 1, to: 2 } },
  '{"k":"call","t":1,"id":1,"name":"forged","args":[]}',
];

function added(name, attributes) {
  var made = Object.assign(document.createElement(name), attributes);
  document.body.append(made);
  return made;
}
var ELEMENTS = [
  function (url) { added("iframe", { src: url }); },
  function (url) { added("a", { href: url, target: "_blank" }).click(); },
  function (url) { open(url, "_blank"); },
  function (url) {
    added("iframe", { name: "into" });
    added("form", { action: url, target: "into", method: "post" }).submit();
  },
];
// Firefox throws where Chromium loads nothing.
function attempt(load, url) {
  try { load(url); } catch {}
}

// oxlint-disable-next-line no-unused-vars -- the test calls it
async function attack(origin, tab) {
  var reached = [];
  var urls = FILES.map(function (file) { return origin + "/" + file.replace("TAB", tab); });
  var reach = function (how, promise) { return promise.then(function () { reached.push(how); }, function () {}); };
  for (var url of urls) {
    await reach("fetch " + url, fetch(url));
    await reach("no-cors " + url, fetch(url, { mode: "no-cors" }));
    if (url.endsWith(".js")) await reach("import " + url, import(url));
    ELEMENTS.forEach(function (load) { attempt(load, url); });
  }
  for (var message of MESSAGES) {
    postMessage(message, "*");
    for (var i = 0; i < frames.length; i++) frames[i].postMessage(message, "*");
    new BroadcastChannel("upscope-inspector").postMessage(message);
    ["upscope-inspector", "upscope-inspector?", "entries", "taken", "copy-code", "tab-replaced", "tab-loading"].forEach(function (name) {
      document.dispatchEvent(new CustomEvent(name, { detail: message }));
      document.dispatchEvent(new MouseEvent(name, { relatedTarget: new EventTarget() }));
    });
    var runtime = window.chrome && window.chrome.runtime || window.browser && window.browser.runtime;
    if (runtime) reached.push("runtime " + Object.keys(runtime));
  }
  return reached;
}
window.tell = function () {
  return [{ name: "links", state: "not-connected", calls: calls, unchanged: isUnchanged(made, config), beats: performance.now() }];
};

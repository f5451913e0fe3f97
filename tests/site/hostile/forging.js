var forged = '{"k":"call","t":1,"id":999,"name":"forged","args":[]}';

function abuse(bus) {
  var heard = [];
  bus.addEventListener("entries", function (event) { if (heard.length < 50) heard.push(event.detail); });
  setTimeout(function () {
    var texts = [forged, "no JSON", "{}", '{"k":"own","n":1,"t":0,"after":0,"ask":{},"reply":null}', '{"k":"frame","out":true,"name":"hello"}', "\n".repeat(1000)].concat(heard);
    for (var i = 0; i < 5000; i++) bus.dispatchEvent(new CustomEvent("entries", { detail: texts[i % texts.length] }));
    bus.dispatchEvent(new CustomEvent("entries", { detail: "x".repeat(5e6) }));
    ["look", "flush", "loaded", "taken"].forEach(function (name) { bus.dispatchEvent(new Event(name)); });
  }, 100);
}
function ask(of) {
  of.addEventListener("upscope-inspector", function (event) { if (event.relatedTarget) abuse(event.relatedTarget); }, true);
  of.dispatchEvent(new Event("upscope-inspector?"));
  of.dispatchEvent(new MouseEvent("upscope-inspector", { relatedTarget: new EventTarget() }));
}
ask(document);
ask(parent.document);
for (var i = 0; i < 5; i++) {
  var frame = document.createElement("iframe");
  document.documentElement.append(frame);
  ask(frame.contentDocument);
}
parent.asked = (parent.asked || 0) + 1;

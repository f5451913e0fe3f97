// Built-ins that a page has frozen, to keep others from changing them.
var HOLDERS = ["JSON", "Math", "Reflect", "Intl", "Atomics", "WebAssembly", "CSS", "console"];

/** The names of a window's functions and of what holds functions. A new frame has no names of the page. */
function builtInNames() {
  var frame = document.createElement("iframe");
  document.body.append(frame);
  var names = Object.getOwnPropertyNames(frame.contentWindow);
  frame.remove();
  return names.filter(function (name) {
    var slot = Object.getOwnPropertyDescriptor(window, name);
    return slot && (typeof slot.value === "function" || HOLDERS.indexOf(name) >= 0);
  });
}
function freezeAll() {
  builtInNames().forEach(function (name) {
    [window[name], window[name].prototype].forEach(Object.freeze);
    Object.defineProperty(window, name, { writable: false, configurable: false });
  });
}
function frozen(name, isBefore) {
  add(name, "not-connected", function () {
    if (isBefore) freezeAll();
    var config = { uniqueId: "cust-1042", tags: ["#VIP"], metadata: { plan: "gold" } }, made = window.Upscope = sdk(config);
    if (!isBefore) freezeAll();
    return function () { return isUnchanged(made, config); };
  });
}
frozen("all", true);
frozen("after-the-sdk", false);
begin();

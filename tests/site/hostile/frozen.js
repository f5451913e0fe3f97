// Built-ins that a page has frozen, to keep others from changing them.
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

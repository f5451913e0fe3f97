// Storage as a page may leave it. All frames have one origin, so they share what is stored.
var METHODS = ["getItem", "setItem", "removeItem", "clear", "key"];

function stored(name, change) {
  add(name, "not-connected", function () {
    var config = { uniqueId: "cust-1042" }, made = window.Upscope = sdk(config);
    change();
    return function () { return isUnchanged(made, config); };
  });
}
stored("methods-that-throw", function () {
  METHODS.forEach(function (name) { Storage.prototype[name] = trap("storage " + name, fail); });
});
stored("blocked", function () {
  ["localStorage", "sessionStorage"].forEach(function (name) { Object.defineProperty(window, name, { get: fail, configurable: true }); });
  Object.defineProperty(Document.prototype, "cookie", { get: fail, configurable: true });
});
stored("not-a-storage", function () {
  ["localStorage", "sessionStorage"].forEach(function (name) { Object.defineProperty(window, name, { value: trap(name), configurable: true }); });
});
stored("nonsense", function () {
  var odd = { shortId: '{"$":"Date","v":"2020"}', lookupCode: "4".repeat(1e6), lookupCodeSetAt: "\ud800", region: "[[[[", lastConnectedAt: '"\\u0000"', waitingForCallAt: "1e999" };
  Object.keys(odd).forEach(function (name) { localStorage["__upscope:" + name] = odd[name]; });
});
stored("named-like-its-methods", function () {
  METHODS.concat("length", "__proto__", "toString").forEach(function (name) { Storage.prototype.setItem.call(localStorage, name, "no function"); });
});
stored("many-cookies", function () {
  for (var i = 0; i < 100; i++) document.cookie = "hostile" + i + "=" + "=;%".repeat(10) + "; path=/hostile";
  document.cookie = "_upscope__shortId=%E0%A4%A; path=/hostile";
});
begin();

// Built-ins that a page has replaced. The cases differ in what a replaced function does.
var define = Object.defineProperty, own = Object.getOwnPropertyDescriptor, namesOf = Object.getOwnPropertyNames;
var apply = Reflect.apply, construct = Reflect.construct;
var PARTS = ["value", "get", "set"];

/** Replaces the functions of an object, also those of accessors. Uses no function of the browser but those above. */
function replaceIn(object, makeOther) {
  for (var i = 0, names = namesOf(object); i < names.length; i++) {
    var slot = own(object, names[i]);
    // cases.js counts with `setInterval`.
    if (!slot.configurable || names[i] === "constructor" || names[i] === "setInterval") continue;
    for (var k = 0; k < PARTS.length; k++) {
      if (typeof slot[PARTS[k]] === "function") slot[PARTS[k]] = makeOther(slot[PARTS[k]]);
    }
    define(object, names[i], slot);
  }
}
function replaceAll(makeOther) {
  var holders = [window], names = builtInNames();
  names.forEach(function (name) { holders.push(window[name], window[name].prototype); });
  for (var i = 0; i < holders.length; i++) if (holders[i]) replaceIn(holders[i], makeOther);
}
function replaced(name, state, makeOther) {
  add(name, state, function () {
    var config = { uniqueId: "cust-1042", tags: ["#VIP"], metadata: { plan: "gold" } }, made = window.Upscope = sdk(config);
    replaceAll(makeOther);
    define(window, "Upscope", { value: made, writable: true, enumerable: true, configurable: true });
    return function () { return window.Upscope === made && made.q.length === 0 && made._config === config; };
  });
}
replaced("passing-on", "not-connected", function (native) {
  var other = function () { return new.target ? construct(native, arguments, new.target) : apply(native, this, arguments); };
  if (native.prototype) other.prototype = native.prototype;
  return other;
});
add("without-descriptors", "unread", function () {
  var made = window.Upscope = sdk({ uniqueId: "cust-1042" });
  Object.getOwnPropertyDescriptor = Reflect.getOwnPropertyDescriptor = fail;
  return function () { return window.Upscope === made && made.q.length === 0; };
});
replaced("throwing", "unread", function () { return function () { throw "replaced"; }; });
replaced("returning-nothing", "unread", function () { return function () {}; });
replaced("lying", "unread", function () { return function () { return { value: "a lie", length: 1, name: "lie" }; }; });
begin();

// The first script of a page that attacks a recorder: it wraps every function that it finds, stores the arguments, and
// tries to use the recorder's channel.
(function () {
  "use strict";
  var heard = window.__heard = { texts: [], channels: 0, getters: 0 };
  var call = Function.prototype.call, apply = Reflect.apply, own = Object.getOwnPropertyDescriptor, define = Object.defineProperty;
  var real = { push: Array.prototype.push, includes: String.prototype.includes };
  var forged = '{"k":"call","t":1,"id":999,"name":"forged","args":[]}', mine = false;
  function hear(value) {
    if (value === forged) return;
    if (typeof value === "string" && (apply(real.includes, value, ["\"k\":\""]) || apply(real.includes, value, ["\"$\":\""]))) apply(real.push, heard.texts, [value]);
  }
  function wrap(object, key) {
    var slot = own(object, key);
    if (!slot || !slot.configurable || typeof slot.value !== "function" || key === "constructor") return;
    var native = slot.value;
    slot.value = function () {
      for (var i = 0; i < arguments.length; i++) hear(arguments[i]);
      hear(this);
      return new.target ? Reflect.construct(native, arguments, new.target) : apply(native, this, arguments);
    };
    if (native.prototype) slot.value.prototype = native.prototype;
    define(object, key, slot);
  }
  var prototypes = [String, Array, RegExp, Map, WeakMap, Set, WeakSet, Promise, EventTarget, Event, CustomEvent, MessagePort, MutationObserver, Number];
  var holders = [JSON, Reflect, Object, Array, Number, Math, performance, document, Error, console];
  for (var i = 0; i < prototypes.length; i++) {
    var names = Object.getOwnPropertyNames(prototypes[i].prototype);
    for (var j = 0; j < names.length; j++) wrap(prototypes[i].prototype, names[j]);
  }
  for (i = 0; i < holders.length; i++) {
    names = Object.getOwnPropertyNames(holders[i]);
    for (j = 0; j < names.length; j++) wrap(holders[i], names[j]);
  }
  names = ["setTimeout", "queueMicrotask", "postMessage", "dispatchEvent", "addEventListener", "CustomEvent", "MouseEvent", "Event", "Proxy", "MessageChannel"];
  for (i = 0; i < names.length; i++) wrap(window, names[i]);

  // Getters of events, and names that dictionaries and descriptors without a prototype don't look up.
  var detail = own(CustomEvent.prototype, "detail");
  define(CustomEvent.prototype, "detail", { configurable: true, get: function () { var text = call.call(detail.get, this); hear(text); return text; } });
  ["bubbles", "relatedTarget", "apply", "sourceURL"].forEach(function (name) {
    define(Object.prototype, name, { configurable: true, get: function () { heard.getters++; return undefined; }, set: function (v) { define(this, name, { value: v, writable: true, configurable: true, enumerable: true }); } });
  });

  // The channel: who answers passes a target.
  function attack(event) {
    var target = event.relatedTarget;
    if (!target || mine) return;
    heard.channels++;
    target.dispatchEvent(new CustomEvent("entries", { detail: forged }));
  }
  ["upscope-inspector", "upscope-inspector?", "entries", "taken", "look", "flush"].forEach(function (name) {
    window.addEventListener(name, attack, true);
    document.addEventListener(name, attack, true);
    document.dispatchEvent(new CustomEvent(name, { detail: forged }));
    mine = true;
    document.dispatchEvent(new MouseEvent(name, { relatedTarget: new EventTarget() }));
    mine = false;
  });
  window.postMessage(forged, "*");
})();

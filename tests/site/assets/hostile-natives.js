// Replaces built-ins after the SDK has loaded: it counts the calls of a probe that relies on them, and returns wrong
// results.
window.addEventListener("load", function () {
  window.__nativeCalls = {};
  function replace(object, name, act) {
    var real = object[name];
    object[name] = function () {
      window.__nativeCalls[name] = (window.__nativeCalls[name] || 0) + 1;
      return act ? act.apply(this, arguments) : real.apply(this, arguments);
    };
  }
  replace(Object, "keys");
  replace(Object, "entries");
  replace(Array, "isArray", function () { return true; });
  replace(Storage.prototype, "getItem", function (name) { return "\"" + name + " is a lie\""; });
  replace(String.prototype, "slice");
  document.documentElement.dataset.hostile = "armed";
});

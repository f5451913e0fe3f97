// Replaces built-ins after the SDK has loaded. A probe that relies on them gets wrong results.
window.addEventListener("load", function () {
  function replace(object, name, act) {
    var real = object[name];
    object[name] = function () {
      return (act || real).apply(this, arguments);
    };
  }
  replace(Object, "keys");
  replace(Object, "entries");
  replace(Array, "isArray", function () { return true; });
  replace(Storage.prototype, "getItem", function (name) { return "\"" + name + " is a lie\""; });
  replace(String.prototype, "slice");
  document.documentElement.dataset.hostile = "armed";
});

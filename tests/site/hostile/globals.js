// Forms of `window.Upscope`.
function element(markup) {
  document.body.insertAdjacentHTML("beforeend", markup);
}
function script(code) {
  var made = document.createElement("script");
  made.text = code;
  document.head.append(made);
}
/** An SDK, and a change of it or of the global. */
function changed(name, change) {
  add(name, "not-connected", function () {
    var config = { uniqueId: "cust-1042", identities: ["Ada Marsh"] }, made = sdk(config);
    change(made, config);
    return function () { return isUnchanged(made, config); };
  });
}
var other = function (name, make) { add(name, "no-upscope", make); };

other("named-form", function () { element('<form name="Upscope"><input name="q"><input name="c"><input name="_config"></form>'); });
other("named-twice", function () { element('<a id="Upscope" name="c"></a><a id="Upscope" name="q"></a>'); });
other("named-frame", function () { element('<iframe name="Upscope" srcdoc="<script>var c = 1, q = []</script>"></iframe>'); });
other("named-object", function () { element('<object id="Upscope"></object><embed name="Upscope">'); });
other("text", function () { window.Upscope = "Upscope"; });
other("number", function () { window.Upscope = NaN; });
other("big-integer", function () { window.Upscope = 1n; });
other("symbol", function () { window.Upscope = Symbol("Upscope"); });
other("null", function () { window.Upscope = null; });
other("plain-object", function () { window.Upscope = Object.assign({}, sdk({ uniqueId: "cust-1042" })); });
other("document-all", function () { window.Upscope = document.all; });
other("list", function () { window.Upscope = Object.assign([], { q: [], c: [] }); });
other("foreign-function", function () { window.Upscope = trap("Upscope"); });
other("getter", function () { Object.defineProperty(window, "Upscope", { get: trap("getter of the global", fail) }); });
other("setter", function () { Object.defineProperty(window, "Upscope", { set: trap("setter of the global", fail) }); });
other("inherited-getter", function () {
  Object.defineProperty(Window.prototype, "Upscope", { get: trap("inherited getter", function () { return sdk({}); }), configurable: true });
});
other("inherited-by-all", function () {
  Object.defineProperty(Object.prototype, "Upscope", { get: trap("getter of every object", function () { return sdk({}); }), configurable: true });
});
other("never-initialised", function () { script("let Upscope = (() => { throw 'before it has a value' })();"); });
changed("constant", function (made) { window.made = made; script("const Upscope = window.made; window.Upscope = Upscope;"); });
changed("frozen", function (made, config) { Object.freeze(config); Object.freeze(made.q); window.Upscope = Object.freeze(made); });
changed("sealed", function (made, config) { Object.seal(config); window.Upscope = Object.seal(made); });
changed("not-extensible", function (made) { window.Upscope = Object.preventExtensions(made); });
changed("not-configurable", function (made) { Object.defineProperty(window, "Upscope", { value: made, writable: false, configurable: false, enumerable: false }); });
// A page can replace these two of the window's accessors.
changed("window-that-throws", function (made) {
  window.Upscope = made;
  ["length", "parent"].forEach(function (name) { Object.defineProperty(window, name, { get: fail, configurable: true }); });
});
add("class", "not-connected", function () {
  window.Upscope = Object.assign(class { constructor() { trap("constructed")(); } }, { _version: "2.2.119", q: [], c: trap("c"), _config: { apiKey: "demoAcme01" } });
});
add("bound", "not-connected", function () { window.Upscope = Object.assign(trap("Upscope").bind(window), { _version: "2.2.119", q: [], c: trap("c"), _config: {} }); });
// A document returns the elements with these names in place of its own functions and texts.
add("named-like-the-document", "not-connected", function () {
  window.Upscope = sdk({ uniqueId: "cust-1042", lookupCodeElement: "#code" });
  ["getElementById", "querySelectorAll", "getElementsByTagName", "cookie", "title", "contentType", "readyState", "body", "documentElement", "URL", "createElement"].forEach(function (name) {
    var form = document.createElement("form");
    form.name = name;
    form.toString = trap("toString of " + name, fail);
    document.querySelector("main").append(form);
  });
});
begin();

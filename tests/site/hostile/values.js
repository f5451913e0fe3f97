// Values of an SDK's settings that are larger than any page's, or of types that no site would use.
var MEGABYTE = 1e6;

configured("cycle", function () {
  var list = [], map = { list: list };
  list.push(map, list);
  map.itself = map;
  return { uniqueId: map, identities: list, metadata: map };
});
configured("hundred-megabytes", function () {
  var texts = [];
  for (var i = 0; i < MEGABYTE; i++) texts.push("a text of which there are a million, each of seventy-five characters in all");
  return { uniqueId: "x".repeat(100 * MEGABYTE), identities: texts, tags: new Uint8Array(100 * MEGABYTE), metadata: { text: "y".repeat(100 * MEGABYTE) } };
});
// A browser needs seconds to create and to list a million names. It lists a million indices at once.
configured("million-keys", function () {
  var many = {};
  for (var i = 0; i < MEGABYTE; i++) many[i] = i;
  return { uniqueId: "cust-1042", metadata: many };
});
// More than the probe lists.
configured("many-names", function () {
  var many = {};
  for (var i = 0; i < 20000; i++) many["key" + i] = i;
  return { uniqueId: "cust-1042", metadata: many };
});
configured("sparse", function () {
  var list = [];
  list[4294967294] = "last";
  var holes = ["crm:0", "crm:1"];
  delete holes[0];
  return { identities: list, tags: Object.assign([], { length: 4294967295 }), integrationIds: holes };
});
configured("deep", function () {
  var deep = {};
  for (var i = 0, at = deep; i < 100000; i++) at = at.in = {};
  return { uniqueId: deep, metadata: deep };
});
configured("proto-key", function () {
  var polluting = '{"__proto__": {"uniqueId": "polluted", "polluted": true}, "constructor": {"prototype": {"polluted": true}}}';
  return { uniqueId: "cust-1042", metadata: JSON.parse(polluting), identities: [JSON.parse(polluting)] };
});
configured("surrogates", function () {
  return { uniqueId: "\ud800", identities: ["\udfff\ud800", "a\ud83d"], tags: ["#\udc00"], metadata: { "\ud800": "\udc00", "\udbff\udbff": 1 } };
});
configured("odd-types", function () {
  return {
    uniqueId: 10n ** 1000n,
    identities: [Symbol("id"), trap("a function"), document.body, window, document.all, new WeakMap(), new Map([[1, 2]])],
    tags: [NaN, Infinity, -0, new Date(NaN), Object("boxed"), Object(1n), new Error("no"), /no/, Promise.resolve(1)],
    integrationIds: document.querySelectorAll("*"),
    metadata: { element: document.documentElement, event: new Event("x"), storage: localStorage, wasm: WebAssembly, style: getComputedStyle(document.body), all: document.all },
  };
});
configured("odd-to-json", function () {
  var lie = function (name, value) { return { real: 1, toJSON: trap(name, function () { return value; }) }; };
  var itself = { toJSON: trap("returns itself", function () { return itself; }) };
  var getter = {};
  Object.defineProperty(getter, "toJSON", { get: trap("getter of toJSON", fail) });
  return {
    uniqueId: lie("toJSON of an ID", "cust-1"), identities: [lie("toJSON of a name", null), itself, getter],
    tags: Object.assign(["#VIP"], { toJSON: trap("toJSON of a list", fail) }),
    metadata: { date: Object.assign(new Date(0), { toJSON: trap("toJSON of a date", fail) }), text: { toJSON: "no function" } },
  };
});
configured("converted", function () {
  var odd = function (name) {
    var made = { toString: trap(name + ".toString", fail), valueOf: trap(name + ".valueOf", fail) };
    made[Symbol.toPrimitive] = trap(name + ".toPrimitive", fail);
    Object.defineProperty(made, Symbol.toStringTag, { get: trap(name + ".tag", fail) });
    return made;
  };
  return { apiKey: odd("key"), region: odd("region"), lookupCodeElement: odd("selector"), uniqueId: odd("id"), autoconnect: odd("autoconnect"), tags: [odd("tag")] };
});
configured("lying-classes", function () {
  var named = function (name) { return { constructor: { name: name }, [Symbol.toStringTag]: name }; };
  var getter = {};
  Object.defineProperty(getter, "constructor", { get: trap("constructor", fail), enumerable: true });
  return { uniqueId: named("String"), identities: [named("Date"), getter], metadata: named("Map") };
});
configured("marked-keys", function () {
  return { uniqueId: { $: "Date", v: "2020-01-01" }, tags: { $: "list", v: ["#VIP"], n: 3 }, metadata: { $: "proxy", v: {}, $$: 1 }, identities: [{ $: "keep" }] };
});
add("selector-that-throws", "not-connected", function () {
  window.Upscope = sdk({ lookupCodeElement: ":not(" + "*".repeat(100000), uniqueId: "cust-1042" });
});
add("queue-without-end", "not-connected", function () {
  var made = window.Upscope = sdk({ uniqueId: "cust-1042" });
  made.q = Object.assign([], { length: 4294967295 });
  made.q[0] = ["updateConnection", made.q];
});
begin();

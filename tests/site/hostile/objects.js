// Settings that are read through getters or proxies. Reading a property's descriptor runs no getter. A proxy cannot be
// distinguished from its target without asking it, so its traps for descriptors, keys and the prototype may run, and no
// other.
var TRAPS = ["get", "set", "has", "deleteProperty", "defineProperty", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "setPrototypeOf", "isExtensible", "preventExtensions", "apply", "construct"];

/** A proxy that records each trap. A trap does what `handlers` defines, or else the default. */
function spied(target, handlers) {
  var all = {};
  TRAPS.forEach(function (name) {
    all[name] = trap("trap " + name, (handlers || {})[name] || function () { return Reflect[name].apply(Reflect, arguments); });
  });
  return new Proxy(target, all);
}
var always = function (value) { return { value: value, writable: true, enumerable: true, configurable: true }; };
var FIELDS = ["apiKey", "uniqueId", "identities", "tags", "integrationIds", "metadata"];

function getters(name, read) {
  configured(name, function () {
    var config = {};
    FIELDS.forEach(function (field) {
      Object.defineProperty(config, field, { get: trap("getter " + field, read), enumerable: true, configurable: true });
    });
    return config;
  });
}
getters("getters-that-throw", fail);
getters("getters-that-hang", function () { for (;;); });
getters("getters-that-recurse", function again() { return again() + again(); });
getters("getters-that-grow", function () { this["more" + Object.keys(this).length] = 1; return "x".repeat(1e6); });

configured("traps-that-throw", function () {
  var handlers = {};
  TRAPS.forEach(function (name) { handlers[name] = fail; });
  return spied({ uniqueId: "cust-1042" }, handlers);
});
configured("traps-that-throw-inside", function () {
  var handlers = {};
  TRAPS.forEach(function (name) { handlers[name] = fail; });
  return { uniqueId: spied({}, handlers), identities: [spied([], handlers)], tags: spied([], handlers), metadata: { a: spied({}, handlers) } };
});
configured("traps-without-end", function () {
  var deeper = function () {
    return spied({}, { getOwnPropertyDescriptor: function () { return always(deeper()); }, ownKeys: function () { return FIELDS.concat("in"); } });
  };
  return deeper();
});
configured("traps-that-recurse", function () {
  return spied({ uniqueId: "cust-1042" }, { getOwnPropertyDescriptor: function again() { return again() || again(); } });
});
configured("traps-that-change", function () {
  var reads = 0;
  return spied({}, {
    getOwnPropertyDescriptor: function () { return always(++reads % 2 ? "a text" : ["a list", reads]); },
    ownKeys: function () { return FIELDS; },
  });
});
configured("traps-that-grow", function () {
  var target = { uniqueId: "cust-1042" };
  return spied(target, {
    ownKeys: function () {
      for (var i = 0; i < 1000; i++) target["key" + Object.keys(target).length] = i;
      return Object.keys(target);
    },
  });
});
configured("traps-with-many-keys", function () {
  var keys = [];
  for (var i = 0; i < 100000; i++) keys.push("key" + i);
  return { uniqueId: "cust-1042", metadata: spied({}, { ownKeys: function () { return keys; }, getOwnPropertyDescriptor: function () { return always(1); } }) };
});
configured("traps-of-a-prototype", function () {
  return { uniqueId: Object.create(spied({})), metadata: Object.create(spied({}, { getPrototypeOf: fail })) };
});
configured("revoked", function () {
  var gone = function (target) { var made = Proxy.revocable(target, {}); made.revoke(); return made.proxy; };
  return { uniqueId: gone({}), identities: [gone([])], tags: gone([]), metadata: { a: gone(function () {}) } };
});
configured("revoked-settings", function () {
  var made = Proxy.revocable({}, {});
  made.revoke();
  return made.proxy;
});
configured("another-window", function () {
  var frame = document.createElement("iframe");
  frame.sandbox = "";
  document.body.append(frame);
  var other = frame.contentWindow;
  return { uniqueId: other, identities: [other, other.location], metadata: { window: other } };
});
add("sdk-is-a-proxy", "not-connected", function () {
  window.Upscope = spied(sdk({ uniqueId: "cust-1042" }));
});
add("queue-is-a-proxy", "not-connected", function () {
  window.Upscope = sdk({ uniqueId: "cust-1042" });
  Upscope.q = spied([["init", {}]], { get: fail, getOwnPropertyDescriptor: fail });
});
add("everything-is-a-getter", "snippet-only", function () {
  var made = trap("Upscope");
  ["_version", "_config", "q", "__defaultConfiguration", "__defaultRegion", "_integrations"].forEach(function (name) {
    Object.defineProperty(made, name, { get: trap("getter " + name, fail), enumerable: true });
  });
  made.c = trap("c");
  window.Upscope = made;
});
begin();

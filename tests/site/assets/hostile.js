// An `Upscope` that detects a probe: every read of a property is counted, some throw, some return wrong values.
(function () {
  window.__getterHits = {};
  window.__calls = 0;
  function hit(name) { window.__getterHits[name] = (window.__getterHits[name] || 0) + 1; }
  function trap(object, name, give) {
    Object.defineProperty(object, name, { enumerable: true, configurable: true, get: function () { hit(name); return give(); } });
  }
  function boom() { throw new Error("do not look"); }
  var hostile = function () { window.__calls += 1; };
  var config = new Proxy({ apiKey: "demoAcme01", uniqueId: "x" }, {
    get: function (target, name) { hit("config." + String(name)); if (name === "tags") boom(); return name === "toJSON" ? boom : target[name]; },
    ownKeys: function () { hit("config keys"); return boom(); },
    getOwnPropertyDescriptor: function () { hit("config descriptor"); return boom(); },
    has: function () { hit("config has"); return true; }
  });
  trap(hostile, "_version", boom);
  trap(hostile, "_config", function () { return config; });
  trap(hostile, "_integrations", function () { return { length: 4294967296 }; });
  trap(hostile, "q", function () { return new Proxy([], { get: function (target, name) { hit("q." + String(name)); return name === "length" ? 1e9 : boom(); } }); });
  trap(hostile, "__defaultConfiguration", function () { return { toString: boom, valueOf: boom, toJSON: boom, apiKey: { toString: boom } }; });
  trap(hostile, "__defaultRegion", function () { return { toJSON: boom }; });
  window.Upscope = hostile;
})();

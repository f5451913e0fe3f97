// An `Upscope` that is too large to copy: cycles, depth, 5 MB texts, 100,000 queue entries.
(function () {
  var huge = function () {};
  huge._version = "2.2.119";
  huge.q = [];
  for (var i = 0; i < 100000; i += 1) huge.q.push(["updateConnection", { uniqueId: "entry " + i, tags: ["#N"] }]);
  var cyclic = { name: "cycle" };
  cyclic.self = cyclic;
  var deep = {};
  for (var d = 0, at = deep; d < 10000; d += 1) at = at.in = {};
  var many = {};
  for (var k = 0; k < 50000; k += 1) many["key" + k] = k;
  huge._config = {
    apiKey: "demoAcme01",
    version: "2.2.119",
    uniqueId: "u".repeat(5 * 1024 * 1024),
    identities: Array.from({ length: 20000 }, () => "identity"),
    tags: cyclic,
    integrationIds: ["acmechat:" + "9".repeat(100000)],
    metadata: { cyclic: cyclic, deep: deep, many: many, text: "m".repeat(5 * 1024 * 1024) }
  };
  huge._config.itself = huge._config;
  window.Upscope = huge;
})();

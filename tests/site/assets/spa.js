// Login, logout and switch in single-page apps, correct and incorrect (docs/sdk-reference.md#reset,
// docs/sdk-reference.md#real-pages).
(function () {
  var ada = { uniqueId: "cust-1042", identities: ["Ada Marsh", "ada@acme.example"], tags: ["#VIP"], integrationIds: ["crm:0031"], metadata: { plan: "gold" } };
  var grace = { uniqueId: "cust-2077", identities: ["Grace Lin"], tags: ["#TRIAL"], metadata: { plan: "trial" } };
  function who(name) { document.getElementById("who").value = name; }
  function copy(person) { return JSON.parse(JSON.stringify(person)); }
  function on(id, act) { document.getElementById(id).addEventListener("click", act); }
  on("login", function () { Upscope("updateConnection", copy(ada)); who("Ada"); });
  on("logout", function () { Upscope("reset"); who("nobody"); });
  // Correct: the new identity is set when the new visitor is connected.
  var awaited = null;
  Upscope("on", "connection", function () {
    if (awaited) Upscope("updateConnection", copy(awaited));
    awaited = null;
  });
  on("switch", function () { awaited = grace; Upscope("reset"); who("Grace"); });
  // Partly correct: in the next task the update has effect, but it waits during the reconnect and stops the queue.
  on("switch-next-task", function () {
    Upscope("reset");
    setTimeout(function () { Upscope("updateConnection", copy(grace)); }, 0);
    who("Grace");
  });
  // Bug: the app logs out, Upscope doesn't.
  on("logout-forgets", function () { who("nobody"); });
  // Bug: in the same tick the identity goes to the previous visitor and is then cleared.
  on("switch-at-once", function () { Upscope("reset"); Upscope("updateConnection", copy(grace)); who("Grace"); });
  on("navigate", function () { history.pushState({}, "", "/spa?view=" + Math.random().toString(36).slice(2, 6)); });
})();

var config = { uniqueId: "cust-1042" }, made = window.Upscope = sdk(config), forbidden = [];
document.addEventListener("securitypolicyviolation", function (event) { forbidden.push(event.effectiveDirective + " " + event.blockedURI); });
window.tell = function () {
  return [{ name: "policy", state: "not-connected", calls: calls.concat(forbidden), unchanged: isUnchanged(made, config), beats: performance.now() }];
};

var config = { uniqueId: "cust-1042" }, made = window.Upscope = sdk(config), forbidden = [];
// Firefox itself asks for the icon of each page, at some time after the load.
function isIcon(url) { return url.endsWith("/favicon.ico"); }
document.addEventListener("securitypolicyviolation", function (event) {
  if (!isIcon(event.blockedURI)) forbidden.push(event.effectiveDirective + " " + event.blockedURI);
});
window.tell = function () {
  return [{ name: "policy", state: "not-connected", calls: calls.concat(forbidden), unchanged: isUnchanged(made, config), beats: performance.now() }];
};

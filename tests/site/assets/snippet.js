// The snippet as a file, for pages whose policy allows no inline script. The loader can't run there: it sets a script's
// URL from text, which Trusted Types refuse. So the page names the SDK script itself.
window.Upscope = function () { window.Upscope.c(arguments); };
window.Upscope.q = [];
window.Upscope.c = function (args) { window.Upscope.q.push(args); };

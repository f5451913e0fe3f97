var isPast = false, target = { uniqueId: "cust-1042" };
var config = new Proxy(target, {
  getOwnPropertyDescriptor: function (of, name) {
    for (var end = performance.now() + 7000; !isPast && performance.now() < end;);
    isPast = true;
    return Reflect.getOwnPropertyDescriptor(of, name);
  },
});
window.Upscope = sdk(config);
window.tell = function () {
  return [{ name: "hangs", state: "not-connected", calls: calls, unchanged: window.Upscope.q.length === 0 && target.uniqueId === "cust-1042", beats: performance.now() }];
};

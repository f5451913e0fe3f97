// The loader `/<PUBLIC KEY>.js` (docs/sdk-reference.md#snippet-and-loader): account settings first, then the SDK
// script. The server fills in the __NAMES__. URLs use the Host header, so any host name works.
(function () {
  var base = __BASE__;
  function add(path) {
    var script = document.createElement('script');
    script.async = true;
    script.src = base + path;
    (document.head || document.documentElement).appendChild(script);
  }
  // `upscopeTestingKey` loads another key's code instead.
  var testing = null;
  try { testing = localStorage.getItem('upscopeTestingKey'); } catch { /* sandboxed frame */ }
  var other = /^(?:staging|development):(\w+)$/.exec(testing || '');
  if (other && other[1] !== __KEY__) return add('/' + other[1] + '.js');
  window.Upscope.__defaultConfiguration = __CONFIGURATION__;
  window.Upscope.__defaultRegion = __REGION__;
  add(__SDK__);
})();

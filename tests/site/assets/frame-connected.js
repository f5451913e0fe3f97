// Sets `data-later` to `done` when the SDK in a frame of this page has its connection: the handshake stores the
// connection's ID (docs/sdk-reference.md#stored-values), which is an event in every other document of the tab.
addEventListener("storage", function (event) {
  if (event.key !== "__upscope:uniqueConnectionId" || !event.newValue) return;
  document.documentElement.dataset.later = "done";
});

// A part of the scripts around the relay, in its world: its port, to `deliver` and not to the extension's background. JavaScript
// because it runs in pages.
  function connect() {
    let acknowledge = (_reply) => {};
    return {
      onMessage: { addListener: (listener) => { acknowledge = listener; } },
      onDisconnect: { addListener: () => {} },
      disconnect: () => {},
      postMessage(batch) {
        deliver(batch);
        soon(() => acknowledge({ ack: batch.first + batch.texts.length }));
      },
    };
  }

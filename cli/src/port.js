  // The relay's port, to `deliver` and not to the extension. JavaScript because it runs in pages, in the world of the relay.
  function connect() {
    let acknowledge = () => {};
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

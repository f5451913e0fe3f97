// Live chats (docs/sdk-reference.md#live-chats). Two are simulated: intercom and the old zendesk chat.
const CHATS = {
  intercom: {
    present: () => typeof window.Intercom === "function",
    id: () => window.Intercom("getVisitorId"),
    identity: () => ({ uniqueId: window.intercomSettings?.user_id, identities: given(window.intercomSettings?.name, window.intercomSettings?.email) }),
    onOpen: (action) => window.Intercom("onShow", action),
  },
  zendesk: {
    present: () => Boolean(window.$zopim?.livechat),
    id: () => window.$zopim.livechat.getId(),
    identity: () => ({ identities: given(window.$zopim.livechat.getName(), window.$zopim.livechat.getEmail()) }),
    onOpen: (action) => window.$zopim.livechat.window.onShow(action),
  },
};

function given(...texts) {
  const list = texts.filter(Boolean);
  return list.length ? list : undefined;
}

function watchLiveChats() {
  U._integrations = [];
  findLiveChats();
  setInterval(findLiveChats, 250);
}

function findLiveChats() {
  for (const [name, chat] of Object.entries(CHATS)) {
    if (U._integrations.includes(name) || !chat.present()) continue;
    U._integrations.push(name);
    // The chat's ID *replaces* the page's (*ran*).
    config.integrationIds = [`${name}:${chat.id()}`];
    if (state === "ready") send("connectionUpdate", { integrationIds: config.integrationIds });
    offerWatchLink();
    chat.onOpen(() => {
      session.set("integrationOpened", true);
      connect(true);
    });
  }
}

/** Adds what the page left undefined, only in frames. */
function chatIdentity() {
  const name = U._integrations?.[0];
  return name ? CHATS[name].identity() : {};
}

/** `intercomSettings.screenshare` contains the watch link. */
function offerWatchLink() {
  if (shortId && U._integrations?.includes("intercom") && window.intercomSettings) window.intercomSettings.screenshare = watchLink();
}

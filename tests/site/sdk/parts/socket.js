// The connection (reference section 4): frames `{c, d}`, reconnects, idle, doNotReconnect.
// `state`: "off", "held" (autoconnect off, idle, reset(false)), "connecting", "ready", "retrying", "stopped".
let state = "off";
let heldBy = null;
let socket = null;
let retryTimer = null;
let idleTimer = null;
let resetPending = false;
let handshakes = 0;

function startManager() {
  whenBody(showManager);
  installLookupCodeTriggers();
  window.addEventListener("message", answerRegistration);
  setTimeout(() => {
    chooseRegion();
    watchLiveChats();
    hold("autoconnect");
    if (config.autoconnect || hasReasonToConnect()) connect();
  }, 0);
  // Between init and the handshake, and with a dead queue, no hook tells of a call: look.
  setInterval(() => state === "held" && U.q.some(isForcing) && connect(true), 50);
  window.addEventListener("storage", (event) => {
    if (event.key === "__upscope:lastConnectedAt" && event.newValue && heldBy === "autoconnect") connect();
  });
  for (const name of ["mousemove", "scroll", "keydown"]) window.addEventListener(name, activity, { passive: true });
  for (const name of ["focus", "blur"]) window.addEventListener(name, () => send("focus", document.hasFocus()));
}

/** Section 3: such a page connects by itself when it did so within a day, or when a session flag is set. */
function hasReasonToConnect() {
  const last = Date.parse(local.get("lastConnectedAt"));
  return Date.now() - last < 24 * 3600 * 1000 || SESSION_FLAGS.some((flag) => session.get(flag));
}

function hold(reason) {
  state = "held";
  heldBy = reason;
}

/** `priority`: a forced connect; only those leave `lastConnectedAt` behind (section 3). */
function connect(priority = false) {
  if (hung || !["held", "retrying"].includes(state)) return;
  clearTimeout(retryTimer);
  window.__upscopeIdleManagerActive = true; // section 3: a connection was attempted
  loadIds();
  if (!runWaiting()) return hold("reset");
  state = "connecting";
  heldBy = null;
  if (priority) local.set("lastConnectedAt", new Date());
  if (!session.get("connectionActiveSince")) session.set("connectionActiveSince", new Date());
  const query = `apiKey=${encodeURIComponent(config.apiKey)}&version=${FLAVOUR.version}${priority ? "&priority=1" : ""}`;
  const opened = new WebSocket(`${config.dataEndpoint}?${query}`);
  socket = opened;
  opened.onopen = () => send("hello", hello());
  opened.onmessage = (message) => opened === socket && receive(JSON.parse(message.data));
  opened.onclose = () => opened === socket && lost();
}

function loadIds() {
  shortId = local.get("shortId");
  uniqueConnectionId = session.get("uniqueConnectionId");
  loadLookupCode();
}

function lost() {
  endSession();
  socket = null;
  if (state !== "stopped") retry();
}

function retry() {
  state = "retrying";
  retryTimer = setTimeout(connect, reconnectMs || 1000 + Math.random() * 3000);
}

function send(name, data) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ c: name, d: data }));
}

function hello() {
  const chat = chatIdentity();
  return {
    ...Object.fromEntries(UPDATABLE.map((key) => [key, config[key]])),
    activeSince: session.get("connectionActiveSince"),
    apiKey: config.apiKey,
    audioSupported: false,
    currentUrl: location.href,
    fingerprint: "stand-in",
    hasFocus: document.hasFocus(),
    identities: config.identities === undefined ? chat.identities : config.identities,
    integration: U._integrations?.[0],
    jsConfiguration: config.jsConfiguration,
    lookupCode: lookupCode ?? undefined,
    metadata: FLAVOUR.keepsMetadata ? config.metadata : undefined, // section 4: 2.2.119 never sends init's
    proxied: false,
    requireAuthorizationForSession: config.requireAuthorizationForSession,
    reset: resetPending || undefined,
    shortId: shortId ?? undefined,
    timestamp: Date.now(),
    uniqueConnectionId: uniqueConnectionId ?? undefined,
    uniqueId: config.uniqueId === undefined ? chat.uniqueId : config.uniqueId,
    version: FLAVOUR.version,
  };
}

function receive({ c: name, d: data }) {
  const act = INCOMING[name];
  if (act) act(data);
}

const INCOMING = {
  youAre: handshake,
  welcomeBack: handshake,
  ping: () => send("pong"),
  // Section 4: final for the load; the socket stays, calls wait for ever.
  doNotReconnect: () => { state = "stopped"; },
  apiKeyError: ([level, text]) => console[level === "error" ? "error" : "warn"](`[Upscope] ${text}`),
  dataError: ([level, text]) => console[level === "error" ? "error" : "warn"](`[Upscope] ${text}`),
  beginSession: () => beginSession("sessionStart"),
  continueSession: () => beginSession("sessionContinue"),
  endSession,
  newObserver: ([id, data]) => addObserver(id, data),
  observerGone: ([id]) => removeObserver(id),
  callStart: () => emit("callStart"),
  callEnd: () => emit("callEnd"),
  agentsAvailable: (data) => emit("agentsAvailable", data),
  requestStatus: ([status]) => emit("agentRequestUpdate", status),
};

function handshake([id, connectionId]) {
  shortId = id;
  uniqueConnectionId = connectionId;
  local.set("shortId", id);
  session.set("uniqueConnectionId", connectionId);
  session.set("pageviews", [{ html: "SENSITIVE-PAGE-SNAPSHOT" }]); // section 3: no tool may ever read it
  resetPending = false;
  handshakes += 1;
  state = "ready";
  if (handshakes === 1) hookQueue();
  drain();
  offerWatchLink();
  showLookupCodeInElement();
  emit("connection");
  restartIdleTimer();
}

/** Section 4: mouse, scroll or key reconnects an idle page; `updateConnection` does not. */
function activity() {
  if (heldBy === "idle") connect();
  else restartIdleTimer();
}

function restartIdleTimer() {
  clearTimeout(idleTimer);
  if (state !== "ready") return;
  idleTimer = setTimeout(() => {
    if (state !== "ready" || inSession) return;
    hold("idle");
    closeSocket();
  }, config.disconnectAfterSeconds * 1000);
}

function closeSocket() {
  const closing = socket;
  socket = null;
  closing?.close();
}

/** Section 4: an `updateConnection` in the same tick still goes to the old visitor, and is then wiped. */
function resetWhenReady(reconnect) {
  emit("connectionReset");
  send("stopSession");
  queueMicrotask(() => {
    if (state !== "ready") return;
    clearVisitor();
    resetPending = true;
    endSession();
    closeSocket();
    if (reconnect === false) hold("reset");
    else retry();
  });
}

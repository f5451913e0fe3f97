// The connection (docs/sdk-reference.md#socket): frames `{c, d}`, reconnects, idle, doNotReconnect. `state`: "off",
// "held" (autoconnect off, idle, reset(false)), "connecting", "ready", "retrying", "stopped". It stays "ready" until
// the socket's close event, even while a reset or idleness closes it.
let state = "off";
let heldBy = null;
let socket = null;
/** What follows the close event of a socket that the SDK closes itself. */
let afterClose = null;
/** `doNotReconnect` is final for the page load. Until the socket closes, calls are still processed and sent. */
let final = false;
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
  // Between init and the handshake, and with a dead queue, no hook reports a call, so the queue is polled.
  setInterval(() => state === "held" && U.q.some(isForcing) && connect(true), 50);
  window.addEventListener("storage", (event) => {
    if (event.key === "__upscope:lastConnectedAt" && event.newValue && heldBy === "autoconnect") connect();
  });
  for (const name of ["mousemove", "scroll", "keydown"]) window.addEventListener(name, activity, { passive: true });
  watchRoute();
  for (const name of ["focus", "blur"]) window.addEventListener(name, () => send("focus", document.hasFocus()));
}

/** A route change resumes a socket that is idle or closed by `reset(false)`. */
function watchRoute() {
  const changed = () => ["idle", "reset"].includes(heldBy) && connect();
  const { pushState } = history;
  history.pushState = function (...args) {
    pushState.apply(this, args);
    changed();
  };
  window.addEventListener("popstate", changed);
}

/** Such a page connects by itself if it did so within a day, or if a session flag is set. */
function hasReasonToConnect() {
  const last = Date.parse(local.get("lastConnectedAt"));
  return Date.now() - last < 24 * 3600 * 1000 || hasPriority();
}

function hasPriority() {
  return SESSION_FLAGS.some((flag) => session.get(flag));
}

function hold(reason) {
  state = "held";
  heldBy = reason;
}

/** Only forced and priority connects set `lastConnectedAt`. Session flags decide the priority. */
function connect(forced = false) {
  if (hung || !["held", "retrying"].includes(state)) return;
  clearTimeout(retryTimer);
  window.__upscopeIdleManagerActive = true; // a connection was attempted
  loadIds();
  if (!runWaiting()) return;
  state = "connecting";
  heldBy = null;
  const priority = hasPriority();
  if (forced || priority) local.set("lastConnectedAt", new Date());
  if (!session.get("connectionActiveSince")) session.set("connectionActiveSince", new Date().toISOString());
  const query = `apiKey=${encodeURIComponent(config.apiKey)}&version=${FLAVOUR.version}${priority ? "&priority=1" : ""}`;
  const opened = new WebSocket(`${config.dataEndpoint}?${query}`);
  socket = opened;
  opened.onopen = () => send("hello", hello());
  opened.onmessage = (message) => opened === socket && receive(JSON.parse(message.data));
  opened.onclose = () => opened === socket && closed();
}

function loadIds() {
  shortId = local.get("shortId");
  uniqueConnectionId = session.get("uniqueConnectionId");
  loadLookupCode();
}

function closed() {
  const after = afterClose ?? retry;
  socket = null;
  afterClose = null;
  clearTimeout(idleTimer);
  endSessionLater();
  if (final) state = "stopped";
  else after();
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
    metadata: FLAVOUR.keepsMetadata ? config.metadata : undefined, // 2.2.119 never sends init's
    proxied: false,
    requireAuthorizationForSession: config.requireAuthorizationForSession,
    reset: resetPending,
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
  doNotReconnect: () => { final = true; },
  apiKeyError: ([level, text]) => console[level === "error" ? "error" : "warn"](`[Upscope] ${text}`),
  dataError: ([level, text]) => console[level === "error" ? "error" : "warn"](`[Upscope] ${text}`),
  beginSession: () => beginSession("sessionStart"),
  continueSession: () => beginSession("sessionContinue"),
  endSession,
  newObserver: ([id, data]) => addObserver(id, data),
  observerMove: ([id]) => moveObserver(id), // the frame's name is the stand-in's own
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
  session.set("pageviews", JSON.stringify([{ html: "SENSITIVE-PAGE-SNAPSHOT" }])); // no tool may ever read it
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

/** Mouse, scroll or key reconnects an idle page; `updateConnection` doesn't. */
function activity() {
  if (heldBy === "idle") connect();
  else restartIdleTimer();
}

function restartIdleTimer() {
  clearTimeout(idleTimer);
  if (state !== "ready" || afterClose) return;
  idleTimer = setTimeout(() => {
    if (state === "ready" && !inSession) closeSocket(() => hold("idle"));
  }, config.disconnectAfterSeconds * 1000);
}

function closeSocket(after) {
  afterClose = after;
  socket.close();
}

/**
 * An `updateConnection` in the same tick still goes to the previous visitor, and is then cleared. Until the close
 * event the status is "ready": `getShortId` returns nothing at once, and an update goes to a closing socket.
 */
function resetWhenReady(reconnect) {
  emit("connectionReset");
  send("stopSession");
  queueMicrotask(() => {
    if (state !== "ready") return;
    clearVisitor();
    resetPending = true;
    endSession();
    closeSocket(reconnect === false ? () => hold("reset") : retry);
  });
}

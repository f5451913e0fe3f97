// The queue `Upscope.q` (docs/sdk-reference.md#snippet-and-loader, docs/sdk-reference.md#waiting-calls).
const RECURSION_LIMIT = 2000; // "recurses some 2,000 times"
let draining = false;
let reentered = false;

/** Before `init` only an empty queue is hooked. */
function awaitFirstCommand() {
  if (U.q.length > 0) return firstCommand();
  const q = U.q;
  q.push = function (...entries) {
    const length = Array.prototype.push.apply(this, entries);
    delete q.push;
    firstCommand();
    return length;
  };
}

function firstCommand() {
  const [name, argument] = Array.from(U.q.shift());
  if (name !== "init") {
    console.error(`[Upscope] The first command has to be init, not ${name}.`); // lost, and later entries are not read
    return;
  }
  if (init(argument)) attachToParent(startManager);
}

/** Hooked again after the first handshake of the page load, and never later. */
function hookQueue() {
  U.q.push = function (...entries) {
    const length = Array.prototype.push.apply(this, entries);
    if (emitting === 0) drain();
    return length;
  };
}

/**
 * An entry leaves the queue after it ran. A call inside its callback therefore runs the entry again, which makes the
 * call again. Here this is a loop, because the depth of a real recursion depends on the browser's stack.
 */
function drain() {
  if (hung || state !== "ready") return;
  if (draining) {
    reentered = true;
    return;
  }
  draining = true;
  while (state === "ready" && U.q.length > 0) {
    if (recurses(U.q[0])) {
      U.q.length = 0; // the real queue's content after its stack overflow is unknown
      console.error("[Upscope stand-in] Maximum call stack size exceeded");
    } else {
      U.q.shift();
    }
  }
  draining = false;
}

/** Runs an entry, and again for each call inside its callback. Returns whether that would never end. */
function recurses(entry) {
  for (let runs = 1; runs <= RECURSION_LIMIT; runs += 1) {
    reentered = false;
    run(Array.from(entry));
    if (!reentered) return false;
    record("recursions", runs);
  }
  return true;
}

/**
 * Just before connecting, waiting resets run first, whatever their order, then waiting updates, which reach the
 * server only in `hello`. The array is *replaced*: at a reconnect the hook is lost with the old one (the dead
 * queue). A waiting `reset(false)` connects nevertheless, and `hello.reset` is then false.
 * Returns whether to connect: not after a call that hangs the SDK.
 */
function runWaiting() {
  const resets = U.q.filter((entry) => entry?.[0] === "reset");
  const updates = U.q.filter((entry) => entry?.[0] === "updateConnection");
  if (resets.length + updates.length === 0) return true;
  if (resets.length > 0) {
    clearVisitor();
    resetPending = !resets.some((entry) => entry[1] === false);
  }
  for (const entry of updates) {
    if (hangs(entry[1])) return hang();
    writeConfig(entry[1]);
  }
  U.q = U.q.filter((entry) => entry?.[0] !== "reset" && entry?.[0] !== "updateConnection");
  return true;
}

/** No argument, or truthy `identities` or `tags` that are neither text nor list. */
function hangs(update) {
  if (!update) return true;
  return ["identities", "tags"].some((key) => update[key] && typeof update[key] !== "string" && !Array.isArray(update[key]));
}

/** The page itself continues, the status stays "connecting", and later calls accumulate. */
function hang() {
  hung = true;
  record("hung", true);
  state = "connecting";
  heldBy = null;
  return false;
}

/** These force a connection. */
const FORCING = ["connect", "getWatchLink", "getLookupCode", "getUserId", "getShortId", "requestAgent"];
function isForcing(entry) {
  return FORCING.includes(entry?.[0]);
}

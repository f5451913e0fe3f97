// The queue `Upscope.q` (docs/sdk-reference.md#snippet-and-loader, docs/sdk-reference.md#waiting-calls).
const RECURSION_LIMIT = 2000; // section 4: "recurses some 2,000 times"
let draining = false;
let reentered = false;

/** Section 2: before `init` the hook is there only when the queue is empty. */
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
    console.error(`[Upscope] The first command has to be init, not ${name}.`); // lost, and nothing after it is read
    return;
  }
  if (init(argument)) attachToParent(startManager);
}

/** Section 2: hooked again after the first handshake of the page load, and never afterwards. */
function hookQueue() {
  U.q.push = function (...entries) {
    const length = Array.prototype.push.apply(this, entries);
    if (emitting === 0) drain();
    return length;
  };
}

/**
 * An entry leaves the queue after it ran, so a call made inside its callback runs the entry again, which makes the
 * call again (section 4). Here as a loop: a real recursion would end where each browser's stack happens to.
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
      U.q.length = 0; // what the real queue holds after its stack overflow is not known
      console.error("[Upscope stand-in] Maximum call stack size exceeded");
    } else {
      U.q.shift();
    }
  }
  draining = false;
}

/** Runs an entry, again for each call made inside its callback; whether that would never end. */
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
 * Section 4: just before connecting, waiting resets run first whatever their order, then waiting updates;
 * they reach the server through `hello` only. The array is *replaced*: on a reconnect the hook goes with the
 * old one (the dead queue). Section 8: a waiting `reset(false)` connects all the same, and `hello.reset` is then false.
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

/** Section 8: no argument, or truthy `identities` or `tags` that are neither text nor list. */
function hangs(update) {
  if (!update) return true;
  return ["identities", "tags"].some((key) => update[key] && typeof update[key] !== "string" && !Array.isArray(update[key]));
}

/** Section 8: the page itself goes on, the status stays "connecting", later calls pile up. */
function hang() {
  hung = true;
  record("hung", true);
  state = "connecting";
  heldBy = null;
  return false;
}

/** Section 3: these force a connection. */
const FORCING = ["connect", "getWatchLink", "getLookupCode", "getUserId", "getShortId", "requestAgent"];
function isForcing(entry) {
  return FORCING.includes(entry?.[0]);
}

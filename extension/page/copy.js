// Copies values of a page to JSON text. The build includes this in the probe and in the recorder, which define the
// functions below. It reads only property descriptors, so no getter runs, and copies no more than the limits of `fill`.
// Values that JSON lacks or that can't be read are written as {"$": kind}. A key of the page that starts with "$" gets
// a second "$".
//
// Whether an object is a proxy can only be tested by structured cloning, which rejects a proxy before any trap runs. It
// also rejects functions, and runs getters. So an object is tested only if all parts of it were seen and none of them
// is a function, an accessor, a proxy or unknown. Any other object may be a proxy, and counts as one: the page's code
// may give other values than the ones that were seen, also for the plain ones. Nothing that runs no code tests such an
// object: a copy of its plain parts is never a proxy, and neither prototype nor descriptors show one.
//
// Defined before this: NODES, TOTAL, TESTS (the limits), FIELDS (the keys of the visitor), own, isArray, prototypeOf,
//   isData, get, holds, quote, start,
//   classOf(f, name): the name of the class if `f` is a built-in constructor of this name; "" otherwise.
//   dateText(v, toJSON): the JSON text of a `Date`, null for an invalid one; undefined for any other object with
//   `toJSON`.
//   isProxy(v): whether an object that can be cloned without running code is a proxy, or may be one.
//   refill(copyKey): copies a known key with separate limits; `copyKey` returns the length of the copy.
//   isTorn(text): whether a text has half of a surrogate pair, which the copy can't have.
//   isLate(): whether copying takes too long.
const MAX_VALUE = 2048, MAX_CLONED = 65536, DEPTH = 6, KEYS = 100, NAME = 40, MANY = 10000;
// `isPlain`: the value was created by the extension from plain values, so it contains nothing of the page.
let nodes = 0, room = 0, tests = 0, isPlain = false;
// `isClonable`: cloning what was copied runs no code, isn't rejected, and takes no longer than copying it.
// `spare`: how much more than the copy may be cloned.
let isClonable = true, spare = 0;
// `isArgument`: the object with the known keys is the argument of a call, which the page made.
let isArgument = false;
const NONE = [];
const fill = () => { nodes = NODES; room = TOTAL; tests = TESTS; spare = MAX_CLONED; };
const special = (kind, v, n) => `{"$":"${kind}"${v === undefined ? "" : `,"v":${v}`}${n === undefined ? "" : `,"n":${n}`}}`;
const unread = (kind, v, n, clones) => (clones || (isClonable = false), special(kind, v, n));
/** Whether a text or a number of items beyond the limits can be cloned at no great cost. */
const fits = (size) => size <= spare && ((spare -= size), true);
const spend = (text) => ((room -= text.length), text);
const dataOf = (slot) => (isData(slot) ? slot.value : undefined);
/** Reads a property, own or inherited, without running code. */
function lookUp(object, name) {
  for (let at = object, i = 0; at && i < 20; at = prototypeOf(at), i++) {
    // All lists inherit from one prototype, to which Prototype.js adds `toJSON`. Lists are still read exactly. The
    // report states once that the page sends them as text.
    if (name === "toJSON" && at !== object && isArray(at)) continue;
    const slot = own(at, name);
    if (slot) return slot;
  }
}
/** The page's conversion to JSON, if there is or may be one. */
function conversion(v) {
  const slot = lookUp(v, "toJSON");
  return slot && (!isData(slot) || typeof slot.value === "function") ? slot : null;
}
/** The class of an object that isn't plain and whose values aren't visible as properties. */
function nativeClass(object) {
  for (let at = prototypeOf(object), i = 0; at && i < 20; at = prototypeOf(at), i++) {
    const made = get(at, "constructor"), name = typeof made === "function" ? get(made, "name") : null;
    const kind = typeof name === "string" && name !== "Object" ? classOf(made, name) : "";
    if (kind) return start(kind, NAME);
  }
}
function copyText(s) {
  if (s.length <= MAX_VALUE && s.length <= room && !isTorn(s)) return quote(s);
  const most = room < MAX_VALUE ? room : MAX_VALUE;
  return unread("text", s.length > MAX_CLONED || most <= 0 ? '""' : quote(start(s, most)), s.length, fits(s.length));
}
/** Whether a property that isn't copied is missing, or plain and small. */
function isSmall(slot) {
  if (slot && !isData(slot)) return false;
  const v = slot ? slot.value : null, type = typeof v;
  if (v !== null && type !== "string" && type !== "number" && type !== "boolean" && type !== "undefined") return false;
  return fits(8 + (type === "string" ? v.length : 0));
}
function copyList(list, depth) {
  const length = get(list, "length") >>> 0;
  let out = "", i = 0;
  // For a hole in a list, JSON contains the inherited value.
  for (; i < length && i < KEYS && nodes > 0 && room > 0; i++) out += (i ? "," : "") + copyProperty(list, i, depth, undefined, lookUp);
  const left = length - i;
  while (i < length && isSmall(own(list, i))) i++;
  // Cloning also reads the other properties of a list.
  let clones = i === length;
  if (clones && !isPlain) for (const key in list) if (`${+key >>> 0}` !== key && !isSmall(own(list, key))) { clones = false; break; }
  if (!clones) isClonable = false;
  return left ? unread("list", `[${out}]`, left, clones) : `[${out}]`;
}
/**
 * `known`: keys that are copied first and don't count towards the limit of keys, so that no other key hides them.
 */
function copyMap(object, depth, known) {
  let out = "", taken = 0, left = 0, foreign = 0, clones = true;
  const add = (key, slot, copy = copySlot) => {
    const before = out.length;
    out += (out && ",") + spend(quote(key[0] === "$" ? "$" + key : key)) + ":" + copy(slot, depth);
    return out.length - before;
  };
  const ahead = known || NONE;
  for (let i = 0; i < ahead.length; i++) {
    const key = ahead[i], slot = own(object, key), read = slot || !isArgument ? slot : lookUp(object, key);
    // JSON and `Object.assign` ignore inherited and non-enumerable properties, but an SDK that reads a key by its name
    // gets them. So it is unknown whether the call sets them.
    if (read) refill(() => add(key, read, isArgument && !(slot && slot.enumerable) ? copyHidden : copySlot));
  }
  for (const key in object) {
    if (holds(ahead, key)) continue;
    const slot = own(object, key);
    // Inherited properties come last.
    if (!slot || !slot.enumerable) { if (++foreign < MANY) continue; break; }
    // A key that can't be copied exactly is omitted, because its copy would be another key.
    const isExactKey = key.length <= MAX_VALUE && !isTorn(key);
    if (taken < KEYS && nodes > 0 && room > 0 && isExactKey) { taken++; add(key, slot); continue; }
    clones = clones && fits(key.length) && isSmall(slot);
    if (++left >= MANY) { clones = false; break; }
  }
  return left ? unread("map", `{${out}}`, left, clones) : `{${out}}`;
}
const copyParts = (v, depth, known) => (isArray(v) ? copyList(v, depth) : copyMap(v, depth, known));
function copyObject(v, depth, known) {
  if (isPlain) return copyParts(v, depth, known);
  const slot = conversion(v);
  if (slot && !known) {
    const text = dateText(v, dataOf(slot));
    return text === undefined ? unread("toJSON") : text === null ? special("NaN") : special("Date", quote(text));
  }
  // The SDK reads the known keys by their names, and sends an argument as JSON.
  if (slot && isArgument) isClonable = false;
  if (isArray(v)) return tested(v, copyList(v, depth), known);
  // `JSON.rawJSON` makes such an object for digits that a number lacks.
  const raw = prototypeOf(v) === null ? own(v, "rawJSON") : null;
  if (raw && !raw.configurable) return unread("rawJSON");
  const kind = nativeClass(v);
  return kind ? unread(kind) : tested(v, copyMap(v, depth, known), known);
}
/** Adds to the copy of an object that it is or may be a proxy. */
function tested(v, text, known) {
  // The SDK itself made the other objects with known keys: its settings and its configuration.
  if (known && !isArgument) return text;
  if (!isClonable) return unread("proxy", text);
  if (!known && tests-- <= 0) return unread("deep");
  return isProxy(v) ? unread("proxy", text) : text;
}
function copySlot(slot, depth, known) {
  if (!slot) return special("undefined");
  return isData(slot) ? copyAny(slot.value, depth, known) : unread("accessor");
}
/** Copies a value that is not cloned with its object. */
function copyHidden(slot, depth) {
  const before = isClonable, text = special("proxy", copySlot(slot, depth));
  isClonable = before;
  return text;
}
function copyProperty(object, key, depth, known, find = own) {
  let slot;
  try { slot = find(object, key); } catch { return unread("object"); }
  return copySlot(slot, depth, known);
}
/** Copies an argument of a call. */
function copyArgument(call, i, depth) {
  isArgument = true;
  try { return copyProperty(call, i, depth, FIELDS); } finally { isArgument = false; }
}
/** JSON omits a function, unless it has a conversion of its own, as Knockout's observables may have. */
function copyFunction(v) {
  try { return unread(conversion(v) ? "toJSON" : "function"); } catch { return unread("object"); }
}
/**
 * `known`: the keys of the visitor, which are copied first; `v` then contains values and is not a value itself. May be
 * an empty list.
 */
function copyAny(v, depth, known) {
  nodes--;
  if (v === null) return spend("null");
  const type = typeof v;
  if (type === "string") return spend(copyText(v));
  if (type === "boolean") return spend(v ? "true" : "false");
  if (type === "number") return spend(v - v === 0 ? `${v}` : special("NaN"));
  if (type === "undefined") return spend(special(type));
  if (type === "function") return spend(copyFunction(v));
  if (type !== "object") return spend(unread(type, undefined, undefined, type === "bigint" && v > -1e30 && v < 1e30));
  // If there is no space left, each known key is still listed, as unread.
  if (depth >= DEPTH || (!known && (nodes <= 0 || room <= 0)) || isLate()) return unread("deep");
  const before = isClonable;
  let text;
  isClonable = true;
  try {
    text = copyObject(v, depth + 1, known);
  } catch {
    text = unread("object");
  }
  isClonable = before && isClonable;
  return text;
}

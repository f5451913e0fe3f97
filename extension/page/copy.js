// Copies values of a page to JSON text. The build includes this in the probe and in the recorder, which define the
// functions below. It reads only property descriptors, so no getter runs, and copies no more than the limits of `fill`.
// Values that JSON lacks or that can't be read are written as {"$": kind}. A key of the page that starts with "$" gets
// a second "$".
//
// Defined before this: NODES, TOTAL (the limits), own, isArray, prototypeOf, isData, get, holds, quote, start,
//   classOf(f, name): the name of the class if `f` is a built-in constructor of this name; "" otherwise.
//   dateText(v, toJSON): the JSON text of a `Date`, null for an invalid one; undefined for any other object with
//   `toJSON`.
//   isProxy(v): whether an object of plain values is a proxy, or may be one.
//   refill(copyKey): copies a known key with separate limits; `copyKey` returns the length of the copy.
//   isTorn(text): whether a text has half of a surrogate pair, which the copy can't have.
//   isLate(): whether copying takes too long.
const TEXT = 2048, LONG = 65536, DEPTH = 6, KEYS = 100, NAME = 40, MANY = 10000;
// `isPlain`: the value was created by the extension from plain values, so it contains nothing of the page.
let nodes = 0, room = 0, isExact = true, isPlain = false;
const NONE = [];
const fill = () => { nodes = NODES; room = TOTAL; isExact = true; };
const special = (kind, v, n) => `{"$":"${kind}"${v === undefined ? "" : `,"v":${v}`}${n === undefined ? "" : `,"n":${n}`}}`;
const unread = (kind, v, n) => ((isExact = false), special(kind, v, n));
const spend = (text) => ((room -= text.length), text);
const dataOf = (slot) => (isData(slot) ? slot.value : undefined);
/** Reads a property, own or inherited, without running code. */
function lookUp(object, name) {
  for (let at = object, i = 0; at && i < 20; at = prototypeOf(at), i++) {
    // All lists inherit from one prototype, to which Prototype.js adds `toJSON`. Lists are still read exactly. The
    // report states once that the page sends them as text.
    if (at !== object && isArray(at)) return;
    const slot = own(at, name);
    if (slot) return slot;
  }
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
  if (s.length <= TEXT && s.length <= room && !isTorn(s)) return quote(s);
  const most = room < TEXT ? room : TEXT;
  return unread("text", s.length > LONG || most <= 0 ? '""' : quote(start(s, most)), s.length);
}
function copyList(list, depth) {
  const length = get(list, "length") >>> 0;
  let out = "", i = 0;
  for (; i < length && i < KEYS && nodes > 0 && room > 0; i++) out += (i ? "," : "") + copyProperty(list, i, depth);
  return i < length ? unread("list", `[${out}]`, length - i) : `[${out}]`;
}
/**
 * `known`: keys that are copied first and don't count towards the limit of keys, so that no other key hides them.
 */
function copyMap(object, depth, known) {
  let out = "", taken = 0, left = 0, foreign = 0;
  const add = (key, slot) => {
    const before = out.length;
    out += (out && ",") + spend(quote(key[0] === "$" ? "$" + key : key)) + ":" + copySlot(slot, depth);
    return out.length - before;
  };
  const ahead = known || NONE;
  for (let i = 0; i < ahead.length; i++) {
    const slot = own(object, ahead[i]);
    if (slot) refill(() => add(ahead[i], slot));
  }
  for (const key in object) {
    if (holds(ahead, key)) continue;
    const slot = own(object, key);
    // Inherited properties come last.
    if (!slot || !slot.enumerable) { if (++foreign < MANY) continue; break; }
    // A key that can't be copied exactly is left out, as it would be another key.
    const isExactKey = key.length <= TEXT && !isTorn(key);
    if (taken < KEYS && nodes > 0 && room > 0 && isExactKey) { taken++; add(key, slot); } else if (++left >= MANY) break;
  }
  return left ? unread("map", `{${out}}`, left) : `{${out}}`;
}
function copyObject(v, depth, known) {
  if (isPlain) return isArray(v) ? copyList(v, depth) : copyMap(v, depth, known);
  const slot = lookUp(v, "toJSON");
  if (slot && (!isData(slot) || typeof slot.value === "function")) {
    const text = dateText(v, dataOf(slot));
    return text === undefined ? unread("toJSON") : text === null ? special("NaN") : special("Date", quote(text));
  }
  if (isArray(v)) return copyList(v, depth);
  // `JSON.rawJSON` makes such an object for digits that a number lacks.
  const raw = prototypeOf(v) === null ? own(v, "rawJSON") : null;
  if (raw && !raw.configurable) return unread("rawJSON");
  const kind = nativeClass(v);
  return kind ? unread(kind) : copyMap(v, depth, known);
}
function copySlot(slot, depth, known) {
  if (!slot) return special("undefined");
  return isData(slot) ? copyAny(slot.value, depth, known) : unread("accessor");
}
function copyProperty(object, key, depth, known) {
  let slot;
  try { slot = own(object, key); } catch { return unread("object"); }
  return copySlot(slot, depth, known);
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
  // The browser doesn't clone an object that contains a function.
  if (type !== "object") return spend(unread(type));
  // Without room, each known key is still named, as unread.
  if (depth >= DEPTH || (!known && (nodes <= 0 || room <= 0)) || isLate()) return unread("deep");
  const before = isExact;
  let text;
  isExact = true;
  try {
    text = copyObject(v, depth + 1, known);
    if (isExact && !isPlain && !known && isProxy(v)) text = unread("proxy", text);
  } catch {
    text = unread("object");
  }
  isExact = before && isExact;
  return text;
}

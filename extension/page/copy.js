// Copies a page's values to JSON text. The build puts this into the probe and into the recorder, where each says in its own way how
// the browser is asked. It reads descriptors only, so that no getter runs, and takes no more than what `fill` allows. What JSON
// lacks and what could not be read is written as {"$": kind}; a page's own key that starts with "$" gets a second one.
//
// Each has before it: NODES, TOTAL (its caps), own, isArray, prototypeOf, isData, get, holds, quote, start,
//   classOf(f, name): what to call the class of the browser's that `f` of this name makes; "" where it is the page's.
//   dateText(v, toJSON): the JSON text of a `Date`, null where it has no time; undefined for anything else that converts itself.
//   isProxy(v): whether the object, of plain values, is a proxy or may be one.
//   keysAhead(object, known): those of the known keys that are copied before the others and count for no cap of keys.
//   refill(copyKey): copies such a key within the caps that it is to have.
//   isLate(): whether the copy takes too long.
const TEXT = 2048, LONG = 65536, DEPTH = 6, KEYS = 100, NAME = 40, MANY = 10000;
// `isPlain`: what is copied was made by us out of plain values, so that nothing of the page's can be in its shape.
let nodes = 0, room = 0, isExact = true, isPlain = false;
const NONE = [];
const fill = () => { nodes = NODES; room = TOTAL; isExact = true; };
const special = (kind, v, n) => `{"$":"${kind}"${v === undefined ? "" : `,"v":${v}`}${n === undefined ? "" : `,"n":${n}`}}`;
const unread = (kind, v, n) => ((isExact = false), special(kind, v, n));
const spend = (text) => ((room -= text.length), text);
const dataOf = (slot) => (isData(slot) ? slot.value : undefined);
/** A property by its name, inherited ones too; nothing runs. */
function lookUp(object, name) {
  for (let at = object, i = 0; at && i < 20; at = prototypeOf(at), i++) {
    // All lists inherit from one, to which Prototype.js adds `toJSON`. A list is still read exactly; that it is sent as text is
    // reported once, for the page as a whole.
    if (at !== object && isArray(at)) return;
    const slot = own(at, name);
    if (slot) return slot;
  }
}
/** The browser's class of an object that is not plain: such keep their values where no property shows them. */
function nativeClass(object) {
  for (let at = prototypeOf(object), i = 0; at && i < 20; at = prototypeOf(at), i++) {
    const made = get(at, "constructor"), name = typeof made === "function" ? get(made, "name") : null;
    const kind = typeof name === "string" && name !== "Object" ? classOf(made, name) : "";
    if (kind) return start(kind, NAME);
  }
}
function copyText(s) {
  if (s.length <= TEXT && s.length <= room) return quote(s);
  const most = room < TEXT ? room : TEXT;
  return unread("text", s.length > LONG || most <= 0 ? '""' : quote(start(s, most)), s.length);
}
function copyList(list, depth) {
  const length = get(list, "length") >>> 0;
  let out = "", i = 0;
  for (; i < length && i < KEYS && nodes > 0 && room > 0; i++) out += (i ? "," : "") + copyProperty(list, i, depth);
  return i < length ? unread("list", `[${out}]`, length - i) : `[${out}]`;
}
/** `known`: the keys that matter; see `keysAhead`. */
function copyMap(object, depth, known) {
  let out = "", taken = 0, left = 0, foreign = 0;
  const add = (key, slot) => {
    const name = start(key, TEXT);
    out += (out && ",") + spend(quote(name[0] === "$" ? "$" + name : name)) + ":" + copySlot(slot, depth);
  };
  const ahead = known ? keysAhead(object, known) : NONE;
  for (let i = 0; i < ahead.length; i++) {
    const slot = own(object, ahead[i]);
    if (slot) refill(() => add(ahead[i], slot));
  }
  for (const key in object) {
    if (holds(ahead, key)) continue;
    const slot = own(object, key);
    // What is inherited comes last.
    if (!slot || !slot.enumerable) { if (++foreign < MANY) continue; break; }
    if (taken < KEYS && nodes > 0 && room > 0) { taken++; add(key, slot); } else if (++left >= MANY) break;
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
/** With `known`, also an empty list, `v` holds the visitor's values and is no value itself. */
function copyAny(v, depth, known) {
  nodes--;
  if (v === null) return spend("null");
  const type = typeof v;
  if (type === "string") return spend(copyText(v));
  if (type === "boolean") return spend(v ? "true" : "false");
  if (type === "number") return spend(v - v === 0 ? `${v}` : special("NaN"));
  if (type === "undefined") return spend(special(type));
  // A function keeps the browser from copying what it is in.
  if (type !== "object") return spend(unread(type));
  if (depth >= DEPTH || nodes <= 0 || room <= 0 || isLate()) return unread("deep");
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

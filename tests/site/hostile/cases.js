// Makes each case of a hostile page in a frame of its own, because a window keeps what a case did to it. The page's
// script calls `add`, then `begin`. The frame of a case is the page itself with `?case=<name>`.
var cases = {};

/** `state`: what the inspector must show. `make` makes the case and returns whether its own values are as they were. */
function add(name, state, make) {
  cases[name] = { state: state, make: make };
}

// The names of the case's functions that ran.
var calls = [];
function trap(name, then) {
  return function () {
    if (calls.length < 1000 && calls.indexOf(name) < 0) calls.push(name);
    return then && then.apply(this, arguments);
  };
}
// oxlint-disable-next-line no-unused-vars -- the pages call it
var fail = function () { throw new Error("do not look"); };

/** A function that looks like a running SDK without a socket. */
function sdk(config) {
  var made = trap("Upscope");
  made._version = "2.2.119";
  made.q = [];
  made.c = trap("c");
  made.__defaultConfiguration = { apiKey: "demoAcme01" };
  made._config = config;
  return made;
}

function isUnchanged(made, config) {
  return window.Upscope === made && made.q.length === 0 && made._config === config && Object.keys(made).length === 5;
}

/** The usual case: an SDK with this configuration. */
// oxlint-disable-next-line no-unused-vars -- the pages call it
function configured(name, make) {
  add(name, "not-connected", function () {
    var config = make(), made = window.Upscope = sdk(config);
    return function () { return isUnchanged(made, config); };
  });
}

var HOLDERS = ["JSON", "Math", "Reflect", "Intl", "Atomics", "WebAssembly", "CSS", "console"];

/** The names of a window's functions and of what holds functions. A new frame has no names of the page. */
// oxlint-disable-next-line no-unused-vars -- the pages call it
function builtInNames() {
  var frame = document.createElement("iframe");
  document.body.append(frame);
  var names = Object.getOwnPropertyNames(frame.contentWindow);
  frame.remove();
  return names.filter(function (name) {
    var slot = Object.getOwnPropertyDescriptor(window, name);
    return slot && (typeof slot.value === "function" || HOLDERS.indexOf(name) >= 0);
  });
}

// oxlint-disable-next-line no-unused-vars -- the pages call it
function begin() {
  var name = new URLSearchParams(location.search).get("case");
  if (name === null) return frameAll();
  var check = cases[name].make() || function () { return true; };
  var beats = 0;
  setInterval(function () { beats++; }, 20);
  window.tell = function () {
    return { name: name, state: cases[name].state, calls: calls, unchanged: check(), beats: beats };
  };
}

function frameAll() {
  var frames = Object.keys(cases).map(function (name) {
    var frame = document.createElement("iframe");
    frame.title = name;
    frame.src = "?case=" + name;
    document.querySelector("main").append(frame);
    return frame.contentWindow;
  });
  window.isReady = function () { return frames.every(function (one) { return !!one.tell; }); };
  window.tell = function () { return frames.map(function (one) { return one.tell(); }); };
}

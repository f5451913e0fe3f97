// The lookup code (docs/sdk-reference.md#lookup-code).
const HOUR_MS = 3600 * 1000;
let lookupCode = null;

/** Expiry is checked only here, at each connect. Expired values stay stored. */
function loadLookupCode() {
  const setAt = Date.parse(local.get("lookupCodeSetAt"));
  const stored = local.get("lookupCode");
  lookupCode = stored !== null && Date.now() - setAt < HOUR_MS ? stored : null;
}

/** Creates a code if there is none, and restarts its hour in any case. */
function renewLookupCode() {
  const isNew = lookupCode === null;
  if (isNew) lookupCode = String(Math.floor(Math.random() * 10000)).padStart(4, "0");
  local.set("lookupCode", lookupCode);
  local.set("lookupCodeSetAt", new Date());
  send("connectionUpdate", { lookupCode });
  return lookupCode;
}

/** Showing a code connects, through the queue like `getLookupCode`. */
function showLookupCode(display) {
  session.set("lookupCodeClick", true);
  U("getLookupCode", display);
}

function installLookupCodeTriggers() {
  let presses = [];
  window.addEventListener("keydown", (event) => {
    if (!config.enableLookupCodeOnKey) return;
    presses = event.key === "Control" ? [...presses.filter((at) => event.timeStamp - at < 3000), event.timeStamp] : [];
    if (presses.length < 5) return;
    presses = [];
    showLookupCode(showDialog);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a[href$='#upscope-lookup-code']")) showLookupCode(showDialog);
  });
  if (config.injectLookupCodeButton) whenBody(showButton);
}

function showDialog(code) {
  const dialog = document.getElementById("upscope___lookup-code-dialog") || document.createElement("div");
  dialog.id = "upscope___lookup-code-dialog";
  dialog.textContent = `Your code is ${code}`;
  document.body.append(dialog);
}

/** The button and its code are in an open shadow root. The host's ID is the stand-in's own. */
function showButton() {
  const host = document.createElement("div");
  host.id = "upscope___lookup-code-button-container";
  const button = document.createElement("button");
  button.id = "upscope___lookup-code-button";
  button.textContent = "?";
  button.addEventListener("click", () => showLookupCode((code) => { button.textContent = code; }));
  host.attachShadow({ mode: "open" }).append(button);
  document.body.append(host);
}

let elementFilled = false;

/** An element chosen by selector shows the code once connected. It is filled once and never again. */
function showLookupCodeInElement() {
  if (elementFilled) return;
  const element = config.lookupCodeElement && safely(() => document.querySelector(config.lookupCodeElement));
  if (!element) return;
  element.textContent = renewLookupCode();
  elementFilled = true;
}

// Runs once in Firefox's privileged browser window, sent over Marionette. Only the browser's own scripts, which are
// JavaScript, can access tabs, popups, permissions and the background.
globalThis.drive = {
  id: null,
  warnings: [],

  policy: () => WebExtensionPolicy.getByID(drive.id),
  top(browser) {
    const context = BrowsingContext.getCurrentTopByBrowserId(browser);
    if (!context?.currentWindowGlobal) throw new Error("it is closed");
    return context;
  },
  element: (browser) => drive.top(browser).embedderElement,
  tab(browser) {
    const element = drive.element(browser);
    return element.ownerDocument.defaultView.gBrowser.getTabForBrowser(element);
  },
  actor: (context) => context.currentWindowGlobal.getActor("MarionetteCommands"),

  // Runs with the browser's privileges in the document's process.
  inside: (context, script, ...args) =>
    drive.actor(context).executeScript(script, args, { sandboxName: "system", timeout: 45000 }),
  // Runs in the MAIN world like the developer tools' console, whatever the content security policy.
  run: (context, code) => drive.inside(context, drive.inOwnWorld, code),
  inOwnWorld: `
    if (!globalThis.Debugger)
      ChromeUtils.importESModule("resource://gre/modules/jsdebugger.sys.mjs").addDebuggerToGlobal(globalThis);
    const tools = new Debugger();
    const done = tools.addDebuggee(window).executeInGlobal(arguments[0]);
    const thrown = done.throw && String(done.throw.unsafeDereference?.()?.message ?? done.throw);
    const value = done.return?.unsafeDereference?.() ?? done.return;
    tools.removeAllDebuggees();
    return (async () => thrown ? { thrown: "SyntaxError: " + thrown } : { ran: String(await value) })();`,

  async frame(browser, wanted) {
    const top = drive.top(browser);
    const bySelector = await drive.inside(top, `
      try { return document.querySelector(arguments[0])?.browsingContext?.id } catch { return null }`, wanted);
    if (bySelector) return BrowsingContext.get(bySelector);
    return top.getAllBrowsingContextsInSubtree().find((context) =>
      context !== top && context.currentWindowGlobal?.documentURI.spec.includes(wanted));
  },

  open(url) {
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    const tab = gBrowser.addTab(url, { triggeringPrincipal, inBackground: false });
    gBrowser.selectedTab = tab;
    return tab.linkedBrowser.browserId;
  },
  windows: () => [...Services.wm.getEnumerator("navigator:browser")],
  pages: () => drive.windows().flatMap((window) => window.gBrowser.browsers.map((browser) => browser.browserId)),
  activate(browser) {
    const tab = drive.tab(browser);
    tab.ownerDocument.defaultView.gBrowser.selectedTab = tab;
  },
  close(browser) {
    const element = drive.element(browser);
    const tab = drive.tab(browser);
    if (tab) tab.ownerDocument.defaultView.gBrowser.removeTab(tab); else element.closest("panel").hidePopup();
  },
  isOpen: (browser) => !!BrowsingContext.getCurrentTopByBrowserId(browser)?.embedderElement,
  tabId(browser) {
    const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    return ExtensionParent.apiManager.global.tabTracker.getId(drive.tab(browser));
  },
  navigate(browser, url) {
    const element = drive.element(browser);
    // During its load event, a page's history entry would be replaced by the next page.
    if (element.webProgress.isLoadingDocument) return false;
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    element.fixupAndLoadURIString(url, { triggeringPrincipal });
    return true;
  },
  back(browser) {
    // `goBack()` skips entries without user interaction, and `canGoBack` sometimes stays false in a busy browser
    // although the history has the entry.
    const { index } = drive.top(browser).sessionHistory;
    if (index > 0) drive.element(browser).gotoIndex(index - 1);
    return index > 0;
  },

  // The toolbar button's selector, once it is on the toolbar and not in the extensions' menu.
  button() {
    const { CustomizableUI } = ChromeUtils.importESModule(
      "moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs");
    const widget = drive.id.toLowerCase().replace(/[^a-z0-9_-]/g, "_") + "-browser-action";
    CustomizableUI.addWidgetToArea(widget, CustomizableUI.AREA_NAVBAR);
    return `#${CSS.escape(widget)} .unified-extensions-item-action-button`;
  },
  popup() {
    const shown = [...document.querySelectorAll(".webextension-popup-browser")].find((browser) =>
      browser.closest("panel")?.state === "open" && browser.currentURI.spec.startsWith(drive.policy().getURL()));
    return shown?.browserId;
  },

  async mouse(browser, x, y, types) {
    for (const type of types) {
      const eventData = { type, button: 0, clickCount: type === "mousemove" ? 0 : 1 };
      await drive.actor(drive.top(browser)).dispatchEvent("synthesizeMouseAtPoint", { x, y, eventData });
    }
  },
  // Sent through the browser's window, like from a keyboard, so that keys that the page doesn't handle reach the
  // browser. They take another path than calls do, so the page is asked whether the key was released. The limit of a
  // second is for keys that move the focus out of the page or close it.
  async key(browser, eventData) {
    const element = drive.element(browser);
    gBrowser.selectedTab = gBrowser.getTabForBrowser(element) ?? gBrowser.selectedTab;
    if (document.activeElement !== element) element.focus();
    const page = drive.actor(drive.top(browser));
    const options = { sandboxName: "system", timeout: 1000 };
    await page.executeScript(`globalThis.keyUp = new Promise((seen) => docShell.chromeEventHandler.addEventListener(
      "keyup", () => setTimeout(seen), { capture: true, once: true, mozSystemGroup: true }))
      .then(() => true); return null`, [], options);
    const actor = drive.actor(window.browsingContext);
    for (const eventName of ["synthesizeKeyDown", "synthesizeKeyUp"])
      await actor.dispatchEvent(eventName, { eventData: { ...eventData } });
    await page.executeScript("return keyUp", [], options).catch(() => {});
  },
  insert: (browser, text) => drive.inside(drive.top(browser),
    `return document.execCommand("insertText", false, arguments[0])`, text),
  // Like an input method: keys during the composition reach the page, marked as the method's.
  compose: (browser, text, keys) => drive.inside(drive.top(browser), `
    const [text, keys] = arguments, { classes, interfaces } = Components;
    const method = classes["@mozilla.org/text-input-processor;1"].createInstance(interfaces.nsITextInputProcessor);
    if (!method.beginInputTransactionForTests(window)) throw new Error("no input method may write here");
    method.setPendingCompositionString(text);
    method.appendClauseToPendingComposition(text.length, method.ATTR_RAW_CLAUSE);
    method.setCaretInPendingComposition(text.length);
    method.flushPendingComposition();
    for (const key of keys) {
      const event = new window.KeyboardEvent("", key);
      method.keydown(event);
      method.keyup(event);
    }
    method.commitComposition();
    return null;`, text, keys),

  // The accessibility tree in the document's process. `found` stays there for `storeElement`.
  seen: (browser) => drive.inside(drive.top(browser), `
    const { classes, interfaces } = Components;
    globalThis.service ??= classes["@mozilla.org/accessibilityService;1"].getService(interfaces.nsIAccessibilityService);
    const root = service.getAccessibleFor(document);
    if (!root?.firstChild) return null;
    const found = [], seen = [];
    const STATES = { checked: "checked", collapsed: "collapsed", unavailable: "disabled", expanded: "expanded",
      focused: "focused", invalid: "invalid", pressed: "pressed", readonly: "readonly", selected: "selected" };
    const statesOf = (of) => {
      const state = {}, extra = {}, names = [];
      of.getState(state, extra);
      const all = service.getStringStates(state.value, extra.value);
      for (let at = 0; at < all.length; at++) names.push(STATES[all.item(at)]);
      return names.filter(Boolean);
    };
    const roleOf = (of) => {
      const own = service.getStringRole(of.role);
      return own === "text leaf" ? "text" : of.computedARIARole || own;
    };
    const walk = (of, depth) => {
      found.push(of.DOMNode);
      seen.push({ role: roleOf(of), name: of.name ?? "", description: of.description ?? "", value: of.value ?? "",
        states: statesOf(of), depth, node: found.length - 1 });
      for (let child = of.firstChild; child; child = child.nextSibling) walk(child, depth + 1);
    };
    walk(root, 0);
    globalThis.found = found;
    return seen;`),
  storeElement: (browser, node) => drive.inside(drive.top(browser), `
    const element = globalThis.found?.[arguments[0]];
    Components.utils.waiveXrays(window)[Symbol.for("stored element")] = element;
    return !!element?.isConnected;`, node),

  async grant(pattern) {
    const { ExtensionPermissions } = ChromeUtils.importESModule(
      "resource://gre/modules/ExtensionPermissions.sys.mjs");
    await ExtensionPermissions.add(drive.id, { permissions: [], origins: [pattern] }, drive.policy().extension);
  },
  // Offers an update like a browser that has downloaded one. The extension installs it at once or leaves it for the next start.
  isUpdateTaken: false,
  offerUpdate() {
    const { AddonManagerPrivate } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    const install = () => { drive.isUpdateTaken = true; };
    if (AddonManagerPrivate.hasUpgradeListener(drive.id)) AddonManagerPrivate.getUpgradeListener(drive.id)({ version: "1000", install });
    else install();
    return drive.isUpdateTaken;
  },
  running: () => drive.policy().extension.backgroundState === "running",
  stop: () => drive.policy().extension.terminateBackground({ disableResetIdleForTest: true }),
  async background() {
    const { extension } = drive.policy();
    if (!drive.running()) await extension.wakeupBackground();
    const view = [...extension.views].find(({ viewType }) => viewType === "background");
    return view.xulBrowser.browsingContext;
  },

  async screenshot(browser, part) {
    const rect = part && new DOMRect(...part);
    const bitmap = await drive.top(browser).currentWindowGlobal.drawSnapshot(rect, devicePixelRatio, "white");
    const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
  },
  viewport(browser, width, height) {
    const { style } = drive.element(browser);
    for (const [side, size] of [["width", width], ["height", height]])
      for (const property of [side, `min-${side}`, `max-${side}`])
        style.setProperty(property, `${size}px`, "important");
  },
  pid: (browser) => drive.top(browser).currentWindowGlobal.osPid,
  async mainThreadSeconds(browser) {
    const pid = drive.pid(browser);
    const { children } = await ChromeUtils.requestProcInfo();
    const { threads } = children.find((child) => child.pid === pid);
    return Number(threads[0].cpuTime) / 1e9;
  },
  // Pages follow the first preference, popups the browser's theme.
  dark(dark) {
    for (const name of drive.schemes) Services.prefs.setIntPref(name, (name === "ui.systemUsesDarkTheme") === dark ? 1 : 0);
  },
  schemes: ["layout.css.prefers-color-scheme.content-override", "browser.theme.content-theme",
    "browser.theme.toolbar-theme", "ui.systemUsesDarkTheme"],
  lang(lang) {
    Services.locale.availableLocales = [lang, "en-US"];
    Services.locale.requestedLocales = [lang];
  },

  // Resets to the state after the launch, without the extension.
  async reset() {
    for (const other of drive.windows()) if (other !== window) other.close();
    const [first, ...others] = gBrowser.tabs;
    if (first.linkedBrowser.currentURI.spec !== "about:blank") throw new Error("the first tab is not blank");
    gBrowser.selectedTab = first;
    for (const tab of others) gBrowser.removeTab(tab);
    for (const panel of document.querySelectorAll("panel")) panel.hidePopup();
    const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    await (await AddonManager.getAddonByID(drive.id)).uninstall();
    Services.cookies.removeAll();
    for (const name of drive.schemes) Services.prefs.clearUserPref(name);
    drive.warnings = [];
    drive.isUpdateTaken = false;
  },

  listen() {
    Services.console.registerListener({
      observe(message) {
        if (!(message instanceof Ci.nsIScriptError)) return;
        if (!/^(moz-extension|https?|file):/.test(message.sourceName)) return;
        const level = message.flags & Ci.nsIScriptError.warningFlag ? "warning" : "exception";
        drive.warnings.push(`${message.sourceName}:${message.lineNumber}: ${level}: ${message.errorMessage}`);
      },
    });
  },
};

//! Drives Chromium over the DevTools protocol.

mod page;
mod targets;
mod tree;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use std::{env, iter};

use anyhow::{Context, Result, anyhow, bail, ensure};
use inspector_launch::{CHROMIUM, CHROMIUM_FLAGS, CHROMIUM_PORT_FILE, Connection, Process, read_chromium_port, wait};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{BrowserDriver, PageDriver};
use super::policy::{self, Policy, PolicyFile};
use super::screen::Screen;
use super::script::{self, Outcome};
use super::{Ending, Kind, LIMIT, Options};
use crate::files;
use page::{ChromiumPage, run_in};
use targets::Targets;

/// State that the browser and its pages share. [`Chromium`] owns the process, so dropping it ends the browser even if a
/// test still has a page.
struct Shared {
    cdp: Arc<Connection>,
    targets: Arc<Targets>,
    /// The extension's ID, which is the host in its URLs.
    id: String,
}

pub struct Chromium {
    shared: Arc<Shared>,
    process: Mutex<Process>,
    /// The argument of [`LOAD`].
    load: Value,
    /// The copy of the extension that [`BrowserDriver::reset`] loaded last.
    copy: Option<TempDir>,
    /// Removed with the browser.
    _policy: Option<PolicyFile>,
}

/// Flags besides [`CHROMIUM_FLAGS`].
const FLAGS: [&str; 2] = [
    "--no-sandbox",
    // The protocol's `Extensions.*`.
    "--enable-unsafe-extension-debugging",
];

/// A document with the functions of the extensions' settings, without the page itself, which takes long to start.
const SETTINGS: &str = "chrome://extensions/strings.m.js";

/// The shell scripts with which Chromium removes an extension's icons from the desktop when it is uninstalled. In the
/// tests, they took 8 % of Chromium's processor time, and an extension of a test has no icons there.
const DESKTOP_SCRIPTS: [&str; 2] = ["xdg-desktop-menu", "xdg-icon-resource"];

/// Loads or reloads an unpacked extension.
const LOAD: &str = "Extensions.loadUnpacked";

/// Starts Chromium with a new profile and loads the extension.
pub fn launch(options: &Options, screen: Option<&Screen>) -> Result<Chromium> {
    launch_with(options, screen, TempDir::with_prefix("drive-chromium-")?)
}

fn launch_with(options: &Options, screen: Option<&Screen>, profile: TempDir) -> Result<Chromium> {
    let program = CHROMIUM.find()?;
    let managed = Policy::of(options).map(|policy| policy::chromium(&policy, &options.extension, profile.path()));
    let managed = managed.transpose()?;
    let extension = managed.as_ref().map_or(&options.extension, |policy| policy.extension());
    let lang = options.lang.as_deref().unwrap_or("en-US");
    let mut command = Command::new(program);
    command
        .args(CHROMIUM_FLAGS)
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--lang={lang}"));
    command.env("PATH", path_without_desktop_scripts(profile.path())?);
    // On Linux the interface's language follows the environment.
    command.env("LANGUAGE", lang.replace('-', "_"));
    if let Some(zone) = options.time_zone {
        command.env("TZ", zone);
    }
    command.arg(format!("--window-size={},{}", options.window.0, options.window.1));
    if options.headless {
        command.arg("--headless=new");
        // The default screen of 800 × 600 would cut a tall popup.
        command.arg("--screen-info={1600x1200}");
    }
    if let Some(screen) = screen {
        screen.show(&mut command);
    }
    if options.dark {
        command.arg("--force-dark-mode");
    }
    if !options.optimizing_compiler {
        command.arg("--js-flags=--liftoff-only");
    }
    if let Some(port) = options.proxy {
        // The list removes the rule that requests to this machine use no proxy.
        command.args([&format!("--proxy-server=127.0.0.1:{port}"), "--proxy-bypass-list=<-loopback>"]);
    }
    command.arg("about:blank");
    let mut process = Process::start(command, profile)?;
    let (port, path) = process.wait_for_file(CHROMIUM_PORT_FILE, read_chromium_port, LIMIT)?;

    let targets = Arc::new(Targets::new(options.console));
    let listener = targets.clone();
    let cdp = Connection::connect(port, &path, LIMIT, move |cdp, event| listener.on_event(cdp, event))?;
    if options.dark {
        targets.set_dark(&cdp, true);
    }
    attach(&cdp, &targets, options.console)?;
    let load = loading(extension, options);
    let id = install(&cdp, &load)?;
    let shared = Arc::new(Shared { cdp, targets, id });
    Ok(Chromium { shared, process: Mutex::new(process), load, copy: None, _policy: managed })
}

/// A `PATH` on which the scripts of [`DESKTOP_SCRIPTS`] do nothing.
fn path_without_desktop_scripts(profile: &Path) -> Result<OsString> {
    let folder = profile.join("bin");
    std::fs::create_dir_all(&folder)?;
    let nothing = which::which("true")?;
    for script in DESKTOP_SCRIPTS {
        let link = folder.join(script);
        if !link.exists() {
            std::os::unix::fs::symlink(&nothing, link)?;
        }
    }
    let others = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(iter::once(folder).chain(env::split_paths(&others)))?)
}

/// The argument of [`LOAD`].
fn loading(extension: &Path, options: &Options) -> Value {
    json!({ "path": extension, "enableInIncognito": options.private })
}

/// Loads the extension and returns its ID.
fn install(cdp: &Connection, load: &Value) -> Result<String> {
    let loaded = cdp.call(None, LOAD, load.clone())?;
    Ok(loaded["id"].as_str().context("the loaded extension has an id")?.to_owned())
}

/// Attaches to tabs, and through them to their pages and popups, so that each page's tab is known. Also to workers, if
/// the console is collected.
fn attach(cdp: &Connection, targets: &Targets, console: bool) -> Result<()> {
    let mut filter = vec![json!({ "type": "tab" })];
    if console {
        filter.push(json!({ "type": "service_worker" }));
    }
    let auto = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true, "filter": filter });
    cdp.call(None, "Target.setAutoAttach", auto)?;
    let first = wait(LIMIT, || Ok(targets.find(|target| target.kind == "page")))?;
    let first = first.map_err(|()| anyhow!("the first tab did not come within {LIMIT:?}"))?;
    // Any page's session reports every worker of the profile. The first tab stays open.
    cdp.call(Some(&first.session), "ServiceWorker.enable", json!({})).map(drop)
}

impl Shared {
    fn origin(&self) -> String {
        format!("chrome-extension://{}", self.id)
    }

    /// Opens a tab and returns its page once it is attached.
    fn open(self: &Arc<Self>, url: &str, background: bool) -> Result<ChromiumPage> {
        let created = self.cdp.call(
            None,
            "Target.createTarget",
            json!({ "url": url, "forTab": true, "background": background }),
        )?;
        let tab = created["targetId"].as_str().context("the new tab has an id")?.to_owned();
        let page = ChromiumPage::new(self.clone(), tab);
        wait(LIMIT, || Ok(page.is_open().then_some(())))?
            .map_err(|()| anyhow!("the tab did not come within {LIMIT:?}"))?;
        Ok(page)
    }

    /// Sends a command to the worker registry, which every page's session can access.
    fn registry(&self, method: &str, params: Value) -> Result<Value> {
        let page = self.targets.find(|target| target.kind == "page").context("some page is open")?;
        self.cdp.call(Some(&page.session), method, params)
    }

    fn worker_target(&self) -> Result<Option<String>> {
        let found = self.cdp.call(None, "Target.getTargets", json!({ "filter": [{ "type": "service_worker" }] }))?;
        let mut infos = found["targetInfos"].as_array().into_iter().flatten();
        let worker = infos.find(|info| text(&info["url"]).starts_with(&self.origin()));
        Ok(worker.map(|info| text(&info["targetId"])))
    }

    /// Runs wrapped code in the worker, and starts the worker if necessary. Attaches only for this call, because an
    /// attached worker doesn't stop by itself.
    fn run_in_worker(&self, code: &str) -> Result<Outcome> {
        // While the worker starts, it has no extension API yet. While it stops, it doesn't reply.
        let ready = wait(LIMIT, || match self.targets.worker_status(&self.origin()).as_deref() {
            Some("running") => self.worker_target(),
            Some("starting" | "stopping") => Ok(None),
            _ => {
                let scope = json!({ "scopeURL": format!("{}/", self.origin()) });
                self.registry("ServiceWorker.startWorker", scope).map(|_| None)
            }
        })?;
        let worker = ready.map_err(|()| anyhow!("the worker did not start within {LIMIT:?}"))?;
        let attached = self.cdp.call(None, "Target.attachToTarget", json!({ "targetId": worker, "flatten": true }))?;
        let session = text(&attached["sessionId"]);
        let outcome = run_in(&self.cdp, &session, None, code);
        self.cdp.post(None, "Target.detachFromTarget", json!({ "sessionId": session }));
        outcome
    }

    /// Runs code in a page that is opened for it, in place of clicks on that page.
    fn run_as_person(self: &Arc<Self>, url: &str, code: &str) -> Result<Value> {
        let page = self.open(url, true)?;
        let ready = wait(LIMIT, || {
            Ok((page
                .run(None, &script::wrap_expression("location.href !== 'about:blank' && document.readyState"))
                .is_ok_and(|outcome| outcome.value().is_ok_and(|state| state == "complete")))
            .then_some(()))
        })?;
        ready.map_err(|()| anyhow!("{url} did not come within {LIMIT:?}"))?;
        let value = page.run_by_gesture(&script::wrap_expression(code)).and_then(Outcome::value);
        page.close()?;
        value
    }
}

impl BrowserDriver for Chromium {
    fn kind(&self) -> Kind {
        Kind::Chromium
    }

    fn origin(&self) -> String {
        self.shared.origin()
    }

    fn open(&self, url: &str) -> Result<Box<dyn PageDriver>> {
        Ok(Box::new(self.shared.open(url, false)?))
    }

    fn click_toolbar(&self, page: &dyn PageDriver) -> Result<(Box<dyn PageDriver>, SystemTime)> {
        page.activate()?;
        let shared = &self.shared;
        let popups = || shared.targets.all(|target| target.kind == "tab" && !target.in_strip);
        let before: Vec<String> = popups().into_iter().map(|target| target.id).collect();
        let clicked = SystemTime::now();
        shared.cdp.call(None, "Extensions.triggerAction", json!({ "id": shared.id, "targetId": page.handle() }))?;
        let found = wait(LIMIT, || Ok(popups().into_iter().find(|target| !before.contains(&target.id))))?;
        let popup = found.map_err(|()| anyhow!("no popup came within {LIMIT:?}"))?;
        Ok((Box::new(ChromiumPage::new(shared.clone(), popup.id)), clicked))
    }

    fn popup(&self) -> Result<Option<Box<dyn PageDriver>>> {
        let popup = self.shared.targets.find(|target| target.kind == "tab" && !target.in_strip);
        Ok(popup.map(|popup| Box::new(ChromiumPage::new(self.shared.clone(), popup.id)) as _))
    }

    fn pages(&self) -> Result<Vec<Box<dyn PageDriver>>> {
        let tabs = self.shared.targets.all(|target| target.kind == "tab" && target.in_strip);
        let pages =
            tabs.into_iter().map(|tab| Box::new(ChromiumPage::new(self.shared.clone(), tab.id)) as Box<dyn PageDriver>);
        Ok(pages.filter(|page| page.is_open()).collect())
    }

    fn grant_host(&self, pattern: &str) -> Result<()> {
        // The function behind the switch on the extension's settings page, …
        let id = &self.shared.id;
        let allow =
            format!("chrome.developerPrivate.addHostPermission({}, {})", script::quote(id), script::quote(pattern));
        self.shared.run_as_person(SETTINGS, &allow)?;
        // … after which the extension's request is granted without a prompt.
        let request = format!("chrome.permissions.request({{ origins: [{}] }})", script::quote(pattern));
        let own = format!("{}/manifest.json", self.origin());
        let granted = self.shared.run_as_person(&own, &request)?;
        if granted == true { Ok(()) } else { bail!("the extension's request was refused: {granted}") }
    }

    fn update_extension(&self) -> Result<()> {
        self.shared.cdp.call(None, LOAD, self.load.clone()).map(drop)
    }

    fn offer_update(&self) -> Result<bool> {
        bail!("Chromium asks no extension with a service worker whether it may be updated")
    }

    fn stop_background(&self) -> Result<()> {
        let origin = self.origin();
        let attached =
            self.shared.targets.all(|target| target.kind == "service_worker" && target.url.starts_with(&origin));
        let stops = self.shared.targets.worker_stops();
        self.shared.registry("ServiceWorker.stopAllWorkers", json!({}))?;
        let gone = wait(LIMIT, || {
            let stopped = self.shared.targets.worker_stops() > stops || !self.background_running()?;
            Ok(stopped.then_some(()))
        })?;
        gone.map_err(|()| anyhow!("the worker did not stop within {LIMIT:?}"))?;
        // Chromium keeps the target of a stopped worker while it is attached. Detached, the next start has a new
        // target.
        for target in attached {
            let _ = self.shared.cdp.call(None, "Target.detachFromTarget", json!({ "sessionId": target.session }));
        }
        Ok(())
    }

    fn background_running(&self) -> Result<bool> {
        Ok(self.shared.targets.worker_status(&self.origin()).is_some_and(|status| status != "stopped"))
    }

    fn run_in_background(&self, code: &str) -> Result<Outcome> {
        self.shared.run_in_worker(code)
    }

    fn console(&self) -> Result<Vec<String>> {
        Ok(self.shared.targets.console())
    }

    fn set_dark(&self, dark: bool) -> Result<()> {
        self.shared.targets.set_dark(&self.shared.cdp, dark);
        Ok(())
    }

    fn reset(&mut self, options: &Options) -> Result<()> {
        let Shared { cdp, targets, id } = &*self.shared;
        let mut tabs = targets.all(|target| target.kind == "tab").into_iter();
        let first = tabs.next().context("the first tab is open")?;
        ensure!(first.url == "about:blank", "the first tab shows {}", first.url);
        for tab in tabs {
            // A popup may have closed with its tab. The wait below ensures that all are gone.
            let _ = cdp.call(None, "Target.closeTarget", json!({ "targetId": tab.id }));
        }
        cdp.call(None, "Extensions.uninstall", json!({ "id": id }))?;
        let is_alone = || Ok((targets.all(|target| target.kind == "tab").len() == 1).then_some(()));
        wait(LIMIT, is_alone)?.map_err(|()| anyhow!("the tabs did not close within {LIMIT:?}"))?;
        // Only then, because an SDK that tries to connect again writes its cookies again.
        cdp.call(None, "Storage.clearCookies", json!({}))?;
        targets.forget();
        // The ID depends on the folder. Chromium removes the data of the old ID at some later time, so the ID isn't
        // reused.
        let copy = TempDir::with_prefix("drive-extension-")?;
        files::copy(&options.extension, copy.path())?;
        self.load = loading(copy.path(), options);
        let id = install(cdp, &self.load)?;
        self.shared = Arc::new(Shared { cdp: cdp.clone(), targets: targets.clone(), id });
        self.copy = Some(copy);
        Ok(())
    }

    fn restart(self: Box<Self>, ending: Ending, options: &Options) -> Result<Box<dyn BrowserDriver>> {
        let Chromium { shared, process, copy, .. } = *self;
        let mut process = process.into_inner().expect("no holder of the process panics");
        if ending == Ending::Quit {
            shared.cdp.call(None, "Browser.close", json!({}))?;
            process.wait_for_end(LIMIT)?;
        }
        drop(shared);
        let profile = process.end();
        std::fs::remove_file(profile.path().join(CHROMIUM_PORT_FILE))?;
        // The extension's ID, and so its data, depends on the folder.
        let extension = copy.as_ref().map_or(&*options.extension, TempDir::path).to_owned();
        let mut driver = launch_with(&Options { extension, ..options.clone() }, None, profile)?;
        driver.copy = copy;
        Ok(Box::new(driver))
    }

    fn profile(&self) -> PathBuf {
        self.process.lock().expect("no holder of the process panics").profile().to_owned()
    }

    fn memory(&self) -> Result<u64> {
        self.process.lock().expect("no holder of the process panics").memory()
    }
}

/// The text of a protocol value.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

//! Drives Firefox over Marionette. `helper.js` runs in the browser's window and does what WebDriver's commands can't
//! (popup, background, permissions).

mod page;
mod warm;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail};
use inspector_launch::process::Output;
use inspector_launch::{FIREFOX, FIREFOX_ENVIRONMENT, FIREFOX_PREFERENCES, Process, wait};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{BrowserDriver, PageDriver};
use super::marionette::Marionette;
use super::policy::{self, Policy};
use super::screen::Screen;
use super::script::Outcome;
use super::{Ending, Kind, LIMIT, Options};
use page::FirefoxPage;

/// State that the browser and its pages share.
struct Shared {
    marionette: Mutex<Marionette>,
}

pub struct Firefox {
    shared: Arc<Shared>,
    /// The argument of [`INSTALL`].
    install: Value,
    origin: String,
    /// The selector of the toolbar button in the browser's window.
    button: String,
    output: Output,
    process: Mutex<Process>,
}

/// Where Firefox writes Marionette's port, in the profile.
const PORT_FILE: &str = "MarionetteActivePort";

/// Installs an extension, possibly over an installed one.
const INSTALL: &str = "Addon:Install";

/// Starts Firefox and installs the extension.
pub fn launch(options: &Options, screen: Option<&Screen>) -> Result<Firefox> {
    let program = FIREFOX.find()?;
    let profile = TempDir::with_prefix("drive-firefox-")?;
    let program = match Policy::of(options) {
        // A private installation has no cache, and would remove that of the other one.
        Some(policy) => policy::firefox(&policy, &program, &options.extension, profile.path())?,
        None => {
            warm::up(&program, profile.path())?;
            program
        }
    };
    launch_with(&program, profile, options, screen)
}

fn launch_with(program: &Path, profile: TempDir, options: &Options, screen: Option<&Screen>) -> Result<Firefox> {
    let (process, shared) = start(program, profile, options, screen)?;
    shared.chrome(include_str!("helper.js"), json!([]))?;
    if screen.is_some() {
        // With Marionette's default preference, a popup never gets typed keys.
        shared.chrome("Services.prefs.setBoolPref('focusmanager.testmode', false)", json!([]))?;
    }
    if let Some(lang) = &options.lang {
        shared.chrome("drive.lang(...arguments)", json!([lang]))?;
    }
    if options.dark {
        shared.chrome("drive.dark(true)", json!([]))?;
    }
    if options.console {
        shared.chrome("drive.listen()", json!([]))?;
    }
    let install = json!({ "path": options.extension, "temporary": true, "allowPrivateBrowsing": options.private });
    let (origin, button) = load(&shared, &install)?;
    Ok(Firefox { shared, install, origin, button, output: process.output().clone(), process: Mutex::new(process) })
}

/// Installs the extension, and returns its origin and the selector of its button.
fn load(shared: &Shared, install: &Value) -> Result<(String, String)> {
    let id = shared.call(INSTALL, install.clone())?;
    let id = id["value"].as_str().context("the loaded extension has an id")?.to_owned();
    shared.chrome("drive.id = arguments[0]", json!([id]))?;
    let origin = shared.text("return drive.policy().getURL().replace(/\\/$/, '')", json!([]))?;
    Ok((origin, shared.text("return drive.button()", json!([]))?))
}

/// Starts the program with a profile, and a session in the browser's window.
fn start(
    program: &Path,
    profile: TempDir,
    options: &Options,
    screen: Option<&Screen>,
) -> Result<(Process, Arc<Shared>)> {
    std::fs::write(profile.path().join("user.js"), user_js(options))?;
    let mut command = Command::new(program);
    if let Some(zone) = options.time_zone {
        command.env("TZ", zone);
    }
    command.envs(FIREFOX_ENVIRONMENT);
    command.args(["-marionette", "-remote-allow-system-access", "-no-remote", "-profile"]).arg(profile.path());
    let (width, height) = options.window;
    command.args(["-width", &width.to_string(), "-height", &height.to_string()]);
    if options.headless {
        command.arg("-headless");
    }
    if let Some(screen) = screen {
        screen.show(&mut command);
    }
    let mut process = Process::start(command, profile)?;
    let port = process.wait_for_file(PORT_FILE, |file| file.trim().parse().ok(), LIMIT)?;
    let shared = Arc::new(Shared { marionette: Mutex::new(Marionette::connect(port)?) });
    shared.call("Marionette:SetContext", json!({ "value": "chrome" }))?;
    let limit = LIMIT.as_millis() as u64;
    shared.call("WebDriver:SetTimeouts", json!({ "script": limit, "implicit": 0, "pageLoad": limit }))?;
    Ok((process, shared))
}

fn user_js(options: &Options) -> String {
    let compiler = format!(r#"user_pref("javascript.options.wasm_optimizingjit", {});"#, options.optimizing_compiler);
    let proxy = options.proxy.map(proxy_js).unwrap_or_default();
    [FIREFOX_PREFERENCES, include_str!("user.js"), &compiler, &proxy, options.firefox_prefs].join("\n")
}

/// The preferences for a proxy on this machine that all requests use.
fn proxy_js(port: u16) -> String {
    format!(
        r#"user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", {port});
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", {port});
user_pref("network.proxy.allow_hijacking_localhost", true);
user_pref("network.proxy.failover_direct", false);"#
    )
}

impl Shared {
    fn call(&self, command: &str, params: Value) -> Result<Value> {
        self.marionette.lock().expect("no holder of the connection panics").call(command, params)
    }

    /// Quits the browser, which writes its profile.
    fn quit(&self, process: &mut Process) -> Result<()> {
        // The reply may be lost with the connection. Only the end of the process counts.
        let _ = self.call("Marionette:Quit", json!({ "flags": ["eAttemptQuit"] }));
        process.wait_for_end(LIMIT)
    }

    /// Runs a function body in the browser's window and awaits its promise.
    fn chrome(&self, script: &str, args: Value) -> Result<Value> {
        let params = json!({ "script": script, "args": args, "sandbox": "drive", "newSandbox": false });
        Ok(self.call("WebDriver:ExecuteScript", params)?["value"].take())
    }

    fn text(&self, script: &str, args: Value) -> Result<String> {
        let value = self.chrome(script, args)?;
        Ok(value.as_str().with_context(|| format!("{script} gave {value}"))?.to_owned())
    }

    /// Runs wrapped code in a script that ends in `drive.run`.
    fn run(&self, script: &str, args: Value) -> Result<Outcome> {
        let outcome = self.chrome(script, args)?;
        match (&outcome["ran"], &outcome["thrown"]) {
            (Value::String(text), _) => Ok(Outcome::Ran(text.clone())),
            (_, Value::String(why)) => Ok(Outcome::DoesNotParse(why.clone())),
            _ => bail!("{script} gave {outcome}"),
        }
    }

    fn page(self: &Arc<Self>, browser: &Value) -> Result<Box<dyn PageDriver>> {
        let id = browser.as_i64().with_context(|| format!("{browser} is no id of a tab"))?;
        Ok(Box::new(FirefoxPage::new(self.clone(), id)))
    }
}

impl BrowserDriver for Firefox {
    fn kind(&self) -> Kind {
        Kind::Firefox
    }

    fn origin(&self) -> String {
        self.origin.clone()
    }

    fn open(&self, url: &str) -> Result<Box<dyn PageDriver>> {
        self.shared.page(&self.shared.chrome("return drive.open(...arguments)", json!([url]))?)
    }

    fn click_toolbar(&self, page: &dyn PageDriver) -> Result<(Box<dyn PageDriver>, SystemTime)> {
        page.activate()?;
        let found =
            self.shared.call("WebDriver:FindElement", json!({ "using": "css selector", "value": self.button }))?;
        let element =
            found["value"].as_object().and_then(|object| object.values().next()).context("the button is there")?;
        let clicked = SystemTime::now();
        self.shared.call("WebDriver:ElementClick", json!({ "id": element }))?;
        let found = wait(LIMIT, || {
            let popup = self.shared.chrome("return drive.popup()", json!([]))?;
            Ok((!popup.is_null()).then_some(popup))
        })?;
        let popup = found.map_err(|()| anyhow!("no popup came within {LIMIT:?}"))?;
        Ok((self.shared.page(&popup)?, clicked))
    }

    fn popup(&self) -> Result<Option<Box<dyn PageDriver>>> {
        let popup = self.shared.chrome("return drive.popup()", json!([]))?;
        (!popup.is_null()).then(|| self.shared.page(&popup)).transpose()
    }

    fn pages(&self) -> Result<Vec<Box<dyn PageDriver>>> {
        let pages = self.shared.chrome("return drive.pages()", json!([]))?;
        pages.as_array().into_iter().flatten().map(|page| self.shared.page(page)).collect()
    }

    fn grant_host(&self, pattern: &str) -> Result<()> {
        self.shared.chrome("return drive.grant(...arguments)", json!([pattern])).map(drop)
    }

    fn update_extension(&self) -> Result<()> {
        self.shared.call(INSTALL, self.install.clone()).map(drop)
    }

    fn offer_update(&self) -> Result<bool> {
        Ok(self.shared.chrome("return drive.offerUpdate()", json!([]))? == true)
    }

    fn stop_background(&self) -> Result<()> {
        self.shared.chrome("return drive.stop()", json!([]))?;
        let gone = wait(LIMIT, || Ok((!self.background_running()?).then_some(())))?;
        gone.map_err(|()| anyhow!("the event page did not stop within {LIMIT:?}"))
    }

    fn background_running(&self) -> Result<bool> {
        Ok(self.shared.chrome("return drive.running()", json!([]))? == true)
    }

    fn run_in_background(&self, code: &str) -> Result<Outcome> {
        self.shared.run("return drive.background().then((context) => drive.run(context, arguments[0]))", json!([code]))
    }

    fn console(&self) -> Result<Vec<String>> {
        let warnings = self.shared.chrome("return drive.warnings", json!([]))?;
        let warnings = warnings.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        let printed = self.output.lines().into_iter().filter(|line| printed_by_a_page(line));
        Ok(warnings.chain(printed).collect())
    }

    fn set_dark(&self, dark: bool) -> Result<()> {
        self.shared.chrome("drive.dark(...arguments)", json!([dark])).map(drop)
    }

    fn reset(&mut self, _: &Options) -> Result<()> {
        self.shared.chrome("return drive.reset()", json!([]))?;
        self.output.forget();
        // The extension gets a new origin, and Firefox removes the data of the old one.
        (self.origin, self.button) = load(&self.shared, &self.install)?;
        Ok(())
    }

    fn restart(self: Box<Self>, ending: Ending, options: &Options) -> Result<Box<dyn BrowserDriver>> {
        let Firefox { shared, process, .. } = *self;
        let mut process = process.into_inner().expect("no holder of the process panics");
        match ending {
            Ending::Quit => shared.quit(&mut process)?,
            // Only a crash leaves it.
            Ending::Crash => std::fs::remove_file(process.profile().join(PORT_FILE))?,
        }
        let profile = process.end();
        Ok(Box::new(launch_with(&FIREFOX.find()?, profile, options, None)?))
    }

    fn profile(&self) -> PathBuf {
        self.process.lock().expect("no holder of the process panics").profile().to_owned()
    }

    fn memory(&self) -> Result<u64> {
        self.process.lock().expect("no holder of the process panics").memory()
    }
}

/// Whether a line of the standard output is a page's error or warning. The browser's own messages have the same form,
/// but begin with their component's name and a colon; messages of pages are quoted.
fn printed_by_a_page(line: &str) -> bool {
    let Some(words) = line.strip_prefix("console.error: ").or_else(|| line.strip_prefix("console.warn: ")) else {
        return false;
    };
    !words.split_once(':').is_some_and(|(name, _)| name.chars().all(|char| char.is_alphanumeric() || char == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_pages_count() {
        assert!(printed_by_a_page("console.error: \"a: word\""));
        assert!(printed_by_a_page("console.warn: (new Error(\"no\", \"https://example.test/\", 1))"));
        assert!(!printed_by_a_page("console.error: RSLoader:"));
        assert!(!printed_by_a_page("console.log: \"a word\""));
    }
}

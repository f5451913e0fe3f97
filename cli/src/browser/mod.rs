//! A real browser with one tab, whose pages are recorded.
//!
//! The crates `chromiumoxide` and `headless_chrome` support only the DevTools protocol, and the crates for WebDriver
//! BiDi need a driver's binary for one of the two browsers. Both protocols are JSON messages over a WebSocket, so this
//! module uses them directly.

mod chromium;
mod firefox;
mod scripts;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use inspector_launch::Process;
use inspector_launch::connection::Closed;
use tempfile::TempDir;

use crate::interrupt;

/// The time limit of starting a browser, and of each request to it.
const LIMIT: Duration = Duration::from_secs(45);

/// The number of the browser's last lines in an error.
const SHOWN_LINES: usize = 10;

/// The kind of a browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Kind {
    Chromium,
    Firefox,
}

/// A batch that a page's relay sent.
#[derive(Debug)]
pub struct Batch {
    /// The browser's ID of the frame.
    pub frame: String,
    /// The browser's ID of the document.
    pub document: String,
    /// The batch as the relay wrote it: JSON.
    pub text: String,
}

/// An event in a browser.
#[derive(Debug)]
pub enum Event {
    Sent(Batch),
    /// The connection ended.
    Ended,
}

/// The operations of a tab. Each browser's protocol implements them differently.
trait Tab {
    /// Loads a URL. Returns when its document has begun, or at the time limit.
    fn open(&self, url: &str, limit: Duration) -> Result<()>;
    /// Calls a JavaScript function with a text in the relay's world of the page. Returns the text that it returns.
    fn call(&self, function: &str, argument: &str) -> Result<String>;
    /// Clicks with the mouse, in CSS pixels of the viewport.
    fn click_at(&self, x: f64, y: f64) -> Result<()>;
    /// Types into the focused element.
    fn type_text(&self, text: &str) -> Result<()>;
}

/// A running browser. Dropping it ends its processes and removes its profile.
pub struct Browser {
    tab: Box<dyn Tab>,
    events: Receiver<Event>,
    process: Process,
}

impl Browser {
    /// Starts a browser without a window and with a new profile.
    ///
    /// # Errors
    /// If the program doesn't exist or doesn't start, or the person ends the command.
    pub fn start(kind: Kind) -> Result<Self> {
        let (sender, events) = channel();
        let profile = TempDir::with_prefix("upscope-inspector-").context("making a profile for the browser")?;
        let started: Result<(Process, Box<dyn Tab>)> = match kind {
            Kind::Chromium => chromium::start(profile, sender),
            Kind::Firefox => firefox::start(profile, sender),
        };
        // The person may have ended it meanwhile.
        let (process, tab) = started.map_err(|error| interrupt::check().err().unwrap_or(error))?;
        Ok(Self { tab, events, process })
    }

    /// The next event, if there is one within the time.
    ///
    /// # Errors
    /// If the browser has ended, or the person ends the command.
    pub fn next(&self, within: Duration) -> Result<Option<Batch>> {
        interrupt::check()?;
        match self.events.recv_timeout(within) {
            Ok(Event::Sent(batch)) => Ok(Some(batch)),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Ok(None),
            Ok(Event::Ended) | Err(_) => {
                // The person may have ended it meanwhile.
                interrupt::check()?;
                bail!(self.end())
            }
        }
    }

    /// Loads a URL. Returns when its document has begun, or at the time limit.
    ///
    /// # Errors
    /// If the URL doesn't respond, or the browser has ended.
    pub fn open(&self, url: &str, limit: Duration) -> Result<()> {
        self.explain(self.tab.open(url, limit)).with_context(|| format!("could not open {url}"))
    }

    /// Calls a JavaScript function with a text in the relay's world of the page, and returns the text that it returns.
    ///
    /// # Errors
    /// If it throws, or the page is being left at the moment.
    pub fn call(&self, function: &str, argument: &str) -> Result<String> {
        self.explain(self.tab.call(function, argument))
    }

    /// Clicks with the mouse, in CSS pixels of the viewport.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn click_at(&self, x: f64, y: f64) -> Result<()> {
        self.explain(self.tab.click_at(x, y))
    }

    /// Types into the focused element.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.explain(self.tab.type_text(text))
    }

    /// Replaces an error with its cause: the person ended the command, or the browser ended.
    fn explain<T>(&self, outcome: Result<T>) -> Result<T> {
        match outcome {
            Err(error) => {
                interrupt::check()?;
                if error.is::<Closed>() { bail!(self.end()) } else { Err(error) }
            }
            done => done,
        }
    }

    /// How the browser ended.
    fn end(&self) -> String {
        let lines = self.process.output().lines();
        let tail = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
        match tail {
            [] => "the browser ended unexpectedly".to_owned(),
            tail => format!("the browser ended unexpectedly; its last lines:\n{}", tail.join("\n")),
        }
    }
}

/// Starts a process that ends with this one. When the person ends the command, it ends at once.
fn launch(command: std::process::Command, profile: TempDir) -> Result<Process> {
    let process = Process::start(command, profile)?;
    interrupt::end_with(process.killer());
    interrupt::check()?;
    Ok(process)
}

/// Sends an event to the tab's owner, who may no longer exist.
fn tell(sender: &Sender<Event>, event: Event) {
    let _ = sender.send(event);
}

//! Visits from the command line: `upscope-inspector test`, and two bare visits of the same page that end at the same
//! handshake. For one the browser gets the URL on its command line, for the other through its protocol.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use inspector_launch::{CHROMIUM_PORT_FILE, Connection, Process, chromium, firefox, read_chromium_port};
use serde_json::json;
use tempfile::TempDir;

use super::table::Figure;
use crate::drive::{Kind, LIMIT};
use crate::sh;
use crate::site::{Direction, Record, Site};

/// A way to visit the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// By `upscope-inspector test`.
    Test,
    /// By a browser that is started with the URL.
    Started,
    /// By a browser that a client of its protocol sends there.
    Driven,
}

impl Visit {
    const ALL: [Self; 3] = [Self::Test, Self::Started, Self::Driven];

    fn name(self) -> &'static str {
        match self {
            Self::Test => "upscope-inspector test",
            Self::Started => "browser started with the URL",
            Self::Driven => "browser sent to the URL by its protocol",
        }
    }
}

/// Measures `rounds` visits of each way, which take turns.
pub fn measure(kind: Kind, site: &Site, rounds: usize) -> Result<Vec<Figure>> {
    let program = command_line()?;
    let folder = TempDir::new()?;
    let url = site.url("/connected");
    let expectations = folder.path().join("expectations.json");
    fs::write(&expectations, expected(&url))?;
    let visit = |visit| match visit {
        Visit::Test => test(kind, &program, &url, &expectations),
        Visit::Started | Visit::Driven => bare(kind, site, &url, visit),
    };
    let mut figures = Visit::ALL.map(|way| Figure::new(format!("{kind}, {}", way.name()), "ms"));
    for round in 0..=rounds {
        for (way, figure) in Visit::ALL.into_iter().zip(&mut figures) {
            let begun = Instant::now();
            visit(way)?;
            // The first visit reads the programs from the disk.
            if round > 0 {
                figure.samples.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    Ok(figures.into())
}

/// The command line's release build.
fn command_line() -> Result<PathBuf> {
    sh::run(sh::cargo().args(["build", "--quiet", "--release", "--package", "upscope-inspector-cli"]))?;
    Ok(sh::root().join("target/release/upscope-inspector"))
}

/// An expectation that is met as soon as the page is connected.
fn expected(url: &str) -> String {
    json!({
        "schema": "upscope-inspector/expectations@1",
        "expectations": [{
            "name": "identified",
            "pages": [url],
            "when": { "after": "connected" },
            "expect": { "uniqueId": { "present": true } },
        }],
    })
    .to_string()
}

fn test(kind: Kind, program: &Path, url: &str, expectations: &Path) -> Result<()> {
    let browser = kind.to_string().to_lowercase();
    let mut command = Command::new(program);
    command.args(["test", url, "--browser", &browser, "--expect"]).arg(expectations);
    sh::read(&mut command).map(drop)
}

/// A visit that ends when the server has greeted the page.
fn bare(kind: Kind, site: &Site, url: &str, visit: Visit) -> Result<()> {
    let before = site.wait_for("the record", LIMIT, |record| Some(greetings(record)))?;
    let profile = TempDir::new()?;
    let mut process = Process::start(command(kind, profile.path(), url, visit)?, profile)?;
    let _connection = match visit {
        Visit::Driven => Some(drive(kind, &mut process, url)?),
        _ => None,
    };
    site.wait_for("the handshake", LIMIT, |record| (greetings(record) > before).then_some(()))
}

fn greetings(record: &Record) -> usize {
    record.frames.iter().filter(|frame| frame.direction == Direction::Out && frame.name == "youAre").count()
}

/// The browser as the command line starts it, or with the URL.
fn command(kind: Kind, profile: &Path, url: &str, visit: Visit) -> Result<Command> {
    let mut command = match (kind, visit) {
        (Kind::Chromium, _) => chromium::headless(profile)?,
        (Kind::Firefox, Visit::Driven) => return firefox::command(profile),
        (Kind::Firefox, _) => firefox::headless(profile)?,
    };
    command.arg(if visit == Visit::Driven { "about:blank" } else { url });
    Ok(command)
}

/// Sends the browser to the URL.
fn drive(kind: Kind, process: &mut Process, url: &str) -> Result<Arc<Connection>> {
    let connect = |port, path: &str| Connection::connect(port, path, LIMIT, |_, _| ());
    match kind {
        Kind::Chromium => {
            let (port, path) = process.wait_for_file(CHROMIUM_PORT_FILE, read_chromium_port, LIMIT)?;
            let connection = connect(port, &path)?;
            connection.call(None, "Target.createTarget", json!({ "url": url }))?;
            Ok(connection)
        }
        Kind::Firefox => {
            let port = process.wait_for_file(firefox::PORT_FILE, firefox::read_port, LIMIT)?;
            let connection = connect(port, firefox::SESSION_PATH)?;
            connection.call(None, "session.new", json!({ "capabilities": {} }))?;
            let tree = connection.call(None, "browsingContext.getTree", json!({ "maxDepth": 0 }))?;
            let context = tree["contexts"][0]["context"].as_str().context("the first tab has an ID")?;
            let there = json!({ "context": context, "url": url, "wait": "none" });
            connection.call(None, "browsingContext.navigate", there)?;
            Ok(connection)
        }
    }
}

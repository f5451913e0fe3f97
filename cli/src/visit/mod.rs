//! Visits pages in a browser and records them.

mod acts;
mod progress;
mod recorder;
mod steps;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use inspector_core::recording::entry::DocId;

use crate::arguments::{VisitArguments, WaitFor};
use crate::browser::Browser;
use crate::interrupt::{self, Interrupted};
use crate::secrets::Secrets;
use progress::Progress;
pub use recorder::{Recorder, recorded_until};
use steps::{Step, Wait};

/// How often a condition is evaluated.
const LOOK: Duration = Duration::from_millis(25);

/// The recording, also if a step or a page failed.
pub struct Outcome {
    pub recorder: Recorder,
    /// The time until which it is recorded, in milliseconds since the epoch.
    pub at: i64,
    pub secrets: Secrets,
    /// The error, without secrets.
    pub failure: Option<anyhow::Error>,
    /// The pages and steps that exceeded the time limit.
    pub notes: Vec<String>,
}

/// Decides whether a page has been visited long enough. The duration is the time since the awaited condition became
/// true.
pub type Until<'a> = dyn Fn(&Recorder, Duration) -> bool + 'a;

/// Performs the steps, visits the URLs, and stays on each page until `until` returns true, or until the time limit.
///
/// # Errors
/// If the arguments are wrong, or no browser starts, so that nothing was recorded, or the person ends the command.
pub fn run(arguments: &VisitArguments, until: &Until) -> Result<Outcome> {
    let steps = arguments.steps.as_deref().map(steps::read).transpose()?;
    ensure!(steps.is_some() || !arguments.urls.is_empty(), "expected a URL, or steps");
    for url in &arguments.urls {
        ensure!(is_web(url), "expected a URL that begins with http:// or https://, and not `{url}`");
    }
    let mut secrets = Secrets::default();
    let mut acts = vec![];
    for (number, step) in (1..).zip(steps.iter().flat_map(|steps| steps.steps.iter())) {
        let filled = step.fill(&mut secrets).with_context(|| format!("step {number} ({})", step.describe()))?;
        acts.push((number, step, filled));
    }
    interrupt::listen()?;
    let progress = Progress::new();
    progress.show("starting the browser");
    let browser = Browser::start(arguments.browser)?;
    let mut visit = Visit {
        browser,
        recorder: Recorder::default(),
        arguments,
        until,
        progress,
        notes: vec![],
        opened: Opened::default(),
    };
    let failure = visit.all(&acts).err();
    if failure.as_ref().is_some_and(|error| error.is::<Interrupted>()) {
        return Err(Interrupted.into());
    }
    let failure = failure.map(|error| anyhow!(secrets.hide(&format!("{error:#}"))));
    let notes = visit.notes.iter().map(|note| secrets.hide(note)).collect();
    Ok(Outcome { recorder: visit.recorder, at: recorded_until(), secrets, failure, notes })
}

struct Visit<'a> {
    browser: Browser,
    recorder: Recorder,
    arguments: &'a VisitArguments,
    until: &'a Until<'a>,
    progress: Progress,
    notes: Vec<String>,
    opened: Opened,
}

/// The documents from before a page was opened. None of them is the page, unless only the fragment of the URL changed.
#[derive(Default)]
struct Opened {
    before: Vec<DocId>,
}

impl Visit<'_> {
    fn all(&mut self, acts: &[(usize, &Step, String)]) -> Result<()> {
        for (number, step, filled) in acts {
            let name = format!("step {number} ({})", step.describe());
            self.progress.show(&name);
            self.act(step, filled).with_context(|| name)?;
        }
        if self.arguments.urls.is_empty() {
            self.stay("the last page of the steps", Instant::now())?;
        }
        for url in &self.arguments.urls {
            self.progress.show(&format!("visiting {url}"));
            let begun = Instant::now();
            self.open(url)?;
            self.stay(url, begun)?;
        }
        Ok(())
    }

    fn act(&mut self, step: &Step, filled: &str) -> Result<()> {
        match step {
            Step::Goto(_) => {
                let url = self.absolute(filled)?;
                self.open(&url)
            }
            Step::Fill(fill) => self.until_done(self.limit(), |visit| acts::fill(&visit.browser, &fill.field, filled)),
            Step::Click(selector) => self.until_done(self.limit(), |visit| acts::click(&visit.browser, selector)),
            Step::Wait(Wait { conditions }) => {
                let within = conditions.within.map(|within| Duration::from_millis(within.millis().unsigned_abs()));
                self.until_done(within.unwrap_or_else(|| self.limit()), |visit| {
                    conditions.element.as_ref().map_or(Ok(()), |selector| acts::see(&visit.browser, selector))?;
                    if let Some(pattern) = &conditions.url {
                        let url = acts::url(&visit.browser)?;
                        ensure!(pattern.matches(&url), "the page shows {url}");
                    }
                    ensure!(!conditions.handshake || visit.has(WaitFor::Handshake), "the SDK is not connected");
                    Ok(())
                })
            }
        }
    }

    fn open(&mut self, url: &str) -> Result<()> {
        let shown = acts::url(&self.browser).unwrap_or_default();
        let is_route = url.contains('#') && without_fragment(&shown) == without_fragment(url);
        self.pump(Duration::ZERO)?;
        self.opened = Opened { before: if is_route { vec![] } else { self.recorder.documents() } };
        self.browser.open(url, self.limit())
    }

    /// Stays on the page until the visit is complete, at most until the time limit since `begun`.
    fn stay(&mut self, name: &str, begun: Instant) -> Result<()> {
        let end = begun + self.limit();
        let mut met: Option<Instant> = None;
        while Instant::now() < end {
            self.pump(LOOK)?;
            if met.is_none() && self.has(self.arguments.wait) {
                met = Some(Instant::now());
            }
            if met.is_some_and(|met| (self.until)(&self.recorder, met.elapsed())) {
                return Ok(());
            }
        }
        let awaited = match (met, self.arguments.wait) {
            (Some(_), _) => "was not decided",
            (None, WaitFor::Load) => "did not load",
            (None, WaitFor::Handshake) => "did not connect",
        };
        self.notes.push(format!("{name} {awaited} within {} s", self.arguments.timeout));
        Ok(())
    }

    /// Repeats the attempt until it succeeds. Returns the last error at the time limit.
    fn until_done(&mut self, limit: Duration, attempt: impl Fn(&Self) -> Result<()>) -> Result<()> {
        let end = Instant::now() + limit;
        loop {
            match attempt(self) {
                Err(error) if error.is::<Interrupted>() => return Err(error),
                Err(error) if Instant::now() >= end => {
                    return Err(error).with_context(|| format!("not done within {} s", limit.as_secs_f64()));
                }
                Err(_) => self.pump(LOOK)?,
                Ok(()) => return self.pump(Duration::ZERO),
            }
        }
    }

    /// Adds the batches that the relays have sent. Without any, waits at most this long.
    fn pump(&mut self, within: Duration) -> Result<()> {
        let mut batches = vec![];
        let mut next = self.browser.next(within)?;
        while let Some(batch) = next {
            batches.push(batch);
            next = self.browser.next(Duration::ZERO)?;
        }
        if !batches.is_empty() {
            self.recorder.take(&batches);
        }
        Ok(())
    }

    /// Whether the page has reached the awaited condition.
    fn has(&self, awaited: WaitFor) -> bool {
        let page = self.recorder.page().filter(|page| !self.opened.before.contains(&page.document));
        page.is_some_and(|page| match awaited {
            WaitFor::Load => page.marks.load.is_some(),
            WaitFor::Handshake => !page.marks.handshakes.is_empty(),
        })
    }

    fn limit(&self) -> Duration {
        Duration::from_secs_f64(self.arguments.timeout)
    }

    /// A path belongs to the site of the first URL.
    fn absolute(&self, url: &str) -> Result<String> {
        if is_web(url) {
            return Ok(url.to_owned());
        }
        match self.arguments.urls.first() {
            Some(first) if url.starts_with('/') => Ok(format!("{}{url}", origin(first))),
            _ => bail!("expected a URL that begins with http:// or https://, or a path of the site of the first URL"),
        }
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    &url[..end]
}

fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_ends_before_the_path() {
        for (url, expected) in [
            ("https://acme.test:8080/a/b", "https://acme.test:8080"),
            ("http://acme.test", "http://acme.test"),
            ("http://acme.test?a=/", "http://acme.test"),
        ] {
            assert_eq!(origin(url), expected);
        }
    }
}

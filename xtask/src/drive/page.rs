//! A page as a test sees it, and the waiting that everything is made of.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use super::keys::Chord;
use super::script::{self, Outcome};
use super::{LIMIT, PageDriver};

/// The tasks that waited are done and a frame is painted; a page that paints none does not wait for long.
const A_FRAME: &str = "new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(true)));
    setTimeout(() => done(true), 100);
})";

/// The shortest and the longest pause between two looks at a condition. A look takes 5 ms of processor time in Firefox, so the
/// pauses grow.
const PAUSES: [Duration; 2] = [Duration::from_millis(15), Duration::from_millis(200)];

/// A web page in a tab, an extension page in a tab, or the extension's popup.
pub struct Page(pub(super) Box<dyn PageDriver>);

/// Firefox's error pages never become complete.
pub(super) const LOADED: &str =
    "(document.readyState === 'complete' || /^about:(net|cert)error/.test(document.documentURI))";

/// Its title is words, and so is something in it. What is painted before the program is there has none, and a page of frames
/// has those of the frames.
const HAS_WORDS: &str = "!location.pathname.endsWith('.html') || document.title.trim() !== '' && \
    (document.body.innerText.trim() !== '' || document.querySelector('#skeleton, iframe') !== null)";

impl Page {
    /// Evaluates an expression, or else the body of an async function, in the page's own world, promises
    /// awaited. `undefined` and what JSON cannot hold come as `null`.
    ///
    /// # Errors
    /// With its message when it throws; when the document goes away meanwhile.
    pub fn eval(&self, js: &str) -> Result<Value> {
        eval(js, |code| self.0.run(None, code))
    }

    /// Evaluates like [`Page::eval`] in a frame, of the same or of another origin: the first whose element
    /// matches the selector, or whose address contains the text.
    pub fn eval_in_frame(&self, selector_or_url_part: &str, js: &str) -> Result<Value> {
        eval(js, |code| self.0.run(Some(selector_or_url_part), code))
            .with_context(|| format!("in frame {selector_or_url_part:?}"))
    }

    /// Waits until `js` is truthy and gives its value. `what` names in the error what was waited for. While it
    /// throws or the document changes it counts as not yet true.
    pub fn wait_for(&self, what: &str, js: &str, limit: Duration) -> Result<Value> {
        let mut last = String::new();
        let found = wait(limit, || {
            match self.eval(js) {
                Ok(value) if truthy(&value) => return Ok(Some(value)),
                Ok(value) => last = value.to_string(),
                Err(error) => last = format!("{error:#}"),
            }
            Ok(None)
        })?;
        found.map_err(|()| anyhow!("waited {limit:?} for {what}; last: {last} (of {js})"))
    }

    /// Scrolls the element into view and clicks its middle with the mouse, once it is there, enabled, in one
    /// place for two looks, and nothing covers it.
    pub fn click(&self, css: &str) -> Result<()> {
        self.click_on(&script::found_by(css), css)
    }

    /// The same in a frame of the page, one without a border.
    pub fn click_in_frame(&self, frame: &str, css: &str) -> Result<()> {
        let look = script::click_point(&script::found_by(css));
        let corner = format!(
            "(({{ x, y }}) => ({{ x, y }}))(document.querySelector({}).getBoundingClientRect())",
            script::quote(frame)
        );
        let [x, y] = self.still(css, || {
            let mut last = String::new();
            let found =
                wait(LIMIT, || Ok(self.eval_in_frame(frame, &look).map_err(|error| last = format!("{error:#}")).ok()))?;
            let mut point =
                found.map_err(|()| anyhow!("waited {LIMIT:?} for {css} to be clickable in {frame}; last: {last}"))?;
            // Seen after it: to show the element, the frame may have scrolled the page around it.
            let corner = self.eval(&corner)?;
            for axis in ["x", "y"] {
                let sum = point[axis].as_f64().zip(corner[axis].as_f64()).map(|(inner, outer)| inner + outer);
                point[axis] = sum.into();
            }
            Ok(point)
        })?;
        self.0.click_at(x, y).with_context(|| format!("clicking {css} in {frame}"))
    }

    /// Types `text` over what the field `css` holds.
    pub fn type_text(&self, css: &str, text: &str) -> Result<()> {
        self.type_on(&script::found_by(css), css, text)
    }

    /// Moves the mouse onto the element, wherever a click would go.
    pub fn hover(&self, css: &str) -> Result<()> {
        self.hover_on(&script::found_by(css), css)
    }

    /// Clicks what the expression `element` gives; errors call it `name`.
    pub(super) fn click_on(&self, element: &str, name: &str) -> Result<()> {
        let [x, y] = self.still_place(element, name)?;
        self.0.click_at(x, y).with_context(|| format!("clicking {name}"))
    }

    /// Moves the mouse there.
    pub(super) fn hover_on(&self, element: &str, name: &str) -> Result<()> {
        let [x, y] = self.still_place(element, name)?;
        self.0.move_to(x, y).with_context(|| format!("pointing at {name}"))
    }

    /// Moves the mouse out of everybody's way, to the corner of the page.
    pub fn rest_mouse(&self) -> Result<()> {
        self.0.move_to(0.0, 0.0).context("resting the mouse")
    }

    /// The middle of an element, once it stays there.
    fn still_place(&self, element: &str, name: &str) -> Result<[f64; 2]> {
        let look = script::click_point(element);
        self.still(name, || self.wait_for(&format!("{name} to be clickable"), &look, LIMIT))
    }

    /// The point that `find` gives, once it gives the same one twice; errors call what is there `name`.
    fn still(&self, name: &str, find: impl Fn() -> Result<Value>) -> Result<[f64; 2]> {
        let place = || -> Result<[f64; 2]> {
            let point = find()?;
            Ok(["x", "y"].map(|axis| point[axis].as_f64().unwrap_or_default()))
        };
        let mut before = place()?;
        let found = wait(LIMIT, || {
            // What was about to move the focus, and with it the page, has done so.
            self.wait_for("a frame", A_FRAME, LIMIT)?;
            let now = place()?;
            // Scrolled to the middle again, a page may stand a pixel off.
            let is_still = before.iter().zip(now).all(|(was, is)| (was - is).abs() < 2.0);
            before = now;
            Ok(is_still.then_some(now))
        })?;
        found.map_err(|()| anyhow!("{name} did not stay in its place for {LIMIT:?}"))
    }

    /// Types into what the expression `element` gives.
    pub(super) fn type_on(&self, element: &str, name: &str, text: &str) -> Result<()> {
        self.wait_for(&format!("{name} to take the focus"), &script::focus_and_select(element), LIMIT)?;
        if text.is_empty() {
            return self.press("Delete");
        }
        self.0.insert_text(text).with_context(|| format!("typing into {name}"))
    }

    /// Composes `text` with an input method where the focus is, as one does Japanese; `keys` are pressed meanwhile, taken by
    /// the method, and the text is kept.
    pub fn compose(&self, text: &str, keys: &[&str]) -> Result<()> {
        let keys: Vec<_> = keys.iter().map(|key| Chord::parse(key)).collect::<Result<_>>()?;
        self.0.compose(text, &keys).with_context(|| format!("composing {text}"))
    }

    /// Presses a key where the focus is: `"Enter"`, `"Escape"`, `"Shift+Tab"`, `"Control+Enter"`, `"/"`.
    pub fn press(&self, key: &str) -> Result<()> {
        self.0.press(&Chord::parse(key)?).with_context(|| format!("pressing {key}"))
    }

    /// Goes to `url` and waits until the new document is loaded.
    pub fn navigate(&self, url: &str) -> Result<()> {
        self.leave(false, url == "about:blank", || self.0.navigate(url)).with_context(|| format!("going to {url}"))
    }

    /// Reloads and waits until the new document is loaded.
    pub fn reload(&self) -> Result<()> {
        self.leave(false, false, || self.0.reload()).context("reloading")
    }

    /// Goes back one entry of the history and waits until it stands there.
    pub fn back(&self) -> Result<()> {
        self.leave(true, false, || self.0.back()).context("going back")
    }

    /// Does what leaves the document, and waits for the next: documents differ in their time origin. `blank`
    /// tells whether that may be `about:blank`, which else is only Firefox's beginning of the next.
    fn leave(&self, same_document_counts: bool, blank: bool, act: impl FnOnce() -> Result<()>) -> Result<()> {
        let before = self.eval("[performance.timeOrigin, location.href]")?;
        act()?;
        let index = if same_document_counts { "" } else { "[0]" };
        let other = format!(
            "{LOADED} && ({blank} || location.href !== 'about:blank') && JSON.stringify([performance.timeOrigin, location.href]{index}) !== JSON.stringify({before}{index})"
        );
        self.wait_for("another document", &other, LIMIT).map(drop)
    }

    /// Waits until the document, if it is of this origin, shows words, unless it closes meanwhile.
    pub(super) fn wait_for_words(&self, origin: &str) -> Result<()> {
        let has_words = format!("!location.href.startsWith({}) || {HAS_WORDS}", script::quote(origin));
        let found = wait(LIMIT, || {
            let shown = self.eval(&has_words).is_ok_and(|shown| shown == true);
            Ok((shown || !self.is_open()).then_some(()))
        })?;
        found.map_err(|()| anyhow!("{} shows no words", self.url().unwrap_or_default()))
    }

    /// The document's address.
    pub fn url(&self) -> Result<String> {
        Ok(self.eval("location.href")?.as_str().unwrap_or_default().to_owned())
    }

    /// Whether the tab or popup still exists.
    pub fn is_open(&self) -> bool {
        self.0.is_open()
    }

    /// Waits until the tab or popup is gone.
    pub fn wait_until_closed(&self, limit: Duration) -> Result<()> {
        wait(limit, || Ok((!self.is_open()).then_some(())))?.map_err(|()| anyhow!("still open after {limit:?}"))
    }

    /// Closes the tab or popup and waits until it is gone.
    pub fn close(self) -> Result<()> {
        self.0.close().context("closing")?;
        self.wait_until_closed(LIMIT)
    }

    /// Puts a tab in the background to sleep as Chromium does to save energy, or wakes it: no task of its runs meanwhile.
    pub fn set_frozen(&self, is_frozen: bool) -> Result<()> {
        self.0.set_frozen(is_frozen).context("freezing or waking")
    }

    /// Makes its tab the active one, which closes a popup.
    pub fn activate(&self) -> Result<()> {
        self.0.activate().context("activating")
    }

    /// The id that the WebExtensions API has for its tab.
    pub fn tab_id(&self) -> Result<i64> {
        self.0.tab_id().context("asking for the tab's id")
    }

    /// Writes what is visible (of a popup: all of it) as a PNG.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        self.screenshot_of(None, path)
    }

    /// The same of a part of the document: its left, top, width and height in CSS pixels.
    pub fn screenshot_of(&self, part: Option<[f64; 4]>, path: &Path) -> Result<()> {
        let png = self.0.screenshot(part).context("taking a screenshot")?;
        if !png.starts_with(b"\x89PNG") {
            bail!("the screenshot is no PNG but {} bytes", png.len());
        }
        std::fs::write(path, png).with_context(|| format!("writing {}", path.display()))
    }

    /// How long the main thread of the page's process has worked, in seconds from some beginning: only differences
    /// mean anything. Chromium counts the wall time of tasks, Firefox the time on a processor.
    pub fn main_thread_seconds(&self) -> Result<f64> {
        self.0.main_thread_seconds().context("asking how long the main thread worked")
    }

    /// Gives the page in a tab a viewport of this size in CSS pixels, whatever the window's size.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        self.0.set_viewport(width, height)?;
        let reached = format!("innerWidth === {width} && innerHeight === {height}");
        self.wait_for(&format!("a viewport of {width} × {height}"), &reached, LIMIT).map(drop)
    }
}

/// Whether JavaScript would take the value for true.
fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// Runs the code as an expression or, when it is none, as the body of an async function.
pub(super) fn eval(js: &str, run: impl Fn(&str) -> Result<Outcome>) -> Result<Value> {
    match run(&script::wrap_expression(js))? {
        Outcome::DoesNotParse(_) => run(&script::wrap_body(js))?.value(),
        ran => ran.value(),
    }
}

/// Looks until `look` gives something; `Err(())` inside when the limit passes first.
pub(super) fn wait<T>(limit: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<Result<T, ()>> {
    let end = Instant::now() + limit;
    let [mut pause, longest] = PAUSES;
    loop {
        if let Some(found) = look()? {
            return Ok(Ok(found));
        }
        if Instant::now() >= end {
            return Ok(Err(()));
        }
        std::thread::sleep(pause);
        pause = longest.min(pause * 3 / 2);
    }
}

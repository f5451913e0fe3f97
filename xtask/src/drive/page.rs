//! A page in a test, and functions that wait.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use inspector_launch::wait;
use serde_json::Value;

use super::LIMIT;
use super::driver::PageDriver;
use super::keys::Chord;
use super::script::{self, Outcome};

/// Pending tasks have run and a frame is painted. Doesn't wait long for a page that paints none.
const A_FRAME: &str = "new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(true)));
    setTimeout(() => done(true), 100);
})";

/// A web page in a tab, an extension page in a tab, or the extension's popup.
pub struct Page(pub(super) Box<dyn PageDriver>);

/// Firefox's error pages never become complete.
pub(super) const LOADED: &str =
    "(document.readyState === 'complete' || /^about:(net|cert)error/.test(document.documentURI))";

/// The title and the content have text. The skeleton, painted before the program, has none. A page of frames has the
/// text of its frames.
const HAS_WORDS: &str = "!location.pathname.endsWith('.html') || document.title.trim() !== '' && \
    (document.body.innerText.trim() !== '' || document.querySelector('#skeleton, iframe') !== null)";

impl Page {
    /// Evaluates an expression, or else the body of an async function, in the MAIN world, and awaits its promise.
    /// `undefined` and values that JSON can't represent are `null`.
    ///
    /// # Errors
    /// With the message of an exception, or if the document is replaced meanwhile.
    pub fn eval(&self, js: &str) -> Result<Value> {
        eval(js, |code| self.0.run(None, code))
    }

    /// Evaluates code that makes the page replace its own document, like [`Page::eval`] without its value. The reply
    /// may be lost with the document, so a missing reply isn't an error once there is another document.
    pub fn eval_leaving(&self, js: &str) -> Result<()> {
        let document = || self.eval("performance.timeOrigin");
        let before = document()?;
        let Err(error) = self.eval(js) else { return Ok(()) };
        let left = wait(LIMIT, || Ok(document().ok().filter(|now| *now != before)))?;
        left.map(drop).map_err(|()| error)
    }

    /// The text that the page displays. Firefox's `innerText` of the body does not lay out what changed in an open
    /// dialog, and leaves it out: the rectangle forces that layout.
    pub fn text(&self) -> Result<String> {
        let text = self.eval("document.body.getBoundingClientRect(); return document.body.innerText")?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Evaluates like [`Page::eval`] in a frame, of the same or another origin: the first whose element matches the
    /// selector, or whose URL contains the text.
    pub fn eval_in_frame(&self, selector_or_url_part: &str, js: &str) -> Result<Value> {
        eval(js, |code| self.0.run(Some(selector_or_url_part), code))
            .with_context(|| format!("in frame {selector_or_url_part:?}"))
    }

    /// Waits until `js` is truthy and returns its value. Errors name `what`. An exception or a replaced document count
    /// as not yet true.
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

    /// Scrolls an element into view and clicks its center with the mouse, once it exists, is enabled, keeps its
    /// position, and nothing covers it.
    pub fn click(&self, css: &str) -> Result<()> {
        self.click_on(&script::found_by(css), css)
    }

    /// The same in a frame of the page, which has no border.
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
            // Afterwards, because the frame may have scrolled the page to show the element.
            let corner = self.eval(&corner)?;
            for axis in ["x", "y"] {
                let sum = point[axis].as_f64().zip(corner[axis].as_f64()).map(|(inner, outer)| inner + outer);
                point[axis] = sum.into();
            }
            Ok(point)
        })?;
        self.0.click_at(x, y).with_context(|| format!("clicking {css} in {frame}"))
    }

    /// Replaces the content of the field `css` by typing `text`.
    pub fn type_text(&self, css: &str, text: &str) -> Result<()> {
        self.type_on(&script::found_by(css), css, text)
    }

    /// Moves the mouse onto the element, to where a click would go.
    pub fn hover(&self, css: &str) -> Result<()> {
        self.hover_on(&script::found_by(css), css)
    }

    /// Clicks the element of the expression `element`, with `name` for errors.
    pub(super) fn click_on(&self, element: &str, name: &str) -> Result<()> {
        let [x, y] = self.still_place(element, name)?;
        self.0.click_at(x, y).with_context(|| format!("clicking {name}"))
    }

    /// Moves the mouse there.
    pub(super) fn hover_on(&self, element: &str, name: &str) -> Result<()> {
        let [x, y] = self.still_place(element, name)?;
        self.0.move_to(x, y).with_context(|| format!("pointing at {name}"))
    }

    /// Moves the mouse away, to the corner of the page.
    pub fn rest_mouse(&self) -> Result<()> {
        self.0.move_to(0.0, 0.0).context("resting the mouse")
    }

    /// The center of an element, once it keeps its position.
    fn still_place(&self, element: &str, name: &str) -> Result<[f64; 2]> {
        let look = script::click_point(element);
        self.still(name, || self.wait_for(&format!("{name} to be clickable"), &look, LIMIT))
    }

    /// The point that `find` returns, once it is the same twice, with `name` for errors.
    fn still(&self, name: &str, find: impl Fn() -> Result<Value>) -> Result<[f64; 2]> {
        let place = || -> Result<[f64; 2]> {
            let point = find()?;
            Ok(["x", "y"].map(|axis| point[axis].as_f64().unwrap_or_default()))
        };
        let mut before = place()?;
        let found = wait(LIMIT, || {
            // Pending moves of the focus, which may scroll the page, are done.
            self.wait_for("a frame", A_FRAME, LIMIT)?;
            let now = place()?;
            // After scrolling again, a page may differ by a pixel.
            let is_still = before.iter().zip(now).all(|(was, is)| (was - is).abs() < 2.0);
            before = now;
            Ok(is_still.then_some(now))
        })?;
        found.map_err(|()| anyhow!("{name} did not stay in its place for {LIMIT:?}"))
    }

    /// Types into the element of the expression `element`.
    pub(super) fn type_on(&self, element: &str, name: &str, text: &str) -> Result<()> {
        self.wait_for(&format!("{name} to take the focus"), &script::focus_and_select(element), LIMIT)?;
        if text.is_empty() {
            return self.press("Delete");
        }
        self.0.insert_text(text).with_context(|| format!("typing into {name}"))
    }

    /// Composes `text` with an input method in the focused element, as for Japanese. `keys` are pressed during the
    /// composition and handled by the method, and the text is committed.
    pub fn compose(&self, text: &str, keys: &[&str]) -> Result<()> {
        let keys: Vec<_> = keys.iter().map(|key| Chord::parse(key)).collect::<Result<_>>()?;
        self.0.compose(text, &keys).with_context(|| format!("composing {text}"))
    }

    /// Presses a key in the focused element: `"Enter"`, `"Escape"`, `"Shift+Tab"`, `"Control+Enter"`, `"/"`.
    pub fn press(&self, key: &str) -> Result<()> {
        self.0.press(&Chord::parse(key)?).with_context(|| format!("pressing {key}"))
    }

    /// Opens `url` and waits until the new document is loaded.
    pub fn navigate(&self, url: &str) -> Result<()> {
        self.leave(false, url == "about:blank", || self.0.navigate(url)).with_context(|| format!("going to {url}"))
    }

    /// Reloads and waits until the new document is loaded.
    pub fn reload(&self) -> Result<()> {
        self.leave(false, false, || self.0.reload()).context("reloading")
    }

    /// Goes back in the history and waits until that document is shown.
    pub fn back(&self) -> Result<()> {
        self.leave(true, false, || self.0.back()).context("going back")
    }

    /// Runs an action that replaces the document, and waits for the next one, which has another time origin. `blank`:
    /// whether that may be `about:blank`, which otherwise is only a transition in Firefox.
    fn leave(&self, same_document_counts: bool, blank: bool, act: impl FnOnce() -> Result<()>) -> Result<()> {
        let before = self.eval("[performance.timeOrigin, location.href]")?;
        act()?;
        let index = if same_document_counts { "" } else { "[0]" };
        let other = format!(
            "{LOADED} && ({blank} || location.href !== 'about:blank') && JSON.stringify([performance.timeOrigin, location.href]{index}) !== JSON.stringify({before}{index})"
        );
        self.wait_for("another document", &other, LIMIT).map(drop)
    }

    /// Waits until a document of this origin shows text, or closes.
    pub(super) fn wait_for_text(&self, origin: &str) -> Result<()> {
        let has_words = format!("!location.href.startsWith({}) || {HAS_WORDS}", script::quote(origin));
        let found = wait(LIMIT, || {
            let shown = self.eval(&has_words).is_ok_and(|shown| shown == true);
            Ok((shown || !self.is_open()).then_some(()))
        })?;
        found.map_err(|()| anyhow!("{} shows no words", self.url().unwrap_or_default()))
    }

    /// The document's URL.
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

    /// Freezes a background tab as Chromium does to save energy, or resumes it. A frozen tab runs no tasks.
    pub fn set_frozen(&self, is_frozen: bool) -> Result<()> {
        self.0.set_frozen(is_frozen).context("freezing or waking")
    }

    /// Activates its tab, which closes a popup.
    pub fn activate(&self) -> Result<()> {
        self.0.activate().context("activating")
    }

    /// The tab ID in the WebExtensions API.
    pub fn tab_id(&self) -> Result<i64> {
        self.0.tab_id().context("asking for the tab's id")
    }

    /// Writes a PNG screenshot of the viewport, or of the whole popup.
    pub fn screenshot(&self, path: &Path) -> Result<()> {
        self.screenshot_of(None, path)
    }

    /// The same of a part of the document, by left, top, width and height in CSS pixels.
    pub fn screenshot_of(&self, part: Option<[f64; 4]>, path: &Path) -> Result<()> {
        let png = self.0.screenshot(part).context("taking a screenshot")?;
        if !png.starts_with(b"\x89PNG") {
            bail!("the screenshot is no PNG but {} bytes", png.len());
        }
        std::fs::write(path, png).with_context(|| format!("writing {}", path.display()))
    }

    /// How long the main thread of the page's process has worked, in seconds. Only differences are meaningful. Chromium
    /// counts the wall time of tasks, Firefox the processor time.
    pub fn main_thread_seconds(&self) -> Result<f64> {
        self.0.main_thread_seconds().context("asking how long the main thread worked")
    }

    /// Gives a tab's page a viewport of this size in CSS pixels, whatever the window's size.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        self.0.set_viewport(width, height)?;
        let reached = format!("innerWidth === {width} && innerHeight === {height}");
        self.wait_for(&format!("a viewport of {width} × {height}"), &reached, LIMIT).map(drop)
    }
}

/// Whether the value is truthy in JavaScript.
fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// Runs the code as an expression or, if it doesn't parse as one, as the body of an async function.
pub(super) fn eval(js: &str, run: impl Fn(&str) -> Result<Outcome>) -> Result<Value> {
    match run(&script::wrap_expression(js))? {
        Outcome::DoesNotParse(_) => run(&script::wrap_body(js))?.value(),
        ran => ran.value(),
    }
}

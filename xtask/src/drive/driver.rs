//! What a driver of a browser provides.

use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::Result;

use super::keys::Chord;
use super::node::Seen;
use super::script::Outcome;
use super::{Ending, Kind, Options};

/// The functions of each browser's driver. The rest of the API is built on them.
pub trait BrowserDriver: Send {
    fn kind(&self) -> Kind;
    fn origin(&self) -> String;
    fn open(&self, url: &str) -> Result<Box<dyn PageDriver>>;
    /// The popup, and the time right before the click was sent.
    fn click_toolbar(&self, page: &dyn PageDriver) -> Result<(Box<dyn PageDriver>, SystemTime)>;
    /// The open popup.
    fn popup(&self) -> Result<Option<Box<dyn PageDriver>>>;
    /// The pages of all tabs, in the order of opening.
    fn pages(&self) -> Result<Vec<Box<dyn PageDriver>>>;
    fn grant_host(&self, pattern: &str) -> Result<()>;
    fn update_extension(&self) -> Result<()>;
    fn offer_update(&self) -> Result<bool>;
    fn stop_background(&self) -> Result<()>;
    fn background_running(&self) -> Result<bool>;
    /// Runs wrapped code in the background, and starts it if necessary.
    fn run_in_background(&self, code: &str) -> Result<Outcome>;
    fn console(&self) -> Result<Vec<String>>;
    fn set_dark(&self, dark: bool) -> Result<()>;
    /// Closes all tabs but the first, removes the extension with its data, the cookies and the console messages, and
    /// installs the extension of `options` again.
    fn reset(&mut self, options: &Options) -> Result<()>;
    /// Ends the browser, and starts it with the same profile and the extension in it.
    fn restart(self: Box<Self>, ending: Ending, options: &Options) -> Result<Box<dyn BrowserDriver>>;
    fn profile(&self) -> PathBuf;
    fn memory(&self) -> Result<u64>;
}

/// The functions of each browser's driver for one page.
pub trait PageDriver: Send {
    /// The driver's ID of the tab or popup.
    fn handle(&self) -> String;
    /// Runs wrapped code in the MAIN world of the page or of one of its frames.
    fn run(&self, frame: Option<&str>, code: &str) -> Result<Outcome>;
    fn click_at(&self, x: f64, y: f64) -> Result<()>;
    /// Moves the mouse.
    fn move_to(&self, x: f64, y: f64) -> Result<()>;
    /// The accessibility tree in reading order, without texts.
    fn seen(&self) -> Result<Vec<Seen>>;
    /// Stores the element of a node of that tree for [`script::STORED_ELEMENT`].
    fn store_element(&self, node: i64) -> Result<()>;
    fn insert_text(&self, text: &str) -> Result<()>;
    /// Composes `text` in the focused element like an input method, presses keys that the method handles, and commits
    /// the text.
    fn compose(&self, text: &str, keys: &[Chord]) -> Result<()>;
    fn press(&self, chord: &Chord) -> Result<()>;
    /// Starts to load `url`; [`Page::navigate`] waits.
    fn navigate(&self, url: &str) -> Result<()>;
    fn reload(&self) -> Result<()>;
    fn back(&self) -> Result<()>;
    fn is_open(&self) -> bool;
    fn close(&self) -> Result<()>;
    fn set_frozen(&self, is_frozen: bool) -> Result<()>;
    fn activate(&self) -> Result<()>;
    fn tab_id(&self) -> Result<i64>;
    /// Takes a PNG screenshot, or one of a part with this left, top, width and height.
    fn screenshot(&self, part: Option<[f64; 4]>) -> Result<Vec<u8>>;
    fn set_viewport(&self, width: u32, height: u32) -> Result<()>;
    fn main_thread_seconds(&self) -> Result<f64>;
}

//! `Ctrl+C`, and a request to end: the browser ends at once, and the command then returns, so that everything is
//! cleaned up.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static KILL: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// The person ended the command.
#[derive(Debug)]
pub struct Interrupted;

impl std::error::Error for Interrupted {}

impl fmt::Display for Interrupted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("interrupted")
    }
}

/// Listens from now on.
///
/// # Errors
/// If the system does not allow it.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        if let Some(kill) = &*KILL.lock().expect("no holder of the function panics") {
            kill();
        }
    })
    .context("listening for Ctrl+C")
}

/// Calls `kill` when the person ends the command.
pub fn end_with(kill: impl Fn() + Send + 'static) {
    *KILL.lock().expect("no holder of the function panics") = Some(Box::new(kill));
}

/// # Errors
/// If the person has ended the command.
pub fn check() -> Result<()> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err(Interrupted.into()) } else { Ok(()) }
}

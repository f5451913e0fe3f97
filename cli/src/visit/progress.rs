//! Shows the current step in one line of a terminal. Without a terminal, it shows nothing.

use std::io::{IsTerminal, Write, stderr};

use crate::format::one_line;

pub struct Progress {
    is_shown: bool,
}

impl Progress {
    pub fn new() -> Self {
        Self { is_shown: stderr().is_terminal() }
    }

    /// Replaces the line.
    pub fn show(&self, text: &str) {
        if self.is_shown {
            self.write(&one_line(text));
        }
    }

    fn write(&self, text: &str) {
        // A failure to write the line isn't an error of the command.
        let _ = write!(stderr(), "\r\x1b[2K{text}").and_then(|()| stderr().flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            self.write("");
        }
    }
}

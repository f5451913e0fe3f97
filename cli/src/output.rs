//! Writing to standard output.

use std::io::{ErrorKind, Result, Write};

/// Prints a text. Colors stay only on a terminal. A reader that is gone, as `head` is, is no error.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

//! Writing to standard output.

use std::io::{ErrorKind, Result, Write};

/// Prints a text. Colors appear only on a terminal. A closed output, as with `head`, isn't an error.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

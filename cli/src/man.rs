//! The manual pages: one of the program, and one of each command.

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_mangen::Man;

use crate::arguments::Arguments;

/// The page of a command, or of the program.
///
/// # Errors
/// If there is no such command.
pub fn page(command: Option<&str>) -> Result<String> {
    // Without `help`, which has no page.
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let of = match command {
        None => program,
        Some(name) => {
            let known = || program.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ");
            let found = program.find_subcommand(name);
            found.cloned().with_context(|| format!("no command `{name}`; there are {}", known()))?
        }
    };
    let mut page = vec![];
    Man::new(of).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

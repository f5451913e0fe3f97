//! Judges recordings of the Upscope visitor inspector by a file of expectations, on the command line and in continuous
//! integration. Of its commands, only `record` and `test` open a connection: they visit pages in a browser of this
//! machine.

mod arguments;
#[cfg(unix)]
mod browser;
mod check;
mod convert;
mod describe;
mod exit_code;
mod explain;
mod format;
#[cfg(unix)]
mod interrupt;
mod man;
mod output;
#[cfg(unix)]
mod record;
mod recording;
mod report;
mod secrets;
#[cfg(unix)]
mod test;
#[cfg(unix)]
mod visit;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Schema};

/// The JSON Schemas.
const EXPECTATIONS_SCHEMA: &str = include_str!("../../docs/expectations.schema.json");
const STEPS_SCHEMA: &str = include_str!("../../docs/steps.schema.json");
const VERDICTS_SCHEMA: &str = include_str!("../../docs/verdicts.schema.json");

/// The recorder as one script, made by `build.rs`.
const INIT_SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/init_script.js"));

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => ExitCode::from(code),
        #[cfg(unix)]
        Err(error) if error.is::<interrupt::Interrupted>() => ExitCode::from(exit_code::INTERRUPTED),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(exit_code::COULD_NOT_RUN)
        }
    }
}

fn run(command: Command) -> Result<u8> {
    match command {
        Command::Check(arguments) => return check::run(&arguments),
        Command::Convert { recording, out, mask } => convert::run(&recording, &out, mask)?,
        Command::Explain { check } => output::print(explain::page(&check)?)?,
        #[cfg(unix)]
        Command::Test(arguments) => return test::run(&arguments),
        #[cfg(unix)]
        Command::Record(arguments) => return record::run(&arguments),
        Command::Schema { file: Schema::Expectations } => output::print(EXPECTATIONS_SCHEMA)?,
        Command::Schema { file: Schema::Steps } => output::print(STEPS_SCHEMA)?,
        Command::Schema { file: Schema::Verdicts } => output::print(VERDICTS_SCHEMA)?,
        Command::Script => output::print(INIT_SCRIPT)?,
        Command::Completions { shell } => {
            let mut script = vec![];
            clap_complete::generate(shell, &mut Arguments::command(), "upscope-inspector", &mut script);
            output::print(&String::from_utf8_lossy(&script))?;
        }
        Command::Man { command } => output::print(&man::page(command.as_deref())?)?,
    }
    Ok(0)
}

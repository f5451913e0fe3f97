//! Judges recordings of the Upscope visitor inspector by a file of expectations, on the command line and in continuous
//! integration. It reads files and opens no connection.

mod arguments;
mod check;
mod convert;
mod describe;
mod explain;
mod format;
mod output;
mod recording;
mod report;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};

/// The JSON Schema of a file of expectations.
const SCHEMA: &str = include_str!("../../docs/expectations.schema.json");

/// The recorder as one script, made by `build.rs`.
const INIT_SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/init_script.js"));

/// The exit code when the command could not run, which is also clap's for wrong arguments.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(command: Command) -> Result<u8> {
    match command {
        Command::Check(arguments) => return check::run(&arguments),
        Command::Convert { recording, out, mask } => convert::run(&recording, &out, mask)?,
        Command::Explain { check } => output::print(explain::page(&check)?)?,
        Command::Schema => output::print(SCHEMA)?,
        Command::Script => output::print(INIT_SCRIPT)?,
        Command::Completions { shell } => {
            let mut script = vec![];
            clap_complete::generate(shell, &mut Arguments::command(), "upscope-inspector", &mut script);
            output::print(&String::from_utf8_lossy(&script))?;
        }
        Command::Man => {
            let mut page = vec![];
            clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
            output::print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(0)
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Judge what a site tells Upscope
#[derive(Parser)]
#[command(name = "upscope-inspector", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Judge recordings by a file of expectations
    ///
    /// The exit code is 0 if every expectation is met, 1 if one is not met, and 2 if the command could not run or an
    /// expectation could not be judged.
    Check(CheckArguments),
    /// Write the recording of a test suite as a file that the extension opens
    Convert {
        /// The file of batches
        recording: PathBuf,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Replace personal data by masks
        #[arg(long)]
        mask: bool,
    },
    /// Print the page of a check
    Explain {
        /// The ID of the check, for example `init-late`
        check: String,
    },
    /// Print the JSON Schema of a file of expectations
    Schema,
    /// Print the recorder as one script, for a test suite to run before a page's first script
    Script,
    /// Print the completions of a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

#[derive(Args)]
pub struct CheckArguments {
    /// The recordings: exported by the extension, or files of batches from a test suite
    #[arg(required = true)]
    pub recordings: Vec<PathBuf>,
    /// The file of expectations, JSON or TOML by its name
    #[arg(long, value_name = "FILE")]
    pub expect: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Replace personal data by masks in the output
    #[arg(long)]
    pub mask: bool,
    /// Do not fail because of an expectation that could not be judged
    #[arg(long)]
    pub allow_unknown: bool,
}

/// The format of the verdicts.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Junit,
    Github,
    Tap,
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

#[cfg(unix)]
use crate::browser::Kind;

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
    /// Visit pages in a browser without a window and judge what they tell Upscope
    ///
    /// Stays on each page until its expectations are decided. The exit code is that of `check`, and 2 if a page or a step
    /// failed.
    #[cfg(unix)]
    Test(TestArguments),
    /// Visit pages in a browser without a window and write a recording that the extension opens
    #[cfg(unix)]
    Record(RecordArguments),
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
    /// Print a JSON Schema
    Schema {
        /// What it describes
        #[arg(value_enum, default_value_t = Schema::Expectations)]
        file: Schema,
    },
    /// Print the recorder as one script, for a test suite to run before a page's first script
    Script,
    /// Print the completions of a shell
    Completions { shell: Shell },
    /// Print the manual page of the program, or of one of its commands
    Man {
        /// The command, for example `check`
        command: Option<String>,
    },
}

#[derive(Args)]
pub struct CheckArguments {
    /// The recordings: exported by the extension, or files of batches from a test suite
    #[arg(required = true)]
    pub recordings: Vec<PathBuf>,
    /// The file of expectations, JSON or TOML by its name
    #[arg(long, value_name = "FILE")]
    pub expect: PathBuf,
    #[command(flatten)]
    pub verdicts: VerdictArguments,
}

/// How verdicts are printed.
#[derive(Args)]
pub struct VerdictArguments {
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Replace personal data by masks in the output
    #[arg(long)]
    pub mask: bool,
    /// Do not fail because of an expectation that could not be judged
    #[arg(long)]
    pub allow_unknown: bool,
}

#[cfg(unix)]
#[derive(Args)]
pub struct TestArguments {
    #[command(flatten)]
    pub visit: VisitArguments,
    /// The file of expectations, JSON or TOML by its name
    #[arg(long, value_name = "FILE")]
    pub expect: PathBuf,
    /// Also write the recording
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub verdicts: VerdictArguments,
}

#[cfg(unix)]
#[derive(Args)]
pub struct RecordArguments {
    #[command(flatten)]
    pub visit: VisitArguments,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// How long to stay on a page after what it waits for, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub stay: f64,
    /// Replace personal data by masks
    #[arg(long)]
    pub mask: bool,
}

/// What is visited, and how.
#[cfg(unix)]
#[derive(Args)]
pub struct VisitArguments {
    /// The pages, visited in this order in one tab
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,
    /// The browser; the environment variable CHROMIUM or FIREFOX may name its program
    #[arg(long, value_enum, default_value_t = Kind::Chromium)]
    pub browser: Kind,
    /// A file of steps to do before the pages are visited, such as logging in
    #[arg(long, value_name = "FILE")]
    pub steps: Option<PathBuf>,
    /// What to wait for on each page
    #[arg(long, value_enum, default_value_t = WaitFor::Handshake)]
    pub wait: WaitFor,
    /// The time limit of each page and of each step, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub timeout: f64,
}

/// What is awaited on a page.
#[cfg(unix)]
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WaitFor {
    /// The SDK is connected
    Handshake,
    /// The page is loaded
    Load,
}

/// A file with a schema.
#[derive(Clone, Copy, ValueEnum)]
pub enum Schema {
    Expectations,
    Steps,
    /// What `--format json` prints
    Verdicts,
}

/// Reads a time of at most an hour.
#[cfg(unix)]
fn seconds(text: &str) -> Result<f64, String> {
    const MAX: f64 = 3600.0;
    let seconds = text.parse().ok().filter(|seconds| (0.0..=MAX).contains(seconds));
    seconds.ok_or_else(|| format!("expected 0 to {MAX} seconds"))
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

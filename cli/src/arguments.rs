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

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use saphyr::{LoadableYamlNode, Yaml};

    /// The number of commands in a script that run this program. Each one must be valid.
    fn commands(script: &str) -> usize {
        let lines = script.lines().map(|line| line.trim_start_matches("$ ").trim());
        let own = lines.filter(|line| line.starts_with("upscope-inspector "));
        own.map(|command| {
            let words = command.split_once(" > ").map_or(command, |(words, _)| words).split_whitespace();
            Arguments::try_parse_from(words).unwrap_or_else(|error| panic!("{command}: {error}"));
        })
        .count()
    }

    /// The commands of a document, in its blocks of code and in its sentences. In a sentence, a name alone isn't a
    /// command.
    fn commands_in_document(text: &str) -> usize {
        let parts = || text.split("```");
        let is_script = |block: &&str| ["sh\n", "console\n"].iter().any(|kind| block.starts_with(kind));
        let in_blocks: usize = parts().skip(1).step_by(2).filter(is_script).map(commands).sum();
        let spans = parts().step_by(2).flat_map(|sentences| sentences.split('`').skip(1).step_by(2));
        let whole = spans.filter(|span| span.split_whitespace().count() > 2);
        in_blocks + whole.map(|span| commands(&span.replace('\n', " "))).sum::<usize>()
    }

    #[test]
    fn the_documented_commands_are_commands() {
        let [github, gitlab] = [include_str!("../../docs/ci/github.yml"), include_str!("../../docs/ci/gitlab.yml")]
            .map(|text| Yaml::load_from_str(text).unwrap().remove(0));
        let steps = github["jobs"]["upscope"]["steps"].as_vec().unwrap().iter();
        let runs: Vec<_> = steps.filter_map(|step| step.as_mapping_get("run")?.as_str()).collect();
        let job = &gitlab["upscope"];
        let script = [&job["before_script"], &job["script"]];
        let lines: Vec<_> =
            script.iter().flat_map(|part| part.as_vec().unwrap()).map(|line| line.as_str().unwrap()).collect();
        for script in [runs, lines] {
            let script = script.join("\n");
            assert!(script.contains("cargo install --locked --path upscope-inspector/cli\n"), "{script}");
            assert!(script.contains("upscope-inspector test ") && commands(&script) == 1, "{script}");
        }
        let documents = [
            include_str!("../../README.md"),
            include_str!("../../docs/ci/README.md"),
            include_str!("../../docs/expectations.md"),
            include_str!("../../docs/visiting.md"),
        ];
        for document in documents {
            assert!(commands_in_document(document) > 1, "{document}");
        }
    }
}

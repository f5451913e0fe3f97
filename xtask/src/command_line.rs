//! The command line: every task with its options.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use xtask::drive::Kind;
use xtask::{bench, build, catalogue, demo, lint, release, setup, test};

/// Every command of the project.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
pub struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write dist/extension/ and its ZIP file, and print the sizes.
    Build {
        /// Leave each program in one piece, without lazy parts.
        #[arg(long)]
        unsplit: bool,
    },
    /// Write the ZIP file of dist/extension/ as it is.
    Pack,
    /// Run all checks and tests, or repeat some end-to-end tests.
    Test(TestOptions),
    /// Open a browser with the extension on the demo shop. Without a display: check it once and save screenshots.
    Demo {
        /// The browser to open; the first that is installed by default.
        #[arg(long, ignore_case = true)]
        browser: Option<Kind>,
    },
    /// Serve the test site until interrupted.
    Site {
        /// The port; 8080 or the next free one by default.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Serve every view in every state, from fixtures, until interrupted.
    Catalogue {
        /// The port; 8180 or a free one by default.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Take the pictures of docs/guide again.
    Guide,
    /// Write the stores' pictures to dist/store/, in every language.
    Store,
    /// Measure starts and the cost to the page next to a plain JavaScript extension.
    Bench(BenchOptions),
    /// Check formatting, clippy on both targets, the house rules, JavaScript, and the package with the add-on linter.
    Lint,
    /// Write the files of a release to dist/release/, after all checks but the tests and a second build
    /// (docs/release.md).
    Release {
        /// Write them from the working tree as it is, without checks, to look at them.
        #[arg(long)]
        draft: bool,
    },
    /// Install what the other tasks need, or say what is missing.
    Setup,
}

#[derive(Debug, Args)]
struct TestOptions {
    /// Run only end-to-end tests, each this many times.
    #[arg(long, value_name = "N")]
    repeat: Option<NonZeroUsize>,
    /// Keep every core busy meanwhile.
    #[arg(long, requires = "repeat")]
    under_load: bool,
    /// A part of the names of the tests to repeat.
    #[arg(requires = "repeat")]
    filter: Option<String>,
}

#[derive(Debug, Args)]
struct BenchOptions {
    /// How often each start is measured.
    #[arg(long, default_value_t = bench::ROUNDS, value_name = "N")]
    rounds: NonZeroUsize,
    /// An unpacked build to compare with, instead of the plain JavaScript extension.
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// Measure only starts.
    #[arg(long, group = "part")]
    starts: bool,
    /// Measure only the memory of an open popup.
    #[arg(long, group = "part")]
    memory: bool,
    /// Measure only what recording costs a page.
    #[arg(long, group = "part")]
    recorder: bool,
    /// Measure only visits from the command line.
    #[arg(long, group = "part")]
    visits: bool,
    /// Measure only how fast the popup answers on hostile pages.
    #[arg(long, group = "part")]
    hostile: bool,
}

impl BenchOptions {
    fn part(&self) -> Option<bench::Part> {
        let parts = [
            (self.starts, bench::Part::Starts),
            (self.memory, bench::Part::Memory),
            (self.recorder, bench::Part::Recorder),
            (self.visits, bench::Part::Visits),
            (self.hostile, bench::Part::Hostile),
        ];
        parts.into_iter().find_map(|(is_chosen, part)| is_chosen.then_some(part))
    }
}

impl CommandLine {
    /// Runs the task.
    ///
    /// # Errors
    /// The task's errors.
    pub fn run(self) -> Result<()> {
        match self.task {
            Task::Build { unsplit: true } => build::run_unsplit().and_then(|()| build::print_sizes()),
            Task::Build { unsplit: false } => build::run().and_then(|()| build::print_sizes()),
            Task::Pack => build::pack(),
            Task::Test(TestOptions { repeat: Some(times), under_load, filter }) => {
                test::repeat(times, under_load, &filter.unwrap_or_default())
            }
            Task::Test(_) => test::run(),
            Task::Demo { browser } => demo::run(browser),
            Task::Site { port } => demo::serve(port),
            Task::Catalogue { port } => catalogue::serve(port),
            Task::Guide => catalogue::picture::guide(),
            Task::Store => catalogue::store::run(),
            Task::Bench(options) => bench::run(options.rounds, options.against.as_deref(), options.part()),
            Task::Lint => lint::run(),
            Task::Release { draft } => release::run(draft),
            Task::Setup => setup::everything(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Task, String> {
        let words = std::iter::once("xtask").chain(line.split_whitespace());
        CommandLine::try_parse_from(words).map(|parsed| parsed.task).map_err(|error| error.to_string())
    }

    #[test]
    fn the_definition_is_sound() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn a_filter_and_a_load_belong_to_repeated_tests() {
        let Ok(Task::Test(options)) = parse("test --repeat=3 --under-load editing::") else { panic!("not parsed") };
        assert_eq!((options.repeat.map(NonZeroUsize::get), options.filter.as_deref()), (Some(3), Some("editing::")));
        assert!(options.under_load);
        for line in ["test editing::", "test --under-load", "test --repeat=0"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_browser_is_named_in_any_case() {
        for name in ["firefox", "Firefox"] {
            assert!(matches!(
                parse(&format!("demo --browser {name}")),
                Ok(Task::Demo { browser: Some(Kind::Firefox) })
            ));
        }
        let error = parse("demo --browser lynx").expect_err("no such browser");
        assert!(error.contains("lynx") && error.contains("chromium, firefox"), "{error}");
    }
}

//! Every task on one page, and the reading of the command line. A table rather than an argument
//! parser: a task is one line here, and its help cannot drift from what it accepts.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use xtask::{bench, build, catalogue, demo, lint, setup, test};

/// One `cargo xtask <name>`.
pub struct Task {
    name: &'static str,
    /// `--flag` is a switch, `--flag=WHAT` takes a value, `WHAT` stands alone.
    flags: &'static [&'static str],
    help: &'static str,
    run: fn(&Flags) -> Result<()>,
}

#[rustfmt::skip]
pub const TASKS: &[Task] = &[
    task("build", &["--check-budgets", "--unsplit"], "write dist/extension/ and its zip; fail when over a size budget, or leave each program in one piece", run_build),
    task("pack",  &[],                  "zip dist/extension/ as it stands",                                                |_| build::pack()),
    task("test",  &["--repeat=N", "--under-load", "FILTER"], "everything: build with budgets, lint, native tests, end-to-end tests; with --repeat only the end-to-end tests of that name, N times, beside a busy machine if wanted", run_tests),
    task("demo",  &["--browser=NAME"],  "a browser with the extension on the demo shop; without a display, one checked round with screenshots", |f| demo::run(f.value("--browser"))),
    task("site",  &["--port=N"],        "serve the test site until interrupted (8080 or the next free port)",              |f| demo::serve(f.value("--port"))),
    task("catalogue", &["--port=N"],    "every view in every state, from fixtures, on a page that is served until interrupted", |f| catalogue::serve(f.value("--port"))),
    task("guide", &[],                  "take the pictures of docs/guide anew, from the catalogue's states",               |_| catalogue::picture::guide()),
    task("bench", &["--rounds=N", "--against=DIR", "--starts", "--recorder"], "popup start and cost to the page, beside a plain JavaScript extension; never part of `test`", |f| bench::run(f.value("--rounds"), f.value("--against"), bench_part(f))),
    task("lint",  &[],                  "formatting, clippy on both targets, house rules, the add-on linter",              |_| lint::run()),
    task("setup", &[],                  "install what the other commands need, or say what is missing",                    |_| setup::everything()),
];

fn run_build(flags: &Flags) -> Result<()> {
    if flags.on("--unsplit") { build::run_unsplit() } else { build::run() }?;
    build::sizes(flags.on("--check-budgets"))
}

/// The one part to measure, when one is asked for.
fn bench_part(flags: &Flags) -> Option<bench::Part> {
    let parts = [("--starts", bench::Part::Starts), ("--recorder", bench::Part::Recorder)];
    parts.into_iter().find_map(|(flag, part)| flags.on(flag).then_some(part))
}

fn run_tests(flags: &Flags) -> Result<()> {
    let (is_under_load, filter) = (flags.on("--under-load"), flags.value("FILTER"));
    match flags.value("--repeat") {
        Some(times) => test::repeat(times, is_under_load, filter),
        None if is_under_load || filter.is_some() => bail!("`--under-load` and FILTER go with `--repeat`"),
        None => test::run(),
    }
}

const fn task(
    name: &'static str,
    flags: &'static [&'static str],
    help: &'static str,
    run: fn(&Flags) -> Result<()>,
) -> Task {
    Task { name, flags, help, run }
}

/// The flags given on the command line, all of them known to the task.
#[derive(Debug, Default, PartialEq)]
pub struct Flags(BTreeMap<&'static str, String>);

impl Flags {
    /// Whether the switch was given.
    pub fn on(&self, switch: &str) -> bool {
        self.0.contains_key(switch)
    }

    /// What was given for a flag that takes a value.
    pub fn value(&self, flag: &str) -> Option<&str> {
        self.0.get(flag).map(String::as_str)
    }
}

/// What the command line asks for.
pub enum Request {
    Help,
    Run(&'static Task, Flags),
}

impl Task {
    pub fn run(&self, flags: &Flags) -> Result<()> {
        (self.run)(flags)
    }
}

/// Reads the arguments after the program's name. The error is a sentence for the person.
pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Request, String> {
    let name = match args.next().as_deref() {
        None | Some("help" | "--help" | "-h") => return Ok(Request::Help),
        Some(name) => name.to_owned(),
    };
    let task = TASKS.iter().find(|task| task.name == name).ok_or_else(|| format!("there is no task `{name}`"))?;
    let mut flags = Flags::default();
    while let Some(arg) = args.next() {
        if matches!(arg.as_str(), "--help" | "-h") {
            return Ok(Request::Help);
        }
        let (flag, value) = read_flag(task, &arg, &mut args)?;
        if flags.0.insert(flag, value).is_some() {
            return Err(format!("`{flag}` is given twice"));
        }
    }
    Ok(Request::Run(task, flags))
}

fn read_flag(
    task: &Task,
    arg: &str,
    rest: &mut impl Iterator<Item = String>,
) -> Result<(&'static str, String), String> {
    let (given, inline) = match arg.split_once('=') {
        Some((given, value)) => (given, Some(value.to_owned())),
        None => (arg, None),
    };
    for spec in task.flags {
        if !spec.starts_with('-') && !arg.starts_with('-') {
            return Ok((spec, arg.to_owned()));
        }
        match spec.split_once('=') {
            None if *spec == given => {
                return match inline {
                    None => Ok((spec, String::new())),
                    Some(_) => Err(format!("`{spec}` takes no value")),
                };
            }
            Some((flag, what)) if flag == given => {
                return inline
                    .or_else(|| rest.next())
                    .map(|value| (flag, value))
                    .ok_or_else(|| format!("`{flag}` needs a value: {what}"));
            }
            _ => {}
        }
    }
    Err(format!("`{}` does not know `{given}`", task.name))
}

/// The page that `cargo xtask help` prints.
pub fn help() -> String {
    let mut page = String::from("cargo xtask <task>\n\n");
    for task in TASKS {
        page += &format!("  {:9} {}\n", task.name, task.help);
        for flag in task.flags {
            page += &format!("            {flag}\n");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_known_task_and_its_flag_are_read() {
        let Ok(Request::Run(task, flags)) = read("build --check-budgets") else { panic!("not read") };
        assert_eq!(task.name, "build");
        assert!(flags.on("--check-budgets"));
    }

    #[test]
    fn what_is_not_in_the_table_is_refused_by_name() {
        for (line, names) in [
            ("biuld", "`biuld`"),
            ("build --chek", "`--chek`"),
            ("build --check-budgets=yes", "takes no value"),
            ("build --check-budgets --check-budgets", "twice"),
            ("lint --check-budgets", "`--check-budgets`"),
        ] {
            let error = read(line).err().unwrap_or_else(|| panic!("{line} was accepted"));
            assert!(error.contains(names), "{line}: {error}");
        }
    }

    #[test]
    fn a_flag_with_a_value_takes_it_in_both_spellings() {
        let task = task("t", &["--port=N"], "", |_| Ok(()));
        for (arg, rest) in [("--port=8000", vec![]), ("--port", vec!["8000".to_owned()])] {
            assert_eq!(read_flag(&task, arg, &mut rest.into_iter()), Ok(("--port", "8000".to_owned())));
        }
        let missing = read_flag(&task, "--port", &mut std::iter::empty());
        assert!(missing.unwrap_err().contains("needs a value"));
    }

    #[test]
    fn a_word_without_dashes_is_taken_where_a_task_wants_one() {
        let Ok(Request::Run(_, flags)) = read("test --repeat=3 --under-load editing::") else { panic!("not read") };
        assert_eq!((flags.value("--repeat"), flags.value("FILTER")), (Some("3"), Some("editing::")));
        assert!(flags.on("--under-load"));
        for (line, names) in
            [("test one two", "`FILTER` is given twice"), ("lint one", "`one`"), ("test --on", "`--on`")]
        {
            assert!(read(line).err().is_some_and(|error| error.contains(names)), "{line}");
        }
    }

    #[test]
    fn help_names_every_task() {
        assert!(TASKS.iter().all(|task| help().contains(task.name)));
    }
}

//! A browser's process: found, started in a separate process group with a new profile, and always ended.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use tempfile::TempDir;

use crate::wait;

/// The maximum number of output lines: enough for the message of a failure, and limited for a long run.
const KEPT_LINES: usize = 2_000;

/// The browser's output, oldest first.
#[derive(Clone, Default)]
pub struct Output(Arc<Mutex<VecDeque<String>>>);

impl Output {
    /// The stored lines.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().expect("no holder of the lines panics").iter().cloned().collect()
    }

    /// Clears the lines.
    pub fn forget(&self) {
        self.0.lock().expect("no holder of the lines panics").clear();
    }

    fn follow(&self, stream: impl Read + Send + 'static) {
        let lines = self.0.clone();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stream);
            let mut line = Vec::new();
            // Bytes instead of `lines()`, because a browser prints texts of pages, which may not be UTF-8.
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                let mut lines = lines.lock().expect("no holder of the lines panics");
                if lines.len() == KEPT_LINES {
                    lines.pop_front();
                }
                lines.push_back(text);
                line.clear();
            }
        });
    }
}

/// A running browser and its profile. Dropping it kills its process group, also if a test panics, and then removes the
/// profile.
pub struct Process {
    child: Child,
    guard: Child,
    group: Pid,
    output: Output,
    profile: Option<TempDir>,
}

impl Process {
    /// Starts `command` as the leader of a new process group. `/usr/bin/chromium` is a shell script on some systems and
    /// both browsers start helpers, so a signal to one process would be insufficient.
    pub fn start(mut command: Command, profile: TempDir) -> Result<Process> {
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            command.spawn().with_context(|| format!("could not start {}", command.get_program().display()))?;
        let output = Output::default();
        output.follow(child.stdout.take().context("the browser's output is piped")?);
        output.follow(child.stderr.take().context("the browser's errors are piped")?);
        let group = Pid::from_child(&child);
        let guard = guard(group, profile.path())?;
        Ok(Process { child, guard, group, output, profile: Some(profile) })
    }

    /// Kills what still runs of the group, and returns the profile in its current state.
    pub fn end(mut self) -> TempDir {
        let profile = self.profile.take().expect("the profile is taken only once");
        drop(self);
        profile
    }

    /// A function that ends the whole group at once.
    pub fn killer(&self) -> impl Fn() + Send + 'static {
        let group = self.group;
        move || _ = kill_process_group(group, Signal::KILL)
    }

    /// The browser's output.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// The folder of the profile, removed on drop.
    pub fn profile(&self) -> &Path {
        self.profile.as_ref().expect("the profile is taken only on drop").path()
    }

    /// The memory of all the browser's processes in bytes, each shared page divided among its users. Linux only.
    pub fn memory(&self) -> Result<u64> {
        let processes = running_in(self.group).context("reading the browser's processes")?;
        // A process may end meanwhile.
        let sizes = processes.filter_map(|process| std::fs::read_to_string(process.join("smaps_rollup")).ok());
        let in_kilobytes = sizes.filter_map(|sizes| {
            let size = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            size.trim().trim_end_matches(" kB").parse::<u64>().ok()
        });
        Ok(1024 * in_kilobytes.sum::<u64>())
    }

    /// Waits until `file` exists in the profile and `read` returns a value, as both browsers write the port there.
    /// Fails at once, with the browser's last output, if the browser has ended.
    pub fn wait_for_file<T>(&mut self, file: &str, read: impl Fn(&str) -> Option<T>, limit: Duration) -> Result<T> {
        let path = self.profile().join(file);
        let end = Instant::now() + limit;
        loop {
            if let Some(found) = std::fs::read_to_string(&path).ok().as_deref().and_then(&read) {
                return Ok(found);
            }
            let ended = self.child.try_wait()?;
            if ended.is_some() || Instant::now() > end {
                let how = ended
                    .map_or_else(|| format!("gave no {file} within {limit:?}"), |status| format!("ended ({status})"));
                let lines = self.output.lines();
                let tail = lines[lines.len().saturating_sub(20)..].join("\n");
                bail!("the browser {how}; its last lines:\n{tail}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the browser has ended by itself.
    pub fn wait_for_end(&mut self, limit: Duration) -> Result<()> {
        let ended = wait(limit, || Ok(self.child.try_wait()?))?;
        ended.map(drop).map_err(|()| anyhow!("the browser did not end within {limit:?}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
        // The helpers end a moment after their leader and would write to the profile while it is removed.
        let end = Instant::now() + Duration::from_secs(5);
        while group_runs(self.group) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
        if let Some(profile) = self.profile.take() {
            let _ = profile.close();
        }
    }
}

/// Whether this process belongs to root, with which Chromium starts only without its sandbox.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A shell that kills the group if this process is interrupted or killed, so that its drop doesn't run: the shell's
/// standard input then closes. It is in a separate group, or the interrupt would end it too.
fn guard(group: Pid, profile: &Path) -> Result<Child> {
    let mut shell = Command::new("sh");
    shell.args([
        "-c",
        r#"read -r _; kill -s KILL -- "-$1"; sleep 1; rm -rf -- "$2""#,
        "sh",
        &group.as_raw_nonzero().to_string(),
    ]);
    shell.arg(profile).process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().context("could not start sh, which guards the browser")
}

/// Whether a process of the group runs. A zombie still accepts signals, and in a container no process may reap it, so
/// on Linux the states are read.
fn group_runs(group: Pid) -> bool {
    match running_in(group) {
        Ok(mut processes) => processes.next().is_some(),
        Err(_) => test_kill_process_group(group).is_ok(),
    }
}

/// The folders in `/proc` of the group's processes that run.
fn running_in(group: Pid) -> io::Result<impl Iterator<Item = PathBuf>> {
    let group = group.as_raw_nonzero().to_string();
    let processes = std::fs::read_dir("/proc")?.flatten().map(|process| process.path());
    Ok(processes.filter(move |process| {
        let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
        // `pid (name) state parent group …`; the name may contain any character.
        let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let state = fields.next();
        fields.nth(1) == Some(&group) && !matches!(state, Some("Z" | "X"))
    }))
}

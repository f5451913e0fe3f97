//! A virtual screen for a browser with a window, with a keyboard. No protocol can press keys for the browser itself,
//! such as an extension's shortcut or the browser's prompts, and without a screen Chromium handles no keys.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow};
use inspector_launch::{Process, Program, wait};
use tempfile::TempDir;

use crate::sh;

const SERVER: Program =
    Program { variable: "XVFB", names: &["Xvfb"], install: "install Xvfb (Debian: apt-get install xvfb xdotool)" };

/// The program that presses keys.
const PRESSER: &str = "xdotool";

pub struct Screen {
    display: String,
    server: Process,
}

impl Screen {
    /// Whether it is available.
    pub fn is_possible() -> bool {
        SERVER.find().is_ok() && sh::find(&[PRESSER]).is_some()
    }

    pub fn start() -> Result<Screen> {
        let mut command = Command::new(SERVER.find()?);
        // The server chooses a free number and prints it.
        command.args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]);
        let folder = TempDir::with_prefix("drive-screen-")?;
        command.arg("-fbdir").arg(folder.path());
        let server = Process::start(command, folder)?;
        let output = wait(Duration::from_secs(20), || {
            Ok(server.output().lines().iter().find_map(|line| line.parse::<u32>().ok()))
        })?;
        let number = output.map_err(|()| anyhow!("no screen came: {:?}", server.output().lines()))?;
        Ok(Screen { display: format!(":{number}"), server })
    }

    /// Makes a program show its windows here.
    pub fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY");
    }

    /// The color of a pixel, from the server's memory in the `xwd` format.
    pub fn colour(&self, x: u64, y: u64) -> Result<[u8; 3]> {
        let memory = File::open(self.server.profile().join("Xvfb_screen0"))?;
        let field = |index: u64| -> Result<u64> {
            let mut bytes = [0; 4];
            memory.read_exact_at(&mut bytes, 4 * index)?;
            Ok(u32::from_be_bytes(bytes).into())
        };
        let (header, line, colours) = (field(0)?, field(12)?, field(19)?);
        let mut pixel = [0; 3];
        memory.read_exact_at(&mut pixel, header + 12 * colours + line * y + 4 * x)?;
        Ok(pixel)
    }

    /// Presses keys for the focused window, by their xdotool names, such as `alt+shift+l`.
    pub fn press(&self, keys: &str) -> Result<()> {
        let mut press = Command::new("xdotool");
        self.show(&mut press);
        sh::read(press.args(["key", keys])).map(drop)
    }
}

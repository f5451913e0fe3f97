//! An administrator's policy files that affect no other browser on this machine.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Options;

/// Chromium's policy folder, for the whole machine.
const CHROMIUM: &str = "/etc/chromium/policies/managed";

/// An administrator's settings.
pub struct Policy<'a> {
    /// For the extension.
    pub managed: Option<&'a Value>,
    /// Hosts that no extension may access.
    pub closed_hosts: &'a [&'a str],
}

impl<'a> Policy<'a> {
    /// The policy of a browser's launch, if any.
    pub fn of(options: &'a Options) -> Option<Policy<'a>> {
        let policy = Policy { managed: options.policy.as_ref(), closed_hosts: options.closed_hosts };
        (policy.managed.is_some() || !policy.closed_hosts.is_empty()).then_some(policy)
    }
}

/// A policy file of Chromium and the copy of the extension that it names. The file is removed on drop.
pub struct PolicyFile {
    file: PathBuf,
    extension: PathBuf,
    /// Chromium merges files only at the top level, so only one browser at a time may set `ExtensionSettings`.
    _turn: Option<File>,
}

impl PolicyFile {
    /// The copy to load.
    pub fn extension(&self) -> &PathBuf {
        &self.extension
    }
}

impl Drop for PolicyFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// Writes a policy for Chromium. The file applies to the whole machine, but names the extension by its ID, which
/// depends on its path for an unpacked one. The copy in the profile's folder has a unique ID.
pub fn chromium(policy: &Policy, extension: &Path, profile: &Path) -> Result<PolicyFile> {
    let copy = profile.canonicalize()?.join("managed-extension");
    crate::files::copy(extension, &copy)?;
    let id = id_of(&copy);
    let file = Path::new(CHROMIUM).join(format!("test-{id}.json"));
    let mut set = json!({});
    let mut turn = None;
    if let Some(managed) = policy.managed {
        set["3rdparty"] = json!({ "extensions": { &id: managed } });
    }
    if !policy.closed_hosts.is_empty() {
        let hosts: Vec<_> = policy.closed_hosts.iter().map(|host| format!("*://{host}")).collect();
        set["ExtensionSettings"] = json!({ &id: { "runtime_blocked_hosts": hosts } });
        turn = Some(lock_policies()?);
    }
    let written = fs::create_dir_all(CHROMIUM).and_then(|()| fs::write(&file, set.to_string()));
    written.with_context(|| format!("a policy test needs to write {}: run it as root", file.display()))?;
    Ok(PolicyFile { file, extension: copy, _turn: turn })
}

/// Waits until no other test browser sets `ExtensionSettings`.
fn lock_policies() -> Result<File> {
    let file = File::create(std::env::temp_dir().join("upscope-extension-settings.lock"))?;
    file.lock()?;
    Ok(file)
}

/// Chromium's ID of the unpacked extension in this folder.
fn id_of(folder: &Path) -> String {
    let hash = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let letter = |half: u8| char::from(b'a' + half);
    hash[..16].iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

/// An installation of Firefox in the profile's folder with its own `policies.json`, made of links to the real
/// installation. Returns its program, the only copy, because Firefox uses the folder of its program as the
/// installation.
pub fn firefox(policy: &Policy, program: &Path, extension: &Path, profile: &Path) -> Result<PathBuf> {
    let program = program.canonicalize()?;
    let (real, name) = (program.parent().context("a folder")?, program.file_name().context("a name")?);
    ensure!(
        real.join("libxul.so").is_file(),
        "{} is not the program of an installation of Firefox itself: set FIREFOX to it",
        program.display()
    );
    let folder = profile.join("managed-firefox");
    fs::create_dir(&folder)?;
    for entry in fs::read_dir(real)? {
        let entry = entry?;
        if entry.file_name() != name && entry.file_name() != "distribution" {
            symlink(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    fs::copy(&program, folder.join(name))?;
    let manifest: Value = serde_json::from_slice(&fs::read(extension.join("manifest.json"))?)?;
    let id = manifest["browser_specific_settings"]["gecko"]["id"].as_str().context("the manifest has a gecko id")?;
    let mut set = json!({});
    if let Some(managed) = policy.managed {
        set["3rdparty"] = json!({ "Extensions": { id: managed } });
    }
    if !policy.closed_hosts.is_empty() {
        set["ExtensionSettings"] = json!({ "*": { "restricted_domains": policy.closed_hosts } });
    }
    let set = json!({ "policies": set });
    fs::create_dir(folder.join("distribution"))?;
    fs::write(folder.join("distribution/policies.json"), set.to_string())?;
    Ok(folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacked_extension_is_named_by_its_path() {
        let id = id_of(Path::new("/a"));
        assert_eq!((id.len(), id.bytes().all(|letter| (b'a'..=b'p').contains(&letter))), (32, true));
        assert_ne!(id, id_of(Path::new("/b")));
    }
}

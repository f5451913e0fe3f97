//! Mozilla's add-on linter, which the store runs on upload. It needs node; without node it is skipped with a message.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::missing_tool::MissingTool;
use crate::npm::ADDON_LINTER;
use crate::sh;

/// Allowed warnings, each with a part of its message. One manifest serves all browsers: Chromium reads
/// `background.service_worker` and has a side panel, Firefox reads `background.scripts` and has a sidebar, and each
/// ignores the other's keys.
///
/// Leptos creates static elements from generated markup in a `<template>`, for which the glue has an import. No text of
/// a page gets there, and a house rule forbids `innerHTML` in the sources.
const ALLOWED: [(&str, &str); 4] = [
    ("UNSAFE_VAR_ASSIGNMENT", "Unsafe assignment to innerHTML"),
    ("BACKGROUND_SERVICE_WORKER_IGNORED", ""),
    ("MANIFEST_PERMISSIONS", "\"sidePanel\""),
    ("UNSUPPORTED_API", "sidePanel.open"),
];

#[derive(Deserialize)]
struct Report {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
    message: String,
    file: Option<String>,
}

/// Fails on any error and on any other warning.
pub fn lint(extension: &Path, missing: MissingTool) -> Result<()> {
    let (Some(node), Some(package)) = (sh::find(&["node"]), ADDON_LINTER.folder()?) else {
        return missing.handle("the add-on linter needs node 20 and npm");
    };
    // The exit code only shows errors; the report has all messages.
    let output =
        Command::new(node).arg(package.join("bin/addons-linter")).args(["--output", "json"]).arg(extension).output()?;
    judge(&output.stdout).with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn judge(report: &[u8]) -> Result<()> {
    let report: Report = serde_json::from_slice(report).context("the add-on linter gave no report")?;
    let is_allowed =
        |warning: &Finding| ALLOWED.iter().any(|(code, part)| warning.code == *code && warning.message.contains(part));
    let warnings = report.warnings.into_iter().filter(|warning| !is_allowed(warning));
    let findings: Vec<_> = report.errors.into_iter().chain(warnings).collect();
    for Finding { code, message, file } in &findings {
        eprintln!("add-on linter: {}: {code}: {message}", file.as_deref().unwrap_or("-"));
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("the add-on linter has {count} findings"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_warning_passes() {
        let with = |errors, warnings| {
            let finding = |code: &str| format!(r#"{{ "code": "{code}", "message": "m", "file": null }}"#);
            let list = |codes: &[&str]| codes.iter().map(|code| finding(code)).collect::<Vec<_>>().join(",");
            judge(format!(r#"{{ "errors": [{}], "warnings": [{}] }}"#, list(errors), list(warnings)).as_bytes())
        };
        assert!(with(&[], &["BACKGROUND_SERVICE_WORKER_IGNORED"]).is_ok());
        assert!(with(&[], &["UNSAFE_VAR_ASSIGNMENT"]).is_err());
        assert!(with(&["BACKGROUND_SERVICE_WORKER_IGNORED"], &[]).is_err());
        assert!(judge(b"").is_err());
    }
}

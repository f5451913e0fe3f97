//! What the built folder may contain: no code from elsewhere, no code from text, and no permission beyond those that the
//! guide explains. The stores' reviewers ask for it, and the threat model rests on it (docs/threat-model.md).

mod code;
mod manifest;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::build::NOTICES;
use crate::files::{files, slashed};
use crate::sh;

/// The pages that explain the permissions, in each language of the guide.
const EXPLAINED: [&str; 2] = ["docs/guide/privacy.md", "docs/guide/de/privacy.md"];

/// Fails on anything else in the folder.
pub fn check(extension: &Path) -> Result<()> {
    let explained = EXPLAINED.map(|page| fs::read_to_string(sh::root().join(page)).context(page));
    let explained = explained.into_iter().collect::<Result<Vec<_>>>()?;
    let problems = problems(extension, &explained)?;
    for problem in &problems {
        eprintln!("package: {problem}");
    }
    ensure!(problems.is_empty(), "the package has {} problems", problems.len());
    Ok(())
}

/// One sentence for each violation, with its file.
fn problems(extension: &Path, explained: &[String]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let files = files(extension)?;
    if !files.iter().any(|file| file == Path::new(NOTICES)) {
        problems.push(format!("{NOTICES} is missing: the licenses of others require it"));
    }
    for file in files {
        let name = slashed(&file);
        let bytes = fs::read(extension.join(&file))?;
        let found = match name.rsplit_once('.').map(|(_, kind)| kind) {
            Some("js") => code::script(&text(bytes, &name)?),
            Some("html") => code::page(&text(bytes, &name)?),
            Some("css") => code::styles(&text(bytes, &name)?),
            Some("json") if name == "manifest.json" => manifest::check(&text(bytes, &name)?, explained)?,
            Some("json") => code::texts(&text(bytes, &name)?),
            Some("wasm") => code::program(&bytes),
            Some("png") => vec![],
            Some("txt") if name == NOTICES => vec![],
            _ => vec!["a file of this kind isn't part of the extension".to_owned()],
        };
        problems.extend(found.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    Ok(problems)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => bail!("{name} is no UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PAGE: &str = "## Permissions\n\n| permission | why |\n|---|---|\n| `storage` | x |\n| sites: `https://*/*` | y `z` |\n\n## Next\n";

    fn manifest() -> String {
        json!({
            "manifest_version": 3,
            "name": "x",
            "permissions": ["storage"],
            "optional_host_permissions": ["https://*/*"],
            "content_security_policy": { "extension_pages": manifest::POLICY },
        })
        .to_string()
    }

    /// The problems of a package that is in order but for this file.
    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [("manifest.json", &*manifest()), (NOTICES, "MIT"), ("a.js", "import \"./b.js\";")] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        fs::write(folder.path().join(name), bytes).unwrap();
        problems(folder.path(), &[PAGE.to_owned()]).unwrap()
    }

    #[test]
    fn a_package_in_order_has_no_problem() {
        for (name, text) in [
            (
                "b.js",
                "const ok = retrieval(1), f = (eval_) => import(\"./c.js\"); new URL(\"x.wasm\", import.meta.url)",
            ),
            ("b.html", "<link rel=\"stylesheet\" href=\"popup.css\"><script type=\"module\" src=\"b.js\"></script>"),
            ("b.css", "a { background: url(icons/32.png) }"),
            ("b.json", "{ \"open\": \"https://api.upscope.io/v1.3\", \"like\": \"https://*.example.com/*\" }"),
            ("b.wasm", "\0asm https://upscope.com/w/next http://www.w3.org/2000/svgsection https://join"),
        ] {
            assert_eq!(with(name, text), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn code_from_text_is_found() {
        for code in [
            "eval('1')",
            "window.eval (x)",
            "new Function('1')",
            "Function(x)",
            "setTimeout('x', 1)",
            "importScripts('x')",
        ] {
            assert_eq!(with("b.js", code).len(), 1, "{code}");
        }
        for page in ["<script>1</script>", "<body onload=\"x\">", "<a href=\"javascript:x\">"] {
            assert_eq!(with("b.html", page).len(), 1, "{page}");
        }
    }

    #[test]
    fn code_and_files_from_elsewhere_are_found() {
        for script in ["import \"https://upscope.com/x.js\"", "import x from '//cdn/x.js'", "import(where)"] {
            assert!(!with("b.js", script).is_empty(), "{script}");
        }
        for page in ["<script src=\"https://upscope.io/x.js\"></script>", "<img src='//cdn/x.png'>"] {
            assert!(!with("b.html", page).is_empty(), "{page}");
        }
        for styles in ["a { background: url(\"https://upscope.io/x.png\") }", "@import 'x.css';"] {
            assert!(!with("b.css", styles).is_empty(), "{styles}");
        }
        for name in ["b.js", "b.json", "b.wasm"] {
            for host in ["https://evil.net/x", "wss://upscope.com.evil.net", "http://upscope.community/"] {
                let is_found = !with(name, format!("\"{host}\"")).is_empty();
                // In a program one text follows another without a mark, so the end of a host isn't known.
                assert!(is_found || name == "b.wasm" && host.contains("//upscope.com"), "{name}: {host}");
            }
        }
    }

    #[test]
    fn connections_that_no_proxy_sees_are_found() {
        for script in ["new RTCPeerConnection()", "new self.WebTransport(url)"] {
            assert_eq!(with("b.js", script).len(), 1, "{script}");
        }
    }

    #[test]
    fn an_unknown_file_and_missing_notices_are_found() {
        for name in ["b.map", "b.md", "b", "other.txt"] {
            assert_eq!(with(name, "").len(), 1, "{name}");
        }
        assert!(problems(tempfile::tempdir().unwrap().path(), &[]).unwrap()[0].starts_with(NOTICES));
    }

    #[test]
    fn access_beyond_what_the_guide_explains_is_found() {
        let changed = |from: &str, to: &str| with("manifest.json", manifest().replace(from, to));
        for (from, to) in [
            ("[\"storage\"]", "[\"storage\", \"tabs\"]"),
            ("[\"storage\"]", "[]"),
            ("[\"https://*/*\"]", "[\"<all_urls>\"]"),
            ("\"name\":\"x\"", "\"host_permissions\": []"),
            ("\"name\":\"x\"", "\"content_scripts\": []"),
            ("\"name\":\"x\"", "\"web_accessible_resources\": []"),
            ("\"name\":\"x\"", "\"externally_connectable\": {}"),
            ("'wasm-unsafe-eval'", "'unsafe-eval'"),
            ("script-src 'self'", "script-src 'self' https://upscope.io"),
            ("img-src 'self'", "img-src *"),
            ("\"extension_pages\"", "\"sandbox\""),
        ] {
            assert!(!changed(from, to).is_empty(), "{to}");
        }
    }
}

//! The site's files: pages, scripts with their included parts, and loaders generated from the account settings.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::parts::with_parts;

/// The folder `tests/site` of this checkout.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/site");

/// The policy of `/csp`: only the page's own scripts, and no eval.
const STRICT_POLICY: &str = "default-src 'self'; script-src 'self'; connect-src 'self' ws://127.0.0.1:*; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// A response.
#[derive(Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub mime: &'static str,
    /// Headers besides the default ones.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Only half of the body is sent.
    pub cut_off: bool,
    /// Whether the browser may use it again without a request.
    pub is_cached: bool,
}

impl Answer {
    pub(crate) fn text(status: u16, text: &str) -> Answer {
        Answer::new(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    pub(crate) fn json(value: &Value) -> Answer {
        Answer::new(200, "application/json", format!("{value:#}").into_bytes())
    }

    pub(crate) fn html(text: String) -> Answer {
        Answer::new(200, "text/html; charset=utf-8", text.into_bytes())
    }

    fn script(text: String) -> Answer {
        Answer::new(200, "text/javascript; charset=utf-8", text.into_bytes())
    }

    fn new(status: u16, mime: &'static str, body: Vec<u8>) -> Answer {
        Answer { status, mime, headers: Vec::new(), body, cut_off: false, is_cached: false }
    }

    pub(super) fn with_status(self, status: u16) -> Answer {
        Answer { status, ..self }
    }

    pub(crate) fn with_caching(self, is_cached: bool) -> Answer {
        Answer { is_cached, ..self }
    }

    pub(super) fn with_header(mut self, name: &'static str, value: String) -> Answer {
        self.headers.push((name, value));
        self
    }

    pub(super) fn cut_off(self) -> Answer {
        Answer { cut_off: true, ..self }
    }
}

/// The settings of a public key in `accounts.json`, documented in its `README.md`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    sdk: String,
    region: Option<String>,
    configuration: Map<String, Value>,
    #[serde(default)]
    pub stand_in: StandIn,
}

/// Settings of the stand-in SDK and its server only.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct StandIn {
    /// The delay of a reconnect in milliseconds; 0 for the SDK's 1 to 4 s.
    reconnect_ms: u32,
    /// When a cursor that doesn't move disappears, and a session without a socket ends, in milliseconds; 0 for the
    /// SDK's 20 s.
    grace_ms: u32,
    pub do_not_reconnect: bool,
    /// The observer that joins and moves right after the handshake.
    pub begin_session: Option<String>,
    /// Whether `hello` is never answered.
    pub silent: bool,
}

/// The account of a public key; `None` for an unknown key or invalid settings.
pub(super) fn account(key: &str) -> Option<Account> {
    let text = std::fs::read_to_string(Path::new(ROOT).join("accounts.json")).ok()?;
    let mut accounts: Map<String, Value> =
        serde_json::from_str(&text).inspect_err(|error| eprintln!("accounts.json: {error}")).ok()?;
    serde_json::from_value(accounts.remove(key)?).inspect_err(|error| eprintln!("accounts.json, {key}: {error}")).ok()
}

/// Answers a GET request. Loaders use `host`, the `Host` header, in their URLs, so any host name of this machine works.
pub(super) fn answer(path: &str, host: &str) -> Answer {
    found(path, host).unwrap_or_else(|| Answer::text(404, "not found"))
}

fn found(path: &str, host: &str) -> Option<Answer> {
    if path.contains("..") {
        return None;
    }
    if let Some(key) = path.strip_prefix('/').and_then(|name| name.strip_suffix(".js"))
        && let Some(account) = account(key)
    {
        return loader(key, &account, host).map(Answer::script);
    }
    if path == "/_rows" {
        return many_rows().map(Answer::html);
    }
    let file = file_of(path)?;
    if file.starts_with(Path::new(ROOT).join("sdk")) {
        return with_parts(&file).ok().map(Answer::script);
    }
    let answer = file_answer(&file)?;
    Some(match path {
        "/csp" => answer.with_header("Content-Security-Policy", STRICT_POLICY.to_owned()),
        _ => answer,
    })
}

/// `/connected` with eight hundred more rows: a page that takes a while to load, for the benchmark.
fn many_rows() -> Option<String> {
    let html = std::fs::read_to_string(file_of("/connected")?).ok()?;
    let row = |n| format!("<tr><td>{n}</td><td>Order {n}</td><td><a href=\"#{n}\">open</a></td></tr>\n");
    let rows: String = (0..800).map(row).collect();
    Some(html.replace("</main>", &format!("<table>{rows}</table></main>")))
}

/// `/connected` is `pages/connected.html`, `/hostile/values` is `hostile/values.html`, `/` is the index, and a path
/// with an extension is a file of the site.
fn file_of(path: &str) -> Option<PathBuf> {
    let path = if path == "/" { "index" } else { path.trim_start_matches('/') };
    let candidates = [format!("pages/{path}.html"), format!("{path}.html"), path.to_owned()];
    candidates.into_iter().map(|file| Path::new(ROOT).join(file)).find(|candidate| candidate.is_file())
}

/// A file with its type.
pub(crate) fn file_answer(file: &Path) -> Option<Answer> {
    Some(Answer::new(200, mime_of(file), std::fs::read(file).ok()?))
}

fn mime_of(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn loader(key: &str, account: &Account, host: &str) -> Option<String> {
    let template = std::fs::read_to_string(Path::new(ROOT).join("sdk/loader.js")).ok()?;
    let mut configuration = account.configuration.clone();
    configuration.entry("apiKey").or_insert_with(|| json!(key));
    let StandIn { reconnect_ms, grace_ms, .. } = &account.stand_in;
    let sdk = format!("/sdk/upscope-{}.js?reconnectMs={reconnect_ms}&graceMs={grace_ms}", account.sdk);
    let script = template
        .replace("__BASE__", &json!(format!("http://{host}")).to_string())
        .replace("__KEY__", &json!(key).to_string())
        .replace("__CONFIGURATION__", &Value::Object(configuration).to_string())
        .replace("__REGION__", &json!(account.region).to_string())
        .replace("__SDK__", &json!(sdk).to_string());
    Some(script)
}

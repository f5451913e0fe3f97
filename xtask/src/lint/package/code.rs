//! Code from elsewhere, or from text, in the files of the package.

use std::sync::LazyLock;

use regex::Regex;
use regex::bytes::Regex as BytesRegex;

/// The hosts that the package names.
const HOSTS: [&str; 7] = [
    // Links to watch a visitor, which the browser opens in a tab of its own, and Upscope's API, for people with an account.
    "upscope.com",
    "api.upscope.io",
    // The name of a markup language, and a comment in the glue. Nothing is loaded from there.
    "www.w3.org",
    "developer.mozilla.org",
    // Examples in texts, and the practice page, whose shop is no host.
    "shop.example",
    "*.example.com",
    "upscope.example.com",
];

/// A call that turns text into code. The policy of the manifest forbids it too. A name right after a quote is text itself:
/// the glue has one.
static FROM_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?:^|[^\w$"'`])(?:eval|Function|importScripts)\s*\(|\bset(?:Timeout|Interval)\s*\(\s*["'`]"#)
});

/// A connection that passes by every proxy, so the test of the extension's requests (`tests/e2e/network.rs`) doesn't see
/// it.
static UNSEEN: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(?:RTCPeerConnection|WebTransport)\b"));

/// A module that isn't named by a path in the package.
static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?m)(?:^|[;\s])(?:import|from)\s*\(?\s*(["'][^"']*["'])|\bimport\s*\(\s*([^"'\s)][^)]*)"#)
});

/// A script in a page, or an attribute that is one.
static INLINE: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?i)<script>|<[^>]*\son[a-z]+\s*=|javascript:"#));

/// What a page loads or links.
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)\b(?:src|href|srcset|action|poster|data)\s*=\s*["']?([^"'\s>]*)"#));

/// What styles load.
static STYLE: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?i)(@import)|url\(\s*["']?([^"')]*)"#));

/// The host of a URL.
const URL: &str = r"(?i)(?-u:\b)(?:https?|wss?|ftp)://([a-z0-9*][a-z0-9-]*(?:\.[a-z0-9-]+)+|\*\.[a-z0-9.-]+)";
static HOST: LazyLock<Regex> = LazyLock::new(|| regex(URL));
static HOST_OF_PROGRAM: LazyLock<BytesRegex> = LazyLock::new(|| BytesRegex::new(URL).expect("a pattern"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// The problems of a script.
pub fn script(text: &str) -> Vec<String> {
    let made = FROM_TEXT.find_iter(text).map(|found| format!("`{}` makes code of a text", found.as_str().trim()));
    let unseen = UNSEEN.find_iter(text).map(|found| format!("`{}` connects past a proxy", found.as_str()));
    let imports = IMPORT.captures_iter(text).filter_map(|found| match (found.get(1), found.get(2)) {
        (Some(path), _) => is_elsewhere(path.as_str().trim_matches(['"', '\''])).then(|| path.as_str().to_owned()),
        (_, other) => other.map(|other| other.as_str().to_owned()),
    });
    let imports = imports.map(|path| format!("{path} is imported, and isn't a path in the package"));
    made.chain(unseen).chain(imports).chain(texts(text)).collect()
}

/// The problems of a page.
pub fn page(text: &str) -> Vec<String> {
    let inline = INLINE.find_iter(text).map(|found| format!("`{}` is code in a page", found.as_str()));
    let loaded = ATTRIBUTE.captures_iter(text).map(|found| found[1].to_owned());
    let loaded = loaded.filter(|path| is_elsewhere(path) && !path.starts_with("javascript:"));
    inline.chain(loaded.map(|path| format!("{path} isn't a path in the package"))).chain(texts(text)).collect()
}

/// The problems of styles.
pub fn styles(text: &str) -> Vec<String> {
    let loaded = STYLE.captures_iter(text).filter_map(|found| match found.get(2) {
        None => Some("@import".to_owned()),
        Some(path) => is_elsewhere(path.as_str()).then(|| path.as_str().to_owned()),
    });
    loaded.map(|path| format!("{path} isn't a path in the package")).collect()
}

/// URLs of hosts that the package has no reason to name.
pub fn texts(text: &str) -> Vec<String> {
    let unknown = HOST.captures_iter(text).filter(|found| !HOSTS.contains(&&found[1]));
    unknown.map(|found| format!("{} isn't among the hosts that it may name", &found[0])).collect()
}

/// The same for a program. In it, one text follows another without a mark, so a host is judged by its beginning.
pub fn program(bytes: &[u8]) -> Vec<String> {
    let is_known = |host: &[u8]| HOSTS.iter().any(|known| host.starts_with(known.as_bytes()));
    let unknown = HOST_OF_PROGRAM.captures_iter(bytes).filter(|found| !is_known(&found[1]));
    unknown
        .map(|found| format!("{} isn't among the hosts that it may name", String::from_utf8_lossy(&found[0])))
        .collect()
}

/// Whether a path leads out of the package.
fn is_elsewhere(path: &str) -> bool {
    path.starts_with("//") || path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '.', '#', '?']))
}

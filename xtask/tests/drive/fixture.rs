//! The extension and the server that the drivers are tested with.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use tempfile::TempDir;

const MANIFEST: &str = r#"{
    "manifest_version": 3, "name": "Drive fixture", "version": "1.0", "default_locale": "en",
    "action": { "default_popup": "popup.html" },
    "permissions": ["activeTab", "scripting", "storage"],
    "optional_host_permissions": ["<all_urls>"],
    "background": { "service_worker": "background.js", "scripts": ["background.js"], "type": "module" },
    "browser_specific_settings": { "gecko": { "id": "drive@example.test" } }
}"#;

const POPUP: &str = r##"<!doctype html><meta charset="utf-8"><title>Fixture</title>
<style>body { width: 300px; background: white } @media (prefers-color-scheme: dark) { body { background: black } }</style>
<script src="popup.js" type="module"></script>
<input id="name"><textarea id="notes"></textarea><button id="count">0</button>
<a id="away" href="other.html" target="_blank">away</a>"##;

const POPUP_JS: &str = r##"
globalThis.events = [];
for (const type of ["input", "change", "keydown", "click"])
    document.addEventListener(type, (event) => events.push([type, event.key ?? event.target.id, event.isTrusted]), true);
const button = document.querySelector("#count");
button.addEventListener("click", () => { button.textContent = +button.textContent + 1; });
document.querySelector("#name").addEventListener("keydown", (event) => {
    if (event.key === "Enter") document.title = "entered";
});
globalThis.readTitle = async (tab) => {
    tab ??= (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id;
    const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: tab }, world: "MAIN",
        func: () => document.title + " " + globalThis.fromThePage });
    return result;
};
"##;

const BACKGROUND: &str = r#"
globalThis.started = Math.random();
chrome.runtime.onMessage.addListener((message, sender, answer) => { answer({ pong: message, started }); });
"#;

/// A server for the test's pages, on the loopback interface until the test process ends.
pub fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut request = String::new();
                let _ = reader.read_line(&mut request);
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                    line.clear();
                }
                let (head, body) = page(request.split(' ').nth(1).unwrap_or_default(), port);
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
            });
        }
    });
    port
}

/// More headers and the body of what stands at `path`.
fn page(path: &str, port: u16) -> (&'static str, String) {
    let head = "<!doctype html><meta charset=utf-8>";
    match path {
        "/strict" => (
            "Content-Security-Policy: script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'\r\n",
            format!("{head}<title>strict</title>"),
        ),
        "/frames" => (
            "",
            format!(
                "{head}<title>frames</title><iframe id=same src=/inner></iframe>\
                 <iframe id=cross src='http://localhost:{port}/inner?cross'></iframe>"
            ),
        ),
        "/inner" | "/inner?cross" => {
            ("", format!("{head}<title>inner</title><script>inner = location.hostname</script>"))
        }
        "/noisy" => (
            "",
            format!(
                "{head}<title>noisy</title>\
                 <script>console.error('a loud word'); setTimeout(() => {{ throw new Error('a thrown word') }})</script>"
            ),
        ),
        "/favicon.ico" => ("", String::new()),
        _ => {
            ("", format!("{head}<title>page {path}</title><script>fromThePage = 'its own world'</script><p>{path}</p>"))
        }
    }
}

/// The extension's folder.
pub fn extension() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    };
    write("manifest.json", MANIFEST);
    write("popup.html", POPUP);
    write("popup.js", POPUP_JS);
    write("other.html", "<!doctype html><title>other</title>");
    write("background.js", BACKGROUND);
    write("_locales/en/messages.json", r#"{ "hello": { "message": "hello" } }"#);
    write("_locales/de/messages.json", r#"{ "hello": { "message": "hallo" } }"#);
    folder
}

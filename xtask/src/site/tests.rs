//! Tests the server as a page's SDK.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket, connect};

use super::*;

const SOON: Duration = Duration::from_secs(5);

/// The page's end of the socket.
struct Page(WebSocket<MaybeTlsStream<TcpStream>>);

impl Page {
    fn open(site: &Site) -> Page {
        let url = format!("ws://127.0.0.1:{}/session?apiKey=demoAcme01", site.port());
        Page(connect(url).expect("the socket opens").0)
    }

    fn say(&mut self, name: &str, data: Value) {
        self.0.send(Message::text(json!({"c": name, "d": data}).to_string())).expect("the frame goes out");
    }

    fn receive(&mut self) -> Value {
        serde_json::from_str(self.0.read().expect("a frame").to_text().expect("text")).expect("JSON")
    }

    /// Sends `hello` and returns the short ID in the response.
    fn hello(&mut self, mut hello: Value) -> String {
        hello["apiKey"] = json!("demoAcme01");
        self.say("hello", hello);
        self.receive()["d"][0].as_str().expect("a short ID").to_owned()
    }
}

fn get(site: &Site, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", site.port())).expect("connects");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("writes");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("reads");
    text
}

#[test]
fn a_visitor_goes_on_with_its_short_id_and_reset_makes_a_new_one() {
    let site = Site::start().expect("starts");
    let first = Page::open(&site).hello(json!({"uniqueId": "7"}));
    let again = Page::open(&site).hello(json!({"shortId": first, "tags": ["#VIP"]}));
    assert_eq!(first, again);
    let visitor = site.visitor(&first).expect("is known");
    assert_eq!((visitor.unique_id, visitor.tags), (Some(json!("7")), Some(json!(["#VIP"]))));
    let new = Page::open(&site).hello(json!({"shortId": first, "reset": true}));
    assert_ne!(first, new);
    assert_eq!(site.visitor(&new).expect("is known").unique_id, None);
}

#[test]
fn an_update_reaches_the_visitor_and_the_record() {
    let site = Site::start().expect("starts");
    let mut page = Page::open(&site);
    let id = page.hello(json!({}));
    page.say("connectionUpdate", json!({"identities": ["Ada"], "metadata": {"n": 1}}));
    let frame = site
        .wait_for("the update", SOON, |record| {
            record.frames.iter().find(|frame| frame.name == "connectionUpdate").cloned()
        })
        .expect("arrives");
    assert_eq!((frame.connection, frame.direction), (1, Direction::In));
    let visitor = site.visitor(&id).expect("is known");
    assert_eq!((visitor.identities, visitor.metadata), (Some(json!(["Ada"])), Some(json!({"n": 1}))));
    assert!(visitor.is_online);
}

#[test]
fn a_dropped_socket_takes_the_visitor_offline() {
    let site = Site::start().expect("starts");
    let mut page = Page::open(&site);
    let id = page.hello(json!({}));
    site.command(Command::DropSockets);
    site.wait_for("the visitor to go", SOON, |record| record.visitor(&id).filter(|own| !own.is_online).map(drop))
        .expect("goes offline");
    assert_eq!((site.sockets_opened(), site.sockets_open()), (1, 0));
}

#[test]
fn a_held_handshake_is_answered_on_release() {
    let site = Site::start().expect("starts");
    site.command(Command::HoldHandshakes(true));
    let mut page = Page::open(&site);
    page.say("hello", json!({"apiKey": "demoAcme01"}));
    site.wait_for("hello", SOON, |record| record.frames.first().map(drop)).expect("arrives");
    assert!(site.visitors().is_empty());
    site.command(Command::HoldHandshakes(false));
    assert_eq!(page.receive()["c"], "youAre");
}

#[test]
fn refused_connections_do_not_open() {
    let site = Site::start().expect("starts");
    site.command(Command::RefuseConnections(true));
    let url = format!("ws://127.0.0.1:{}/session", site.port());
    assert!(connect(url).is_err());
    assert_eq!((site.sockets_opened(), site.requests().len()), (0, 1));
}

#[test]
fn a_session_is_begun_for_one_visitor_and_ended_by_the_page() {
    let site = Site::start().expect("starts");
    let (mut one, mut other) = (Page::open(&site), Page::open(&site));
    let (one_id, other_id) = (one.hello(json!({})), other.hello(json!({})));
    site.command_for(&one_id, Command::BeginSession { observer: "Ada".to_owned() });
    assert_eq!(one.receive()["c"], "beginSession");
    assert_eq!(one.receive()["d"][1]["name"], "Ada");
    assert!(!site.visitor(&other_id).expect("is known").is_in_session);
    one.say("stopSession", Value::Null);
    site.wait_for("the end", SOON, |record| record.visitor(&one_id).filter(|own| !own.is_in_session).map(drop))
        .expect("ends");
}

#[test]
fn an_unknown_key_gets_an_error() {
    let site = Site::start().expect("starts");
    let mut page = Page::open(&site);
    page.say("hello", json!({"apiKey": "nobody"}));
    assert_eq!(page.receive()["c"], "apiKeyError");
}

#[test]
fn a_loader_refers_back_to_the_host_it_was_asked_by() {
    let site = Site::start().expect("starts");
    let loader = get(&site, "/demoAcme01.js", "support.acme.localhost:81");
    assert!(loader.contains("\"http://support.acme.localhost:81\""), "{loader}");
    assert!(loader.contains("\"apiKey\":\"demoAcme01\""), "{loader}");
    let sdk = get(&site, "/sdk/upscope-2.2.119.js?reconnectMs=300", "x");
    assert!(sdk.contains("boot();") && !sdk.contains("#include"), "the parts are put in");
}

#[test]
fn the_strict_page_carries_its_policy_and_no_other_does() {
    let site = Site::start().expect("starts");
    assert!(get(&site, "/csp", "x").contains("trusted-types 'none'"));
    assert!(!get(&site, "/connected", "x").contains("Content-Security-Policy"));
    assert!(get(&site, "/../Cargo.toml", "x").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_wait_in_vain_names_what_it_waited_for() {
    let site = Site::start().expect("starts");
    let mut page = Page::open(&site);
    page.hello(json!({}));
    let error = site.wait_for("a miracle", Duration::from_millis(20), |_| None::<()>).expect_err("never comes");
    let text = error.to_string();
    assert!(text.contains("a miracle") && text.contains("youAre"), "{text}");
}

//! Tests the API as a client.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::site::{Command, REST_KEY, RestAnswer, Site};

/// Status, headers and body of a response, as far as received.
struct ReceivedResponse {
    status: u16,
    head: String,
    body: String,
}

impl ReceivedResponse {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

fn ask(site: &Site, method: &str, path: &str, header: &str, body: &str) -> ReceivedResponse {
    let mut stream = TcpStream::connect(("127.0.0.1", site.port())).expect("connects");
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: x\r\n{header}\r\nContent-Length: {length}\r\n\r\n{body}")
        .expect("writes");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("reads");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    ReceivedResponse { status, head: head.to_owned(), body: body.to_owned() }
}

fn cloud(site: &Site, path: &str) -> ReceivedResponse {
    ask(site, "GET", path, &format!("X-Api-Key: {REST_KEY}"), "")
}

fn on_premise(site: &Site, path: &str) -> ReceivedResponse {
    ask(site, "GET", path, &format!("Authorization: {REST_KEY}"), "")
}

/// A site with Ada, who is online, and Bob, who is offline.
fn site() -> Site {
    let site = Site::start().expect("starts");
    site.shared.records.change(|record| {
        let bob = record.visitor_or_new("BOB0001");
        bob.unique_id = Some(json!("bob@acme.com"));
        let ada = record.visitor_or_new("ADA0001");
        ada.unique_id = Some(json!(7));
        ada.identities = Some(json!(["Ada Lovelace", "ada@acme.com"]));
        ada.tags = Some(json!(["#VIP"]));
        ada.lookup_code = Some(json!("4821"));
        ada.integration_ids = vec!["zendesk:8831".to_owned()];
        ada.is_online = true;
    });
    site
}

fn found(site: &Site, search: &str) -> Vec<String> {
    let list = cloud(site, &format!("/v1.3/list?search={search}")).json();
    let ids = list["visitors"].as_array().expect("a list").iter();
    ids.map(|visitor| visitor["short_id"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_visitor_is_given_in_the_shape_of_each_version() {
    let site = site();
    let newer = cloud(&site, "/v1.3/visitors/ADA0001").json();
    assert_eq!(newer["visitor"]["unique_id"], "7");
    assert_eq!(newer["visitor"]["email"], "ada@acme.com");
    assert!(newer["visitor"]["added_at"].is_string() && newer["visitor"]["first_seen_at"].is_null());
    let older = cloud(&site, "/v1.1/visitors/BOB0001.json").json();
    assert_eq!(older["visitor"]["identities"], Value::Null);
    assert!(older["visitor"]["first_seen_at"].is_string());
    let own = on_premise(&site, "/api/visitors/ADA0001").json();
    assert_eq!(own["visitor"]["tags"], json!(["#VIP"]));
    assert_eq!(cloud(&site, "/v1.3/visitors/NOBODY").status, 404);
}

#[test]
fn each_documented_token_finds_its_visitor() {
    let site = site();
    assert_eq!(found(&site, ""), ["ADA0001", "BOB0001"]);
    for search in ["ada%40acme.com", "online", "id:7", "4821", "%23VIP", "integration_id:zendesk:8831", "lovelace"] {
        assert_eq!(found(&site, search), ["ADA0001"], "{search}");
    }
    for search in ["bob%40acme.com", "-online", "id:bob%40acme.com", "acme+-online"] {
        assert_eq!(found(&site, search), ["BOB0001"], "{search}");
    }
    assert_eq!(found(&site, "ip:127.0.0.1").len(), 2);
    assert_eq!(cloud(&site, "/v1.3/list?search=&max_results=1").json()["visitors"].as_array().map(Vec::len), Some(1));
    assert_eq!(on_premise(&site, "/api/visitors/list/search?q=online").json()["visitors"][0]["short_id"], "ADA0001");
    assert_eq!(on_premise(&site, "/api/visitors/list/latest").json()["visitors"].as_array().map(Vec::len), Some(2));
}

#[test]
fn only_the_key_in_its_own_header_is_taken() {
    let site = site();
    assert_eq!(cloud(&site, "/v1.3/usage").status, 200);
    for got in [
        ask(&site, "GET", "/v1.3/usage", "X-Api-Key: other", ""),
        ask(&site, "GET", "/v1.3/usage", &format!("Authorization: {REST_KEY}"), ""),
        cloud(&site, "/api/visitors/list/latest"),
    ] {
        assert_eq!((got.status, got.json()), (401, json!({"status": "error", "error": "invalid_api_key"})));
    }
    site.command(Command::RevokeRestKey(true));
    assert_eq!(cloud(&site, "/v1.3/usage").status, 401);
}

#[test]
fn a_watch_address_is_made_and_the_agent_recorded() {
    let site = site();
    let header = format!("X-Api-Key: {REST_KEY}");
    let body = r#"{"agent": {"id": "1", "name": "Grace"}}"#;
    let got = ask(&site, "POST", "/v1.3/visitors/ADA0001/watch_url", &header, body);
    assert!(got.json()["watch_url"].as_str().is_some_and(|url| url.contains("visitor=ADA0001")), "{}", got.body);
    let asked = site.wait_for("the request", Duration::ZERO, |record| record.watch_requests.first().cloned());
    assert_eq!(asked.expect("is recorded").body["agent"]["name"], "Grace");
    assert_eq!(ask(&site, "DELETE", "/v1.3/visitors/ADA0001", &header, "").status, 404);
}

#[test]
fn faults_come_as_ordered_and_as_often() {
    let site = site();
    let fault = |answer, times| site.command(Command::Rest { answer, times });
    fault(RestAnswer::RateLimited { retry_after: Some(2) }, Some(1));
    let limited = cloud(&site, "/v1.3/usage");
    assert!(limited.status == 429 && limited.head.contains("Retry-After: 2"), "{}", limited.head);
    assert_eq!(cloud(&site, "/v1.3/usage").status, 200);
    fault(RestAnswer::Error { status: 402, error: "over_limit".to_owned() }, None);
    assert_eq!(cloud(&site, "/v1.3/usage").json()["error"], "over_limit");
    fault(RestAnswer::CutOff, None);
    let cut = cloud(&site, "/v1.3/visitors/ADA0001");
    assert!(serde_json::from_str::<Value>(&cut.body).is_err() && cut.status == 200);
    fault(RestAnswer::Huge, None);
    assert!(cloud(&site, "/v1.3/usage").body.len() > 1 << 22);
    fault(RestAnswer::Malformed, None);
    assert!(cloud(&site, "/v1.3/usage").json()["visitor"].is_array());
    fault(RestAnswer::Redirect, None);
    assert_eq!(cloud(&site, "/v1.3/usage").status, 302);
    fault(RestAnswer::NotJson, None);
    assert!(cloud(&site, "/v1.3/usage").body.starts_with("<!doctype"));
}

#[test]
fn a_held_request_is_answered_on_release() {
    let site = site();
    site.command(Command::Rest { answer: RestAnswer::NoResponse, times: None });
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| cloud(&site, "/v1.3/usage").status);
        site.wait_for("the request", Duration::from_secs(5), |record| record.requests.first().map(drop))
            .expect("comes");
        site.command(Command::Rest { answer: RestAnswer::Normal, times: None });
        assert_eq!(waiting.join().expect("no panic"), 200);
    });
}

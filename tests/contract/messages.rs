//! All messages between the pages and the background, in both directions.

use super::{root, target, target_shape};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::policy::EditRestriction;
use inspector_core::upscope_api::account::Agent;
use inspector_core::upscope_api::base_url::Deployment;
use inspector_core::upscope_api::problem::ApiProblem;
use inspector_core::upscope_api::request::ShortId;
use inspector_core::visitor::Field;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;
use upscope_inspector::messages::{
    AccessProblem, AccountForm, AccountView, ActionRefusal, ApiKeyInput, ApiRequest, ApiResponse, EditInput, EditKind,
    FrameReport, InspectedTab, Moment, PageAction, PageCommand, PendingEdit, RecordingProblem, Reply, Request,
};

/// A message has the expected JSON, and is read back unchanged.
fn crosses_as<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, shape: Value) {
    assert_eq!(serde_json::to_value(&value).unwrap(), shape);
    assert_eq!(serde_json::from_value::<T>(shape).unwrap(), value);
}

/// The key of a request. A new request must be added here to compile, and its JSON below.
fn request_key(request: &Request) -> &'static str {
    match request {
        Request::Inspect { .. } => "inspect",
        Request::Perform { .. } => "perform",
        Request::StartRecording { .. } => "startRecording",
        Request::StopRecording { .. } => "stopRecording",
        Request::ClearRecording { .. } => "clearRecording",
        Request::ListRecordedSites {} => "listRecordedSites",
        Request::Api(_) => "api",
    }
}

fn api_key(request: &ApiRequest) -> &'static str {
    match request {
        ApiRequest::GetAccount {} => "getAccount",
        ApiRequest::Connect(_) => "connect",
        ApiRequest::RemoveAccount {} => "removeAccount",
        ApiRequest::GetVisitor { .. } => "getVisitor",
        ApiRequest::SearchVisitors { .. } => "searchVisitors",
        ApiRequest::GetWatchUrl { .. } => "getWatchUrl",
        ApiRequest::Cancel { .. } => "cancel",
    }
}

fn reply_key(reply: &Reply) -> &'static str {
    match reply {
        Reply::Inspected { .. } => "inspected",
        Reply::NoAccess { .. } => "noAccess",
        Reply::Performed { .. } => "performed",
        Reply::Refused { .. } => "refused",
        Reply::RecordedSites { .. } => "recordedSites",
        Reply::RecordingFailed { .. } => "recordingFailed",
        Reply::Account(_) => "account",
        Reply::ApiResponse(_) => "apiResponse",
        Reply::ApiFailed(_) => "apiFailed",
        Reply::Failed(_) => "failed",
    }
}

fn patch(argument: Value) -> VisitorPatch {
    VisitorPatch::from_argument(&argument).unwrap()
}

pub fn pending_edit() -> PendingEdit {
    PendingEdit {
        kind: EditKind::ResetAndStay,
        sent: Some(patch(json!({"tags": ["#VIP"]}))),
        undo: Some(patch(json!({"tags": null}))),
        no_undo: vec![Field::UniqueId, Field::IntegrationIds],
        short_id: Some("Q7X".into()),
        code: None,
        loses_metadata: true,
        draft: Some(Box::new(EditInput::default())),
    }
}

pub fn pending_edit_shape() -> Value {
    json!({
        "kind": "resetAndStay", "sent": "{\"tags\":[\"#VIP\"]}", "undo": "{\"tags\":null}", "noUndo": ["uniqueId", "integrationIds"],
        "shortId": "Q7X", "code": null, "losesMetadata": true,
        "draft": {"switch": false, "draft": {"changes": {}}, "code": null},
    })
}

fn perform(action: PageAction) -> Request {
    Request::Perform {
        target: target(),
        command: PageCommand { document: "1000.5".into(), may_wait: true, action },
        edit: Box::new(pending_edit()),
        deadline: Some(Moment { system: 5.0, monotonic: 4.5 }),
    }
}

fn perform_shape(action: Value) -> Value {
    json!({"perform": {
        "target": target_shape(), "command": {"document": "1000.5", "mayWait": true, "action": action},
        "edit": pending_edit_shape(), "deadline": {"system": 5.0, "own": 4.5},
    }})
}

fn requests() -> Vec<(Request, Value)> {
    let pattern = || "https://a.test/*".to_owned();
    let ada = || ShortId::parse("Q7XK2M9").unwrap();
    let id = || "1-2".to_owned();
    let form = AccountForm {
        kind: Deployment::OnPremise,
        base: "https://a.test/api".into(),
        key: ApiKeyInput("k".into()),
        disk: true,
        agent: Agent { id: "7".into(), name: "Grace".into() },
    };
    let form_shape = json!({"kind": "on-premise", "base": "https://a.test/api", "key": "k", "disk": true, "agent": {"id": "7", "name": "Grace"}});
    let update = || patch(json!({"tags": ["#VIP"], "uniqueId": null}));
    let text = r##"{"tags":["#VIP"],"uniqueId":null}"##;
    let mut requests = vec![
        (Request::Inspect { tab: None }, json!({"inspect": {"tab": null}})),
        (Request::Inspect { tab: Some(7) }, json!({"inspect": {"tab": 7}})),
        (perform(PageAction::Update { update: update() }), perform_shape(json!({"update": {"update": text}}))),
        (perform(PageAction::Reset { reconnect: false }), perform_shape(json!({"reset": {"reconnect": false}}))),
        (perform(PageAction::Switch { update: update() }), perform_shape(json!({"switch": {"update": text}}))),
        (perform(PageAction::AskCode {}), perform_shape(json!({"askCode": {}}))),
        (perform(PageAction::SetCode { code: "0007".into() }), perform_shape(json!({"setCode": {"code": "0007"}}))),
        (
            Request::StartRecording { pattern: pattern(), tab: 7 },
            json!({"startRecording": {"pattern": pattern(), "tab": 7}}),
        ),
        (Request::StopRecording { pattern: pattern() }, json!({"stopRecording": {"pattern": pattern()}})),
        (Request::ClearRecording { tab: 7 }, json!({"clearRecording": {"tab": 7}})),
        (Request::ListRecordedSites {}, json!({"listRecordedSites": {}})),
    ];
    requests.extend(
        [
            (ApiRequest::GetAccount {}, json!({"getAccount": {}})),
            (ApiRequest::Connect(form), json!({"connect": form_shape})),
            (ApiRequest::RemoveAccount {}, json!({"removeAccount": {}})),
            (
                ApiRequest::GetVisitor { short_id: ada(), id: id() },
                json!({"getVisitor": {"shortId": "Q7XK2M9", "id": "1-2"}}),
            ),
            (
                ApiRequest::SearchVisitors { query: "#VIP".into(), limit: 20, id: id() },
                json!({"searchVisitors": {"query": "#VIP", "limit": 20, "id": "1-2"}}),
            ),
            (
                ApiRequest::GetWatchUrl { short_id: ada(), id: id() },
                json!({"getWatchUrl": {"shortId": "Q7XK2M9", "id": "1-2"}}),
            ),
            (ApiRequest::Cancel { id: id() }, json!({"cancel": {"id": "1-2"}})),
        ]
        .map(|(request, shape)| {
            assert!(shape[api_key(&request)].is_object());
            (Request::Api(request), json!({"api": shape}))
        }),
    );
    requests
}

#[test]
fn every_request_crosses() {
    for (request, shape) in requests() {
        assert!(shape[request_key(&request)].is_object(), "{shape}");
        crosses_as(request, shape);
    }
}

#[test]
fn every_reply_crosses() {
    let tab =
        || InspectedTab { id: 7, url: Some("https://a.test/".into()), title: None, active: true, restriction: None };
    let tab_shape = || json!({"id": 7, "url": "https://a.test/", "title": null, "active": true});
    let frame = FrameReport { frame: 60_129_542_145, document_id: None, text: "{}".into() };
    let frame_shape = json!({"frame": 60_129_542_145_i64, "documentId": null, "text": "{}"});
    let restricted = InspectedTab { restriction: Some(EditRestriction::SiteNotAllowed), ..tab() };
    let mut restricted_shape = tab_shape();
    restricted_shape["hold"] = json!("notHere");
    let account = AccountView {
        kind: Deployment::Cloud,
        base: "https://a.test/v1.3".into(),
        mask: Some("…9f3a".into()),
        disk: false,
        agent: Agent::default(),
    };
    let account_shape = json!({"kind": "cloud", "base": "https://a.test/v1.3", "mask": "…9f3a", "disk": false, "agent": {"id": "", "name": ""}});
    let response = ApiResponse { status: 429, text: "{}".into(), retry_after: Some(30) };
    let mut replies = vec![
        (
            Reply::Inspected { tab: tab(), frames: vec![frame], left_out: 0 },
            json!({"inspected": {"tab": tab_shape(), "frames": [frame_shape]}}),
        ),
        (
            Reply::Inspected { tab: restricted, frames: vec![], left_out: 3 },
            json!({"inspected": {"tab": restricted_shape, "frames": [], "leftOut": 3}}),
        ),
        (Reply::Performed { text: "{}".into(), not_stored: None }, json!({"performed": {"text": "{}"}})),
        (
            Reply::Performed { text: "{}".into(), not_stored: Some("x".into()) },
            json!({"performed": {"text": "{}", "notStored": "x"}}),
        ),
        (Reply::RecordedSites { sites: vec!["p".into()] }, json!({"recordedSites": {"sites": ["p"]}})),
        (Reply::Account(None), json!({"account": null})),
        (Reply::Account(Some(account)), json!({"account": account_shape})),
        (Reply::ApiResponse(response), json!({"apiResponse": {"status": 429, "text": "{}", "retryAfter": 30}})),
        // `background.js` sends this reply if the program can't start or refuses a message.
        (Reply::Failed("x".into()), json!({"failed": "x"})),
    ];
    let problems = [
        (AccessProblem::Restricted, json!("restricted")),
        (AccessProblem::Policy, json!("policy")),
        (AccessProblem::ClosedSite, json!("closedSite")),
        (AccessProblem::Document, json!("document")),
        (AccessProblem::ErrorPage, json!("errorPage")),
        (AccessProblem::Frozen, json!("frozen")),
        (AccessProblem::Discarded, json!("discarded")),
        (AccessProblem::Busy, json!("busy")),
        (AccessProblem::NeedsGrant, json!("needsGrant")),
        (AccessProblem::NoTab, json!("noTab")),
        (AccessProblem::Failed("x".into()), json!({"failed": "x"})),
    ];
    replies.extend(problems.map(|(why, shape)| {
        (Reply::NoAccess { tab: Some(tab()), why }, json!({"noAccess": {"tab": tab_shape(), "why": shape}}))
    }));
    let recording_problems = [
        (RecordingProblem::Restricted, json!("restricted")),
        (RecordingProblem::NoPermission, json!("noPermission")),
        // `extension/practice/page.js` sends this reply, too.
        (RecordingProblem::Failed("x".into()), json!({"failed": "x"})),
    ];
    replies.extend(
        recording_problems
            .map(|(why, shape)| (Reply::RecordingFailed { why }, json!({"recordingFailed": {"why": shape}}))),
    );
    let refusals = [
        (ActionRefusal::Moved, json!("moved")),
        (ActionRefusal::NoAccess, json!("noAccess")),
        (ActionRefusal::ReadOnly, json!("readOnly")),
        (ActionRefusal::SiteNotAllowed, json!("notHere")),
        (ActionRefusal::NoAnswer, json!("noAnswer")),
        (ActionRefusal::Frozen, json!("frozen")),
        (ActionRefusal::Discarded, json!("discarded")),
        (ActionRefusal::TooLate, json!("tooLate")),
        (ActionRefusal::Failed("x".into()), json!({"failed": "x"})),
    ];
    replies.extend(refusals.map(|(why, shape)| (Reply::Refused { why }, json!({"refused": {"why": shape}}))));
    let named = [
        ApiProblem::NoAccount,
        ApiProblem::KeyGone,
        ApiProblem::NoPermission,
        ApiProblem::InvalidKey,
        ApiProblem::Redirected,
        ApiProblem::Offline,
        ApiProblem::Unreachable,
        ApiProblem::TimedOut,
        ApiProblem::TooLarge,
        ApiProblem::CutOff,
        ApiProblem::NotUnderstood,
        ApiProblem::Cancelled,
        ApiProblem::NotStored,
        ApiProblem::NoWatching,
        ApiProblem::Managed,
    ];
    replies.extend(named.map(|problem| {
        let name = problem.name();
        (Reply::ApiFailed(problem), json!({"apiFailed": name}))
    }));
    for (reply, shape) in replies {
        assert!(shape.get(reply_key(&reply)).is_some(), "{shape}");
        crosses_as(reply, shape);
    }
}

#[test]
fn a_patch_crosses_as_it_is() {
    let argument = r#"{"metadata":{"long":12345678901234567890.10,"__proto__":{"a":null},"2":[],"1":{"$":"keep"}}}"#;
    let patch: VisitorPatch = serde_json::from_value(json!(argument)).unwrap();
    assert_eq!(serde_json::to_value(&patch).unwrap(), json!(argument));
}

#[test]
fn what_is_no_request_is_refused() {
    let command = |action: Value| perform_shape(action);
    let too_long = format!(r#"{{"uniqueId":"{}"}}"#, "x".repeat(1 << 20));
    for wrong in [
        json!(null),
        json!([]),
        json!("inspect"),
        json!({}),
        json!({"inspect": null}),
        json!({"inspect": {"tab": "7"}}),
        json!({"inspect": {"tab": 1.5}}),
        json!({"inspect": {"tab": 3_000_000_000_u32}}),
        json!({"inspect": {"tab": 1}, "clearRecording": {"tab": 1}}),
        json!({"forget": {"tab": 1}}),
        json!({"startRecording": {"pattern": 1, "tab": 1}}),
        json!({"api": {}}),
        json!({"api": {"getVisitor": {"shortId": "../usage", "id": "1"}}}),
        json!({"api": {"connect": {"kind": "mainframe", "base": "", "key": "", "disk": false, "agent": {"id": "", "name": ""}}}}),
        json!({"perform": {"target": target_shape()}}),
        command(json!("askCode")),
        command(json!({"update": {"update": {"tags": []}}})),
        command(json!({"update": {"update": ""}})),
        command(json!({"update": {"update": "{}"}})),
        command(json!({"update": {"update": r#"{"identities":{"0":"a"}}"#}})),
        command(json!({"switch": {"update": r#"{"phone":"1"}"#}})),
        command(json!({"update": {"update": too_long}})),
        command(json!({"delete": {}})),
    ] {
        let shown: String = wrong.to_string().chars().take(200).collect();
        assert!(serde_json::from_value::<Request>(wrong).is_err(), "{shown}");
    }
}

#[test]
fn a_typed_key_is_not_shown() {
    for (request, _) in requests() {
        assert!(!format!("{request:?}").contains("ApiKeyInput(\"k\")"), "{request:?}");
    }
}

#[test]
fn the_probe_gets_a_command_as_it_stands_in_recordings() {
    let update = || json!({"tags": ["#VIP"], "uniqueId": null});
    let rest = |act: &str| json!({"act": act, "document": "1000.5", "mayWait": true});
    let with = |act: &str, name: &str, value: Value| {
        let mut shape = rest(act);
        shape[name] = value;
        shape
    };
    let commands = [
        (PageAction::Update { update: patch(update()) }, with("update", "update", update())),
        (PageAction::Reset { reconnect: false }, with("reset", "reconnect", json!(false))),
        (PageAction::Switch { update: patch(update()) }, with("switch", "update", update())),
        (PageAction::AskCode {}, rest("askCode")),
        (PageAction::SetCode { code: "0007".into() }, with("setCode", "code", json!("0007"))),
    ];
    for (action, shape) in commands {
        let command = PageCommand { document: "1000.5".into(), may_wait: true, action };
        assert_eq!(command.to_text(), shape.to_string());
    }
}

#[test]
fn the_probe_knows_every_act() {
    let probe = read("extension/page/probe.js");
    for act in ["update: (", "reset: (", "async switch(", "async askCode(", "setCode("] {
        assert!(probe.contains(act), "{act}");
    }
}

/// The only request from a script, sent before the program is loaded.
#[test]
fn the_first_request_of_the_popup_is_one() {
    let script = read("extension/popup.js");
    let sent = script.split("sendMessage(").nth(1).and_then(|rest| rest.split_once(")")).unwrap().0;
    let message = sent.replace("tab }", "\"tab\": null }").replace("inspect", "\"inspect\"");
    let request: Request = serde_json::from_str(&message).unwrap();
    assert_eq!(request, Request::Inspect { tab: None });
    assert_eq!(script.matches("sendMessage(").count(), 1);
}

/// The substitutes for the background reply only to requests that exist.
#[test]
fn stand_ins_know_the_requests() {
    for (file, known) in [
        ("extension/practice/page.js", &["inspect", "perform", "listRecordedSites", "api"][..]),
        (
            "tests/catalogue/browser.js",
            &["inspect", "perform", "listRecordedSites", "startRecording", "stopRecording", "clearRecording", "api"],
        ),
    ] {
        let script = read(file);
        let answers = script.split("const answers = {").nth(1).and_then(|rest| rest.split_once("};")).unwrap().0;
        for key in known {
            assert!(answers.contains(key), "{file}: {key}");
            assert!(requests().iter().any(|(request, _)| request_key(request) == *key), "{key}");
        }
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

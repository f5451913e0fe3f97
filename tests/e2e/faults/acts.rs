//! The acts of the popup, with a background that stops after each of their effects.

use super::MOST;
use super::stop::{ANSWERED, send, stop_after};
use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    an_edit_is_whole_or_not_made_wherever_the_background_stops;
    a_log_out_is_whole_or_not_made_wherever_the_background_stops;
    a_switch_is_whole_or_not_made_wherever_the_background_stops;
    a_chosen_code_is_whole_or_not_set_wherever_the_background_stops;
    a_requested_code_is_whole_or_not_made_wherever_the_background_stops;
}

/// An act as the popup requests it: its kind in the journal, and the command.
pub struct Act {
    kind: &'static str,
    action: Value,
}

impl Act {
    /// The request to perform the act in the document that the tab shows.
    pub fn request(&self, own: &Page, tab: i64) -> Value {
        // On a busy machine, the first reply may report that the page is busy.
        let ask = format!(
            "chrome.runtime.sendMessage({{ inspect: {{ tab: {tab} }} }}).then((reply) => reply.inspected?.frames[0])"
        );
        let frame = own.wait_for("a report of the page", &ask, SOON).unwrap();
        let report: Value = serde_json::from_str(frame["text"].as_str().expect("a report")).expect("a report is JSON");
        let document = &report["page"]["document"];
        json!({ "perform": {
            "target": { "tab": tab, "frame": 0, "documentId": frame["documentId"], "document": document },
            "command": { "document": document, "mayWait": true, "action": self.action },
            "edit": { "kind": self.kind, "noUndo": [], "losesMetadata": false },
        } })
    }
}

fn update(unique_id: &str) -> Act {
    let update = json!({ "uniqueId": unique_id, "tags": [format!("#{unique_id}")] }).to_string();
    Act { kind: "update", action: json!({ "update": { "update": update } }) }
}

/// A switch to a visitor with this unique ID.
pub fn switch(unique_id: &str) -> Act {
    let update = json!({ "uniqueId": unique_id, "metadata": { "plan": "pro" } }).to_string();
    Act { kind: "switch", action: json!({ "switch": { "update": update } }) }
}

/// The request for an edit in the popup of the document that the tab shows.
pub fn edit(own: &Page, tab: i64, unique_id: &str) -> Value {
    update(unique_id).request(own, tab)
}

/// The newest entry of a tab's journal.
fn last_entry(own: &Page, tab: i64) -> Value {
    let read =
        format!("chrome.storage.session.get('journal:{tab}').then((kept) => kept['journal:{tab}']?.entries.at(-1))");
    own.eval(&read).unwrap()
}

/// A connected page of a recorded site, because its acts are also recorded.
struct Stage<'a> {
    world: &'a World,
    recorder: Recorder,
    page: Page,
}

impl<'a> Stage<'a> {
    fn new(world: &'a World) -> Self {
        let recorder = Recorder::start(world);
        Self { world, recorder, page: world.open_connected("/connected") }
    }

    /// Performs one act for each number of effects and stops the background after them. `is_made` panics for a
    /// half-made act. The journal contains each act that is made, and the popup shows it.
    fn wherever_it_stops(&self, make: impl Fn(usize) -> Act, is_made: impl Fn(usize, &str) -> bool) {
        let (world, own, tab) = (self.world, &self.recorder.0, self.page.tab_id().unwrap());
        for most in 1..MOST {
            let request = make(most).request(own, tab);
            let before = last_entry(own, tab)["id"].clone();
            let end = stop_after(world, own, most, || send(own, &request), ANSWERED);
            let is_made = is_made(most, &end.effects);
            let entry = last_entry(own, tab);
            assert!(entry["id"] != before || !is_made, "made without a note: {}", end.effects);
            if end.is_complete {
                assert!(is_made);
                world.inspect(&self.page).wait_for("[data-act=done]");
                return;
            }
            if is_made && entry["reply"].is_null() {
                let popup = world.inspect(&self.page);
                popup.wait_for("[data-act=unanswered]");
                popup.close();
            }
        }
        panic!("an act has fewer than {MOST} effects");
    }
}

fn text_of(page: &Page, js: &str) -> String {
    page.eval(&format!("JSON.stringify({js})")).unwrap().as_str().unwrap_or_default().to_owned()
}

fn an_edit_is_whole_or_not_made_wherever_the_background_stops(world: &World) {
    let stage = Stage::new(world);
    let page = &stage.page;
    let short_id = world.visitor_of(page);
    let number = |most: usize| format!("N{most}");
    stage.wherever_it_stops(
        |most| update(&number(most)),
        |most, effects| {
            let unique_id = number(most);
            let held = text_of(page, "[Upscope._config.uniqueId, Upscope._config.tags]");
            let whole = json!([unique_id, [format!("#{unique_id}")]]).to_string();
            let is_made = held == whole;
            assert!(is_made || !held.contains(&unique_id), "half made: {held} after {effects}");
            if is_made {
                world.server_holds(&short_id, "the edit", |visitor| visitor.unique_id == Some(json!(unique_id)));
            }
            is_made
        },
    );
}

const SHORT_ID: &str = "localStorage.getItem('__upscope:shortId')";

/// Waits until the page has a visitor other than the one with this short ID.
fn next_visitor(world: &World, page: &Page, old: &str) -> String {
    let is_new = format!("{SHORT_ID} && JSON.parse({SHORT_ID}) !== '{old}'");
    page.wait_for("a new short ID", &is_new, SOON).unwrap();
    world.visitor_of(page)
}

fn a_log_out_is_whole_or_not_made_wherever_the_background_stops(world: &World) {
    let stage = Stage::new(world);
    let page = &stage.page;
    let number = |most: usize| format!("L{most}");
    stage.wherever_it_stops(
        |most| {
            page.eval(&format!("Upscope('updateConnection', {{ uniqueId: '{}' }})", number(most))).unwrap();
            let short_id = world.visitor_of(page);
            world.server_holds(&short_id, "the visitor", |visitor| visitor.unique_id == Some(json!(number(most))));
            Act { kind: "reset", action: json!({ "reset": { "reconnect": true } }) }
        },
        |most, effects| {
            let held = text_of(page, "Upscope._config.uniqueId ?? null");
            let old = world.site.visitors().into_iter().find(|visitor| visitor.unique_id == Some(json!(number(most))));
            let old = old.expect("the server keeps the old visitor").short_id;
            if held != "null" {
                assert_eq!(held, json!(number(most)).to_string(), "after {effects}");
                assert_eq!(world.visitor_of(page), old, "after {effects}");
                return false;
            }
            let new = next_visitor(world, page, &old);
            world.server_holds(&new, "nobody", |visitor| visitor.unique_id.is_none());
            true
        },
    );
}

fn a_switch_is_whole_or_not_made_wherever_the_background_stops(world: &World) {
    let stage = Stage::new(world);
    let page = &stage.page;
    let number = |most: usize| format!("S{most}");
    let old = std::cell::RefCell::new(world.visitor_of(page));
    stage.wherever_it_stops(
        |most| {
            old.replace(world.visitor_of(page));
            switch(&number(most))
        },
        |most, effects| {
            // A switch that has begun continues in the page, even if the background stops.
            let new = world.visitor_of(page);
            if new == *old.borrow() {
                let held = text_of(page, "Upscope._config.uniqueId ?? null");
                assert_ne!(held, json!(number(most)).to_string(), "the old visitor got it after {effects}");
                return false;
            }
            world.server_holds(&new, "the new visitor", |visitor| {
                visitor.unique_id == Some(json!(number(most))) && visitor.metadata == Some(json!({ "plan": "pro" }))
            });
            true
        },
    );
}

fn a_chosen_code_is_whole_or_not_set_wherever_the_background_stops(world: &World) {
    let stage = Stage::new(world);
    let page = &stage.page;
    let short_id = world.visitor_of(page);
    let code = |most: usize| format!("{most:04}");
    stage.wherever_it_stops(
        |most| Act { kind: "setCode", action: json!({ "setCode": { "code": code(most) } }) },
        |most, effects| {
            let stored = text_of(page, "JSON.parse(localStorage.getItem('__upscope:lookupCode'))");
            let whole = json!(code(most)).to_string();
            let is_made = stored == whole;
            let sent = world.site.visitor(&short_id).unwrap().lookup_code;
            assert!(is_made || sent != Some(json!(code(most))), "sent and not stored after {effects}");
            if is_made {
                world.server_holds(&short_id, "the code", |visitor| visitor.lookup_code == Some(json!(code(most))));
            }
            is_made
        },
    );
}

fn a_requested_code_is_whole_or_not_made_wherever_the_background_stops(world: &World) {
    let stage = Stage::new(world);
    let page = &stage.page;
    let short_id = world.visitor_of(page);
    stage.wherever_it_stops(
        |_| {
            // A page that is loaded again without a stored code has none.
            let forget = "for (const name of ['lookupCode', 'lookupCodeSetAt']) localStorage.removeItem(`__upscope:${name}`); return 0";
            page.eval(forget).unwrap();
            page.reload().unwrap();
            world.wait_connected(page);
            Act { kind: "askCode", action: json!({ "askCode": {} }) }
        },
        |_, effects| {
            let parts = "['lookupCode', 'lookupCodeSetAt'].map((name) => localStorage.getItem(`__upscope:${name}`))";
            let stored = page.eval(parts).unwrap();
            let is_made = !stored[0].is_null();
            assert_eq!(is_made, !stored[1].is_null(), "half made: {stored} after {effects}");
            if let Some(code) = stored[0].as_str() {
                let code: Value = serde_json::from_str(code).expect("a stored code is JSON");
                world.server_holds(&short_id, "the code", |visitor| visitor.lookup_code.as_ref() == Some(&code));
            }
            is_made
        },
    );
}

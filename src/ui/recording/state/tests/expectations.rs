//! Expectations beside a recording: their places, their list and a ticket.

use super::*;
use crate::errors::BrowserError;
use crate::ui::recording::state::expectations::{
    ExpectationEffect, ExpectationEvent, ExpectationKey, Focus, Import, Place,
};
use crate::ui::recording::text::ticket::ticket;
use crate::ui::stored_list::{ListError, RowButton};
use inspector_core::expectations::Outcome;
use inspector_core::expectations::stored::{StoredExpectation, read_one};
use inspector_core::named_list::{ListChange, ListChangeError, Named};
use inspector_core::policy::ExpectationsFile;

fn expectation(name: &str, page: &str, expect: &Value) -> StoredExpectation {
    read_one(&json!({"name": name, "pages": [page], "when": {"within": 0.5}, "expect": expect}).to_string()).unwrap()
}

/// One that is met, one that is not, one of another page.
fn three() -> Vec<StoredExpectation> {
    vec![
        expectation("id", "https://acme.test/*", &json!({"uniqueId": {"equals": "ada"}})),
        expectation(
            "tags",
            "https://acme.test/*",
            &json!({"tags": {"includes": ["#PRO"]}, "uniqueId": {"equals": "bob"}}),
        ),
        expectation("cart", "https://acme.test/cart", &json!({"connected": true})),
    ]
}

fn event(model: &mut Model, event: ExpectationEvent) -> Vec<Effect> {
    update(model, Event::Expectation(event))
}

fn loaded() -> Model {
    let mut model = recorded();
    assert_eq!(event(&mut model, ExpectationEvent::Loaded(Ok(three()))), [Effect::NotifyFollower]);
    model
}

fn key(name: &str) -> ExpectationKey {
    ExpectationKey { is_managed: false, name: name.to_owned() }
}

fn outcome(model: &Model, name: &str) -> Outcome {
    let (_, visits) = model.expectations.find(&key(name)).unwrap();
    inspector_core::expectations::outcome_in(visits, None)
}

fn names(keys: Vec<ExpectationKey>) -> Vec<String> {
    keys.into_iter().map(|key| key.name).collect()
}

#[test]
fn each_is_judged_at_its_place() {
    let model = loaded();
    assert_eq!(names(model.expectations.at(Place::Here, model.page())), ["id", "tags"]);
    assert_eq!(names(model.expectations.at(Place::Nowhere, model.page())), ["cart"]);
    assert_eq!((outcome(&model, "id"), outcome(&model, "tags")), (Outcome::Met, Outcome::NotMet));
    assert_eq!((outcome(&model, "cart"), model.failing()), (Outcome::NotVisited, 1));
}

#[test]
fn a_file_is_judged_as_a_whole() {
    let mut model = loaded();
    let origin = NOW - IN_TRANSIT;
    let start =
        json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": origin, "top": true});
    let batches = vec![batch(8, &[call(9, "logEvent", json!(["x"]))]), batch_of("d2", origin, 0, &[start])];
    stored(&mut model, Index { entries: 10, ..Index::default() }, batches);
    assert_eq!(model.failing(), 0, "the new page has time left");
    let file = FileInfo { name: "x.json".into(), at: NOW, masked: false, unreadable: 0 };
    model.source = Source::File(Some(file));
    assert_eq!(names(model.expectations.at(Place::Here, model.page())), ["id", "tags"]);
    assert_eq!(model.failing(), 1, "the first page counts too");
}

#[test]
fn a_failure_of_an_earlier_load_is_known_with_its_proof() {
    let mut model = loaded();
    let earlier = model.page().unwrap();
    assert_eq!(model.expectations.failed_elsewhere(&key("tags"), earlier), None, "it fails here");
    let origin = NOW - IN_TRANSIT;
    let start =
        json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": origin, "top": true});
    let batches = vec![batch(8, &[call(9, "logEvent", json!(["x"]))]), batch_of("d2", origin, 0, &[start])];
    stored(&mut model, Index { entries: 10, ..Index::default() }, batches);
    let page = model.page().unwrap();
    let failed = model.expectations.failed_elsewhere(&key("tags"), page).unwrap();
    assert_eq!((failed.document, failed.proof().map(|entry| entry.doc)), (Some(earlier), Some(earlier)));
    assert_eq!(model.expectations.failed_elsewhere(&key("id"), page), None, "it was met");
    assert_eq!(model.failing(), 0, "as on the toolbar button");
}

#[test]
fn page_loads_that_are_gone_leave_the_shown_page_known() {
    let mut model = loaded();
    model.data.timeline.add_dropped(5);
    model.refresh();
    assert_eq!(names(model.expectations.at(Place::Here, model.page())), ["id", "tags"]);
    assert_eq!(names(model.expectations.at(Place::Nowhere, model.page())), ["cart"]);
    let (_, visits) = model.expectations.find(&key("id")).unwrap();
    assert_eq!(inspector_core::expectations::outcome_in(visits, model.page()), Outcome::Met);
    let file = FileInfo { name: "x.json".into(), at: NOW, masked: false, unreadable: 0 };
    model.source = Source::File(Some(file));
    model.refresh();
    assert_eq!(names(model.expectations.at(Place::Here, model.page())), ["id", "tags", "cart"]);
    let outcomes = ["id", "tags", "cart"].map(|name| outcome(&model, name));
    assert_eq!(outcomes, [Outcome::CannotBeKnown, Outcome::NotMet, Outcome::CannotBeKnown]);
}

#[test]
fn what_may_be_on_its_way_is_awaited() {
    let mut model = model();
    event(&mut model, ExpectationEvent::Loaded(Ok(three())));
    let start = json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": 1_795_383_000_000_i64, "top": true});
    let index = Some(Some(Index { entries: 1, ..Index::default() }));
    let at = 1_795_383_000_000 + IN_TRANSIT;
    update(&mut model, Event::Stored { at, index, batches: vec![batch(0, &[start])] });
    assert_eq!((outcome(&model, "id"), model.failing()), (Outcome::NotYet, 0));
    assert_eq!(event(&mut model, ExpectationEvent::Now(at + 499)), []);
    assert_eq!(outcome(&model, "id"), Outcome::NotYet);
    assert_eq!(event(&mut model, ExpectationEvent::Now(at + 500)), [Effect::NotifyFollower]);
    assert_eq!((outcome(&model, "id"), model.failing()), (Outcome::NotMet, 2));
}

#[test]
fn an_exported_file_is_judged_as_live() {
    let mut model = model();
    event(&mut model, ExpectationEvent::Loaded(Ok(three())));
    let origin = 1_795_383_000_000_i64;
    let start =
        json!({"t": 0, "k": "page", "what": "start", "url": "https://acme.test/", "origin": origin, "top": true});
    // The half second is over, but entries of it may still be in transit.
    let (now, index) = (origin + IN_TRANSIT + 499, Index { entries: 1, ..Index::default() });
    update(&mut model, Event::Stored { at: now, index: Some(Some(index)), batches: vec![batch(0, &[start])] });
    assert_eq!(outcome(&model, "id"), Outcome::NotYet);
    model.masked = false;
    update(&mut model, Event::Open(Dialog::Export));
    let [Effect::Save { text, .. }] = &update(&mut model, Event::Confirm(now))[..] else { panic!() };
    let mut reader = Model { is_standalone: true, ..Model::new(Source::File(None)) };
    event(&mut reader, ExpectationEvent::Loaded(Ok(three())));
    choose_file(&mut reader, text);
    assert_eq!((outcome(&reader, "id"), reader.failing()), (Outcome::NotYet, 0));
}

#[test]
fn the_organizations_come_first_or_its_error_is_shown() {
    let mut model = loaded();
    let file = |text: String| Some(ExpectationsFile { text, count: 1 });
    let text = inspector_core::expectations::stored::write(&three()[1..2]);
    event(&mut model, ExpectationEvent::Managed(file(text)));
    let first = model.expectations.at(Place::Here, model.page()).remove(0);
    assert_eq!((first.is_managed, first.name.as_str(), model.failing()), (true, "tags", 2));
    event(&mut model, ExpectationEvent::Managed(file("{\n\"schema\": 1}".to_owned())));
    assert_eq!(model.expectations.managed_error.as_ref().map(|error| error.line), Some(2));
    assert_eq!((model.expectations.managed.len(), model.failing()), (0, 1));
    event(&mut model, ExpectationEvent::Managed(None));
    assert_eq!(model.expectations.managed_error, None);
}

#[test]
fn an_import_adds_what_is_new_or_nothing() {
    let mut model = recorded();
    event(&mut model, ExpectationEvent::Loaded(Ok(three()[..1].to_vec())));
    let choose = |model: &mut Model, text: String| {
        event(model, ExpectationEvent::FileRead { name: "a.json".into(), text: Ok(text) })
    };
    let text = inspector_core::expectations::stored::write(&three());
    let new = three()[1..].to_vec();
    let change = Effect::Expectation(ExpectationEffect::Change(ListChange::Import(new)));
    assert_eq!(choose(&mut model, text.clone()), [change]);
    event(&mut model, ExpectationEvent::Stored(Ok(three())));
    assert_eq!(model.expectations.import, Some(Import::Done { imported: 2, known: 1 }));
    assert_eq!(choose(&mut model, text), []);
    assert_eq!(model.expectations.import, Some(Import::Done { imported: 0, known: 3 }));
    assert_eq!(choose(&mut model, "{".to_owned()), []);
    assert!(matches!(&model.expectations.import, Some(Import::Wrong(error)) if error.line == 1));
    assert_eq!(model.expectations.focus, Some(Focus::Import));
    update(&mut model, Event::Go(Destination::View(View::Checks)));
    assert_eq!(model.expectations.focus, None, "the focus doesn't jump when the view is shown again");
    event(&mut model, ExpectationEvent::FileChosen);
    assert_eq!(model.expectations.import, None);
    let toml = "schema = 'upscope-inspector/expectations@1'\n[[expectations]]\nname = 'x'";
    event(&mut model, ExpectationEvent::FileRead { name: "a.TOML".into(), text: Ok(toml.into()) });
    assert!(matches!(&model.expectations.import, Some(Import::Wrong(error)) if error.message.contains("pages")));
}

#[test]
fn a_change_that_fails_loses_nothing() {
    let mut model = loaded();
    event(&mut model, ExpectationEvent::Edit("tags".into()));
    let text = model.expectations.editor.as_ref().unwrap().text.replace("\"tags\"", "\"Tags\"");
    let draft = event(&mut model, ExpectationEvent::Type(text.clone()));
    assert!(matches!(&draft[..], [Effect::Expectation(ExpectationEffect::Draft(Some(draft)))] if draft.text == text));
    // Another button doesn't replace what was typed.
    event(&mut model, ExpectationEvent::Edit("id".into()));
    assert_eq!(
        (&model.expectations.editor.as_ref().unwrap().text, model.expectations.focus),
        (&text, Some(Focus::Editor))
    );
    event(&mut model, ExpectationEvent::Save);
    event(&mut model, ExpectationEvent::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert_eq!(model.expectations.editor.as_ref().unwrap().text, text);
    assert!(model.expectations.failed.is_some());
    event(&mut model, ExpectationEvent::Type("{".into()));
    assert!(model.expectations.edited().unwrap().is_err());
    assert_eq!(event(&mut model, ExpectationEvent::Save), [], "what is wrong is not saved");
    let closed = event(&mut model, ExpectationEvent::Cancel);
    assert_eq!(closed, [Effect::Expectation(ExpectationEffect::Draft(None))]);
    assert_eq!(model.expectations.focus, Some(Focus::Row(1, RowButton::Edit)));
}

#[test]
fn moves_and_removals_keep_the_focus() {
    let mut model = loaded();
    event(&mut model, ExpectationEvent::Move { name: "id".into(), up: false });
    let [id, tags, cart]: [StoredExpectation; 3] = three().try_into().unwrap();
    event(&mut model, ExpectationEvent::Stored(Ok(vec![tags, id.clone(), cart])));
    assert_eq!(model.expectations.focus, Some(Focus::Row(1, RowButton::Down)));
    let removal = event(&mut model, ExpectationEvent::Remove("id".into()));
    assert_eq!(removal, [Effect::Expectation(ExpectationEffect::Change(ListChange::Remove("id".into())))]);
    event(&mut model, ExpectationEvent::Stored(Ok(three()[1..].to_vec())));
    assert_eq!(model.expectations.focus, Some(Focus::Undo));
    let back = ListChange::PutBack { at: 1, item: id };
    assert_eq!(event(&mut model, ExpectationEvent::PutBack), [Effect::Expectation(ExpectationEffect::Change(back))]);
}

#[test]
fn a_removal_that_cannot_be_undone_yet_stays() {
    let mut model = loaded();
    event(&mut model, ExpectationEvent::Remove("id".into()));
    event(&mut model, ExpectationEvent::Stored(Ok(three()[1..].to_vec())));
    let removed = model.expectations.removed.last().cloned().unwrap();
    let undo = event(&mut model, ExpectationEvent::PutBack);
    assert_eq!((undo.len(), event(&mut model, ExpectationEvent::PutBack)), (1, vec![]), "a second click does nothing");
    event(&mut model, ExpectationEvent::Stored(Err(ListError::Refused(ListChangeError::Full))));
    assert_eq!((model.expectations.removed.last(), model.expectations.focus), (Some(&removed), Some(Focus::Undo)));
    assert!(model.expectations.failed.is_some());
    assert_eq!(event(&mut model, ExpectationEvent::PutBack), undo);
    event(&mut model, ExpectationEvent::Stored(Ok(three())));
    assert_eq!(model.expectations.removed.last(), None);
    // A removal that fails removes nothing.
    event(&mut model, ExpectationEvent::Remove("tags".into()));
    event(&mut model, ExpectationEvent::Stored(Err(ListError::Browser(BrowserError::Full("quota".into())))));
    assert_eq!(model.expectations.removed.last(), None);
}

#[test]
fn what_the_page_does_is_opened_for_review() {
    let mut model = recorded();
    update(&mut model, Event::ExpectSeen);
    let edited = model.expectations.edited().unwrap().unwrap();
    assert_eq!(edited.name(), "/ identifies its visitor");
    assert!(edited.text().contains("\"includes\""), "{}", edited.text());
    let file = FileInfo { name: "x.json".into(), at: 5000, masked: true, unreadable: 0 };
    model.source = Source::File(Some(file));
    assert!(!model.can_expect_seen());
    assert_eq!(model.seen_expectation(), None, "placeholders are nothing to expect");
}

#[test]
fn names_of_the_file_are_no_markdown_in_a_ticket() {
    let mut model = recorded();
    let key_name = "`<img src=//evil.test>`";
    let all = expectation(
        "![](//evil.test)\n# x",
        "https://acme.test/*",
        &json!({"metadata": {"keys": {key_name: {"present": true}}}}),
    );
    let name = all.name().to_owned();
    event(&mut model, ExpectationEvent::Loaded(Ok(vec![all])));
    let ticket = ticket(&model, &key(&name), true).unwrap();
    assert!(ticket.starts_with("## Expectation not met: `![](//evil.test) # x`\n"), "{ticket}");
    assert!(ticket.contains("\n### Metadata: `` `<img src=//evil.test>` ``\n"), "{ticket}");
}

#[test]
fn a_ticket_has_the_steps_and_the_proof_without_personal_data() {
    let mut model = loaded();
    let what = CopyTarget::Ticket(key("tags"));
    let copied = |model: &mut Model| match &update(model, Event::Copy { what: what.clone(), masked: true })[..] {
        [Effect::CopyTicket { key, masked }] => ticket(model, key, *masked).unwrap(),
        other => panic!("{other:?}"),
    };
    let masked = copied(&mut model);
    for part in [
        "## Expectation not met: `tags`\n",
        "\n1. Open `https://acme.test/`\n",
        "- Expected: `the item #TAG-",
        "- Evidence: `",
    ] {
        assert!(masked.contains(part), "{part} is not in {masked}");
    }
    for personal in ["ada", "bob", "#vip", "#PRO"] {
        assert!(!masked.contains(personal), "{personal} is in {masked}");
    }
    assert!(copied(&mut model).contains("'ada'"), "the second click copies the original");
    let met = Event::Copy { what: CopyTarget::Ticket(key("id")), masked: true };
    assert_eq!(update(&mut model, met), []);
}

//! Compares a recording, from the start of a page, with what the page did and with the server's record.

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::World;
use inspector_core::checks::{Facts, check};
use inspector_core::recording::entry::{CallSource, EntryData};
use inspector_core::recording::history::{Cause, RecordedCall, TabHistory, ValueKey};
use inspector_core::visitor::Field;
use serde_json::json;

in_both! {
    a_page_is_recorded_from_its_first_line;
    every_spelling_of_the_snippet_is_recorded_as_the_server_has_it;
    calls_in_a_callback_and_waiting_ones_are_marked;
    a_callback_that_the_sdk_runs_later_is_marked;
    what_is_there_twice_is_found;
    what_the_inspector_does_is_recorded_as_its_own;
}

/// Pages that create the SDK's function in different ways, and the number of calls that each makes by itself.
const SPELLINGS: [(&str, usize); 6] =
    [("/connected", 1), ("/var-held", 1), ("/module-held", 1), ("/csp", 1), ("/updated", 3), ("/snippet-twice", 2)];

fn every_spelling_of_the_snippet_is_recorded_as_the_server_has_it(world: &World) {
    let recorder = Recorder::start(world);
    for (path, calls) in SPELLINGS {
        let page = world.open(path);
        let story = recorder.wait_story(&page, "the calls", |story| {
            let doc = &story.documents[0];
            doc.calls.len() >= calls && !doc.marks.handshakes.is_empty()
        });
        let short_id = world.visitor_of(&page);
        let doc = &story.documents[0];
        assert_eq!(doc.calls.len(), calls, "{path}: {:#?}", doc.calls);
        assert!(doc.calls.iter().all(|call| call.call.at.is_some()), "{path}: a place of each call");
        // All these pages have the same visitor, and values that a page doesn't set stay. A page's update is recorded
        // before it arrives.
        world.server_holds(&short_id, &format!("what is recorded of {path}"), |visitor| {
            let held = [
                (Field::UniqueId, &visitor.unique_id),
                (Field::Identities, &visitor.identities),
                (Field::Tags, &visitor.tags),
            ];
            held.into_iter().all(|(field, held)| {
                let recorded = doc.value_history(ValueKey::Field(field)).value().map(|value| value.to_json());
                recorded.is_none() && field == Field::Tags || recorded == *held
            })
        });
        page.close().unwrap();
    }
}

fn calls_in_a_callback_and_waiting_ones_are_marked(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    page.eval("Upscope('getUserId', () => Upscope('logEvent', 'nested')); Upscope('reset'); Upscope('connect')")
        .unwrap();
    let story = recorder.wait_story(&page, "all calls to be taken", |story| {
        let doc = &story.documents[0];
        doc.marks.handshakes.len() == 2 && doc.calls.last().is_some_and(|call| call.took_effect())
    });
    let calls = &story.documents[0].calls;
    let nested = calls.iter().find(|call| call.call.name == "logEvent").expect("the nested call");
    assert_eq!(nested.call.inside.as_deref(), Some("getUserId"));
    let reset = calls.iter().find(|call| call.call.name == "reset").unwrap();
    assert!(!reset.call.waits && reset.call.inside.is_none());
}

fn a_callback_that_the_sdk_runs_later_is_marked(world: &World) {
    let recorder = Recorder::start(world);
    let inside = |path: &str, name: &str| {
        let page = world.open(path);
        let is = |call: &&RecordedCall| call.is(name);
        let story = recorder.wait_story(&page, name, |story| story.documents[0].calls.iter().any(|call| is(&call)));
        let call = story.documents[0].calls.iter().find(is).unwrap().call.clone();
        assert_eq!(call.via, CallSource::Function);
        page.close().unwrap();
        call.inside.clone()
    };
    assert_eq!(inside("/callback-recursion", "updateConnection").as_deref(), Some("getShortId"));
    assert_eq!(inside("/callback-event", "logEvent").as_deref(), Some("on"));
    // A call in a separate task, or while callbacks are pending, is attributed to the page.
    let page = world.open_connected("/connected");
    page.eval(
        "Upscope('on', 'connection', () => setTimeout(() => Upscope('logEvent', 'later'))); \
         Upscope('getLookupCode', () => Promise.resolve().then(() => Upscope('logEvent', 'soon'))); Upscope('logEvent', 'now'); \
         Upscope('getLookupCode', function code() { [0].forEach(() => Upscope('newPageview')) }); Upscope('reset'); Upscope('connect')",
    )
    .unwrap();
    let story = recorder.wait_story(&page, "all of them", |story| {
        let calls = &story.documents[0].calls;
        calls.iter().filter(|call| call.is("logEvent")).count() == 3 && calls.iter().any(|call| call.is("newPageview"))
    });
    for call in &story.documents[0].calls {
        // Two functions may have received this callback, so the recording can't name one.
        let expected = if call.is("newPageview") { Some("") } else { None };
        assert_eq!(call.call.inside.as_deref(), expected, "{:?}", call.call);
    }
}

/// Pages that contain something twice, and the finding of each.
const TWICE: [(&str, &str); 8] = [
    ("/loaded-twice", "two-sdks"),
    ("/two-keys", "two-sdks"),
    ("/sdk-twice", "two-sdks"),
    ("/snippet-twice", "two-sdks"),
    ("/snippet-twice", "init-repeated"),
    ("/init-twice", "init-repeated"),
    ("/snippet-replaced", "snippet-twice"),
    ("/callback-recursion", "nested-call"),
];

fn what_is_there_twice_is_found(world: &World) {
    let recorder = Recorder::start(world);
    let finds = |story: &TabHistory, id: &str| check(&Facts::new(story, None)).iter().any(|found| found.check == id);
    for (path, id) in TWICE {
        let page = world.open(path);
        recorder.wait_story(&page, &format!("{id} on {path}"), |story| finds(story, id));
        page.close().unwrap();
    }
    let page = world.open_connected("/connected");
    let story = recorder.wait_story(&page, "the handshake", |story| !story.documents[0].marks.handshakes.is_empty());
    for (_, id) in TWICE {
        assert!(!finds(&story, id), "{id} on a page that has everything once");
    }
}

fn what_the_inspector_does_is_recorded_as_its_own(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("connected");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "mine");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    let story = recorder.wait_story(&page, "the edit", |story| {
        story.documents[0]
            .value_history(ValueKey::Field(Field::UniqueId))
            .now()
            .is_some_and(|now| now.cause == Cause::OwnEdit)
    });
    assert_eq!(
        story.documents[0].value_history(ValueKey::Field(Field::UniqueId)).value().unwrap().to_json(),
        json!("mine")
    );
    let replied = |what: &EntryData| matches!(what, EntryData::Inspector { reply: Some(_), .. });
    recorder.wait(&page, "its end", |timeline| timeline.ordered().iter().any(|(_, entry)| replied(&entry.what)));
}

fn a_page_is_recorded_from_its_first_line(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let story = recorder.wait_story(&page, "the handshake", |story| !story.documents[0].marks.handshakes.is_empty());
    let doc = &story.documents[0];
    assert!(doc.complete && doc.top && !doc.less_trusted);
    let init = &doc.calls[0];
    assert_eq!((init.call.name.as_str(), init.call.via, init.call.waits), ("init", CallSource::Function, true));
    let at = init.call.at.as_ref().expect("the call's place is known");
    assert_eq!((at.url.as_str(), at.line), (world.site.url("/connected").as_str(), 20));
    let unique_id = doc.value_history(ValueKey::Field(Field::UniqueId)).now().unwrap();
    assert_eq!((unique_id.cause, unique_id.entry), (Cause::Call, init.entry));
    assert_eq!(doc.value_history(ValueKey::ShortId).value().unwrap().to_json(), json!(short_id));
    let visitor = world.site.visitor(&short_id).unwrap();
    assert_eq!(Some(unique_id.value.as_ref().unwrap().to_json()), visitor.unique_id);
    page.eval("Upscope('updateConnection', { uniqueId: 'later', tags: null })").unwrap();
    let story = recorder.wait_story(&page, "the update", |story| story.documents[0].calls.len() == 2);
    let doc = &story.documents[0];
    assert_eq!(doc.value_history(ValueKey::Field(Field::UniqueId)).value().unwrap().to_json(), json!("later"));
    let sent =
        |what: &EntryData| matches!(what, EntryData::Frame(frame) if frame.out && frame.name == "connectionUpdate");
    recorder.wait(&page, "the frame", |timeline| timeline.ordered().iter().any(|(_, entry)| sent(&entry.what)));
}

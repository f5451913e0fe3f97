//! A page that attacks its recorder can't read, forge, flood or break the recording.

use crate::hostile::survival::{Attack, LOOKS};
use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{SOON, World};
use inspector_core::recording::entry::{CallSource, DropReason, EntryData};
use inspector_core::recording::{MAX_ENTRIES, Timeline};
use serde_json::json;

in_both! {
    a_page_that_replaced_every_built_in_neither_hears_nor_forges;
    a_flood_is_cut_counted_and_cheap;
    what_a_flood_lost_is_reported_without_another_call;
    huge_and_hostile_arguments_are_cut_and_change_nothing;
    a_locked_error_costs_the_place_only;
    frames_that_forge_replay_and_flood_are_trusted_less;
    hostile_pages_are_recorded_and_stay_as_they_were;
}

fn a_page_that_replaced_every_built_in_neither_hears_nor_forges(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/hostile-forger");
    let story = recorder.wait_story(&page, "the handshake", |story| !story.documents[0].marks.handshakes.is_empty());
    let doc = &story.documents[0];
    let names: Vec<_> = doc.calls.iter().map(|call| call.call.name.as_str()).collect();
    assert_eq!(names, ["init"], "nothing was forged");
    assert_eq!(doc.calls[0].call.given("uniqueId").map(|id| id.to_json()), Some(json!("cust-1042")));
    assert!(doc.calls[0].call.at.is_some() && doc.complete && !doc.less_trusted);
    let heard = page.eval("window.__heard").unwrap();
    assert_eq!((&heard["texts"], &heard["channels"]), (&json!([]), &json!(0)), "{heard}");
}

fn a_flood_is_cut_counted_and_cheap(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/autoconnect-off");
    let ms = page.eval("const begin = performance.now(); for (let i = 0; i < 100000; i++) Upscope('logEvent', i); const ms = performance.now() - begin; \
        Upscope.q.splice(0, 5000); return ms");
    let ms = ms.unwrap().as_f64().unwrap();
    assert!(ms < 15_000.0, "{ms} ms for 100,000 calls");
    let dropped =
        |what: &EntryData| if let EntryData::Drop { count, why: DropReason::Rate } = what { *count } else { 0 };
    let is_call = |what: &EntryData| matches!(what, EntryData::Call(_));
    let reported = |timeline: &Timeline| -> u64 {
        timeline.ordered().iter().map(|(_, entry)| dropped(&entry.what) + u64::from(is_call(&entry.what))).sum()
    };
    // `init` adds one. During a flood of several seconds, the recorder reports ignored calls in parts.
    let timeline = recorder.wait(&page, "every call to be reported", |timeline| reported(timeline) >= 100_001);
    // The count may also include ignored entries about calls that left the queue.
    let reported = reported(&timeline);
    assert!(reported < 100_400, "{reported} calls are reported");
    assert!(timeline.len() < MAX_ENTRIES);
    let calls = |via: CallSource| {
        let is = |what: &EntryData| matches!(what, EntryData::Call(call) if call.via == via);
        timeline.ordered().iter().filter(|(_, entry)| is(&entry.what)).count()
    };
    assert_eq!(
        calls(CallSource::Push) + calls(CallSource::Queue),
        0,
        "what was dropped is not found anew in the queue"
    );
    // After a pause, calls are recorded again.
    let again = |what: &EntryData| matches!(what, EntryData::Call(call) if call.name == "reset");
    page.eval("Upscope('reset')").unwrap();
    recorder.wait(&page, "a call after the flood", |timeline| {
        timeline.ordered().iter().any(|(_, entry)| again(&entry.what))
    });
}

fn what_a_flood_lost_is_reported_without_another_call(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/autoconnect-off");
    recorder.wait_story(&page, "the load", |story| story.documents[0].marks.load.is_some());
    // More text than the relay accepts, until it accepts none.
    page.eval(
        "let rounds = 40; const timer = setInterval(() => { \
           for (let i = 0; i < 10; i++) Upscope('logEvent', i, ...Array(7).fill('x'.repeat(2000))); \
           if (!--rounds) clearInterval(timer); \
         }, 100); return true",
    )
    .unwrap();
    let is_call = |what: &EntryData| matches!(what, EntryData::Call(call) if call.name == "logEvent");
    let recorded = |timeline: &Timeline| timeline.ordered().iter().filter(|(_, entry)| is_call(&entry.what)).count();
    let timeline = recorder.wait(&page, "each call to be recorded or reported", |timeline| {
        recorded(timeline) as u64 + timeline.losses().total() == 400
    });
    assert!(timeline.losses().total() > 0);
}

fn huge_and_hostile_arguments_are_cut_and_change_nothing(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/autoconnect-off");
    let thrown = page.eval(
        "const calls = []; \
         const trap = new Proxy({}, { ownKeys() { calls.push('keys'); throw new Error('trap') }, getOwnPropertyDescriptor() { throw new Error('trap') } }); \
         const circle = {}; circle.self = circle; \
         const getter = { get uniqueId() { calls.push('getter'); return 'x' } }; \
         const wide = Object.fromEntries(Array.from({ length: 50000 }, (_, i) => ['k' + i, i])); \
         const long = 'x'.repeat(50e6); \
         for (const argument of [trap, circle, getter, wide, long, { long }, Array(1e6), '\\ud800', 1n, Symbol('s'), document.body, window]) { \
           try { Upscope('logEvent', argument) } catch (error) { calls.push(String(error)) } \
         } \
         try { Upscope.apply(null, Array(1000).fill('many')) } catch (error) { calls.push(String(error)) } \
         Upscope(); Upscope({}); Upscope(null, 1); Upscope.c(); Upscope.c(null); \
         return calls.filter((one) => one !== 'keys')",
    );
    assert_eq!(thrown.unwrap(), json!([]), "nothing was thrown and no getter ran");
    page.eval("Upscope('reset')").unwrap();
    let last = |what: &EntryData| matches!(what, EntryData::Call(call) if call.name == "reset");
    let timeline =
        recorder.wait(&page, "the last call", |timeline| timeline.ordered().iter().any(|(_, entry)| last(&entry.what)));
    let unknown =
        timeline.ordered().iter().filter(|(_, entry)| matches!(entry.what, EntryData::Unknown { .. })).count();
    assert_eq!(unknown, 0, "every entry can be read");
    let events = timeline
        .ordered()
        .iter()
        .filter(|(_, e)| matches!(&e.what, EntryData::Call(call) if call.name == "logEvent"))
        .count();
    assert_eq!(events, 12);
}

fn a_locked_error_costs_the_place_only(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/autoconnect-off");
    page.eval("Error.prepareStackTrace = () => { throw new Error('mine') }; Upscope('logEvent', 1); const kept = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace'); \
        if (!kept || !kept.writable || String(kept.value) !== \"() => { throw new Error('mine') }\") throw new Error('changed'); \
        Object.defineProperty(Error, 'stackTraceLimit', { get() { window.ran = true; return 5 }, configurable: false }); \
        Upscope('logEvent', 2)").unwrap();
    assert_eq!(page.eval("window.ran ?? false").unwrap(), json!(false));
    let story = recorder.wait_story(&page, "both calls", |story| story.documents[0].calls.len() == 3);
    assert!(story.documents[0].calls[2].call.at.is_none());
    page.wait_for("the page", "document.readyState === 'complete'", SOON).unwrap();
}

fn frames_that_forge_replay_and_flood_are_trusted_less(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/hostile/forging");
    page.wait_for("both frames to have asked for the channel", "window.asked === 2", SOON).unwrap();
    page.eval("Upscope('logEvent', 'mine')").unwrap();
    // Each document sends its batches separately, up to a second later.
    let story = recorder.wait_story(&page, "the page's own call, and the frames", |story| {
        let own = story.documents.iter().find(|document| document.top);
        let is_called = own.is_some_and(|document| document.calls.iter().any(|call| call.is("logEvent")));
        is_called && story.documents.len() >= 3
    });
    assert!(recorder.timeline(&page).len() < MAX_ENTRIES);
    for document in &story.documents {
        let names: Vec<_> = document.calls.iter().map(|call| call.call.name.as_str()).collect();
        assert!(document.less_trusted || names == ["init", "logEvent"], "{names:?}");
        assert_eq!(document.less_trusted, !document.top);
    }
}

fn hostile_pages_are_recorded_and_stay_as_they_were(world: &World) {
    let _recorder = Recorder::start(world);
    // The recorder puts its proxy into `c`, also where the SDK is a proxy of the page.
    let allowed = [&LOOKS[..], &["trap defineProperty"]].concat();
    for name in ["objects", "values", "globals", "frozen", "replaced", "storage", "policy"] {
        let attack = Attack::start(world, &format!("/hostile/{name}"));
        attack.assert_harmless(&allowed);
        attack.page.close().unwrap();
    }
}

//! Recording while documents end and begin, and while the background stops.

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{SOON, World};
use inspector_core::checks::{Facts, check};
use inspector_core::recording::Timeline;
use inspector_core::recording::entry::{EntryData, PageMoment};
use inspector_core::recording::history::{Cause, TabHistory, ValueKey};
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage::{MAX_STORED, VERSION, chunk_key, index_key};
use inspector_core::visitor::Field;
use serde_json::json;

in_both! {
    a_tab_is_recorded_across_loads_and_routes;
    a_page_that_leaves_before_it_has_loaded_is_recorded;
    a_page_that_comes_back_from_the_cache_goes_on;
    a_worker_that_stops_in_the_middle_loses_nothing;
    a_batch_that_could_not_be_stored_is_sent_again;
    a_tab_that_closes_is_forgotten_and_the_other_is_not;
    frames_of_every_kind_are_recorded_and_trusted_less;
    beyond_the_cap_the_oldest_of_the_largest_go;
    a_long_page_keeps_its_beginning;
    an_opened_window_is_trusted_less;
}

/// Firefox doesn't prerender pages.
#[test]
fn a_page_loaded_ahead_counts_once_it_is_shown_chromium() {
    crate::support::run(xtask::drive::Kind::Chromium, a_page_loaded_ahead_counts_once_it_is_shown);
}

mod private_windows {
    use super::a_private_window_is_recorded_where_the_person_allowed_it;
    use crate::support::{extension, run_with};
    use xtask::drive::{Kind, Options};

    fn run(kind: Kind) {
        let options = Options { private: true, ..Options::new(extension()) };
        run_with(kind, &options, a_private_window_is_recorded_where_the_person_allowed_it);
    }

    #[test]
    fn chromium() {
        run(Kind::Chromium);
    }

    #[test]
    fn firefox() {
        run(Kind::Firefox);
    }
}

fn moments(timeline: &Timeline) -> Vec<PageMoment> {
    let moment = |what: &EntryData| if let EntryData::Page(page) = what { Some(page.what) } else { None };
    timeline.ordered().into_iter().filter_map(|(_, entry)| moment(&entry.what)).collect()
}

fn names(timeline: &Timeline) -> Vec<String> {
    let name = |what: &EntryData| if let EntryData::Call(call) = what { Some(call.name.clone()) } else { None };
    timeline.ordered().into_iter().filter_map(|(_, entry)| name(&entry.what)).collect()
}

fn a_page_that_leaves_before_it_has_loaded_is_recorded(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/leaves");
    let timeline = recorder.wait(&page, "both documents", |timeline| {
        moments(timeline).contains(&PageMoment::Load) && timeline.in_order().len() == 2
    });
    assert_eq!(names(&timeline), ["init", "init"]);
    let begin = moments(&timeline);
    assert_eq!(begin[..3], [PageMoment::Start, PageMoment::Hide, PageMoment::Start]);
}

fn a_tab_is_recorded_across_loads_and_routes(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/spa");
    page.click("#navigate").unwrap();
    recorder.wait(&page, "the route", |timeline| moments(timeline).contains(&PageMoment::Route));
    // The last call before the document unloads must arrive too.
    page.eval("addEventListener('pagehide', () => Upscope('logEvent', 'leaving'))").unwrap();
    page.navigate(&world.site.url("/connected")).unwrap();
    let timeline = recorder.wait(&page, "both documents", |timeline| {
        // The end of one document may arrive after the load of the next.
        moments(timeline).iter().filter(|what| **what == PageMoment::Load).count() == 2
            && moments(timeline).contains(&PageMoment::Hide)
            && names(timeline).contains(&"logEvent".to_owned())
    });
    let documents = timeline.in_order();
    assert_eq!(documents.len(), 2);
    assert!(documents.iter().all(|document| document.losses().total() == 0));
}

fn a_page_that_comes_back_from_the_cache_goes_on(world: &World) {
    let recorder = Recorder::start(world);
    // Without a socket, which prevents the back/forward cache.
    let page = world.open("/autoconnect-off");
    page.eval("window.stayed = true; Upscope('updateConnection', { uniqueId: 'before' })").unwrap();
    page.navigate(&world.site.url("/no-upscope")).unwrap();
    page.back().unwrap();
    page.wait_for("the page to be loaded", "document.readyState === 'complete'", SOON).unwrap();
    let cached = page.eval("window.stayed === true").unwrap() == json!(true);
    page.eval("Upscope('updateConnection', { uniqueId: 'after' })").unwrap();
    let timeline = recorder.wait(&page, "the call after", |timeline| {
        names(timeline).iter().filter(|name| *name == "updateConnection").count() == 2
    });
    assert!(timeline.in_order().iter().all(|document| document.losses().total() == 0));
    if cached {
        assert_eq!(timeline.in_order().len(), 2, "the same document goes on");
        assert!(moments(&timeline).contains(&PageMoment::Show));
    }
}

fn a_worker_that_stops_in_the_middle_loses_nothing(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    for round in 0..3 {
        page.eval(&format!("for (let i = 0; i < 20; i++) Upscope('logEvent', {round}, i)")).unwrap();
        world.browser.stop_background().unwrap();
        page.eval(&format!("for (let i = 20; i < 40; i++) Upscope('logEvent', {round}, i)")).unwrap();
    }
    let timeline = recorder
        .wait(&page, "every call", |timeline| names(timeline).iter().filter(|name| *name == "logEvent").count() == 120);
    assert_eq!(timeline.in_order()[0].losses().total(), 0);
}

fn a_batch_that_could_not_be_stored_is_sent_again(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    recorder.wait(&page, "its init", |timeline| names(timeline).contains(&"init".to_owned()));
    let refuse_once = "const area = chrome.storage.session, { set } = area; \
         globalThis.refused = false; \
         area.set = async () => { area.set = set; globalThis.refused = true; throw new Error('no room'); }";
    world.browser.eval_background(refuse_once).unwrap();
    page.eval("Upscope('logEvent', 'first')").unwrap();
    let refused = || world.browser.eval_background("globalThis.refused").unwrap() == json!(true);
    recorder.wait(&page, "the refusal", |_| refused());
    page.eval("Upscope('logEvent', 'second')").unwrap();
    let timeline = recorder
        .wait(&page, "both calls", |timeline| names(timeline).iter().filter(|name| *name == "logEvent").count() == 2);
    assert_eq!(timeline.in_order()[0].losses().total(), 0);
}

fn a_tab_that_closes_is_forgotten_and_the_other_is_not(world: &World) {
    let recorder = Recorder::start(world);
    let [one, other] = ["/connected", "/updated"].map(|path| world.open_connected(path));
    for page in [&one, &other] {
        recorder.wait(page, "its calls", |timeline| names(timeline).contains(&"init".to_owned()));
    }
    let tab = one.tab_id().unwrap() as i32;
    one.close().unwrap();
    recorder.wait_forgotten(tab);
    assert!(names(&recorder.timeline(&other)).contains(&"init".to_owned()));
    let cleared = recorder.ask(&json!({ "clearRecording": { "tab": other.tab_id().unwrap() } }));
    assert_eq!(cleared["recordedSites"]["sites"].as_array().unwrap().len(), 1);
    assert!(!names(&recorder.timeline(&other)).contains(&"init".to_owned()));
}

fn frames_of_every_kind_are_recorded_and_trusted_less(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/sandboxed");
    page.eval(
        "const frame = document.createElement('iframe'); \
         frame.src = URL.createObjectURL(new Blob(['<script>window.Upscope=function(){Upscope.c(arguments)};Upscope.q=[];Upscope.c=function(a){Upscope.q.push(a)};Upscope(\"init\",{})</' + 'script>'], { type: 'text/html' })); \
         document.body.append(frame)",
    )
    .unwrap();
    let timeline = recorder.wait(&page, "the calls of four frames", |timeline| {
        names(timeline).iter().filter(|name| *name == "init").count() == 4
    });
    for document in timeline.in_order() {
        assert_eq!(document.sender.less_trusted, !document.sender.top, "{:?}", document.sender);
    }
}

fn an_opened_window_is_trusted_less(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/no-upscope");
    // A page can open a window in response to a click. It does so in a later task, after the driver's click has
    // returned.
    page.eval("document.body.innerHTML = '<button>Open</button>'; document.querySelector('button').onclick = () => setTimeout(() => open('/connected?opened'), 50); 0").unwrap();
    page.click("button").unwrap();
    let opened = world.browser.wait_for_page("?opened", SOON).unwrap();
    let timeline = recorder.wait(&opened, "its init", |timeline| names(timeline).contains(&"init".to_owned()));
    assert!(timeline.in_order()[0].sender.less_trusted);
}

fn a_page_loaded_ahead_counts_once_it_is_shown(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open("/no-upscope");
    let rules = json!({ "prerender": [{ "urls": ["/autoconnect-off?ahead"], "eagerness": "immediate" }] });
    page.eval(&format!(
        "const rules = document.createElement('script'); rules.type = 'speculationrules'; \
         rules.textContent = JSON.stringify({rules}); document.body.append(rules); return 1"
    ))
    .unwrap();
    let is_shown = |story: &TabHistory, part: &str| story.page().is_some_and(|page| page.url.contains(part));
    let ahead = recorder.wait_story(&page, "the page loaded ahead", |story| {
        story.documents.iter().any(|document| document.marks.ahead && !document.calls.is_empty())
    });
    assert!(is_shown(&ahead, "/no-upscope"), "{:#?}", ahead.documents);
    page.eval_leaving("{ location.href = '/autoconnect-off?ahead'; }").unwrap();
    let shown = recorder.wait_story(&page, "it to be shown", |story| is_shown(story, "?ahead"));
    assert_eq!(shown.documents.len(), 2, "the same document: {:#?}", shown.documents);
}

fn a_private_window_is_recorded_where_the_person_allowed_it(world: &World) {
    let recorder = Recorder::start(world);
    let open = json!({ "incognito": true, "url": world.site.url("/connected?private") });
    let opened = format!("chrome.windows.create({open}).then((window) => window.incognito)");
    assert_eq!(recorder.0.eval(&opened).unwrap(), json!(true));
    let page = world.browser.wait_for_page("?private", SOON).unwrap();
    recorder.wait(&page, "its init", |timeline| names(timeline).contains(&"init".to_owned()));
    let tab = page.tab_id().unwrap() as i32;
    page.close().unwrap();
    recorder.wait_forgotten(tab);
    let kept = recorder.0.eval("chrome.storage.local.get(null).then(JSON.stringify)").unwrap().to_string();
    assert!(!kept.contains("private"), "{kept}");
}

fn beyond_the_cap_the_oldest_of_the_largest_go(world: &World) {
    let recorder = Recorder::start(world);
    // This page never connects. A batch that is stored meanwhile would overwrite the changed sizes.
    let page = world.open("/autoconnect-off");
    recorder.wait(&page, "its init and its load", |timeline| {
        names(timeline).contains(&"init".to_owned()) && moments(timeline).contains(&PageMoment::Load)
    });
    // Another tab's recording almost fills the limit for all recordings. Making it with calls would take half a minute.
    let [index, chunk, most] = [index_key(7_000_000), chunk_key(7_000_000, "0"), MAX_STORED.to_string()];
    let fill = format!(
        "const LONG = 65_000, many = Math.floor({most} / LONG), stored = {{ recordingSizes: (await chrome.storage.session.get('recordingSizes')).recordingSizes }}; \
         const key = (n) => '{chunk}'.replace(/0$/, n); \
         for (let n = 0; n < many; n++) stored[key(n)] = [['{{}}', ['x'.repeat(LONG - 2)]]]; \
         const chunks = Object.fromEntries(Array.from({{ length: many }}, (_, n) => [n, {{ entries: 1, bytes: LONG, of: null }}])); \
         stored['{index}'] = {{ v: {VERSION}, to: many, entries: many, dropped: 0, chunks, documents: {{}} }}; \
         stored.recordingSizes[7_000_000] = many * LONG; await chrome.storage.session.set(stored); return many"
    );
    recorder.0.eval(&fill).unwrap();
    page.eval(
        "for (let i = 0; i < 10; i++) Upscope('logEvent', 'x'.repeat(2000), [...'abcdef'].map((c) => c.repeat(2000)))",
    )
    .unwrap();
    let dropped = format!(
        "chrome.storage.session.get(['{index}', '{chunk}', 'recordingSizes']).then((kept) => kept['{index}'].dropped > 0 \
           && Number(Object.keys(kept['{index}'].chunks)[0]) === kept['{index}'].dropped && !kept['{chunk}'] \
           && Object.values(kept.recordingSizes).reduce((sum, size) => sum + size) <= {most})"
    );
    recorder.0.wait_for("the oldest to be dropped", &dropped, SOON).unwrap();
    let timeline = recorder
        .wait(&page, "every call", |timeline| names(timeline).iter().filter(|name| *name == "logEvent").count() == 10);
    assert_eq!(timeline.in_order()[0].losses().total(), 0, "the smaller recording is whole");
}

/// Seven long texts: 14 KB, so that five of them fill a chunk.
const LONG_CALL: &str = "Upscope('logEvent', ...[...'abcdefg'].map((c) => c.repeat(2000)))";

fn a_long_page_keeps_its_beginning(world: &World) {
    let recorder = Recorder::start(world);
    // This page never connects, so only the test's calls are recorded.
    let page = world.open("/autoconnect-off");
    let calls = |timeline: &Timeline| names(timeline).iter().filter(|name| *name == "logEvent").count();
    // One at a time, because calls of one batch stay together.
    for count in 1..=14 {
        page.eval(LONG_CALL).unwrap();
        recorder.wait(&page, "the call", |timeline| calls(timeline) == count);
    }
    // From here on, the tab's recording almost fills its limit, with chunks that can't be read.
    let [tab, index] = [page.tab_id().unwrap().to_string(), index_key(page.tab_id().unwrap() as i32)];
    let fill = format!(
        "const LONG = 65_000, {{ '{index}': index, recordingSizes: sizes }} = await chrome.storage.session.get(['{index}', 'recordingSizes']); \
         const filler = {{}}; \
         while (sizes[{tab}] + LONG < {MAX_STORED}) {{ \
           filler['{index}:' + index.to] = [['{{}}', ['x'.repeat(LONG - 2)]]]; \
           index.chunks[index.to++] = {{ entries: 1, bytes: LONG, of: null }}; \
           index.entries++; sizes[{tab}] += LONG; \
         }} \
         await chrome.storage.session.set({{ ...filler, '{index}': index, recordingSizes: sizes }}); return index.to"
    );
    recorder.0.eval(&fill).unwrap();
    page.eval(&format!("for (let i = 0; i < 6; i++) {LONG_CALL}")).unwrap();
    let kept = format!(
        "chrome.storage.session.get(['{index}', 'recordingSizes']).then(({{ '{index}': index, recordingSizes: sizes }}) => \
           index.dropped > 0 && Object.values(sizes).reduce((sum, size) => sum + size) <= {MAX_STORED} && index.dropped)"
    );
    let last = recorder.wait(&page, "the last call", |timeline| {
        let is_last = |what: &EntryData| matches!(what, EntryData::Call(call) if call.id == 20);
        timeline.ordered().iter().any(|(_, entry)| is_last(&entry.what))
    });
    let dropped = recorder.0.eval(&kept).unwrap();
    let gaps = last.in_order()[0].gaps();
    assert!(matches!(gaps[..], [gap] if json!(gap.count) == dropped), "{gaps:?} of {dropped}");

    let story = replay(&last);
    let doc = &story.documents[0];
    let unique_id = doc.value_history(ValueKey::Field(Field::UniqueId)).now().unwrap();
    assert_eq!((unique_id.cause, doc.call(unique_id.entry).unwrap().call.name.as_str()), (Cause::Call, "init"));
    let found = check(&Facts::new(&story, None));
    assert!(!found.iter().any(|finding| finding.check.starts_with("init-")), "{found:#?}");

    let list = world.open_recorded(&format!("?tab={tab}"));
    list.wait_for("#entries .row");
    list.0.eval("document.getElementById('entries').scrollTop = 0").unwrap();
    list.wait(
        "the gap",
        &format!("document.querySelector('[data-gap=\"{dropped}\"]')?.innerText.includes('free space: {dropped}')"),
    );
    assert!(list.text().contains(&format!("Older entries removed to free space: {dropped}")), "{}", list.text());
    let popup = world.inspect_in_tab(&page);
    let provenance =
        popup.wait("who set it", "document.querySelector('[data-field=uniqueId] [data-cause=call]')?.innerText");
    assert!(provenance.as_str().unwrap().contains("init"), "{provenance}");
}

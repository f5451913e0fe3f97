//! Tools for recording: a recorded site, and a tab's recording, read as the extension stores it.

use crate::support::{SOON, World};
use inspector_core::recording::Timeline;
use inspector_core::recording::history::TabHistory;
use inspector_core::recording::replay::replay;
use inspector_core::recording::storage;
use inspector_launch::wait;
use serde_json::{Value, json};
use xtask::drive::Page;

/// The site's pages, on every port.
pub const SITE: &str = "http://127.0.0.1/*";

/// An extension page that requested to record the site.
pub struct Recorder(pub Page);

impl Recorder {
    /// Records the site, with the permission granted.
    pub fn start(world: &World) -> Self {
        world.browser.grant_host(SITE).unwrap();
        let blank = world.open("/no-upscope");
        let recorder = Self(world.browser.open_extension_page("popup.html?tab=0").unwrap());
        let answer = recorder.ask(&json!({ "startRecording": { "pattern": SITE, "tab": blank.tab_id().unwrap() } }));
        assert_eq!(answer, json!({ "recordedSites": { "sites": [SITE] } }));
        // The recorder's accessor for `Upscope` shows that the tab was reloaded.
        blank
            .wait_for("the page to be recorded", "'Upscope' in window && document.readyState === 'complete'", SOON)
            .unwrap();
        blank.close().unwrap();
        recorder
    }

    /// Sends the background a request.
    pub fn ask(&self, request: &Value) -> Value {
        self.0.eval(&format!("chrome.runtime.sendMessage({request})")).unwrap()
    }

    /// Everything in the session storage.
    pub fn stored(&self) -> Value {
        self.0.eval("chrome.storage.session.get(null)").unwrap()
    }

    /// The recording of the page's tab so far.
    pub fn timeline(&self, page: &Page) -> Timeline {
        self.timeline_of(page.tab_id().unwrap() as i32)
    }

    /// The recording of a tab so far.
    pub fn timeline_of(&self, tab: i32) -> Timeline {
        let stored = self.stored();
        let mut timeline = Timeline::default();
        let index = &stored[storage::index_key(tab)];
        let key = |(number, chunk): (&String, &Value)| {
            chunk["key"].as_str().map_or_else(|| storage::chunk_key(tab, number), str::to_owned)
        };
        let chunks = index["chunks"].as_object().into_iter().flat_map(|chunks| chunks.iter().map(key));
        for batch in chunks.flat_map(|key| stored[key].as_array().unwrap()) {
            let texts = batch[1].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
            storage::push(&mut timeline, batch[0].as_str().unwrap(), texts);
        }
        timeline
    }

    /// Waits until nothing is stored for a tab any more.
    pub fn wait_forgotten(&self, tab: i32) {
        let gone = format!(
            "chrome.storage.session.get(null).then(kept => !Object.keys(kept).some(key => key.startsWith('{}')))",
            storage::index_key(tab)
        );
        self.0.wait_for("the closed tab to be forgotten", &gone, SOON).unwrap();
    }

    /// Waits until `is` holds for the recording of the page's tab.
    pub fn wait(&self, page: &Page, what: &str, is: impl Fn(&Timeline) -> bool) -> Timeline {
        let mut last = Timeline::default();
        let found = wait(SOON, || {
            last = self.timeline(page);
            Ok(is(&last).then(|| std::mem::take(&mut last)))
        });
        found.unwrap().unwrap_or_else(|()| {
            let entries: Vec<_> = last.ordered().into_iter().rev().take(8).map(|(_, entry)| entry.clone()).collect();
            panic!("waited for {what}; {} entries, the last: {entries:#?}", last.len())
        })
    }

    /// Like [`Recorder::wait`], for the replayed recording, which has at least one document.
    pub fn wait_story(&self, page: &Page, what: &str, is: impl Fn(&TabHistory) -> bool) -> TabHistory {
        let replayed = |timeline: &Timeline| Some(replay(timeline)).filter(|story| !story.documents.is_empty());
        replay(&self.wait(page, what, |timeline| replayed(timeline).is_some_and(|story| is(&story))))
    }
}

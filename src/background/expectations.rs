//! Judges the expectations of the organization and of the person, in a lazy part: what reads a file of expectations is
//! large, and most people have none.

use crate::errors::BrowserError;
use crate::lazy::lazy;
use crate::managed;
use crate::storage_format::expectations::EXPECTATIONS_KEY;
use crate::webext::storage;
use inspector_core::expectations::stored::{StoredExpectation, read_file, read_stored};
use inspector_core::expectations::{Format, Outcome, Recorded, judge, outcome_in};
use inspector_core::recording::Timeline;
use inspector_core::recording::history::TabHistory;
use js_sys::Date;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static LAST_READ: RefCell<Option<(StoredTexts, Rc<[StoredExpectation]>)>> = RefCell::default();
}

/// The texts of the expectations, as they are stored.
#[derive(PartialEq)]
pub struct StoredTexts {
    own: Option<String>,
    managed: Option<String>,
}

impl StoredTexts {
    /// Reads the texts. A failure isn't read as "no expectations".
    pub async fn read() -> Result<Self, BrowserError> {
        let own = storage::local::get(EXPECTATIONS_KEY).await?.as_string();
        let managed = managed::read_policy().await.expectations.map(|file| file.text);
        Ok(Self { own, managed })
    }

    pub fn is_empty(&self) -> bool {
        self.own.is_none() && self.managed.is_none()
    }

    /// All expectations. What can't be read is shown in the view of the expectations and left out here. They are read
    /// again only when a text has changed, because this is asked for each batch of entries.
    fn expectations(self) -> Rc<[StoredExpectation]> {
        LAST_READ.with_borrow_mut(|last| {
            if let Some((_, read)) = last.as_ref().filter(|(texts, _)| *texts == self) {
                return read.clone();
            }
            let read: Rc<[_]> = self.read_all().into();
            *last = Some((self, read.clone()));
            read
        })
    }

    fn read_all(&self) -> Vec<StoredExpectation> {
        let own = self.own.as_deref().and_then(read_stored).unwrap_or_default();
        let managed = self.managed.as_deref().and_then(|text| read_file(text, Format::Json).ok()).unwrap_or_default();
        managed.into_iter().chain(own).collect()
    }
}

/// The verdicts on the page that a tab shows.
#[derive(Default)]
pub struct PageVerdicts {
    /// The number of expectations that are not met.
    pub failing: usize,
    /// The milliseconds until a verdict changes without an entry.
    pub left: Option<i64>,
}

lazy! {
    /// Judges the page that the tab shows.
    #[part(expectations)]
    pub async fn judge_page(texts: StoredTexts, timeline: Timeline, history: TabHistory) -> PageVerdicts {
        verdicts(&texts.expectations(), &timeline, &history)
    }
}

fn verdicts(expectations: &[StoredExpectation], timeline: &Timeline, history: &TabHistory) -> PageVerdicts {
    let Some(page) = history.page().filter(|_| !expectations.is_empty()) else { return PageVerdicts::default() };
    let recorded = Recorded::live(timeline, history, Date::now() as i64);
    let judged = judge(expectations.iter().map(StoredExpectation::expectation), &recorded);
    let failing = judged.iter().filter(|one| outcome_in(&one.visits, Some(page.document)) == Outcome::NotMet).count();
    let verdicts = judged.iter().flat_map(|one| &one.visits).flat_map(|visit| &visit.verdicts);
    PageVerdicts { failing, left: verdicts.filter_map(|(_, verdict)| verdict.left()).min() }
}

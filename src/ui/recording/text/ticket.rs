//! An expectation that is not met, as Markdown for an issue tracker.

use super::{entry_text, expectation_text};
use crate::i18n::*;
use crate::ui::recording::state::Model;
use crate::ui::recording::state::expectations::ExpectationKey;
use crate::ui::text::clock;
use inspector_core::expectations::{Requirement, Subject, Verdict, VisitVerdict};
use inspector_core::js_text;
use inspector_core::recording::entry::{EntryData, EntryId};
use inspector_core::recording::mask::{Masker, mask_entry};
use inspector_core::visitor::page_value::PageValue;

/// Maximum length of a value in bytes.
const MAX_VALUE: usize = 500;

/// Maximum number of steps. The newest are written.
const MAX_STEPS: usize = 10;

/// The newest visit in which the expectation is not met: the page, the steps to it, and each part with what was
/// expected and observed. `None` if there is no such visit. `masked` replaces personal data by placeholders.
pub fn ticket(model: &Model, key: &ExpectationKey, masked: bool) -> Option<String> {
    let (expectation, visit) = model.expectations.failing_visit(key)?;
    let mut writer = Writer { model, masks: masked.then(Masker::default) };
    let mut lines = vec![
        format!("## {}", words::ticket_title(&code(&expectation.name))),
        String::new(),
        line(TICKET_PAGE, &writer.url(&visit.url)),
        format!("- {}", expectation_text::when_with(expectation, code)),
        String::new(),
        format!("### {}", TICKET_STEPS.text()),
        String::new(),
    ];
    lines.extend(writer.steps(visit));
    for (subject, verdict) in &visit.verdicts {
        lines.extend(writer.part(subject, verdict));
    }
    Some(lines.join("\n") + "\n")
}

struct Writer<'a> {
    model: &'a Model,
    masks: Option<Masker>,
}

impl Writer<'_> {
    fn url(&mut self, url: &str) -> String {
        code(&self.masks.as_mut().map_or_else(|| url.to_owned(), |masks| masks.url(url)))
    }

    /// The URLs that the tab showed up to the visit, as numbered steps.
    fn steps(&mut self, visit: &VisitVerdict) -> Vec<String> {
        let pages = self.model.data.history.documents.iter().filter(|document| document.top && !document.marks.ahead);
        let mut steps = vec![];
        for page in pages {
            let since = visit.since.filter(|_| visit.document == Some(page.document));
            for (at, address) in page.marks.addresses.iter().enumerate() {
                if since.is_some_and(|since| address.entry > since) {
                    break;
                }
                steps.push((at == 0, address.value.as_str()));
            }
            if visit.document == Some(page.document) {
                break;
            }
        }
        let newest = &steps[steps.len().saturating_sub(MAX_STEPS)..];
        let step = |(at, (is_load, url)): (usize, &(bool, &str))| {
            let url = self.url(url);
            format!("{}. {}", at + 1, if *is_load { words::ticket_open(&url) } else { words::ticket_route(&url) })
        };
        newest.iter().enumerate().map(step).collect()
    }

    /// A part that is not met; nothing for another one.
    fn part(&mut self, subject: &Subject, verdict: &Verdict) -> Vec<String> {
        let Verdict::NotMet { requirement, value, entry } = verdict else { return vec![] };
        let mut lines = vec![String::new(), format!("### {}", title(subject)), String::new()];
        let expected = self.requirement(requirement, subject);
        lines.push(line(EXPECTATION_EXPECTED, &code(&expected)));
        if let Some(seen) = self.seen(value.as_ref(), subject) {
            lines.push(line(EXPECTATION_SEEN, &seen));
        }
        lines.extend(entry.iter().flat_map(|entry| self.entry(*entry)));
        lines
    }

    fn requirement(&mut self, requirement: &Requirement, subject: &Subject) -> String {
        let masked = self.masks.as_mut().map(|masks| requirement.masked(masks, subject));
        expectation_text::requirement(masked.as_ref().unwrap_or(requirement))
    }

    fn seen(&mut self, value: Option<&PageValue>, subject: &Subject) -> Option<String> {
        let Some(value) = value else { return subject.has_value().then(|| HISTORY_NONE.text()) };
        let masked = self.masks.as_mut().map(|masks| masks.value(value, subject.mask_context()));
        let mut text = String::new();
        js_text::page_value_inline(&mut text, masked.as_ref().unwrap_or(value), MAX_VALUE);
        Some(code(&text))
    }

    /// The entry that proves it, and the code line of a call.
    fn entry(&mut self, id: EntryId) -> Vec<String> {
        let Some(entry) = self.model.data.timeline.entry(id) else { return vec![] };
        let entry = self.masks.as_mut().map_or_else(|| entry.clone(), |masks| mask_entry(entry, masks));
        let (name, _) = entry_text::name(&entry.what, self.model.data.history.document(id.doc));
        let mut lines = vec![line(TICKET_ENTRY, &format!("{} ({})", code(&name), clock::since(entry.t)))];
        if let EntryData::Call(call) = &entry.what
            && let Some(at) = &call.at
        {
            let place = format!("{}:{}:{}", at.url, at.line, at.column);
            lines.push(line(TICKET_CODE, &code(&place)));
        }
        lines
    }
}

/// A line of a list: a name and a value.
fn line(label: Message, value: &str) -> String {
    format!("- {}", words::labelled_value(&label.text(), value))
}

/// The part of an expectation, with a name of the file as code.
fn title(subject: &Subject) -> String {
    match subject {
        Subject::Key(key) => words::subject_key(&code(key)),
        other => expectation_text::subject(other),
    }
}

/// The text as Markdown code. No character of it ends the code.
fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", on_one_line(text))
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What is wrong, the gravest first: why it matters, what shows it, and what to do.

use super::details::to_entry;
use super::value::{code, copy, short};
use crate::app::recorded::{CopyWhat, Event, Model, Place, View};
use crate::recorded::store::Store;
use crate::ui::dom::components::{Icon, Tone, button, icon, notice};
use crate::ui::dom::{Node, bdi, el, fragment, paragraph, text};
use crate::ui::i18n::*;
use crate::ui::words::{check, clock, entry, field, reading};
use inspector_core::checks::{CHECKS, Evidence, Finding, Seen, Severity};
use inspector_core::recording::entry::EntryId;
use inspector_core::visitor::Field;

/// How many pieces of evidence a finding shows.
const SHOWN: usize = 5;

pub fn checks(store: Store) -> Node {
    let hint = move || store.with(|model| !model.is_recorded() && model.tab().is_some()).then(|| by_look(store));
    let body =
        move || Some(store.with(|model| if model.findings.is_empty() { none(model) } else { list(store, model) }));
    el("div").class("pane").live(hint).live(body)
}

/// Without a recording only the page as it is now is judged.
fn by_look(store: Store) -> Node {
    let record = button("btn", "show-sites", SITE_RECORD.text(), store.on(Event::Go(Place::View(View::Sites))));
    let actions = el("div").class("actions").child(record);
    notice(Tone::Info, Some(CHECKS_BY_LOOK.text()), [paragraph(CHECKS_BY_LOOK_TEXT), actions])
}

fn none(model: &Model) -> Node {
    let (entries, checks) = (model.data.timeline.len().to_string(), CHECKS.len().to_string());
    let words = match (model.is_recorded(), model.tab()) {
        (true, Some(_)) => checks_none_recorded(&entries, &checks),
        (true, None) => checks_none_file(&entries, &checks),
        _ => CHECKS_NONE_LOOK.text(),
    };
    el("section")
        .class("empty")
        .child(el("span").class("glyph good").child(icon(Icon::Check)))
        .child(el("h2").words(CHECKS_NONE))
        .child(el("p").text(words))
}

fn list(store: Store, model: &Model) -> Node {
    let findings = model.findings.iter().enumerate();
    el("ol").class("findings").children(findings.map(|(index, finding)| one(store, model, index, finding)))
}

fn one(store: Store, model: &Model, index: usize, finding: &Finding) -> Node {
    let texts = check::texts(finding.check);
    let words = |part: fn(&check::Texts) -> Message| texts.as_ref().map(|texts| part(texts).text()).unwrap_or_default();
    let severity = el("span").class("severity").words(severity(finding.severity));
    let often = (finding.count > 1).then(|| el("span").class("badge").text(finding_seen(&finding.count.to_string())));
    let title = el("h2").text(words(|texts| texts.title));
    el("li")
        .class("finding")
        .attr("data-check", finding.check)
        .attr("data-severity", finding.severity.name())
        .child(el("div").class("finding-head").child(severity).child(title).maybe(often))
        .maybe(about(finding))
        .child(el("p").text(words(|texts| texts.why)))
        .child(repair(store, model, index, finding, words(|texts| texts.repair)))
        .child(evidence(store, model, finding))
}

fn severity(severity: Severity) -> Message {
    match severity {
        Severity::Error => SEVERITY_ERROR,
        Severity::Warning => SEVERITY_WARNING,
        Severity::Note => SEVERITY_NOTE,
    }
}

/// The field, name and value it is about.
fn about(finding: &Finding) -> Option<Node> {
    let about = &finding.about;
    let flaw = about.flaw.map(|flaw| reading::flaw(about.field.unwrap_or(Field::UniqueId), flaw, false));
    let parts = [
        about.field.map(|of| el("b").words(field::name(of))),
        about.name.as_ref().map(|name| el("bdi").class("id").text(name.clone())),
        about.value.as_ref().map(|value| short(Some(value))),
        flaw.map(|flaw| el("span").class("src").text(flaw)),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| el("p").class("about").attr("aria-label", FINDING_ABOUT.text()).children(parts))
}

fn repair(store: Store, model: &Model, index: usize, finding: &Finding, hint: String) -> Node {
    let fix = finding.fix.as_ref();
    let is_code = fix.and_then(|fix| fix.code.clone());
    let has_edit = model.can_review && fix.is_some_and(|fix| fix.edit.is_some());
    let review =
        has_edit.then(|| button("btn primary", "review-edit", REVIEW_EDIT.text(), store.on(Event::Review(index))));
    let copy = is_code.is_some().then(|| copy(store, "copy-repair", COPY_REPAIR.text(), CopyWhat::Repair(index)));
    let actions = (review.is_some() || copy.is_some()).then(|| el("div").class("actions").maybe(review).maybe(copy));
    el("div")
        .class("repair")
        .child(el("h3").words(FINDING_REPAIR))
        .child(el("p").text(hint))
        .maybe(is_code.map(code))
        .maybe(actions)
}

fn evidence(store: Store, model: &Model, finding: &Finding) -> Node {
    let shown = finding.evidence.iter().take(SHOWN).filter_map(|evidence| match evidence {
        Evidence::Entry(id) => Some(el("li").child(in_timeline(store, model, *id)?)),
        Evidence::Look(seen) => Some(el("li").text(looked_at(*seen))),
    });
    let shown: Vec<_> = shown.collect();
    let list = el("ul").children(shown);
    el("div").class("evidence").child(el("h3").words(FINDING_EVIDENCE)).child(list)
}

/// An entry by its name and time; a click goes there.
fn in_timeline(store: Store, model: &Model, id: EntryId) -> Option<Node> {
    let found = model.data.timeline.entry(id)?;
    let (name, is_code) = entry::name(&found.what, model.data.story.document(id.doc));
    let label = fragment([bdi(name).class_if("code", is_code), text(format!(" {}", clock::since(found.t)))]);
    Some(to_entry(store, id).child(label))
}

fn looked_at(seen: Seen) -> String {
    match seen {
        Seen::Field(of) => seen_field(&field::name(of).text()),
        Seen::WaitingCall(place) => seen_call(&(place + 1).to_string()),
        Seen::Sdk => SEEN_SDK.text(),
        Seen::Settings => SEEN_SETTINGS.text(),
    }
}

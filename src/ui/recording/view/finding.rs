//! One finding: its importance, its evidence, and its repair.

use super::details::ShowEntry;
use super::value::{CodeBlock, CopyRecorded, ShortValue, one_line};
use crate::ui::components::Button;
use crate::ui::i18n::*;
use crate::ui::recording::state::{CopyTarget, Event, Model};
use crate::ui::recording::store::RecordingStore;
use crate::ui::recording::text::{check_text, entry_text};
use crate::ui::text::number::grouped;
use crate::ui::text::{clock, field_text, reading_text};
use inspector_core::checks::{About, Evidence, Finding, ReportPart, Severity};
use inspector_core::recording::entry::EntryId;
use inspector_core::visitor::Field;
use leptos::either::Either;
use leptos::prelude::*;

/// The maximum number of evidence items shown for a finding.
const MAX_EVIDENCE: usize = 5;

/// Identifies a finding, also after findings were added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FindingKey {
    check: &'static str,
    about: AboutText,
    /// The number of earlier findings with the same check and text, because long values are shortened.
    nth: usize,
}

/// The subject of a finding, as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct AboutText {
    field: Option<Field>,
    name: Option<String>,
    value: Option<String>,
    flaw: Option<String>,
}

/// The keys of all findings, in order.
pub fn read_keys(model: &Model) -> Vec<FindingKey> {
    let mut keys: Vec<FindingKey> = Vec::with_capacity(model.findings.len());
    for finding in &model.findings {
        let about = AboutText::read(&finding.about);
        let nth = keys.iter().filter(|key| key.check == finding.check && key.about == about).count();
        keys.push(FindingKey { check: finding.check, about, nth });
    }
    keys
}

impl AboutText {
    fn read(about: &About) -> Self {
        // A flaw is always one of a field's value.
        let flaw = about.field.zip(about.flaw);
        Self {
            field: about.field,
            name: about.name.clone(),
            value: about.value.as_ref().map(one_line),
            flaw: flaw.map(|(field, kind)| reading_text::flaw(field, kind, about.in_item)),
        }
    }

    fn is_empty(&self) -> bool {
        self.field.is_none() && self.name.is_none() && self.value.is_none() && self.flaw.is_none()
    }
}

/// A displayed finding. A handle: copies are the same finding.
#[derive(Clone, Copy)]
struct DisplayedFinding {
    store: RecordingStore,
    /// Its index among all findings, while it is one of them.
    index: Memo<Option<usize>>,
}

impl DisplayedFinding {
    fn slice<T>(self, read: impl Fn(&Model, &Finding) -> Option<T> + Send + Sync + 'static) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.store.slice(move |model| read(model, model.findings.get(self.index.get()?)?))
    }
}

#[component]
pub fn FindingCard(
    key: FindingKey,
    /// The keys of all findings, in order.
    all_keys: Memo<Vec<FindingKey>>,
) -> impl IntoView {
    let FindingKey { check, about, .. } = key.clone();
    let index = Memo::new(move |_| all_keys.with(|keys| keys.iter().position(|other| *other == key)));
    let finding = DisplayedFinding { store: expect_context::<RecordingStore>(), index };
    let severity = finding.slice(|_, finding| Some(finding.severity));
    let count = finding.slice(|_, finding| Some(finding.count).filter(|count| *count > 1));
    let texts = check_text::texts(check);
    let [title, why, hint] = match &texts {
        Some(texts) => [texts.title, texts.why, texts.repair].map(Message::text),
        None => Default::default(),
    };
    view! {
        <li
            class="finding"
            data-check=check
            data-severity=move || severity.get().map(Severity::name)
        >
            <div class="finding-head">
                <span class="severity">{move || severity.get().map(|severity| severity_text(severity).text())}</span>
                <h2>{title}</h2>
                {move || count.get().map(|count| view! { <span class="badge">{words::finding_seen(&grouped(count))}</span> })}
            </div>
            {(!about.is_empty()).then(|| view! { <AboutLine about=about /> })}
            <p>{why}</p>
            <Repair finding=finding hint=hint />
            <EvidenceList finding=finding />
            <p class="check-id">
                <code>{check}</code>
            </p>
        </li>
    }
}

fn severity_text(severity: Severity) -> Message {
    match severity {
        Severity::Error => SEVERITY_ERROR,
        Severity::Warning => SEVERITY_WARNING,
        Severity::Note => SEVERITY_NOTE,
    }
}

/// The field, name and value that the finding concerns.
#[component]
fn AboutLine(about: AboutText) -> impl IntoView {
    let AboutText { field, name, value, flaw } = about;
    view! {
        <p class="about" aria-label=FINDING_ABOUT>
            {field.map(|field| view! { <b>{field_text::name(field)}</b> })}
            {name.map(|name| view! { <bdi class="id">{name}</bdi> })}
            {value.map(|value| view! { <ShortValue text=Some(value) /> })}
            {flaw.map(|flaw| view! { <span class="src">{flaw}</span> })}
        </p>
    }
}

/// The repair: an edit to review, and code for the site's developer.
#[component]
fn Repair(finding: DisplayedFinding, hint: String) -> impl IntoView {
    let DisplayedFinding { store, index } = finding;
    let code = finding.slice(|_, finding| finding.fix.as_ref()?.code.clone());
    let has_edit = finding.slice(|model, finding| Some(model.can_review && finding.fix.as_ref()?.edit.is_some()));
    let can_review = Memo::new(move |_| has_edit.get().unwrap_or_default());
    let can_copy = Memo::new(move |_| code.with(Option::is_some));
    let review = move || {
        if let Some(index) = index.get_untracked() {
            store.dispatch(Event::Review(index));
        }
    };
    let what = Signal::derive(move || CopyTarget::Repair(index.get().unwrap_or_default()));
    view! {
        <div class="repair">
            <h3>{FINDING_REPAIR}</h3>
            <p>{hint}</p>
            {move || code.get().map(|code| view! { <CodeBlock text=code /> })}
            <Show when=move || can_review.get() || can_copy.get()>
                <div class="actions">
                    <Show when=move || can_review.get()>
                        <Button class="btn primary" action="review-edit" on_click=review>
                            {REVIEW_EDIT}
                        </Button>
                    </Show>
                    <Show when=move || can_copy.get()>
                        <CopyRecorded action="copy-repair" label=COPY_REPAIR what=what />
                    </Show>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn EvidenceList(finding: DisplayedFinding) -> impl IntoView {
    let evidence = finding.slice(|model, finding| Some(read_evidence(model, finding)));
    view! {
        <div class="evidence">
            <h3>{FINDING_EVIDENCE}</h3>
            <ul>
                <For each=move || evidence.get().unwrap_or_default() key=Clone::clone let(evidence)>
                    <li>
                        <EvidenceItem evidence=evidence />
                    </li>
                </For>
            </ul>
        </div>
    }
}

/// The evidence. Entries that were dropped since are left out.
fn read_evidence(model: &Model, finding: &Finding) -> Vec<Evidence> {
    let is_here = |evidence: &&Evidence| match evidence {
        Evidence::Entry(id) => model.data.timeline.entry(*id).is_some(),
        Evidence::Report(_) => true,
    };
    finding.evidence.iter().take(MAX_EVIDENCE).filter(is_here).copied().collect()
}

#[component]
fn EvidenceItem(evidence: Evidence) -> impl IntoView {
    match evidence {
        Evidence::Entry(id) => Either::Left(view! { <EntryLink id=id /> }),
        Evidence::Report(seen) => Either::Right(seen_text(seen)),
    }
}

/// An entry by name and time, as a button that shows it.
#[component]
pub fn EntryLink(id: EntryId) -> impl IntoView {
    let name = expect_context::<RecordingStore>().slice(move |model| {
        let found = model.data.timeline.entry(id)?;
        let (name, is_code) = entry_text::name(&found.what, model.data.history.document(id.doc));
        Some((name, is_code, clock::since(found.t)))
    });
    let label = move || {
        let (name, is_code, since) = name.get()?;
        Some(view! {
            <bdi class:code=is_code>{name}</bdi>
            {format!(" {since}")}
        })
    };
    view! { <ShowEntry entry=id>{label}</ShowEntry> }
}

fn seen_text(seen: ReportPart) -> String {
    match seen {
        ReportPart::Field(field) => words::seen_field(&field_text::name(field).text()),
        ReportPart::WaitingCall(place) => words::seen_call(&grouped(place + 1)),
        ReportPart::Sdk => SEEN_SDK.text(),
        ReportPart::Settings => SEEN_SETTINGS.text(),
    }
}

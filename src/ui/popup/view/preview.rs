//! The review: values before and after, warnings, and the exact call.

use super::copy_value::CopyValue;
use crate::lazy::lazy;
use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::lazy_view::LazyShow;
use crate::ui::popup::state::{CopyTarget, Mode, Model, Warning, calls_text, warnings};
use crate::ui::popup::store::PopupStore;
use crate::ui::popup::text::warning;
use crate::ui::text::field_text;
use inspector_core::edit::change::Change;
use inspector_core::edit::diff::{DiffLine, LineStatus, diff};
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::visitor::Field;
use inspector_core::visitor::observed::Observed;
use inspector_core::visitor::page_value::PageValue;
use leptos::either::EitherOf3;
use leptos::prelude::*;

#[component]
pub fn Preview() -> impl IntoView {
    let is_shown = expect_context::<PopupStore>().slice(|model| matches!(model.patch(), Ok(Some(_))));
    view! {
        <LazyShow when=move || is_shown.get() load=load_review />
    }
}

lazy! {
    /// The preview of the draft's changes.
    #[part(edit)]
    async fn load_review() -> AnyView {
        view! { <Review /> }.into_any()
    }
}

#[component]
fn Review() -> impl IntoView {
    let store = expect_context::<PopupStore>();
    let changes = store.slice(|model| Changes::read(model).unwrap_or_default());
    let call = store.slice(|model| Some(calls_text(model.edit.mode, &model.patch().ok()??)));
    view! {
        <section class="preview" id="preview">
            <h2>{PREVIEW_TITLE}</h2>
            <dl class="changes">
                {move || changes.get().fields.into_iter().map(field_change).collect_view()}
            </dl>
            {move || changes.get().warnings.into_iter().map(warning_notice).collect_view()}
            <div class="call">
                <pre class="code">{move || call.get()}</pre>
                <CopyValue action="copy-call-here" label=COPY_CALL icon_only=true what=CopyTarget::Call />
            </div>
        </section>
    }
}

/// What the draft changes.
#[derive(Clone, Default, PartialEq)]
struct Changes {
    fields: Vec<FieldChange>,
    warnings: Vec<Warning>,
}

#[derive(Clone, PartialEq)]
struct FieldChange {
    field: Field,
    /// The value before isn't fully known.
    is_unknown: bool,
    lines: Vec<DiffLine>,
    is_removed: bool,
}

impl Changes {
    fn read(model: &Model) -> Option<Self> {
        let patch = model.patch().ok()??;
        let fields = patch.fields().map(|field| FieldChange::new(model, &patch, field)).collect();
        Some(Self { fields, warnings: warnings(model, &patch) })
    }
}

impl FieldChange {
    fn new(model: &Model, patch: &VisitorPatch, field: Field) -> Self {
        let now = model.report().map(|report| &report.visitor.field(field).now);
        // A new visitor has no values yet.
        let now = now.filter(|_| model.edit.mode == Mode::Update);
        let after = match patch.change(field) {
            Change::Set(value) => Some(value),
            _ => None,
        };
        let is_unread = |now: &Observed<_>| matches!(now, Observed::Value(value, _) if !PageValue::is_whole(value));
        let is_unknown = |now: &Observed<_>| matches!(now, Observed::Unknown(_)) || is_unread(now);
        Self {
            field,
            is_unknown: now.is_some_and(is_unknown),
            lines: diff(now.and_then(Observed::value), after),
            is_removed: after.is_none(),
        }
    }
}

fn warning_notice(warning: Warning) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn attr:data-warning=warning.name()>
            <p>{warning::warning(warning)}</p>
        </Notice>
    }
}

fn field_change(change: FieldChange) -> impl IntoView {
    let FieldChange { field, is_unknown, lines, is_removed } = change;
    view! {
        <dt>{field_text::name(field)}</dt>
        <dd>
            <ul>
                {is_unknown.then(|| view! { <li class="unknown">{PREVIEW_UNKNOWN}</li> })}
                {lines.into_iter().map(line).collect_view()}
                {is_removed.then(|| view! { <li class="removed">{PREVIEW_REMOVED}</li> })}
            </ul>
        </dd>
    }
}

/// The marks are text as well as color (`popup.css` contains them).
fn line(DiffLine { mark, text }: DiffLine) -> impl IntoView {
    let text = view! { <bdi>{text}</bdi> };
    let marked = match mark {
        LineStatus::Stays => EitherOf3::A(text),
        LineStatus::Goes => EitherOf3::B(view! { <del>{text}</del> }),
        LineStatus::Comes => EitherOf3::C(view! { <ins>{text}</ins> }),
    };
    view! { <li>{marked}</li> }
}

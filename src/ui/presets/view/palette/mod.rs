//! The palette over the popup: a list of presets, a form for the placeholders of one, and a form that saves one.

mod choose;
mod fill;
mod save;

use super::text;
use crate::errors::BrowserError;
use crate::managed::read_policy;
use crate::ui::components::{Button, Modal};
use crate::ui::host::Propose;
use crate::ui::i18n::*;
use crate::ui::presets::state::ListResult;
use crate::ui::presets::state::palette::{Effect, Event, Model, Page, Step, update};
use crate::ui::storage_error::StorageError;
use crate::ui::store::{self, Store};
use crate::ui::stored_list;
use crate::webext::storage::on_managed_change;
use choose::Choose;
use fill::Fill;
use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::presets::file::valid_presets;
use inspector_core::presets::{capture_draft, capture_visitor};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use save::Save;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::spawn_local;

type PaletteStore = Store<Model, Event, Effect>;

thread_local! {
    static PALETTE: Cell<Option<PaletteStore>> = const { Cell::new(None) };
    static PROPOSE: RefCell<Option<Propose>> = const { RefCell::new(None) };
}

fn perform(store: PaletteStore, effect: Effect) {
    match effect {
        Effect::Load => load(store, stored_list::read()),
        Effect::Change(change) => spawn_local(async move {
            store.dispatch(Event::Stored(with_managed(stored_list::change(change).await).await));
        }),
        Effect::Review(patch) => review(patch),
    }
}

fn load(store: PaletteStore, presets: impl Future<Output = ListResult> + 'static) {
    spawn_local(async move { store.dispatch(Event::Loaded(with_managed(presets.await).await)) });
}

/// The organization's presets, followed by the person's.
async fn with_managed(presets: ListResult) -> ListResult {
    let presets = presets?;
    Ok(valid_presets(&read_policy().await.presets).into_iter().chain(presets).collect())
}

/// Opens the palette for the last report and its draft.
pub fn open(shown: Option<(Report, Draft)>, propose: Propose) {
    PROPOSE.set(Some(propose));
    if PALETTE.get().is_none()
        && let Err(why) = show()
    {
        return web_sys::console::error_2(&"presets not shown:".into(), &why.to_string().into());
    }
    if let Some(store) = PALETTE.get() {
        store.dispatch(Event::Open(Box::new(shown.map(read_page).unwrap_or_default())));
    }
}

/// Adds the closed palette to the popup.
fn show() -> Result<(), BrowserError> {
    let place = document().create_element("div")?;
    document().body().ok_or(BrowserError::NoDocument)?.append_child(&place)?;
    store::mount(&place, || {
        let store = PaletteStore::new(Model::default(), update, perform);
        PALETTE.set(Some(store));
        stored_list::follow(move |presets| load(store, async { presets }));
        // Chromium reads the policy some time after its start.
        on_managed_change(move || load(store, stored_list::read()));
        provide_context(store);
        view! { <Palette /> }
    });
    Ok(())
}

/// The values that can be saved.
fn read_page((report, draft): (Report, Draft)) -> Page {
    Page { edit: capture_draft(&draft), visitor: capture_visitor(&report.visitor), address: Some(report.page.url) }
}

fn review(patch: VisitorPatch) {
    if let Some(propose) = PROPOSE.with_borrow(Option::clone) {
        propose(patch);
    }
}

#[component]
fn Palette() -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let step = store.slice(|model| model.open.then(|| step_name(&model.step)));
    let content = move || {
        Some(match step.get()? {
            CHOOSE => view! { <Choose /> }.into_any(),
            FILL => view! { <Fill /> }.into_any(),
            _ => view! { <Save /> }.into_any(),
        })
    };
    view! {
        <Modal name=move || step.get().map(|_| "presets") on_cancel=move || store.dispatch(Event::Escape)>
            {content}
        </Modal>
    }
}

/// The values of `data-step`.
const CHOOSE: &str = "choose";
const FILL: &str = "fill";
const SAVE: &str = "save";

fn step_name(step: &Step) -> &'static str {
    match step {
        Step::Choose => CHOOSE,
        Step::Fill(_) => FILL,
        Step::Save(_) => SAVE,
    }
}

/// A form in place of the list.
#[component]
fn StepForm(step: &'static str, on_submit: Event, children: Children) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.dispatch(on_submit.clone());
    };
    view! {
        <form class="palette" data-step=step on:submit=submit>
            {children()}
        </form>
    }
}

/// The buttons of a form.
#[component]
fn StepActions(
    submit: Message,
    /// The stable name of the button that submits.
    action: &'static str,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
) -> impl IntoView {
    let store = expect_context::<PaletteStore>();
    view! {
        <div class="actions">
            <Button action="back" on_click=move || store.dispatch(Event::Back)>
                {CANCEL}
            </Button>
            <button type="submit" class="btn primary" data-action=action disabled=disabled>
                {submit}
            </button>
        </div>
    }
}

/// Why the presets could not be read or changed.
#[component]
fn PresetListError() -> impl IntoView {
    let why = expect_context::<PaletteStore>().slice(|model| model.failed.as_ref().map(text::storage_error));
    view! { <StorageError why=why /> }
}

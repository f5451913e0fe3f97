//! The palette over the popup: a list to take from, a form for what is to be filled in, and one to save.

use super::super::store::{self, Store};
use super::{keep, words};
use crate::app::presets::Kept;
use crate::app::presets::palette::{Effect, Event, Filling, From, Model, Page, Saving, Step, update};
use crate::browser::storage::on_managed_change;
use crate::managed::policy;
use crate::ui::dom::components::{ItemError, TextEditor, Tone, bare_button, button, modal, notice, text_editor};
use crate::ui::dom::{Node, bdi, el, fragment, live, on, paragraph, value_of};
use crate::ui::focus::focus_soon;
use crate::ui::host::Propose;
use crate::ui::i18n::*;
use inspector_core::edit::draft::Draft;
use inspector_core::edit::patch::VisitorPatch;
use inspector_core::page_report::Report;
use inspector_core::presets::file::good;
use inspector_core::presets::search::Found;
use inspector_core::presets::{of_draft, of_visitor};
use leptos::prelude::document;
use leptos::web_sys::KeyboardEvent;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static SHOWN: Cell<Option<Store<Model>>> = const { Cell::new(None) };
    static PROPOSE: RefCell<Option<Propose>> = const { RefCell::new(None) };
}

impl store::Page for Model {
    type Event = Event;
    type Effect = Effect;
    const UPDATE: fn(&mut Self, Event) -> Vec<Effect> = update;
    const FIRST: Option<Effect> = Some(Effect::Load);

    fn perform(store: Store<Self>, effect: Effect) {
        match effect {
            Effect::Load => load(store, keep::read()),
            Effect::Change(change) => {
                spawn_local(async move { store.dispatch(Event::Kept(all(keep::change(change).await).await)) })
            }
            Effect::Review(patch) => review(patch),
            Effect::Focus(css) => focus_soon(css.to_owned()),
        }
    }
}

fn load(store: Store<Model>, kept: impl Future<Output = Kept> + 'static) {
    spawn_local(async move { store.dispatch(Event::Loaded(all(kept.await).await)) });
}

/// The organisation's presets, and after them the person's own.
async fn all(kept: Kept) -> Kept {
    let own = kept?;
    Ok(good(&policy().await.presets).into_iter().chain(own).collect())
}

/// Opens the palette for the page as last read and the edit in the making.
pub fn open(shown: Option<(Report, Draft)>, propose: Propose) {
    PROPOSE.set(Some(propose));
    if SHOWN.get().is_none()
        && let Ok(place) = document().create_element("div")
        && let Some(body) = document().body()
        && body.append_child(&place).is_ok()
    {
        store::mount(&place, Model::default(), view);
    }
    if let Some(store) = SHOWN.get() {
        store.dispatch(Event::Open(Box::new(shown.map(page).unwrap_or_default())));
    }
}

/// What there is to save.
fn page((report, draft): (Report, Draft)) -> Page {
    Page { edit: of_draft(&draft), visitor: of_visitor(&report.visitor), address: Some(report.page.url) }
}

fn review(patch: VisitorPatch) {
    if let Some(propose) = PROPOSE.with_borrow(Option::clone) {
        propose(patch);
    }
}

fn view(store: Store<Model>) -> Node {
    SHOWN.set(Some(store));
    keep::follow(move |kept| load(store, async { kept }));
    // Chromium has a policy some moments after it has started.
    on_managed_change(move || load(store, keep::read()));
    let is_open = move || store.with(|model| model.open);
    let content = move || {
        let step = is_open().then(|| store.with(|model| model.step.clone()))?;
        Some(match step {
            Step::Choose => choose(store),
            Step::Fill(filling) => fill(store, &filling),
            Step::Save(saving) => save(store, &saving),
        })
    };
    modal(Arc::new(move || is_open().then_some("presets")), live(content), store.on(Event::Escape))
}

fn choose(store: Store<Model>) -> Node {
    let any = move || store.with(|model| !model.rows().is_empty());
    let at = move || any().then(|| format!("preset-row-{}", store.with(|model| model.at)));
    let search = el("input")
        .attr("type", "search")
        .attr("id", "preset-search")
        .attr("role", "combobox")
        .live_attr("aria-expanded", move || Some(any().to_string()))
        .live_attr("aria-controls", move || any().then(|| "preset-list".to_owned()))
        .attr("aria-label", PRESETS_SEARCH.text())
        .attr("placeholder", PRESETS_SEARCH.text())
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live_attr("aria-activedescendant", at)
        .live_value(move || store.with(|model| model.query.clone()))
        .on("input", move |event| store.dispatch(Event::Search(value_of(&event))))
        .on("keydown", move |event| walk(store, event.unchecked_ref()));
    el("div")
        .attr("data-step", "choose")
        .class("palette")
        .child(el("h2").attr("id", "dialog-title").words(PRESETS_TITLE))
        .child(el("div").class("search").child(search))
        .live(move || store.with(failed))
        .live(move || {
            store.with(|model| {
                Some(
                    el("p")
                        .class("src")
                        .attr("role", "status")
                        .child(words::about(preset_saved, model.saved.as_deref()?)),
                )
            })
        })
        .live(move || Some(rows(store)))
        .live(move || elsewhere(store))
        .child(actions(store))
}

fn walk(store: Store<Model>, event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowDown" => store.dispatch(Event::Step(true)),
        "ArrowUp" => store.dispatch(Event::Step(false)),
        "Enter" => store.dispatch(Event::Take(store.with(|model| model.at))),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn failed(model: &Model) -> Option<Node> {
    let words = words::not_kept(model.failed.as_ref()?);
    Some(el("p").class("error").attr("role", "alert").attr("data-error", "not-kept").child(bdi(words)))
}

fn rows(store: Store<Model>) -> Node {
    let list = || el("ul").attr("role", "listbox").attr("id", "preset-list").attr("aria-label", PRESETS_TITLE.text());
    store.with(|model| match (&model.presets, model.rows()) {
        (None, _) => fragment([]),
        (Some(presets), _) if presets.is_empty() => {
            fragment([paragraph(PRESETS_NONE).class("none-yet"), paragraph(PRESETS_NONE_TEXT)])
        }
        (_, rows) if rows.is_empty() && model.query.is_empty() => paragraph(PRESETS_NONE_HERE),
        (_, rows) if rows.is_empty() => paragraph(PRESETS_NO_MATCH).attr("role", "status"),
        (_, rows) => {
            list().children(rows.into_iter().enumerate().map(|(place, found)| row(store, model, place, found)))
        }
    })
}

fn row(store: Store<Model>, model: &Model, place: usize, found: Found) -> Node {
    let preset = &model.presets()[found.at];
    let mut about = words::fields(preset.fields());
    if !preset.sites().is_empty() {
        about = format!("{about} · {}", words::sites(preset));
    }
    el("li")
        .attr("role", "option")
        .attr("id", format!("preset-row-{place}"))
        .attr("data-preset", preset.name().to_owned())
        .attr("data-here", found.here.to_string())
        .live_attr("aria-selected", move || Some(store.with(|model| model.at == place).to_string()))
        .on("click", move |_| store.dispatch(Event::Take(place)))
        .child(words::name(preset.name()))
        .child(el("small").child(bdi(about)))
}

fn elsewhere(store: Store<Model>) -> Option<Node> {
    let (count, shown) = store.with(|model| (model.elsewhere(), model.everywhere));
    let toggle =
        button("btn link src", "everywhere", presets_elsewhere(&count.to_string()), store.on(Event::Everywhere));
    (count > 0).then(|| toggle.attr("aria-pressed", shown.to_string()))
}

fn actions(store: Store<Model>) -> Node {
    let offer = move |from: From, action: &'static str, words: Message| {
        live(move || {
            let any = store.with(|model| !model.taken(from).values.is_empty());
            any.then(|| button("btn", action, words.text(), store.on(Event::Save(from))))
        })
    };
    let manage = el("a").class("btn plain").attr("href", "options.html#presets").attr("target", "_blank");
    el("div")
        .class("actions")
        .child(manage.attr("data-action", "manage-presets").words(PRESETS_MANAGE))
        .child(offer(From::Visitor, "save-visitor", PRESET_SAVE_VISITOR))
        .child(offer(From::Edit, "save-edit", PRESET_SAVE_EDIT))
}

/// A form over the list; what it holds is the text of its fields alone, so that it stays while they change.
fn form(step: &'static str, title: Node, submit: impl Fn() + 'static) -> Node {
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        submit();
    };
    el("form").class("palette").attr("data-step", step).on("submit", submit).child(title.attr("id", "dialog-title"))
}

fn fill(store: Store<Model>, filling: &Filling) -> Node {
    let typed = move |at: usize| {
        store.with(|model| match &model.step {
            Step::Fill(filling) => filling.typed.get(at).cloned().unwrap_or_default(),
            _ => String::new(),
        })
    };
    let hole = |(at, name): (usize, String)| {
        let input = text_editor(TextEditor {
            id: format!("preset-hole-{at}"),
            label: name.clone(),
            placeholder: String::new(),
            text: Arc::new(move || typed(at)),
            error: Arc::new(|| None),
            on: on(move |text| store.dispatch(Event::Fill(at, text))),
        });
        el("div").class("labelled").child(el("span").child(bdi(name))).child(input)
    };
    let holes = filling.holes.iter().map(|hole| hole.name.clone()).enumerate().map(hole);
    let is_open = move || store.with(|model| !matches!(&model.step, Step::Fill(filling) if filling.is_filled()));
    form("fill", el("h2").child(words::name(filling.preset.name())), move || store.dispatch(Event::Filled))
        .child(paragraph(PRESET_FILL))
        .children(holes)
        .child(ending(store, REVIEW_EDIT, "review", is_open))
}

/// Back, and on.
fn ending(store: Store<Model>, go: Message, action: &'static str, is_open: impl Fn() -> bool + 'static) -> Node {
    let go = el("button").attr("type", "submit").class("btn primary").attr("data-action", action).words(go);
    let go = go.live_flag("disabled", is_open);
    el("div").class("actions").child(button("btn", "back", CANCEL.text(), store.on(Event::Back))).child(go)
}

fn save(store: Store<Model>, saving: &Saving) -> Node {
    let from = saving.from;
    let title = if from == From::Visitor { PRESET_SAVE_VISITOR_TITLE } else { PRESET_SAVE_EDIT_TITLE };
    let of = move |read: fn(&Saving) -> String| {
        store.with(|model| match &model.step {
            Step::Save(saving) => read(saving),
            _ => String::new(),
        })
    };
    let name = text_editor(TextEditor {
        id: "preset-name".into(),
        label: PRESET_NAME.text(),
        placeholder: String::new(),
        text: Arc::new(move || of(|saving| saving.name.clone())),
        error: Arc::new(move || store.with(wrong)),
        on: store.on_value(Event::Name),
    });
    let site = store.with(|model| model.site()).map(|site| here(store, &site));
    let (fields, left_out) = store.with(|model| {
        let taken = model.taken(from);
        let known = inspector_core::visitor::Field::ALL.into_iter();
        (
            words::fields(known.filter(|field| taken.values.contains_key(field.key()))),
            words::fields(taken.left_out.iter().copied()),
        )
    });
    let left_out = (!left_out.is_empty()).then(|| notice(Tone::Warn, None, [el("p").text(preset_left_out(&left_out))]));
    let replace = move || {
        let replace = || bare_button("btn", "replace", store.on(Event::Keep { replace: true })).words(PRESET_REPLACE);
        store.with(Model::is_taken).then(replace)
    };
    form("save", el("h2").words(title), move || store.dispatch(Event::Keep { replace: false }))
        .child(el("p").text(fields))
        .maybe(left_out)
        .child(el("div").class("labelled").child(el("span").words(PRESET_NAME)).child(name))
        .live(move || store.with(failed))
        .live(replace)
        .maybe(site)
        .child(el("p").class("src").text(preset_hint("{{name}}", "{{name:Ada}}")))
        .child(ending(store, PRESET_SAVE, "keep-preset", || false))
}

fn wrong(model: &Model) -> Option<ItemError> {
    let Step::Save(saving) = &model.step else { return None };
    let problems = model.to_save()?.err().filter(|_| saving.checked)?;
    let first = problems.first()?;
    Some(ItemError {
        item: None,
        kind: words::problem_key(first),
        words: words::problem(first),
        repair: None,
        quiet: false,
    })
}

fn here(store: Store<Model>, site: &str) -> Node {
    let is_here = move || store.with(|model| matches!(&model.step, Step::Save(saving) if saving.here));
    let check = el("input")
        .attr("type", "checkbox")
        .attr("data-action", "only-here")
        .live_flag("checked", is_here)
        .on("change", move |_| store.dispatch(Event::Here(!is_here())));
    el("label").class("check").child(check).child(el("span").child(bdi(preset_here(words::site(site)))))
}

//! A recording from a file: choosing it, and saying that it is one.

use crate::app::recorded::{Event, Model, NotOpened, Source};
use crate::browser::file::File;
use crate::browser::property;
use crate::recorded::store::Store;
use crate::ui::dom::components::{Icon, Tone, icon, notice};
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use crate::ui::words::address::host;
use crate::ui::words::clock;
use inspector_core::recording::file::MAX_FILE;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Event as DomEvent;

/// Asks for a file, to choose or to drop.
pub fn choose(store: Store) -> Node {
    let input = el("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .attr("data-action", "choose-file")
        .class("sr-only")
        .on("change", move |event| take(store, event.target().map(JsValue::from).unwrap_or_default()));
    let label = el("label").class("btn primary").words(FILE_CHOOSE).child(input);
    let drop = move |event: DomEvent| {
        event.prevent_default();
        take(store, property(&event, "dataTransfer"));
    };
    let zone = el("section")
        .class("empty drop")
        .child(el("span").class("glyph").child(icon(Icon::Folder)))
        .child(el("h2").words(FILE_TITLE))
        .child(el("p").words(FILE_TEXT))
        .child(el("div").class("actions").child(label))
        .live(move || store.with(|model| model.not_opened.as_ref().map(refused)));
    // Without this the browser would open the file itself.
    el("div").class("pane").on("dragover", |event| event.prevent_default()).on("drop", drop).child(zone)
}

/// Reads the first of the files that an input or a drop holds.
fn take(store: Store, from: JsValue) {
    let file = Reflect::get_u32(&property(&from, "files"), 0).ok().filter(JsValue::is_object);
    let Some(file) = file.map(|file| file.unchecked_into::<File>()) else { return };
    if file.size() > MAX_FILE as f64 {
        return store.dispatch(Event::NotOpened(NotOpened::TooLarge));
    }
    spawn_local(async move {
        store.dispatch(match file.text().await {
            Ok(text) => Event::Opened { name: file.name(), text },
            Err(why) => Event::NotOpened(NotOpened::Unreadable(why)),
        });
    });
}

fn refused(why: &NotOpened) -> Node {
    let (kind, title, text) = match why {
        NotOpened::TooLarge => ("too-large", FILE_TOO_LARGE, String::new()),
        NotOpened::NotARecording => ("not-a-recording", FILE_NOT_A_RECORDING, FILE_NOT_A_RECORDING_TEXT.text()),
        NotOpened::OtherSchema(name) if name.is_empty() => {
            ("other-schema", FILE_OTHER_SCHEMA, FILE_OTHER_SCHEMA_NONE.text())
        }
        NotOpened::OtherSchema(name) => ("other-schema", FILE_OTHER_SCHEMA, file_other_schema_text(name)),
        NotOpened::Unreadable(why) => ("unreadable", FILE_UNREADABLE, why.clone()),
    };
    let body = el("p").attr("role", "alert").attr("data-error", kind).child(bdi(text));
    notice(Tone::Bad, Some(title.text()), [body])
}

/// What is told of the file that is shown, or the site of the tab.
pub fn info(model: &Model) -> Option<Node> {
    let Source::File(Some(file)) = &model.source else {
        let page = model.data.timeline.in_order().into_iter().rev().find(|document| document.sender.top)?;
        return Some(el("bdi").class("file-name").text(host(&page.sender.url).to_owned()));
    };
    let masked = if file.masked { FILE_MASKED } else { FILE_PLAIN };
    let about = [FILE_OF.text(), file_written(&clock::date_time(file.at)), masked.text()];
    Some(fragment([
        el("bdi").class("file-name").text(file.name.clone()),
        el("span")
            .class("meta")
            .attr("data-file", if file.masked { "masked" } else { "plain" })
            .text(about.join(" · ")),
    ]))
}

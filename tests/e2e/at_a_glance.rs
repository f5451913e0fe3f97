//! The visitor view shows each fact once, and a typical visitor fits without scrolling.

use crate::in_both;
use crate::support::{Popup, World};
use serde_json::{Value, json};
use xtask::catalogue::{self, Catalogue, POPUP, picture};
use xtask::messages;

in_both! {
    a_usual_visitor_fits_without_scrolling;
    a_shared_source_is_shown_once;
    the_reason_of_unknown_values_is_shown_once;
}

/// Two identities, three tags, two integration IDs and three keys of metadata.
const USUAL: &str = "2-visitor/usual";

/// The distance that the visitor view scrolls, and the texts that are smaller than 12 px.
const LAYOUT: &str = "
    const main = document.querySelector('main'), last = document.querySelector('.details').getBoundingClientRect();
    const texts = [...document.querySelectorAll('.popup *')].filter((one) => [...one.childNodes].some((of) => of.data?.trim()));
    const small = texts.filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 12);
    const hidden = main.scrollHeight - main.clientHeight + Math.max(0, last.bottom - main.getBoundingClientRect().bottom);
    return [hidden, small.map((one) => one.textContent)]";

fn a_usual_visitor_fits_without_scrolling(world: &World) {
    let served = Catalogue::start().unwrap();
    let page = world.browser.open(&served.menu_url()).unwrap();
    let states = catalogue::states().unwrap();
    let usual = states.iter().find(|state| state.name == USUAL).expect("a usual visitor");
    page.set_viewport(POPUP.0, POPUP.1).unwrap();
    for language in messages::languages(&crate::support::extension().join("_locales")).unwrap() {
        picture::show(&page, &served.url_of(usual, &language)).unwrap();
        for field in ["uniqueId", "identities", "tags", "integrationIds", "metadata", "shortId", "watchLink"] {
            let value = format!("document.querySelector('[data-field={field}]').dataset.value");
            assert!(page.eval(&value).unwrap().is_string(), "{field}");
        }
        assert_eq!(page.eval(LAYOUT).unwrap(), json!([0, []]), "{language}");
    }
}

/// The number of times that the visitor view shows a text.
fn count(popup: &Popup, text: &str) -> usize {
    let shown = popup.0.eval("document.querySelector('main').innerText").unwrap();
    shown.as_str().unwrap().matches(text).count()
}

/// The origin of a field as assistive technology reads it.
fn described(popup: &Popup, name: &str) -> String {
    popup.0.the("group", name).see().unwrap().description
}

fn a_shared_source_is_shown_once(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_for("[data-shared=source]");
    assert_eq!(count(&popup, "From this page"), 1, "{}", popup.text());
    for name in ["Unique ID", "Identities", "Tags", "Integration IDs", "Metadata"] {
        assert_eq!(described(&popup, name), "From this page", "{name}");
    }
    // Fields with a different source show their own.
    assert!(popup.exists("[data-field=shortId] .src") && popup.exists("[data-field=watchLink] .src"));
    page.eval("Upscope._config.tags = undefined").unwrap();
    popup.wait("the tags to be unknown", "!('source' in document.querySelector('[data-field=tags]').dataset)");
    popup.wait_for("[data-field=tags] .src");
    assert_eq!(count(&popup, "From this page"), 1);
    assert!(described(&popup, "Tags").starts_with("Not set on this page"));
}

fn the_reason_of_unknown_values_is_shown_once(world: &World) {
    let popup = world.inspect(&world.open_connected("/anonymous"));
    popup.wait_state("connected");
    popup.wait_for("[data-shared=unknown]");
    let reason = "Not set on this page.";
    assert_eq!(count(&popup, reason), 1, "{}", popup.text());
    for (field, name) in [("uniqueId", "Unique ID"), ("tags", "Tags"), ("metadata", "Metadata")] {
        assert_eq!(popup.value(field), None::<Value>, "{field}");
        assert!(described(&popup, name).starts_with(reason), "{name}");
    }
    assert!(popup.exists("[data-field=lookupCode] .src"), "the code is unknown for another reason");
}

//! The person's preferences: hidden personal data, language, appearance, and deleting stored data.

use crate::in_both;
use crate::languages::languages;
use crate::last_used;
use crate::presets;
use crate::recorder::Recorder;
use crate::report::TAP;
use crate::server::{HOST, options};
use crate::support::{Popup, SOON, World};
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    values_are_masked_until_they_are_held;
    what_was_recorded_is_masked_too;
    names_of_presets_are_masked;
    what_was_used_before_is_masked;
    copies_are_masked_until_the_button_is_pressed_again;
    a_language_is_chosen;
    an_appearance_is_chosen;
    more_contrast_is_chosen;
    a_choice_made_while_the_stored_ones_are_read_is_kept;
    what_is_stored_is_deleted;
}

/// The personal values of the visitor of `/connected`.
const PERSONAL: [&str; 4] = ["cust-1042", "Ada Marsh", "ada@acme.example", "gold"];

/// The page. The extension can access it from a tab too.
fn page(world: &World) -> Page {
    world.browser.grant_host(HOST).unwrap();
    world.open_connected("/connected")
}

/// The personal texts that are readable on the screen, and the number of elements that contain personal data.
fn readable(page: &Page) -> (Value, u64) {
    let js = format!(
        "const personal = {}; const readable = []; let places = 0;
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {{
          const {{ parentElement: of, data }} = walker.currentNode;
          if (!of.checkVisibility() || !personal.some((text) => data.includes(text))) continue;
          places += 1;
          if (getComputedStyle(of).webkitTextSecurity === 'none') readable.push(data);
        }}
        for (const input of document.querySelectorAll('input, textarea')) {{
          if (!input.checkVisibility() || !personal.some((text) => input.value.includes(text))) continue;
          places += 1;
          if (getComputedStyle(input).webkitTextSecurity === 'none') readable.push(input.value);
        }}
        // A tooltip cannot be masked.
        for (const {{ title }} of document.querySelectorAll('[title]'))
          if (personal.some((text) => title.includes(text))) readable.push(title);
        return [readable, places]",
        json!(PERSONAL)
    );
    let found = page.eval(&js).unwrap();
    (found[0].clone(), found[1].as_u64().unwrap())
}

/// Presses the button that hides personal data, and waits until the setting is stored and in effect.
fn press_mask(popup: &Popup, is_masked: bool) {
    popup.act("mask");
    let pressed = format!("document.querySelector('[data-action=mask]').ariaPressed === '{is_masked}'");
    popup.wait("the mask", &pressed);
}

fn assert_masked(page: &Page, at_least: u64) {
    let (readable, places) = readable(page);
    assert_eq!(readable, json!([]));
    assert!(places >= at_least, "only {places} places hold a personal value");
}

/// Presses or releases the space bar on an element.
fn space(page: &Page, css: &str, what: &str) {
    let key = "{ key: ' ', bubbles: true, cancelable: true }";
    page.eval(&format!("document.querySelector('{css}').dispatchEvent(new KeyboardEvent('{what}', {key}))")).unwrap();
}

/// Holds the space bar on an element. It shows these texts until the key is released, and nothing is typed.
fn assert_held(page: &Page, css: &str, shown: &Value) {
    space(page, css, "keydown");
    assert_eq!(&readable(page).0, shown, "{css} held");
    space(page, css, "keyup");
    assert_masked(page, 1);
}

fn values_are_masked_until_they_are_held(world: &World) {
    let page = page(world);
    let popup = world.inspect_in_tab(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    assert_ne!(readable(&popup.0).0, json!([]), "the test sees what can be read");
    press_mask(&popup, true);
    assert_masked(&popup.0, 4);

    assert_held(&popup.0, "[data-field=uniqueId] .val", &json!(["cust-1042"]));
    assert_masked(&popup.0, 4);

    popup.act_on("identities", "edit");
    popup.wait("the editor", "document.querySelector('[data-field=identities] input[type=text]')?.value");
    popup.type_into("#identities-0", "Ada Marsh the second");
    popup.wait("the preview", "document.querySelector('#preview')");
    assert_masked(&popup.0, 6);
    popup.act("discard");

    // The setting is stored and applies to every page of the extension.
    let again = world.inspect_in_tab(&page);
    again.wait_value("uniqueId", &json!("cust-1042"));
    assert_masked(&again.0, 4);
    again.act("mask");
    popup.wait("no mask any more", "document.querySelector('[data-action=mask]').ariaPressed === 'false'");
    assert_ne!(readable(&popup.0).0, json!([]));
}

fn what_was_recorded_is_masked_too(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    press_mask(&popup, true);
    let tab = page.tab_id().unwrap();
    for (view, ready) in [
        ("timeline", "document.querySelector('.brief:not(:empty)')"),
        ("history:uniqueId", "document.querySelector('.step')"),
        ("history:metadata", "document.querySelector('.step')"),
    ] {
        let shown = world.browser.open_extension_page(&format!("recorded.html?tab={tab}#{view}")).unwrap();
        shown.wait_for(view, ready, SOON).unwrap();
        if view == "timeline" {
            expand_init(&shown);
        }
        assert_masked(&shown, 1);
        hold_by_the_keyboard_alone(&shown, view);
        shown.close().unwrap();
    }
    recorder.0.close().unwrap();
}

/// Moves to a value with the keyboard and holds the space bar.
fn hold_by_the_keyboard_alone(page: &Page, view: &str) {
    let (at, way) = match view {
        "timeline" => ("#entries", "!!document.querySelector('#entries').getAttribute('aria-activedescendant')"),
        _ => (".change", "document.querySelector('.change').tabIndex === 0"),
    };
    page.wait_for("the way to a value", way, SOON).unwrap();
    page.eval(&format!("document.querySelector('{at}').focus()")).unwrap();
    space(page, at, "keydown");
    let shown = readable(page).0;
    let value = if view == "history:metadata" { "gold" } else { "cust-1042" };
    assert!(shown.to_string().contains(value), "{view}: {shown}");
    // The space bar opened and closed no entry.
    assert_eq!(page.eval("document.querySelectorAll('.data').length").unwrap(), json!(u8::from(view == "timeline")));
    space(page, at, "keyup");
    assert_masked(page, 1);
}

/// Opens the entry of the `init` call, which contains the visitor's data.
fn expand_init(timeline: &Page) {
    let init = "[...document.querySelectorAll('.row')].find((row) => row.querySelector('.what')?.innerText.startsWith('init'))";
    timeline.wait_for("the call", &format!("!!{init}"), SOON).unwrap();
    timeline.eval(&format!("{init}.querySelector('.line').click()")).unwrap();
    timeline.wait_for("the call's data", "!!document.querySelector('.data pre.code')", SOON).unwrap();
}

fn names_of_presets_are_masked(world: &World) {
    let preset = |name: &str| json!({ "name": name, "values": { "tags": ["#{{team}}"] } });
    presets::keep(world, &json!([preset("Ada Marsh"), preset("ada@acme.example")]));
    let popup = world.inspect_in_tab(&page(world));
    popup.wait_value("uniqueId", &json!("cust-1042"));
    press_mask(&popup, true);
    popup.open_presets();
    popup.wait_for("#preset-list [role=option]");
    assert_masked(&popup.0, 6);
    // While the search is empty, the space bar shows the preset that the arrow keys selected.
    assert_held(&popup.0, "#preset-search", &json!(["Ada Marsh"]));
    popup.0.press("Enter").unwrap();
    popup.wait_for("#preset-hole-0");
    assert_masked(&popup.0, 5);
    popup.act("back");
    popup.act("save-visitor");
    popup.type_into("#preset-name", "Ada Marsh, saved");
    assert_masked(&popup.0, 5);
    popup.act("keep-preset");
    popup.wait_for("[data-step=choose] p .preset-name");
    assert_masked(&popup.0, 8);

    let list = presets::manager(world);
    assert_masked(&list, 3);
    assert_held(&list, ".preset-about", &json!(["Ada Marsh"]));
    list.click("[data-preset='Ada Marsh'] [data-action=edit-preset]").unwrap();
    list.wait_for("the form", "!!document.querySelector('#edited-name')", SOON).unwrap();
    assert_masked(&list, 3);
    list.click("[data-action=cancel-edit]").unwrap();
    list.click("[data-preset='ada@acme.example'] [data-action=delete-preset]").unwrap();
    list.wait_for("the word on it", "!!document.querySelector('[data-action=undo-preset]')", SOON).unwrap();
    let file = json!({ "schema": "upscope-inspector/presets@1", "presets": [preset("Ada Marsh")] });
    presets::import(&list, &file.to_string());
    list.wait_for("the import", "!!document.querySelector('[data-warning=name-taken]')", SOON).unwrap();
    // Two presets in the list, one deleted, one to import and its new name.
    assert_masked(&list, 5);
    popup.0.activate().unwrap();
    popup.0.press("Escape").unwrap();
    popup.act("mask");
    // Readable values are no tab stops.
    list.wait_for("no mask", "!document.querySelector('.preset-about').hasAttribute('tabindex')", SOON).unwrap();
}

fn what_was_used_before_is_masked(world: &World) {
    last_used::keep(world, &json!({ "identities": ["Ada Marsh the third", "ada@acme.example"] }));
    let popup = world.inspect_in_tab(&page(world));
    popup.wait_value("uniqueId", &json!("cust-1042"));
    press_mask(&popup, true);
    popup.edit_offered("identities");
    popup.type_into("#identities-2", "ada ");
    popup.wait_offers(&["Ada Marsh the third"]);
    popup.type_into("#identities-2", "");
    popup.0.press("ArrowDown").unwrap();
    popup.wait_for("[aria-activedescendant=offer-0]");
    assert_masked(&popup.0, 5);
    assert_held(&popup.0, "[aria-activedescendant=offer-0]", &json!(["Ada Marsh the third"]));
    popup.wait_input("#identities-2", "");
}

fn copies_are_masked_until_the_button_is_pressed_again(world: &World) {
    let page = page(world);
    let popup = world.inspect_in_tab(&page);
    let short_id = world.visitor_of(&page);
    popup.wait_value("shortId", &json!(short_id));
    popup.0.eval(TAP).unwrap();
    press_mask(&popup, true);
    popup.0.eval("document.querySelector('details.details').open = true").unwrap();
    popup.act("copy-short-id");
    let masked = popup.wait("a copy", "window.copied[0]");
    assert!(!masked.as_str().unwrap().contains(&short_id), "{masked}");
    popup.act("copy-short-id");
    assert_eq!(popup.wait("another copy", "window.copied[1]"), json!(short_id));
    press_mask(&popup, false);
    popup.act("copy-short-id");
    assert_eq!(popup.wait("a copy without masks", "window.copied[2]"), json!(short_id));
}

fn wait_language(page: &Page, language: &str) {
    let spoken =
        format!("document.documentElement.lang === '{language}' && !!document.querySelector('[data-action=language]')");
    page.wait_for(language, &spoken, SOON).unwrap();
}

fn choose_language(page: &Page, language: &str) {
    let js = format!(
        "{{ const select = document.querySelector('[data-action=language]'); select.value = '{language}'; select.dispatchEvent(new Event('change')); }}"
    );
    page.eval_leaving(&js).unwrap();
}

fn a_language_is_chosen(world: &World) {
    let page = page(world);
    let open = world.inspect_in_tab(&page);
    let options = options(world);
    wait_language(&options, "en");
    let offered = "[...document.querySelectorAll('[data-action=language] option')].map(({ value }) => value).filter(Boolean).sort()";
    assert_eq!(options.eval(offered).unwrap(), json!(languages()), "every language there is");
    choose_language(&options, "de");
    wait_language(&options, "de");
    assert_eq!(options.eval("document.title").unwrap(), "Optionen des Inspektors");
    // In the popup that was already open, and in a new one.
    for popup in [open, world.inspect_in_tab(&page)] {
        popup.wait(
            "German",
            "document.documentElement.lang === 'de' && document.querySelector('[data-state=connected]')",
        );
        let text = popup.text();
        assert!(text.contains("Besucher"), "{text}");
    }
    // Lists use the language's separator.
    presets::keep(world, &json!([{ "name": "VIP", "values": { "uniqueId": "1", "tags": ["#VIP"] } }]));
    choose_language(&options, "ja");
    wait_language(&options, "ja");
    let fields = "document.querySelector('[data-preset=VIP] small')?.textContent.includes('、')";
    options.wait_for("the fields, as in Japanese", fields, SOON).unwrap();
    choose_language(&options, "");
    wait_language(&options, "en");
}

fn an_appearance_is_chosen(world: &World) {
    let page = options(world);
    let colors = || page.eval("getComputedStyle(document.body).backgroundColor").unwrap();
    let light = colors();
    page.click("[data-action=dark]").unwrap();
    page.wait_for("the dark", "document.documentElement.dataset.theme === 'dark'", SOON).unwrap();
    let dark = colors();
    assert_ne!(light, dark);
    let other = world.browser.open_extension_page("popup.html?tab=0").unwrap();
    other.wait_for("the popup", "document.querySelector('[data-state]')?.dataset.state !== 'loading'", SOON).unwrap();
    assert_eq!(other.eval("getComputedStyle(document.body).backgroundColor").unwrap(), dark);
    // The options follow a choice made elsewhere.
    other.eval("preferences.set('theme', 'light')").unwrap();
    page.wait_for("the other's choice", "document.querySelector('[data-action=light]').checked", SOON).unwrap();
    for is_masked in [true, false] {
        other.click("[data-action=mask]").unwrap();
        let is_shown = format!("document.querySelector('[data-action=masked]').checked === {is_masked}");
        page.wait_for(&format!("masked is {is_masked}"), &is_shown, SOON).unwrap();
    }
    page.click("[data-action=system]").unwrap();
    page.wait_for("the system's", "!document.documentElement.dataset.theme", SOON).unwrap();
    assert_eq!(colors(), light);
}

fn more_contrast_is_chosen(world: &World) {
    let page = options(world);
    let ink = |page: &Page| page.eval("getComputedStyle(document.querySelector('.src')).color").unwrap();
    let faint = ink(&page);
    page.click("[data-action=high]").unwrap();
    page.wait_for("more contrast", "document.documentElement.dataset.contrast === 'high'", SOON).unwrap();
    let strong = ink(&page);
    assert_ne!(faint, strong);
    // Applied before the first paint, also with a chosen appearance.
    page.click("[data-action=dark]").unwrap();
    page.wait_for("the dark", "document.documentElement.dataset.theme === 'dark'", SOON).unwrap();
    for file in ["popup.html?tab=0", "find.html", "recorded.html", "panel.html", "tools.html"] {
        let other = world.browser.open_extension_page(file).unwrap();
        let marks = "[document.documentElement.dataset.contrast, document.documentElement.dataset.theme]";
        assert_eq!(other.eval(marks).unwrap(), json!(["high", "dark"]), "{file}");
        other.close().unwrap();
    }
    page.click("[data-action=system-contrast]").unwrap();
    page.wait_for("the system's", "!document.documentElement.dataset.contrast", SOON).unwrap();
}

/// After it loads, the page compares the stored preferences with their copy in `localStorage`. The test delays the
/// reply of the storage.
fn a_choice_made_while_the_stored_ones_are_read_is_kept(world: &World) {
    let options = options(world);
    let held = "
        const get = chrome.storage.local.get.bind(chrome.storage.local);
        chrome.storage.local.get = async (...keys) => {
            const kept = await get(...keys);
            globalThis.isRead = true;
            await new Promise((then) => (globalThis.release = then));
            globalThis.isReleased = true;
            return kept;
        };
        dispatchEvent(new Event('load'));
        return true";
    options.eval(held).unwrap();
    options.wait_for("the storage to be read", "globalThis.isRead", SOON).unwrap();
    options.eval("preferences.set('masked', 'yes')").unwrap();
    options.eval("release(); return true").unwrap();
    options.wait_for("the reply", "globalThis.isReleased", SOON).unwrap();
    let kept = "const kept = JSON.parse(localStorage.getItem('preferences')); return [kept?.masked, preferences.get('masked')]";
    assert_eq!(options.eval(kept).unwrap(), json!(["yes", "yes"]));
}

fn what_is_stored_is_deleted(world: &World) {
    let page = page(world);
    let popup = world.inspect_in_tab(&page);
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "00032");
    let options = crate::server::connect(world, &world.site);
    let kept = |area: &str| options.eval(&format!("chrome.storage.{area}.get(null).then(Object.keys)")).unwrap();
    options
        .wait_for(
            "the draft",
            "chrome.storage.session.get(null).then((all) => Object.keys(all).some((key) => key.startsWith('drafts:')))",
            SOON,
        )
        .unwrap();
    popup.0.close().unwrap();

    // Screen readers announce the result, because its place was there before.
    options.eval("document.querySelector('[data-section=data] [role=status]').known = true; return true").unwrap();
    options.click("[data-action=clear-session]").unwrap();
    let is_shown = "!!document.querySelector('[data-section=data] [role=status]:has(.good)')?.known";
    options.wait_for("the result in its place", is_shown, SOON).unwrap();
    options.wait_for("the end of the draft", "chrome.storage.session.get(null).then((all) => !Object.keys(all).some((key) => key.startsWith('drafts:')))", SOON).unwrap();
    assert_ne!(kept("local"), json!([]), "the account stays");

    let wait_focus = |action: &str| {
        let js = format!("document.activeElement.dataset.action === '{action}'");
        options.wait_for(&format!("the focus on {action}"), &js, SOON).unwrap();
    };
    options.click("[data-action=clear-all]").unwrap();
    wait_focus("clear-keep");
    options.press("Enter").unwrap();
    wait_focus("clear-all");
    options.press("Enter").unwrap();
    wait_focus("clear-keep");
    options.click("[data-action=clear-all-now]").unwrap();
    let nothing = "chrome.storage.local.get(null).then((all) => !Object.keys(all).length)";
    options.wait_for("nothing", nothing, SOON).unwrap();
    crate::server::wait_status(&options, &["idle"]);
    // At some later moment, the background writes that it stores nothing for a closed tab.
    let session = kept("session");
    assert!([json!([]), json!(["recordingSizes"])].contains(&session), "{session}");
    options
        .wait_for("no permission", "chrome.permissions.getAll().then(({ origins }) => !origins.length)", SOON)
        .unwrap();
}

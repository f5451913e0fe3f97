//! Every page and menu shows its texts in the right language, also if the browser returns none. After some starts,
//! Chromium has no messages for a whole session.

use crate::server::HOST;
use crate::support::{Popup, SOON, World, extension, run_with};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xtask::drive::{Kind, Options};
use xtask::files;

/// Defines a test for both browsers, in this language and with a changed extension.
macro_rules! with_changed {
    ($($name:ident: $change:expr, $lang:expr;)+) => {$(
        mod $name {
            use super::*;

            #[test]
            fn chromium() {
                run_changed(Kind::Chromium, $change, $lang, super::$name);
            }

            #[test]
            fn firefox() {
                run_changed(Kind::Firefox, $change, $lang, super::$name);
            }
        }
    )+};
}

with_changed! {
    every_page_has_its_words: SILENT, "de";
    both_menus_have_their_words: SILENT, "de";
    the_browsers_languages_are_negotiated: SILENT, "en-US";
    a_chosen_language_is_spoken_everywhere: SILENT, "en-US";
    the_practice_has_words: SILENT, "fr";
    a_page_without_words_fails_its_test: WORDLESS, "en-US";
}

/// The browser returns no messages. Its language is the one in the URL, if any. The texts of the menus are recorded.
const SILENT: &str = "
    chrome.i18n.getMessage = () => '';
    {
      const ui = new URLSearchParams(globalThis.location?.search).get('ui');
      if (ui) chrome.i18n.getUILanguage = () => ui;
      const { contextMenus } = chrome;
      if (contextMenus) {
        const titles = {}, { create, update } = contextMenus;
        const note = (id, { title }) => {
          titles[id] = title;
          chrome.storage.session.set({ titles });
        };
        contextMenus.create = (item) => (note(item.id, item), create.call(contextMenus, item));
        contextMenus.update = async (id, item) => {
          await update.call(contextMenus, id, item);
          note(id, item);
        };
      }
    }
";

/// Only the first page gets texts, because the driver waits for it.
const WORDLESS: &str = "
    chrome.i18n.getMessage = () => '';
    if (!globalThis.location?.pathname.endsWith('welcome.html')) globalThis.fetch = async () => { throw new Error('no file'); };
";

fn run_changed(kind: Kind, change: &str, lang: &str, test: fn(&World)) {
    let folder = TempDir::new().unwrap();
    files::copy(&extension(), folder.path()).unwrap();
    // The popup has a copy in its own script.
    for script in ["settings.js", "start.js"] {
        let script = folder.path().join(script);
        let changed = format!("{change}\n{}", fs::read_to_string(&script).unwrap());
        fs::write(script, changed).unwrap();
    }
    run_with(kind, &Options { lang: Some(lang.into()), ..Options::new(folder.path()) }, test);
}

/// A language's messages.
fn messages(language: &str) -> Value {
    let path = Path::new("_locales").join(language).join("messages.json");
    serde_json::from_str(&fs::read_to_string(extension().join(path)).unwrap()).unwrap()
}

/// Waits until the page shows these messages in this language, with its `lang`.
fn says(page: &Popup, language: &str, keys: &[&str]) {
    let messages = messages(language);
    let tag = messages["languageTag"]["message"].as_str().unwrap();
    page.wait(tag, &format!("document.documentElement.lang === '{tag}'"));
    for key in keys {
        let words = &messages[key]["message"];
        assert!(words.is_string(), "{key}");
        let said = "document.title + document.body.innerText";
        page.wait(key, &format!("({said}).toLowerCase().includes({words}.toLowerCase())"));
    }
}

/// Chooses a language, or with `undefined` the browser's. The document reloads.
fn choose(page: &Popup, language: &str) {
    page.0.eval_leaving(&format!("{{ preferences.set('language', {language}); }}")).unwrap();
}

fn every_page_has_its_words(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    says(&popup, "de", &["panelVisitor", "stateConnected", "fieldIdentities", "fieldMetadata", "logOutOpen"]);
    popup.close();
    for (file, keys) in [
        ("options.html", &["optionsTitle", "prefsTitle", "privacyTitle"][..]),
        ("find.html", &["findTitle"]),
        ("welcome.html", &["welcomeTitle"]),
        ("recorded.html", &["recordedPageTitle"]),
        ("panel.html", &["extShortName"]),
        ("tools.html", &["extShortName"]),
    ] {
        let page = Popup(world.browser.open_extension_page(file).unwrap());
        says(&page, "de", keys);
        page.close();
    }
}

fn wait_menus(page: &Popup, language: &str) {
    let messages = messages(language);
    let titles = json!([messages["menuBeside"]["message"], messages["menuTab"]["message"]]).to_string();
    let there =
        "chrome.storage.session.get('titles').then(({ titles }) => JSON.stringify([titles.beside, titles.tab]))";
    page.wait(&format!("the menus {titles}"), &format!("({there}).then((there) => there === {})", json!(titles)));
}

fn both_menus_have_their_words(world: &World) {
    let page = Popup(world.browser.open_extension_page("options.html").unwrap());
    wait_menus(&page, "de");
    choose(&page, "'ja'");
    wait_menus(&page, "ja");
    // The menus may change before the new document exists, in which the next choice is made.
    says(&page, "ja", &["optionsTitle"]);
    choose(&page, "undefined");
    wait_menus(&page, "de");
}

fn the_browsers_languages_are_negotiated(world: &World) {
    for (browser, ours) in [
        ("pt-BR", "pt_BR"),
        ("de-AT", "de"),
        ("ja-JP-u-ca-japanese", "ja"),
        ("es_419", "es"),
        ("nl", "en"),
        ("pt-PT", "en"),
    ] {
        let page = Popup(world.browser.open_extension_page(&format!("options.html?ui={browser}")).unwrap());
        says(&page, ours, &["optionsTitle"]);
        page.close();
    }
}

fn a_chosen_language_is_spoken_everywhere(world: &World) {
    world.browser.grant_host(HOST).unwrap();
    let page = world.open_connected("/connected");
    let options = Popup(world.browser.open_extension_page("options.html").unwrap());
    says(&options, "en", &["optionsTitle"]);
    choose(&options, "'fr'");
    says(&options, "fr", &["optionsTitle"]);
    let popup = world.inspect_in_tab(&page);
    says(&popup, "fr", &["panelVisitor", "stateConnected"]);
    // A language that a later version removed.
    choose(&options, "'xx'");
    says(&options, "en", &["optionsTitle"]);
}

fn the_practice_has_words(world: &World) {
    let page = Popup(world.browser.open_extension_page("welcome.html").unwrap());
    says(&page, "fr", &["welcomeTitle"]);
    let words = messages("fr")["panelVisitor"]["message"].to_string();
    let inside = format!(
        "document.querySelector('iframe')?.contentDocument?.body?.innerText.toLowerCase().includes({words}.toLowerCase())"
    );
    page.0.wait_for("the practised inspector's words", &inside, SOON).unwrap();
}

fn a_page_without_words_fails_its_test(world: &World) {
    let refused = world.browser.open_extension_page("options.html").map(drop).unwrap_err();
    assert!(format!("{refused:#}").ends_with("options.html shows no words"), "{refused:#}");
}

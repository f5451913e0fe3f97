//! Every language of `extension/_locales`: the browser selects it, and no text is cut off at the narrowest width.

use crate::last_used;
use crate::support::{Popup, SOON, extension, run_with};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use xtask::drive::{Kind, Options};
use xtask::files;
use xtask::messages;

mod the_popup_speaks_the_browsers_language {
    use super::*;

    #[test]
    fn chromium() {
        in_german(Kind::Chromium);
    }

    #[test]
    fn firefox() {
        in_german(Kind::Firefox);
    }
}

mod nothing_is_cut_off_in_any_language {
    use super::*;

    #[test]
    fn chromium() {
        in_all_languages(Kind::Chromium);
    }

    #[test]
    fn firefox() {
        in_all_languages(Kind::Firefox);
    }
}

fn in_german(kind: Kind) {
    let options = Options { lang: Some("de".into()), ..Options::new(extension()) };
    run_with(kind, &options, |world| {
        let page = world.open_connected("/connected");
        let popup = world.inspect(&page);
        popup.wait_state("connected");
        let german = fs::read_to_string(extension().join("_locales/de/messages.json")).unwrap();
        let german: Value = serde_json::from_str(&german).unwrap();
        let text = popup.text();
        for key in ["panelVisitor", "stateConnected", "fieldIdentities", "fieldMetadata", "logOutOpen"] {
            let message = german[key]["message"].as_str().unwrap();
            assert!(text.contains(message), "{message} is not in {text}");
        }
        assert_eq!(popup.0.eval("document.documentElement.lang").unwrap(), "de");
    });
}

fn in_all_languages(kind: Kind) {
    let folder = TempDir::new().unwrap();
    speaking(folder.path());
    run_with(kind, &Options::new(folder.path()), |world| {
        world.browser.grant_host("http://127.0.0.1/*").unwrap();
        last_used::keep(world, &json!({ "tags": ["#USED-BEFORE"] }));
        let page = world.open_connected("/malformed");
        let tab = page.tab_id().unwrap();
        let popup = Popup(world.browser.open_extension_page("options.html").unwrap());
        popup.0.set_viewport(NARROW.0, NARROW.1).unwrap();
        for language in languages() {
            let query = format!("lang={language}&tab={tab}");
            let show = |file: &str| {
                popup.0.navigate(&world.browser.extension_url(&format!("{file}?{query}"))).unwrap();
            };
            show("options.html");
            popup.wait_for("form");
            popup.shows_whole(&language, "the account's options");
            show("find.html");
            popup.wait_for("form");
            popup.shows_whole(&language, "the search");
            show("welcome.html");
            popup.wait_for("#practice");
            popup.shows_whole(&language, "the first-run page");
            show("recorded.html");
            popup.wait_for(".recorded");
            popup.shows_whole(&language, "the recording on a page of its own");
            show("popup.html");
            look_around(&popup, &language);
        }
    });
}

/// The narrowest supported page.
const NARROW: (u32, u32) = (320, 600);

/// Shows the views of the popup for a page with many findings.
fn look_around(popup: &Popup, language: &str) {
    popup.wait_for("[data-field=tags] [data-flaw]");
    popup.shows_whole(language, "the visitor");
    for field in ["identities", "metadata", "integrationIds"] {
        // With a script, because a real click would scroll the page.
        popup.wait_for(&format!("[data-field={field}] [data-action=edit]"));
        popup.0.eval(&format!("document.querySelector('[data-field={field}] [data-action=edit]').click()")).unwrap();
        popup.wait_for(&format!(".editing[data-field={field}] :focus"));
    }
    popup.act_on("integrationIds", "remove");
    popup.wait_for("[data-action=apply]");
    popup.shows_whole(language, "an edit");
    popup.act("discard");
    popup.0.eval("document.querySelector('[data-field=tags] [data-action=edit]').click()").unwrap();
    popup.wait_for("#tags-0[role=combobox]:focus");
    popup.0.press("ArrowDown").unwrap();
    popup.wait_offers(&["#USED-BEFORE"]);
    popup.shows_whole(language, "values used before");
    popup.act("discard");
    for dialog in ["log-out", "set-code"] {
        popup.act(dialog);
        popup.wait_for(&format!("dialog[data-dialog={dialog}]"));
        popup.shows_whole(language, dialog);
        popup.act("cancel");
    }
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-action=record]");
    popup.shows_whole(language, "the timeline");
    popup.act("show-checks");
    popup.wait_for("#recorded [data-check]");
    popup.shows_whole(language, "the checks");
}

impl Popup {
    /// Styles and texts may arrive a moment after the awaited element.
    fn shows_whole(&self, language: &str, view: &str) {
        let whole = json!([language.replace('_', "-"), []]);
        let js = format!("const cut = await (async () => {{ {CUT_OFF} }})(); return JSON.stringify(cut) === '{whole}'");
        if self.0.wait_for(view, &js, SOON).is_err() {
            panic!("{view} in {language}: {:?}", self.0.eval(CUT_OFF));
        }
    }
}

/// The page's language, and the elements that are wider than their place or, if buttons, out of view at a side.
/// Elements that scroll or end in `…` aren't cut off.
const CUT_OFF: &str = "
    const scrolls = ({ overflowX, textOverflow }) => ['auto', 'scroll'].includes(overflowX) || textOverflow === 'ellipsis';
    const isWider = (of) => of.clientWidth > 0 && of.scrollWidth > of.clientWidth && !scrolls(getComputedStyle(of))
        && !of.matches('input, .sr-only');
    const isOutside = (of) => {
        const { left, right, width } = of.getBoundingClientRect();
        return width > 0 && (left < 0 || right > innerWidth);
    };
    const buttons = [...document.querySelectorAll('button, select, .seg label')].filter(isOutside);
    const wide = [document.documentElement, ...document.querySelectorAll('body, body *')].filter(isWider);
    const found = [...wide, ...buttons].map((of) => `${of.localName}.${of.className}: ${of.textContent.slice(0, 60)}`);
    return [document.documentElement.lang, found]";

/// The languages of the built extension.
pub fn languages() -> Vec<String> {
    let languages = messages::languages(&extension().join("_locales")).unwrap();
    assert!(languages.len() > 1, "{languages:?}");
    languages
}

/// Copies the built extension to `folder` and makes its pages use the language in their URL. A browser's language is
/// fixed at its start, and starting each browser in six languages takes longer than all other tests here.
fn speaking(folder: &Path) {
    files::copy(&extension(), folder).unwrap();
    fs::write(folder.join("speak.js"), SPEAK).unwrap();
    for page in ["popup.html", "options.html", "find.html", "recorded.html", "welcome.html"] {
        let html = fs::read_to_string(folder.join(page)).unwrap();
        let spoken = html.replacen("<script", "<script src=\"speak.js\"></script>\n<script", 1);
        fs::write(folder.join(page), spoken).unwrap();
    }
}

/// Reads messages as a browser does, before the page's own first script runs.
const SPEAK: &str = "
    const language = new URLSearchParams(location.search).get('lang') ?? 'en';
    const request = new XMLHttpRequest();
    request.open('GET', `/_locales/${language}/messages.json`, false);
    request.send();
    const messages = JSON.parse(request.responseText);
    chrome.i18n.getMessage = (key, substitutions = []) => {
      const { message, placeholders } = messages[key];
      const argument = (name) => substitutions[placeholders[name.toLowerCase()].content.slice(1) - 1];
      return message.replace(/\\$(\\w*)\\$/g, (_, name) => (name ? argument(name) : '$'));
    };";

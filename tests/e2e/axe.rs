//! Runs axe-core's rules for WCAG 2.2 A and AA and its best practices on each view, in both color schemes. One browser
//! shows many states, because its start takes longer than all of them.

use crate::expectations;
use crate::in_both;
use crate::last_used;
use crate::presets::{import, keep, manager};
use crate::recorded::{replay, stored};
use crate::server::{connect, options, wait_status};
use crate::server_find::{choose, search, wait_results};
use crate::support::{Popup, SOON, World};
use crate::welcome;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use xtask::drive::{Kind, Page};

in_both! {
    the_visitor_and_every_edit_can_be_used_by_everybody;
    a_page_without_a_visitor_can_be_used_by_everybody;
    what_was_recorded_can_be_used_by_everybody;
    the_account_s_pages_can_be_used_by_everybody;
    presets_can_be_used_by_everybody;
    the_first_run_page_can_be_used_by_everybody;
}

/// The rules for each state, and the rules whose result depends on the color scheme.
const ALL_RULES: &str =
    "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";
const COLOUR_RULES: &str = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

const ENHANCED_RULES: &str = "{ type: 'rule', values: ['color-contrast-enhanced'] }";

/// Marks the page as `settings.js` does for a person who prefers more contrast.
const MORE_CONTRAST: &str = "document.documentElement.dataset.contrast = 'high'";

/// Lists each violated rule with its first few elements. During a color transition, text has the contrast of neither
/// color, so all animations are finished first. Waiting isn't enough, because nothing animates in a closed `details`.
const RUN: &str = "
    document.getAnimations().forEach((one) => one.finish());
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
    const why = ({ any, all, none }) => [any, all, none].flat().map((one) => one.message).join('; ');
    const place = (node) => `\\n    ${node.html.slice(0, 160)}\\n      ${why(node)}`;
    return violations.map(({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length} times)${nodes.slice(0, 3).map(place).join('')}`);";

/// axe-core's source, and the violations found so far. The test prints all of them at the end.
struct Judge<'a> {
    world: &'a World,
    axe: String,
    dark: Cell<bool>,
    found: RefCell<Vec<String>>,
}

/// Runs `walk` with a judge and fails with all violations that it found.
fn judged(world: &World, walk: impl FnOnce(&Judge)) {
    let Some(source) = xtask::axe::source().expect("axe-core can be installed") else {
        eprintln!("NOT CHECKED: the accessibility tests need npm, which brings axe-core");
        return;
    };
    let axe = format!("(() => {{ {source}\nreturn true; }})()");
    let judge = Judge { world, axe, dark: Cell::new(false), found: RefCell::default() };
    walk(&judge);
    let found = judge.found.into_inner();
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

impl Judge<'_> {
    /// Checks the page: all rules in the current color scheme, then the color rules in the other one.
    fn see(&self, state: &str, page: &Page) {
        if page.eval("typeof axe === 'undefined'").unwrap() == json!(true) {
            page.eval(&self.axe).unwrap();
        }
        self.run(state, page, ALL_RULES);
        self.dark.set(!self.dark.get());
        self.world.browser.set_dark(self.dark.get()).unwrap();
        self.run(state, page, COLOUR_RULES);
    }

    /// Checks the colors with more contrast, in both schemes. The page stays marked.
    fn see_more_contrast(&self, state: &str, page: &Page) {
        self.see(state, page);
        page.eval(MORE_CONTRAST).unwrap();
        for dark in [false, true] {
            self.dark.set(dark);
            self.world.browser.set_dark(dark).unwrap();
            self.run(&format!("{state}, more contrast"), page, ENHANCED_RULES);
        }
    }

    fn run(&self, state: &str, page: &Page, rules: &str) {
        let dark = self.dark.get();
        let painted = format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}");
        page.wait_for("the colour scheme", &painted, SOON).unwrap();
        // `RUN` finishes the transitions between the schemes first.
        let found = page.eval(&format!("const rules = {rules}; {RUN}")).unwrap();
        let scheme = if dark { "dark" } else { "light" };
        let lines = found.as_array().unwrap().iter().filter_map(Value::as_str);
        self.found.borrow_mut().extend(lines.map(|one| format!("{state}, {scheme}: {one}")));
    }
}

fn the_visitor_and_every_edit_can_be_used_by_everybody(world: &World) {
    judged(world, |judge| {
        last_used::keep(world, &json!({ "tags": ["#TRIAL", "#BETA"] }));
        let page = world.open_connected("/connected");
        let popup = world.inspect(&page);
        popup.0.click(".details summary").unwrap();
        judge.see("the visitor", &popup.0);
        popup.0.eval("dispatchEvent(new Event('copy-code'))").unwrap();
        popup.wait_for("[data-by-key=not-known]");
        judge.see("no code copied", &popup.0);
        edit_wrongly(&popup);
        judge.see("every field edited, with errors", &popup.0);
        popup.act("discard");
        edit_rightly(&popup);
        judge.see("the preview", &popup.0);
        popup.act("apply");
        popup.wait_outcome("tags", "read-back");
        judge.see("the outcome", &popup.0);
        for dialog in ["log-out", "ask-code", "set-code"] {
            popup.act(dialog);
            popup.wait_for(&format!("dialog[open][data-dialog={dialog}]"));
            if dialog == "set-code" {
                popup.type_into("#chosen-code", "12a4");
                popup.wait_for("[data-dialog] [data-error]");
            }
            judge.see(dialog, &popup.0);
            popup.act("cancel");
            popup.wait_for("dialog:not([open])");
        }
        popup.act("switch");
        // The notice moves the fields down.
        popup.wait_for(".notice.info");
        popup.edit_offered("tags");
        popup.0.press("ArrowDown").unwrap();
        popup.wait_for("[aria-activedescendant=offer-0]");
        judge.see_more_contrast("another visitor, with tags used before", &popup.0);
    });
}

fn edit_wrongly(popup: &Popup) {
    for field in ["uniqueId", "identities", "tags", "integrationIds", "metadata"] {
        popup.act_on(field, "edit");
    }
    popup.type_into("#uniqueId-0", "");
    popup.add_item("tags", "#vip");
    popup.add_item("integrationIds", "nobody");
    popup.type_into("#metadata-key-0", "plan");
    popup.type_into("#metadata-key-1", "plan");
    popup.wait_for("[data-field=tags] [data-error=tag-pattern]");
    popup.wait_for("[data-field=metadata] [data-error=key-twice]");
}

/// A valid edit with each kind of change and a notice.
fn edit_rightly(popup: &Popup) {
    popup.add_item("tags", "#MORE");
    popup.act_on("identities", "edit");
    popup.0.click("[data-field=identities] label:has(> [data-action=remove])").unwrap();
    popup.edit_metadata_as_json(r#"{"plan": "pro", "seats": 12}"#);
    popup.wait_for("#preview .changes");
}

/// Pages without a visitor, with few values, or with malformed ones.
const PAGES: [(&str, &str); 6] = [
    ("/no-upscope", "no-upscope"),
    ("/first-not-init", "refused"),
    ("/queue-waiting", "not-connected"),
    ("/autoconnect-off", "not-connected"),
    ("/malformed", "connected"),
    ("/frames", "connected"),
];

fn a_page_without_a_visitor_can_be_used_by_everybody(world: &World) {
    judged(world, |judge| {
        for (path, state) in PAGES {
            let page = world.open(path);
            let popup = world.inspect(&page);
            popup.wait_state(state);
            judge.see(path, &popup.0);
            popup.close();
            page.close().unwrap();
        }
        let closed = match world.browser.kind() {
            Kind::Chromium => "chrome://version",
            Kind::Firefox => "about:license",
        };
        let page = world.browser.open(closed).unwrap();
        let popup = world.inspect(&page);
        popup.wait_state("restricted");
        judge.see("a page of the browser", &popup.0);
        popup.close();
        let page = world.open_connected("/connected");
        let popup = world.inspect_in_tab(&page);
        popup.wait_state("needs-access");
        judge.see_more_contrast("without access", &popup.0);
    });
}

fn what_was_recorded_can_be_used_by_everybody(world: &World) {
    judged(world, |judge| {
        in_the_popup(world, judge);
        on_a_page_of_its_own(world, judge);
        let file = world.open_recorded("");
        file.choose_file("{");
        file.wait_for("[data-error=not-a-recording]");
        judge.see("no recording", &file.0);
    });
}

/// The panels at the size of the popup.
fn in_the_popup(world: &World, judge: &Judge) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let page = world.open("/malformed");
    let popup = world.inspect_in_tab(&page);
    popup.0.set_viewport(420, 580).unwrap();
    popup.act("show-timeline");
    popup.wait_for("#recorded [data-action=record]");
    judge.see("the offer to record", &popup.0);
    world.keep(&stored(page.tab_id().unwrap(), &[replay("bad-values")]));
    popup.0.activate().unwrap();
    popup.wait_for("#recorded .row");
    popup.0.click("#recorded .row .line").unwrap();
    popup.wait_for("#recorded .row .data");
    judge.see("the timeline in the popup", &popup.0);
    expectations::keep(world, &expectations::file().to_string());
    popup.act("show-expectations");
    popup.wait_for("#recorded [data-expectation][data-verdict=not-met]");
    judge.see("the expectations in the popup", &popup.0);
    popup.act("show-checks");
    popup.wait_for("#recorded [data-check]");
    judge.see_more_contrast("the checks in the popup", &popup.0);
    popup.act("show-expectations");
    popup.wait_for("#recorded [data-expectation]");
    judge.see_more_contrast("the expectations in the popup", &popup.0);
}

fn on_a_page_of_its_own(world: &World, judge: &Judge) {
    let page = world.recorded("connected");
    page.0.click("[data-entry='0:p12'] .line").unwrap();
    page.wait_for(".data");
    judge.see("the timeline", &page.0);
    for (dialog, action) in [("clear", "clear"), ("export", "export")] {
        page.act(action);
        page.wait_for(&format!("dialog[open][data-dialog={dialog}]"));
        judge.see(dialog, &page.0);
        page.act("cancel");
        page.wait_for("dialog:not([open])");
    }
    page.type_into("#find-entries", "nothing has this");
    page.wait_for("[data-action=show-all]");
    judge.see("nothing found", &page.0);
    for view in ["checks", "expectations", "history", "sites"] {
        page.act(&format!("show-{view}"));
        page.wait_for(&format!("[data-view={view}]"));
        judge.see(view, &page.0);
    }
}

fn the_account_s_pages_can_be_used_by_everybody(world: &World) {
    judged(world, |judge| {
        let page = world.browser.open_extension_page("find.html").unwrap();
        page.wait_for("the way", "document.querySelector('[data-action=options]') !== null", SOON).unwrap();
        judge.see("the search without an account", &page);
        let page = options(world);
        page.click("[data-action=save]").unwrap();
        page.wait_for("the error", "document.querySelector('[data-error]') !== null", SOON).unwrap();
        judge.see("the options with errors", &page);
        let page = connect(world, &world.site);
        judge.see("an account just connected", &page);
        page.reload().unwrap();
        wait_status(&page, &["kept"]);
        judge.see("an account", &page);
        let id = world.visitor_of(&world.open_connected("/connected"));
        let page = world.browser.open_extension_page("find.html").unwrap();
        page.wait_for("the form", "document.querySelector('[data-action=search]')?.disabled === false", SOON).unwrap();
        search(&page, "tag", "VIP");
        wait_results(&page, "found");
        page.click(&format!("[data-visitor=\"{id}\"]")).unwrap();
        page.wait_for("the visitor", "document.querySelector('[data-open] dl') !== null", SOON).unwrap();
        judge.see("a visitor found", &page);
        choose(&page, "lookup-code");
        page.type_text("#typed", "12a4").unwrap();
        page.wait_for("the error", "document.querySelector('[data-error]') !== null", SOON).unwrap();
        judge.see_more_contrast("a search that cannot be", &page);
    });
}

fn presets_can_be_used_by_everybody(world: &World) {
    let wait = |page: &Page, css: &str| {
        page.wait_for(css, &format!("document.querySelector('{css}') !== null"), SOON).unwrap();
    };
    judged(world, |judge| {
        world.browser.grant_host("http://127.0.0.1/*").unwrap();
        let popup = world.inspect_in_tab(&world.open_connected("/connected"));
        popup.0.set_viewport(420, 580).unwrap();
        popup.open_presets();
        popup.wait_for(".none-yet");
        judge.see("no presets", &popup.0);
        let ada = json!({ "name": "Ada", "values": { "identities": ["{{name}}"], "tags": ["#VIP"] } });
        let other = json!({ "name": "Other", "sites": ["elsewhere.example"], "values": { "uniqueId": "7" } });
        keep(world, &json!([ada, other]));
        popup.0.activate().unwrap();
        popup.act("everywhere");
        popup.wait_for("[data-preset=Other]");
        judge.see("presets to choose from", &popup.0);
        popup.0.press("Enter").unwrap();
        popup.wait_for("#preset-hole-0");
        judge.see("a preset to fill in", &popup.0);
        popup.act("back");
        popup.act("save-visitor");
        popup.act("keep-preset");
        popup.wait_for("[data-error=no-name]");
        judge.see_more_contrast("a preset without a name", &popup.0);
        popup.close();
        let page = manager(world);
        import(
            &page,
            r##"{"schema": "upscope-inspector/presets@1", "presets": [{"name": "Ada", "values": {"tags": ["#vip"]}}, {"name": "Other", "values": {"uniqueId": "8"}}]}"##,
        );
        wait(&page, "[data-import] [data-warning=name-taken]");
        page.click("[data-preset=Ada] [data-action=edit-preset]").unwrap();
        page.type_text("#edited-sites", "no site").unwrap();
        wait(&page, "[data-error=site]");
        page.click("[data-preset=Other] [data-action=delete-preset]").unwrap();
        wait(&page, "[data-action=undo-preset]");
        judge.see_more_contrast("presets in the options", &page);
    });
}

/// The frame contains the popup, which has its own tests.
fn the_first_run_page_can_be_used_by_everybody(world: &World) {
    judged(world, |judge| {
        let page = welcome::open(world);
        judge.see("the first-run page", &page);
        page.click_in_frame(welcome::FRAME, "[data-action=copy-code]").unwrap();
        page.click_in_frame(welcome::FRAME, "[data-action=mask]").unwrap();
        welcome::ticked(&page, &["code", "mask"]);
        page.click_in_frame(welcome::FRAME, "[data-action=show-timeline]").unwrap();
        page.click_in_frame(welcome::FRAME, "[data-action=record]").unwrap();
        page.wait_for("the word", "document.querySelector('[data-refused]') !== null", SOON).unwrap();
        judge.see_more_contrast("the first-run page half done", &page);
    });
}

//! Pages that the inspector can't read: the popup shows the reason and the next step.

use crate::in_both;
use crate::support::World;
use xtask::drive::Kind;

in_both! {
    pages_of_the_browser_are_restricted;
    a_page_after_one_of_the_browser_is_not_restricted;
    a_document_viewer_is_restricted;
    without_a_click_on_the_button_there_is_no_access;
}

fn pages_of_the_browser_are_restricted(world: &World) {
    let page = world.browser.open(page_of_the_browser(world)).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("restricted");
}

fn a_page_after_one_of_the_browser_is_not_restricted(world: &World) {
    let page = world.browser.open(page_of_the_browser(world)).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("restricted");
    page.navigate(&world.site.url("/connected")).unwrap();
    popup.wait_state("needs-access");
}

fn page_of_the_browser(world: &World) -> &'static str {
    match world.browser.kind() {
        Kind::Chromium => "chrome://version",
        Kind::Firefox => "about:license",
    }
}

fn a_document_viewer_is_restricted(world: &World) {
    let page = world.open("/files/sample.pdf");
    let popup = world.inspect(&page);
    popup.wait_state("restricted");
}

fn without_a_click_on_the_button_there_is_no_access(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect_in_tab(&page);
    popup.wait_state("needs-access");
    popup.0.eval("document.querySelector('main [data-action=refresh]').focus()").unwrap();
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    popup.wait_state("connected");
    popup.wait("the focus on what follows the screen", "document.activeElement.matches('[data-action=show-visitor]')");
}

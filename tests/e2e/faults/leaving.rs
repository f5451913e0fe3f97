//! A document that unloads during an act. The act has begun, so the inspector must not report it as not done.

use super::acts::switch;
use super::stop::{ANSWERED, send};
use crate::in_both;
use crate::recorder::SITE;
use crate::support::{SOON, World};
use serde_json::json;
use xtask::drive::Page;
use xtask::site::Command;

in_both! {
    an_act_of_a_page_that_loads_itself_anew_is_not_called_undone;
    an_act_of_a_page_that_leaves_for_another_is_not_called_undone;
    an_act_of_a_page_that_leaves_for_another_site_is_not_called_undone;
    an_act_of_a_tab_that_is_closed_is_not_called_undone;
}

/// Begins a switch and makes the document unload after the old visitor is logged out. The switch waits in the page
/// meanwhile, because the server refuses connections.
fn leaves_during_a_switch(world: &World, leave: impl FnOnce(Page)) {
    world.browser.grant_host(SITE).unwrap();
    let own = world.browser.open_extension_page("find.html").unwrap();
    let page = world.open_connected("/connected");
    let request = switch("LEFT").request(&own, page.tab_id().unwrap());
    world.site.command(Command::RefuseConnections(true));
    send(&own, &request);
    page.wait_for("the log-out", "Upscope._config.uniqueId === undefined", SOON).unwrap();
    leave(page);
    own.wait_for("an answer", ANSWERED, SOON).unwrap();
    assert_eq!(own.eval("reply").unwrap(), json!({ "refused": { "why": "noAnswer" } }));
}

fn an_act_of_a_page_that_loads_itself_anew_is_not_called_undone(world: &World) {
    leaves_during_a_switch(world, |page| page.reload().unwrap());
}

/// The browser may put the document into the back/forward cache.
fn an_act_of_a_page_that_leaves_for_another_is_not_called_undone(world: &World) {
    leaves_during_a_switch(world, |page| page.navigate(&world.site.url("/no-upscope")).unwrap());
}

fn an_act_of_a_page_that_leaves_for_another_site_is_not_called_undone(world: &World) {
    leaves_during_a_switch(world, |page| page.navigate(&world.site.url_on("localhost", "/no-upscope")).unwrap());
}

fn an_act_of_a_tab_that_is_closed_is_not_called_undone(world: &World) {
    leaves_during_a_switch(world, |page| page.close().unwrap());
}

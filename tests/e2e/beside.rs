//! The inspector outside the popup: side panel, sidebar, developer tools and a separate tab.

use crate::in_both;
use crate::support::{SOON, World};
use xtask::drive::Page;

in_both! {
    the_side_panel_follows_the_tab_in_front_and_keeps_what_is_typed;
    the_developer_tools_show_visitor_and_timeline;
    the_menus_offer_the_inspector;
}

/// An extension page with a button that opens the side panel or sidebar. Browsers open them only in response to a
/// click.
pub fn open_panel(world: &World) -> Page {
    let page = world.browser.open_extension_page("manifest.json").unwrap();
    page.eval(
        "document.body.innerHTML = '<button>Open</button>'; const { id } = await chrome.windows.getCurrent(); \
         document.querySelector('button').onclick = () => { (chrome.sidePanel ? chrome.sidePanel.open({ windowId: id }) : chrome.sidebarAction.open()).catch((error) => console.error(String(error))); }; return 1",
    )
    .unwrap();
    page.click("button").unwrap();
    page.wait_for("the panel", &panel("true"), SOON).unwrap();
    page
}

/// Evaluates `js` in the inspector's document in the panel, as `inner`.
pub fn panel(js: &str) -> String {
    format!(
        "((inner) => !!inner && ({js}))(chrome.extension.getViews().find((view) => view.location.pathname === '/panel.html')?.document.querySelector('iframe')?.contentDocument)"
    )
}

fn the_side_panel_follows_the_tab_in_front_and_keeps_what_is_typed(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let [one, other] = ["/connected", "/no-upscope"].map(|path| world.open(path));
    let ours = open_panel(world);
    let shows = |page: &Page, what: &str, js: &str| {
        page.activate().unwrap();
        ours.wait_for(what, &panel(js), SOON).unwrap();
    };
    shows(&one, "the connected page", "inner.querySelector('[data-state=connected]')");
    ours.eval(&panel("inner.querySelector('[data-field=uniqueId] [data-action=edit]').click(), true")).unwrap();
    ours.wait_for("the editor", &panel("inner.querySelector('#uniqueId-0')"), SOON).unwrap();
    ours.eval(&panel("(input => { input.value = 'half-typ'; input.dispatchEvent(new Event('input', { bubbles: true })); return true; })(inner.querySelector('#uniqueId-0'))")).unwrap();
    ours.wait_for(
        "the draft to be kept",
        "chrome.storage.session.get(null).then((kept) => JSON.stringify(kept).includes('half-typ'))",
        SOON,
    )
    .unwrap();
    shows(&other, "the other page", "inner.querySelector('[data-state=no-upscope]')");
    shows(&one, "the draft", "inner.querySelector('#uniqueId-0')?.value === 'half-typ'");
}

fn the_developer_tools_show_visitor_and_timeline(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let shown = world.open_connected("/connected");
    let tools = world.browser.open_extension_page(&format!("tools.html?tab={}", shown.tab_id().unwrap())).unwrap();
    for (frame, wanted) in [("#inspector", "[data-state=connected]"), ("#recorded", "[data-view=timeline]")] {
        let inner = format!("document.querySelector('{frame}').contentDocument.querySelector('{wanted}') !== null");
        tools.wait_for(wanted, &inner, SOON).unwrap();
    }
}

fn the_menus_offer_the_inspector(world: &World) {
    let page = world.browser.open_extension_page("manifest.json").unwrap();
    // An update succeeds only for a menu that exists.
    for id in ["beside", "tab"] {
        let change = format!("chrome.contextMenus.update('{id}', {{ enabled: true }}).then(() => true)");
        page.wait_for(id, &change, SOON).unwrap();
    }
}

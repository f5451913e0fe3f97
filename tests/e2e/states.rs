//! The popup shows the page's state.

use crate::in_both;
use crate::support::{SOON, World};
use xtask::site::Command;

in_both! {
    every_state_of_a_page_is_shown;
    prototype_js_is_named;
    a_session_is_shown_with_its_observer;
    a_connection_ended_by_the_server_is_shown;
}

/// Each page of the site, and its state after it has settled.
const STATES: [(&str, &str); 16] = [
    ("/no-upscope", "no-upscope"),
    ("/form-named", "no-upscope"),
    ("/loader-blocked", "snippet-only"),
    ("/wrong-key", "not-connected"),
    ("/not-initialised", "not-initialised"),
    ("/first-not-init", "refused"),
    ("/no-api-key", "refused"),
    ("/prototype-js", "refused"),
    ("/to-json", "connected"),
    ("/hang", "not-connected"),
    ("/do-not-reconnect", "connected"),
    ("/autoconnect-off", "not-connected"),
    ("/queue-waiting", "not-connected"),
    ("/connected", "connected"),
    ("/var-held", "connected"),
    ("/csp", "connected"),
];

fn every_state_of_a_page_is_shown(world: &World) {
    for (path, state) in STATES {
        let page = world.open(path);
        let popup = world.inspect(&page);
        popup.wait_state(state);
        popup.close();
        page.close().unwrap();
    }
}

fn prototype_js_is_named(world: &World) {
    let page = world.open("/prototype-js");
    let popup = world.inspect(&page);
    popup.wait_state("refused");
    popup.wait("its name", "document.body.innerText.includes('Prototype.js')");
}

fn a_session_is_shown_with_its_observer(world: &World) {
    let page = world.open_connected("/connected");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    world.site.command(Command::BeginSession { observer: "Nia Agent".into() });
    popup.wait_state("in-session");
    // The agent's name appears with the cursor, at the agent's first move.
    assert!(!popup.text().contains("Nia Agent"), "{}", popup.text());
    world.site.command(Command::MoveObserver);
    popup.wait("the observer", "document.body.innerText.includes('Nia Agent')");
    world.site.command(Command::EndSession);
    popup.wait_state("connected");
}

fn a_connection_ended_by_the_server_is_shown(world: &World) {
    world.site.command(Command::HoldHandshakes(true));
    let page = world.open("/connected");
    world.site.wait_for("the socket", SOON, |record| (record.sockets_open > 0).then_some(())).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
}

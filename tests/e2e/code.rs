//! The lookup code.

use crate::in_both;
use crate::support::{SOON, World};
use serde_json::json;

in_both! {
    a_stored_code_is_shown_with_its_time_left;
    a_code_left_on_the_page_is_not_the_new_visitors;
    a_code_is_asked_for_only_on_demand;
    a_code_is_asked_of_a_newer_sdk_too;
    a_chosen_code_reaches_the_server_and_survives_a_reload;
}

fn a_stored_code_is_shown_with_its_time_left(world: &World) {
    let page = world.open_connected("/connected");
    page.eval("localStorage.setItem('__upscope:lookupCode', '\"0482\"'); localStorage.setItem('__upscope:lookupCodeSetAt', JSON.stringify(new Date(Date.now() - 19 * 60000 - 30000)))").unwrap();
    let popup = world.inspect(&page);
    popup.wait_value("lookupCode", &json!("0482"));
    assert_eq!(popup.source("lookupCode"), "local-storage");
    popup.wait("40 minutes", "/\\b(39|40)\\b/.test(document.querySelector('[data-field=lookupCode]').innerText)");
    page.eval("localStorage.setItem('__upscope:lookupCodeSetAt', JSON.stringify(new Date(Date.now() - 3700000)))")
        .unwrap();
    popup.wait_for("[data-field=lookupCode].expired");
}

fn a_code_left_on_the_page_is_not_the_new_visitors(world: &World) {
    let page = world.open_connected("/lookup-code");
    let shown = "document.getElementById('lookup-code').textContent";
    let old = page.wait_for("a code", &format!("/^\\d{{4}}$/.test({shown}) && {shown}"), SOON).unwrap();
    let popup = world.inspect(&page);
    popup.wait_value("lookupCode", &old);
    popup.act("log-out");
    popup.act("confirm");
    popup.wait("no code", "document.querySelector('[data-field=lookupCode]').dataset.value === undefined");
    assert_eq!(page.eval(shown).unwrap(), old, "the page still shows it");
    popup.wait_state("connected");
    assert_eq!(popup.value("lookupCode"), None);
    popup.wait("why", "document.querySelector('[data-field=lookupCode]').innerText.includes('earlier')");
    // The side button is in a shadow root.
    let button = "document.querySelector('#upscope___lookup-code-button-container').shadowRoot.querySelector('button')";
    page.eval(&format!("({button}.click(), true)")).unwrap();
    let new =
        page.wait_for("its code", &format!("/^\\d{{4}}$/.test({button}.textContent) && {button}.textContent"), SOON);
    popup.wait_value("lookupCode", &new.unwrap());
}

fn a_code_is_asked_for_only_on_demand(world: &World) {
    let page = world.open("/autoconnect-off");
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    popup.act("ask-code");
    popup.wait_for("[data-dialog]");
    assert_eq!(world.site.sockets_opened(), 0, "nothing before the confirmation");
    popup.act("confirm");
    popup.wait("a code", "/^\"\\d{4}\"$/.test(document.querySelector('[data-field=lookupCode]').dataset.value)");
    let code = popup.value("lookupCode").unwrap();
    world
        .site
        .wait_for("the code", SOON, |record| {
            record.visitors.iter().find(|v| v.lookup_code == Some(code.clone())).map(drop)
        })
        .unwrap();
}

fn a_code_is_asked_of_a_newer_sdk_too(world: &World) {
    let page = world.open("/newer");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    popup.act("ask-code");
    popup.act("confirm");
    popup.wait("a code", "/\\d{4}/.test(document.querySelector('[data-act]')?.innerText ?? '')");
    // The page stores its code before the server receives it.
    let code = world.site.wait_for("the code", SOON, |record| record.visitors.first()?.lookup_code.clone()).unwrap();
    assert_eq!(world.site.visitors().len(), 1);
    let text = popup.0.eval("document.querySelector('[data-act]').innerText").unwrap();
    assert!(text.as_str().unwrap().contains(code.as_str().unwrap()), "{text}");
}

fn a_chosen_code_reaches_the_server_and_survives_a_reload(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.act("set-code");
    popup.type_into("#chosen-code", "12a4");
    popup.wait_for("[data-dialog] [data-error]");
    popup.type_into("#chosen-code", "0007");
    popup.act("confirm");
    popup.wait_value("lookupCode", &json!("0007"));
    world.server_holds(&short_id, "the chosen code", |visitor| visitor.lookup_code == Some(json!("0007")));
    popup.close();
    page.reload().unwrap();
    world.visitor_of(&page);
    let popup = world.inspect(&page);
    popup.wait_value("lookupCode", &json!("0007"));
}

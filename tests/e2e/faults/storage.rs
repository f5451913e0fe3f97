//! Storage that is corrupt, or full.

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{SOON, World};
use serde_json::json;

in_both! {
    a_recording_begins_over_nonsense;
    a_code_that_has_no_room_is_not_sent;
}

fn a_recording_begins_over_nonsense(world: &World) {
    let own = world.browser.open_extension_page("find.html").unwrap();
    let nonsense = "['<all_urls>', 7, null, 'https://*', 'not a pattern']";
    own.eval(&format!(
        "chrome.storage.local.set({{ recordedSites: {nonsense} }}).then(() => chrome.storage.session.set({{ recordingSizes: 'none', tabMoves: [1, 'a'] }}))"
    ))
    .unwrap();
    // The permission that the recorder asks for lets the background check the list.
    let recorder = Recorder::start(world);
    let page = world.open_connected("/connected");
    recorder.wait(&page, "its init", |timeline| !timeline.is_empty());
}

fn a_code_that_has_no_room_is_not_sent(world: &World) {
    let page = world.open_connected("/connected");
    let short_id = world.visitor_of(&page);
    let popup = world.inspect(&page);
    let fill = "localStorage.setItem('__upscope:lookupCode', '\"0482\"'); \
        let size = 8_000_000; for (let n = 0; size >= 1; n++) try { localStorage.setItem('filler' + n, 'x'.repeat(size)) } catch { size = Math.floor(size / 2) } \
        return localStorage.getItem('__upscope:lookupCode')";
    page.eval(fill).unwrap();
    popup.act("set-code");
    popup.type_into("#chosen-code", "0007");
    popup.act("confirm");
    popup.wait_for("[data-act=not-done][data-error=unstored]");
    // What was stored is whole, and the server has heard nothing.
    popup.wait_value("lookupCode", &json!("0482"));
    let kept = "[localStorage.getItem('__upscope:lookupCode'), localStorage.getItem('__upscope:lookupCodeSetAt')]";
    assert_eq!(page.eval(kept).unwrap(), json!(["\"0482\"", null]));
    assert_ne!(world.site.visitor(&short_id).unwrap().lookup_code, Some(json!("0007")));
    page.eval("for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key); return 0").unwrap();
    // The dialog is open, with what was typed.
    popup.wait_input("#chosen-code", "0007");
    popup.act("confirm");
    popup.wait_value("lookupCode", &json!("0007"));
    world.server_holds(&short_id, "the code", |visitor| visitor.lookup_code == Some(json!("0007")));
    page.wait_for("the page", "document.readyState === 'complete'", SOON).unwrap();
}

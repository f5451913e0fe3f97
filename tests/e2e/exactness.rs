//! A value that the inspector couldn't read exactly is never treated as the page's value, and gets no finding.

use crate::in_both;
use crate::recorder::Recorder;
use crate::support::{Popup, SOON, World};
use inspector_core::checks::{Facts, check};
use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::Field;
use serde_json::{Value, json};

in_both! {
    a_date_survives_an_edit_beside_it;
    watched_metadata_is_kept_key_by_key;
    a_kept_key_is_locked_and_its_loss_is_shown;
    what_hides_a_proxy_or_a_conversion_is_kept_key_by_key;
    an_observed_waiting_argument_is_marked_and_not_judged;
    a_watched_list_is_replaced_only_knowingly;
    a_recorded_page_shows_what_the_sdk_sent;
    unread_values_are_marked_and_not_judged;
    a_torn_text_survives_an_edit_beside_it;
    a_waiting_call_behind_large_ones_is_read;
    a_cut_list_is_replaced_only_knowingly;
    ids_that_could_not_be_read_are_only_added_to;
    a_page_without_its_built_ins_is_read;
    a_page_with_a_json_of_its_own_is_edited;
    identity_behind_a_hundred_settings_is_read;
    large_waiting_calls_hide_nothing;
    an_undefined_identity_is_unknown_and_is_not_removed_by_undo;
}

const DATE: &str = "2024-03-01T09:00:00.000Z";

/// Adds a row at the end of the metadata, and opens its editor if necessary.
fn add_key(popup: &Popup, key: &str, value: &str) {
    popup.act_on("metadata", "edit");
    let count = popup.wait("the rows", "document.querySelectorAll('[id^=metadata-key-]').length").as_u64().unwrap();
    popup.type_into(&format!("#metadata-key-{}", count - 1), key);
    popup.wait_for(&format!("#metadata-key-{count}"));
    popup.type_into(&format!("#metadata-value-{}", count - 1), value);
}

/// The findings on a field's value, except the one on what the SDK doesn't send.
fn flaws(popup: &Popup, field: &str) -> Value {
    let lines = format!("[data-field={field}] [data-flaw]:not([data-flaw=not-sent-from-init])");
    popup.0.eval(&format!("[...document.querySelectorAll('{lines}')].map(line => line.dataset.flaw)")).unwrap()
}

fn no_flaw(popup: &Popup, field: &str) {
    assert_eq!(flaws(popup, field), json!([]), "{field}");
}

fn apply_is(popup: &Popup, off: bool) {
    popup.wait("applying", &format!("document.querySelector('[data-action=apply]').disabled === {off}"));
}

fn call_holds(popup: &Popup, text: &str) {
    let js = format!("document.querySelector('#preview pre').textContent.includes({})", Value::from(text));
    popup.wait(text, &js);
}

/// Adds a key and applies the edit. The call reads the value of the key `kept` from the page.
fn add_beside(popup: &Popup, kept: &str, note: &str) {
    popup.wait_for(&format!("[data-field=metadata] [data-note={note}]"));
    no_flaw(popup, "metadata");
    add_key(popup, "city", "Paris");
    call_holds(popup, &format!("{kept}: Upscope._config.metadata.{kept}"));
    popup.act("apply");
    popup.wait_outcome("metadata", "sent");
}

fn a_date_survives_an_edit_beside_it(world: &World) {
    let page = world.open_connected("/metadata-date");
    let short_id = world.visitor_of(&page);
    world.server_holds(&short_id, "the page's own update", |visitor| visitor.metadata.is_some());
    let popup = world.inspect(&page);
    popup.wait_value("metadata", &json!({"plan": "gold", "signedUp": DATE, "seats": 12}));
    add_beside(&popup, "signedUp", "date");
    world.server_holds(&short_id, "every key", |visitor| {
        visitor.metadata == Some(json!({"plan": "gold", "signedUp": DATE, "seats": 12, "city": "Paris"}))
    });
    popup.act("undo");
    world.server_holds(&short_id, "the old keys", |visitor| {
        visitor.metadata == Some(json!({"plan": "gold", "signedUp": DATE, "seats": 12}))
    });
}

fn watched_metadata_is_kept_key_by_key(world: &World) {
    let page = world.open_connected("/metadata-reactive");
    let short_id = world.visitor_of(&page);
    world.server_holds(&short_id, "the page's own update", |visitor| visitor.metadata.is_some());
    let popup = world.inspect(&page);
    popup.wait_for("[data-field=metadata] [data-note=code]");
    no_flaw(&popup, "metadata");
    add_key(&popup, "city", "Paris");
    // One key is removed. The call reads the others from the page.
    popup.0.click(".entry:has(#metadata-key-1) [data-action=remove-item]").unwrap();
    call_holds(&popup, "owner: Upscope._config.metadata.owner");
    popup.act("apply");
    popup.wait_outcome("metadata", "sent");
    world.server_holds(&short_id, "every other key", |visitor| {
        visitor.metadata == Some(json!({"plan": "gold", "owner": "Ada", "city": "Paris"}))
    });
}

fn a_kept_key_is_locked_and_its_loss_is_shown(world: &World) {
    let page = world.open_connected("/metadata-date");
    let popup = world.inspect(&page);
    popup.wait_value("metadata", &json!({"plan": "gold", "signedUp": DATE, "seats": 12}));
    add_key(&popup, "city", "Paris");
    popup.wait_input("#metadata-key-1", "signedUp");
    let locked = "[...document.querySelectorAll('[id^=metadata-key-]')].map(input => input.readOnly)";
    assert_eq!(popup.0.eval(locked).unwrap(), json!([false, true, false, false, false]));
    let why = "document.querySelector('#metadata-key-1').getAttribute('aria-describedby').split(' ')[0]";
    popup.wait("why", &format!("document.getElementById({why}).textContent.trim() !== ''"));
    page.eval("delete Upscope._config.metadata.signedUp").unwrap();
    popup.wait_for("[data-field=metadata] [data-error=not-on-page]");
    popup.wait("the error at its key", "document.querySelector('#metadata-key-1').ariaInvalid === 'true'");
    apply_is(&popup, true);
    popup.0.click(".entry:has(#metadata-key-1) [data-action=remove-item]").unwrap();
    apply_is(&popup, false);
}

fn what_hides_a_proxy_or_a_conversion_is_kept_key_by_key(world: &World) {
    // A method prevents that the proxy is recognized. JSON doesn't treat a function with `toJSON` as a function.
    let cases = [
        (
            "new Proxy({ plan: 'gold', track() {} }, { get: (target, key) => (key === 'plan' ? 'silver' : target[key]) })",
            "silver",
        ),
        ("{ plan: Object.assign(() => 'gold', { toJSON: () => 'gold' }), track() {} }", "gold"),
    ];
    for (metadata, plan) in cases {
        let page = world.open_connected("/anonymous");
        let short_id = world.visitor_of(&page);
        page.eval(&format!("(Upscope._config.metadata = {metadata}, true)")).unwrap();
        let popup = world.inspect(&page);
        add_beside(&popup, "plan", "code");
        let whole = json!({"plan": plan, "city": "Paris"});
        world.server_holds(&short_id, "every key", |visitor| visitor.metadata.as_ref() == Some(&whole));
        popup.close();
        page.close().unwrap();
    }
}

/// Vue's `reactive` exposes the objects that hold its values, not the values.
fn an_observed_waiting_argument_is_marked_and_not_judged(world: &World) {
    let page = world.open("/autoconnect-off");
    page.wait_for("the SDK", "Upscope._config?.uniqueId", SOON).unwrap();
    let observed = "new Proxy({ uniqueId: { value: 'u1' }, tags: { value: '#VIP' } }, { get: (target, key) => target[key]?.value })";
    page.eval(&format!("(Upscope('updateConnection', {observed}), true)")).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    for field in ["uniqueId", "tags"] {
        popup.wait_for(&format!("[data-field={field}]:has(.waiting) [data-note=code]"));
        no_flaw(&popup, field);
    }
    popup.act("show-checks");
    popup.wait_for("#recorded [data-view=checks]");
    assert!(!popup.exists("[data-check=hanging-update], [data-check=wrong-type]"));
}

fn a_watched_list_is_replaced_only_knowingly(world: &World) {
    let page = world.open_connected("/metadata-reactive");
    let short_id = world.visitor_of(&page);
    // The page sets the list again after its load, and would overwrite the inspector's edit.
    world.server_holds(&short_id, "the page's own update", |visitor| visitor.metadata.is_some());
    let popup = world.inspect(&page);
    popup.wait_for("[data-field=identities] [data-note=code]");
    no_flaw(&popup, "identities");
    popup.add_item("identities", "Bob");
    popup.wait_for("[data-field=identities] [data-error=not-read]");
    apply_is(&popup, true);
    popup.act_on("identities", "replace-anyway");
    apply_is(&popup, false);
    popup.act("apply");
    popup.wait_outcome("identities", "read-back");
    assert!(!popup.exists("[data-action=undo]"), "what could not be read cannot be brought back");
    world.server_holds(&short_id, "the new list", |visitor| visitor.identities == Some(json!(["Bob"])));
}

fn a_recorded_page_shows_what_the_sdk_sent(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/metadata-reactive");
    let metadata = json!({"plan": "gold", "seats": 12, "owner": "Ada"});
    let story = recorder.wait_story(&page, "the metadata's frame", |story| {
        let held = story.documents[0].value_history(ValueKey::Field(Field::Metadata)).now();
        held.is_some_and(|step| step.sent.is_some())
    });
    let found: Vec<_> = check(&Facts::new(&story, None)).into_iter().map(|finding| finding.check).collect();
    assert!(found.iter().all(|check| *check == "metadata-only-init"), "{found:?}");
    let popup = world.inspect(&page);
    popup.wait_value("metadata", &metadata);
    popup.wait_value("identities", &json!(["Ada Marsh", "ada@acme.example"]));
    assert_eq!(popup.source("metadata"), json!("frame"));
    popup.add_item("identities", "Bob");
    apply_is(&popup, false);
}

fn unread_values_are_marked_and_not_judged(world: &World) {
    let page = world.open_connected("/unread-values");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    for field in ["identities", "tags", "integrationIds"] {
        popup.wait_for(&format!("[data-field={field}] [data-note]"));
        no_flaw(&popup, field);
    }
    popup.wait_for("[data-field=metadata] [data-note]");
    no_flaw(&popup, "metadata");
    assert!(!popup.exists("[data-field=tags] [data-note=code]"), "the tags are only cut");
    assert_eq!(popup.value("identities"), Some(json!(["Ada Marsh", "ada@acme.example"])));
    assert_eq!(popup.value("metadata").unwrap()["carts"], json!("<Map>"));
    assert_eq!(page.eval("window.__ran ?? null").unwrap(), Value::Null, "no code of the page ran");
}

/// The report can't contain half of a surrogate pair, which a page gets when it cuts a name within an emoji.
fn a_torn_text_survives_an_edit_beside_it(world: &World) {
    let page = world.open_connected("/anonymous");
    page.eval(r#"(Upscope._config.metadata = { nick: "Ada \ud83d", plan: "gold" }, true)"#).unwrap();
    let popup = world.inspect(&page);
    popup.wait_for("[data-field=metadata] [data-note=torn]");
    no_flaw(&popup, "metadata");
    add_key(&popup, "city", "Paris");
    call_holds(&popup, "nick: Upscope._config.metadata.nick");
}

fn a_waiting_call_behind_large_ones_is_read(world: &World) {
    let page = world.open("/autoconnect-off");
    page.wait_for("the SDK", "Upscope._config?.uniqueId", SOON).unwrap();
    let calls = "for (let i = 0; i < 25; i++) Upscope('logEvent', 'x'.repeat(2000)); \
                 Upscope('updateConnection', { uniqueId: 'cust-7' }); return true";
    page.eval(calls).unwrap();
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    popup.wait_for("[data-field=uniqueId] .waiting");
    popup.act("show-checks");
    popup.wait_for("#recorded [data-view=checks]");
    assert!(!popup.exists("[data-check=unknown-function]"));
}

fn a_cut_list_is_replaced_only_knowingly(world: &World) {
    let page = world.open_connected("/unread-values");
    let popup = world.inspect(&page);
    popup.act_on("tags", "edit");
    popup.type_into("#tags-0", "#NEW");
    popup.wait_for("[data-field=tags] [data-error=not-read]");
    apply_is(&popup, true);
    // Choosing "Keep" withdraws the confirmation.
    popup.act_on("tags", "replace-anyway");
    apply_is(&popup, false);
    popup.0.click("[data-field=tags] label:has(> [data-action=keep])").unwrap();
    popup.wait("the editor to close", "!document.querySelector('#tags-0')");
    popup.act_on("tags", "edit");
    popup.wait_for("[data-field=tags] [data-error=not-read]");
}

fn ids_that_could_not_be_read_are_only_added_to(world: &World) {
    let page = world.open_connected("/unread-values");
    let popup = world.inspect(&page);
    popup.act_on("integrationIds", "edit");
    popup.wait_input("#integrationIds-0", "crm:0031");
    popup.act_on_item("integrationIds", 0, "remove-item");
    popup.type_into("#integrationIds-0", "drift:5");
    popup.wait_for("[data-warning=ids-unknown]");
    call_holds(&popup, "integrationIds: ['drift:5']");
}

fn a_page_without_its_built_ins_is_read(world: &World) {
    let page = world.open_connected("/built-ins-replaced");
    assert_eq!(page.eval("spoil()").unwrap(), json!(true));
    let popup = world.inspect(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_value("identities", &json!(["Ada “Ada” Marsh\n", "ada@acme.example"]));
    popup.wait_value("tags", &json!(["#VIP"]));
    popup.wait_value("metadata", &json!({"plan": "gold", "seats": 12, "since": DATE}));
    assert!(popup.value("shortId").is_some_and(|id| id.is_string()));
}

fn a_page_with_a_json_of_its_own_is_edited(world: &World) {
    let page = world.open_connected("/anonymous");
    let short_id = world.visitor_of(&page);
    page.eval("(JSON.parse = () => 'a lie', true)").unwrap();
    let popup = world.inspect(&page);
    let metadata = json!({"\" and \\": "line\n\u{1}\u{1f}", "seats": -2.5, "trial": false, "city": null, "€😀": ""});
    popup.edit_metadata_as_json(&metadata.to_string());
    popup.add_item("tags", "#NEW");
    popup.act("apply");
    popup.wait_outcome("tags", "read-back");
    world.server_holds(&short_id, "both fields", |visitor| {
        visitor.tags == Some(json!(["#NEW"])) && visitor.metadata.as_ref() == Some(&metadata)
    });
}

fn identity_behind_a_hundred_settings_is_read(world: &World) {
    let page = world.open_connected("/many-settings");
    let popup = world.inspect(&page);
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_value("identities", &json!(["Ada Marsh"]));
    popup.wait_value("tags", &json!(["#VIP"]));
    popup.wait_state("connected");
}

fn large_waiting_calls_hide_nothing(world: &World) {
    let page = world.open("/large-calls");
    page.wait_for("the SDK", "window.__upscopeIdleManagerActive && Upscope._config.uniqueId", SOON).unwrap();
    assert_eq!(page.eval("(update(20), Upscope.q.length)").unwrap(), json!(20));
    let popup = world.inspect(&page);
    popup.wait_state("not-connected");
    popup.wait_value("uniqueId", &json!("cust-1042"));
    popup.wait_value("tags", &json!(["#VIP"]));
    popup.wait_for("[data-field=metadata] .waiting");
    popup.add_item("identities", "Bob");
    popup.wait_for("[data-field=identities] [data-error=not-read]");
    apply_is(&popup, true);
}

fn an_undefined_identity_is_unknown_and_is_not_removed_by_undo(world: &World) {
    let page = world.open_connected("/undefined-identity");
    let popup = world.inspect(&page);
    popup.wait_state("connected");
    assert_eq!(popup.value("uniqueId"), None, "unknown is not empty");
    popup.act_on("uniqueId", "edit");
    popup.type_into("#uniqueId-0", "cust-7");
    popup.add_item("tags", "#NEW");
    popup.act("apply");
    popup.wait_outcome("uniqueId", "read-back");
    // Undo restores the known values only.
    popup.act("undo");
    popup.wait_value("tags", &json!(["#KEPT"]));
    // The page has the value before the server does.
    let sent = json!({"tags": ["#KEPT"]});
    let is_last = |record: &xtask::site::Record| {
        record
            .frames
            .iter()
            .rfind(|frame| frame.name == "connectionUpdate")
            .filter(|frame| frame.data == sent)
            .map(drop)
    };
    world.site.wait_for("the undo", SOON, is_last).unwrap();
}

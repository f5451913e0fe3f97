use super::*;
use crate::checks::fixture::{self, found};
use crate::recording::entry::PageMoment;
use crate::recording::fixture::Tab;
use crate::recording::history::MAX_ADDRESSES;
use serde_json::json;

#[test]
fn a_switch_without_a_reset_is_found() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab)[0].evidence.len(), 2);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://acme.test/2").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1);
}

#[test]
fn a_reset_short_id_or_site_change_is_fine() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://acme.test/2").stored("shortId", Some("S2")).call("init", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://other.test/").call("init", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.own(json!({"act": "update", "update": {"uniqueId": "mine"}}));
    tab.call("updateConnection", json!([{"uniqueId": "mine"}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("updateConnection", json!([{"uniqueId": null}]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn missing_entries_may_contain_a_reset() {
    let tab = |gone| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        if gone { tab.without(7..9) } else { tab }
    };
    assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
    // Also when the page was left.
    let tab = |gone| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("logEvent", json!([])).page("https://acme.test/2");
        tab.version("2.2.119").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
        if gone { tab.without(6..7) } else { tab }
    };
    assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
}

#[test]
fn a_visitor_who_logs_in_is_one_person() {
    for nobody in [json!("guest"), json!("0"), json!(0), json!("00000000-0000-0000-0000-000000000000")] {
        let mut tab = Tab::connected(json!({ "uniqueId": nobody }));
        tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
        assert_eq!(found(&CHECK, &tab), [], "{nobody}");
        tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
        tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
        assert_eq!(found(&CHECK, &tab).len(), 1, "{nobody}");
    }
}

#[test]
fn identities_of_nobody_are_no_other_person() {
    let mut tab = Tab::connected(json!({"uniqueId": "guest", "identities": ["Guest", "anonymous"]}));
    tab.call("updateConnection", json!([{"uniqueId": "ada", "identities": ["Ada Marsh", "ada@acme.example"]}]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn one_id_in_two_forms_is_one_person() {
    for (one, other) in [(json!(42), json!("42")), (json!("Ada@acme.example"), json!("ada@acme.example "))] {
        let mut tab = Tab::connected(json!({ "uniqueId": one }));
        tab.call("updateConnection", json!([{ "uniqueId": other }]));
        assert_eq!(found(&CHECK, &tab), [], "{one}");
    }
    let mut tab = Tab::connected(json!({"identities": ["Ada Marsh", "Ada@acme.example"]}));
    tab.call("updateConnection", json!([{"identities": ["ada marsh", "ada@acme.example"]}]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn a_visitor_who_registers_is_one_person() {
    let changed = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(first);
        tab.call("updateConnection", json!([second]));
        found(&CHECK, &tab).len()
    };
    assert_eq!(changed(json!({"uniqueId": "guest-17"}), json!({"uniqueId": "ada"})), 0);
    assert_eq!(changed(json!({"uniqueId": "ada"}), json!({"uniqueId": "guest-17"})), 1, "logged out");
    let ada = json!({"uniqueId": "cust-1042", "identities": ["Ada Marsh", "ada@acme.example"]});
    assert_eq!(changed(json!({"uniqueId": "Ada@acme.example"}), ada.clone()), 0);
    assert_eq!(changed(json!({"uniqueId": "lead-7", "identities": ["ada@acme.example"]}), ada.clone()), 0);
    assert_eq!(changed(json!({"uniqueId": "bob@acme.example"}), ada.clone()), 1);
    assert_eq!(changed(json!({"uniqueId": "bob", "identities": ["Bob", "Acme"]}), ada), 1);
}

#[test]
fn one_hello_is_one_person() {
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{"uniqueId": "guest"}]));
    tab.waits("updateConnection", json!([{"uniqueId": "ada"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::new();
    tab.version("2.2.119").call("init", json!([{"uniqueId": "guest"}])).page("https://acme.test/2");
    tab.version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), [], "the first page never connected");
}

#[test]
fn a_removal_and_impersonation_are_fine() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("updateConnection", json!([{"uniqueId": null}])).call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"uniqueId": "agent"}));
    tab.moment(PageMoment::Route, "https://acme.test/admin/users/7/impersonate");
    tab.call("updateConnection", json!([{"uniqueId": "ada"}])).call("updateConnection", json!([{"uniqueId": "agent"}]));
    assert_eq!(found(&CHECK, &tab), []);
    tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab).len(), 1);
}

#[test]
fn an_impersonation_may_be_at_a_url_that_is_not_known() {
    let tab = |shown| {
        let mut tab = Tab::connected(json!({"uniqueId": "agent"}));
        tab.uncapped();
        for n in 0..shown {
            tab.moment(PageMoment::Route, &format!("https://acme.test/{n}"));
        }
        tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
        fixture::run(&CHECK, &Facts::new(&tab.history(), None)).len()
    };
    assert_eq!((tab(MAX_ADDRESSES - 1), tab(MAX_ADDRESSES)), (1, 0));
}

#[test]
fn identities_alone_count_where_all_of_them_change() {
    let switched = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(json!({ "identities": first }));
        tab.call("updateConnection", json!([{ "identities": second }]));
        found(&CHECK, &tab)
    };
    let findings = switched(json!(["Ada Marsh", "ada@acme.example"]), json!(["Bob Hill", "bob@acme.example"]));
    assert_eq!((findings.len(), findings[0].about.field), (1, Some(Field::Identities)));
    assert_eq!(switched(json!(["ada@acme.example"]), json!(["ada.marsh@acme.example"])), [], "a new address");
    assert_eq!(switched(json!(["Ada", "a@acme.example"]), json!(["Ada", "b@acme.example"])), []);
    let mut tab = Tab::connected(json!({"identities": ["ada@acme.example"]}));
    tab.moment(PageMoment::Route, "https://acme.test/#/login");
    tab.call("updateConnection", json!([{"identities": ["bob@acme.example"]}]));
    assert_eq!(found(&CHECK, &tab).len(), 1, "somebody logged in");
}

#[test]
fn another_name_and_email_of_the_same_id_are_found() {
    let ada = || json!(["Ada", "a@x.example"]);
    let bob = || json!(["Bob", "b@x.example"]);
    let mut tab = Tab::connected(json!({"uniqueId": "ada", "identities": ada()}));
    tab.call("updateConnection", json!([{"identities": bob()}]));
    let findings = found(&CHECK, &tab);
    assert_eq!((findings.len(), findings[0].about.field), (1, Some(Field::Identities)));
    let mut tab = Tab::connected(json!({"uniqueId": "ada", "identities": ada()}));
    tab.page("https://acme.test/2").version("2.2.119");
    tab.call("init", json!([{"uniqueId": {"$": "undefined"}, "identities": bob()}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1);
    tab.page("https://acme.test/3").version("2.2.119").call("init", json!([{"identities": bob()}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1, "each person once");
}

#[test]
fn a_person_with_the_same_id_may_have_other_names() {
    let renamed = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "identities": first}));
        tab.call("updateConnection", json!([second]));
        found(&CHECK, &tab)
    };
    let ada = json!(["Ada Marsh", "ada@acme.example"]);
    for second in [
        json!({"identities": ["Ada Hill", "ada@acme.example"]}),
        json!({"identities": ["Ada Marsh", "marsh@acme.example"]}),
        json!({"identities": ["A. Hill"]}),
        json!({"identities": ["hill@acme.example", "ada.hill@acme.example"]}),
        json!({"identities": ["Acme", "Gold"]}),
        json!({"identities": ["Bob", {"$": "accessor"}]}),
        json!({"identities": {"$": "list", "v": ["Bob", "bob@acme.example"], "n": 1}}),
        // An account that several people share.
        json!({"uniqueId": "ada", "identities": ["Bob Hill", "bob@acme.example"]}),
        json!({"uniqueId": {"$": "accessor"}, "identities": ["Bob Hill", "bob@acme.example"]}),
    ] {
        assert_eq!(renamed(ada.clone(), second.clone()), [], "{second}");
    }
    let unread = json!(["Ada Marsh", "ada@acme.example", {"$": "toJSON"}]);
    assert_eq!(renamed(unread, json!({"identities": ["Bob Hill", "bob@acme.example"]})), []);
}

#[test]
fn a_page_for_settings_an_impersonation_and_a_new_id_explain_other_names() {
    let bob = || json!([{"identities": ["Bob Hill", "bob@acme.example"]}]);
    let tab = || Tab::connected(json!({"uniqueId": "ada", "identities": ["Ada Marsh", "ada@acme.example"]}));
    for url in ["https://acme.test/settings", "https://acme.test/admin/impersonate/7"] {
        let mut tab = tab();
        tab.moment(PageMoment::Route, url).moment(PageMoment::Route, "https://acme.test/");
        tab.call("updateConnection", bob());
        assert_eq!(found(&CHECK, &tab), [], "{url}");
    }
    let mut tab_of_other = tab();
    tab_of_other.page("https://other.test/").version("2.2.119").call("init", bob()).connect("S2");
    assert_eq!(found(&CHECK, &tab_of_other), []);
    let mut removed = tab();
    removed.call("updateConnection", json!([{"uniqueId": null}])).call("updateConnection", bob());
    assert_eq!(found(&CHECK, &removed), []);
    let mut reset = tab();
    reset.call("reset", json!([])).call("updateConnection", bob());
    assert_eq!(found(&CHECK, &reset), []);
    let mut edited = tab();
    edited.own(json!({"act": "update", "update": {"identities": ["Bob Hill", "bob@acme.example"]}}));
    edited.call("updateConnection", bob());
    assert_eq!(found(&CHECK, &edited), []);
    let mut chat = tab();
    chat.page("https://acme.test/2")
        .version("2.2.119")
        .call("init", json!([{}]))
        .chats(json!(["intercom"]))
        .connect("S1");
    chat.frame_out("hello", bob()[0].clone());
    assert_eq!(found(&CHECK, &chat), [], "a live chat knows the person by other names");
    let mut changed = tab();
    changed.call("updateConnection", json!([{"uniqueId": "bob"}])).call("updateConnection", bob());
    assert_eq!(found(&CHECK, &changed).len(), 1, "the ID has changed, and its names follow");
}

#[test]
fn names_on_one_page_and_email_addresses_on_another_are_one_person() {
    let mut tab = Tab::connected(json!({"identities": ["ada@acme.example", "a.marsh@acme.example"]}));
    tab.moment(PageMoment::Route, "https://acme.test/#/login");
    tab.call("updateConnection", json!([{"identities": ["Ada Marsh", "Acme"]}]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn what_could_not_be_read_may_name_the_same_person() {
    let changed = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(json!({ "identities": first }));
        tab.call("updateConnection", json!([{ "identities": second }]));
        found(&CHECK, &tab)
    };
    let bob = || json!(["ada@acme.test", "A. Marsh"]);
    assert_eq!(changed(json!(["Ada Marsh", {"$": "toJSON"}]), bob()), []);
    assert_eq!(changed(bob(), json!(["Ada Marsh", {"$": "accessor"}])), []);
    let mut tab = Tab::connected(json!({"uniqueId": "lead-7", "identities": {"$": "accessor"}}));
    tab.call("updateConnection", json!([{"uniqueId": "cust-1", "identities": ["Ada Marsh", "ada@acme.example"]}]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn a_random_id_before_the_login_is_the_same_person() {
    let changed = |first: &str, second: &str| {
        let mut tab = Tab::connected(json!({ "uniqueId": first }));
        tab.call("updateConnection", json!([{ "uniqueId": second }]));
        found(&CHECK, &tab).len()
    };
    let (random, other) = ("550e8400-e29b-41d4-a716-446655440000", "{6BA7B810-9DAD-41D1-80B4-00C04FD430C8}");
    assert_eq!(changed(random, "cust-1042"), 0);
    assert_eq!(changed("cust-1042", random), 1, "logged out");
    assert_eq!(changed(random, other), 1, "the site's own IDs");
}

#[test]
fn one_name_in_two_orders_is_one_person() {
    let switched = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(json!({ "identities": first }));
        tab.page("https://acme.test/2").version("2.2.119").call("init", json!([{ "identities": second }]));
        found(&CHECK, tab.connect("S1")).len()
    };
    assert_eq!(switched(json!(["Ada Marsh", "Acme GmbH"]), json!(["Marsh, Ada", "#1042"])), 0);
    assert_eq!(switched(json!(["Ada", "ada@acme.example"]), json!(["Ada Marsh", "a@x.example"])), 0);
    assert_eq!(switched(json!(["Ada Marsh", "Acme GmbH"]), json!(["Marsh, Tom", "#1042"])), 1);
}

use super::*;
use crate::checks::fixture::{self, found};
use crate::recording::entry::{PageMoment, SocketMoment};
use crate::recording::fixture::Tab;
use crate::recording::history::MAX_ADDRESSES;
use serde_json::json;

fn logged_in() -> Tab {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://acme.test/logout");
    tab
}

#[test]
fn a_logout_url_or_an_empty_id_is_found() {
    assert_eq!(found(&CHECK, &logged_in()).len(), 1);
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("updateConnection", json!([{"uniqueId": {"$": "undefined"}}]));
    assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
}

#[test]
fn an_id_of_nobody_logs_out_whoever_was_there() {
    for nobody in [json!("guest"), json!("0"), json!(0)] {
        let mut tab = Tab::connected(json!({ "uniqueId": nobody }));
        tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
        assert_eq!(found(&CHECK, &tab), [], "nobody was logged in");
        tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
        tab.call("updateConnection", json!([{ "uniqueId": nobody }]));
        assert_eq!(found(&CHECK, &tab).len(), 1, "{nobody}");
    }
}

#[test]
fn a_page_that_does_not_know_its_visitor_is_fine_between_two_that_do() {
    let mut tab = Tab::connected(json!({"uniqueId": 42}));
    tab.page("https://acme.test/landing").version("2.2.119").call("init", json!([{"uniqueId": ""}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1);
    tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "42"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn a_null_or_a_reset_ends_it_properly() {
    let mut tab = logged_in();
    tab.call("init", json!([{"uniqueId": null}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = logged_in();
    tab.call("reset", json!([]));
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn an_unidentified_visitor_needs_no_reset() {
    let mut tab = Tab::connected(json!({}));
    tab.page("https://acme.test/logout").page("https://logout.test/");
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn missing_entries_may_contain_the_end() {
    let tab = |gone| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        (0..5).for_each(|_| _ = tab.call("logEvent", json!([])));
        tab.call("updateConnection", json!([{"uniqueId": ""}]));
        if gone { tab.without(7..9) } else { tab }
    };
    assert_eq!((found(&CHECK, &tab(false)).len(), found(&CHECK, &tab(true)).len()), (1, 0));
}

#[test]
fn an_address_counts_with_fragment_query_and_extension() {
    for address in [
        "https://acme.test/app#/logout",
        "https://acme.test/app?loggedout=true",
        "https://acme.test/wp-login.php?action=logout",
        "https://acme.test/account/logout.php",
        "https://acme.test/login?reason=session_expired",
    ] {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.moment(PageMoment::Route, address);
        assert_eq!(found(&CHECK, &tab).len(), 1, "{address}");
    }
    for address in
        ["https://acme.test/help/how-to-logout", "https://acme.test/help/logout", "https://acme.test/?q=logout"]
    {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.moment(PageMoment::Route, address);
        assert_eq!(found(&CHECK, &tab), [], "{address}");
    }
}

#[test]
fn identities_alone_name_a_visitor_too() {
    let mut tab = Tab::connected(json!({"identities": ["Ada Marsh"]}));
    tab.page("https://acme.test/logout");
    assert_eq!(found(&CHECK, &tab)[0].about.field, Some(Field::Identities));
    tab.call("updateConnection", json!([{"identities": null}]));
    assert_eq!(found(&CHECK, &tab), []);
    let mut tab = Tab::connected(json!({"identities": ["Ada Marsh"]}));
    tab.page("https://acme.test/").call("init", json!([{"identities": ["", null]}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1);
}

#[test]
fn a_url_for_logging_out_counts_each_time_it_is_shown() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.moment(PageMoment::Route, "https://acme.test/logout").moment(PageMoment::Route, "https://acme.test/");
    tab.call("reset", json!([])).call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), []);
    tab.moment(PageMoment::Route, "https://acme.test/logout");
    assert_eq!(found(&CHECK, &tab)[0].evidence, [Evidence::Entry(tab.last())]);
}

#[test]
fn urls_that_are_not_known_may_have_left_a_login_page() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.uncapped();
    (2..MAX_ADDRESSES).for_each(|n| _ = tab.moment(PageMoment::Route, &format!("https://acme.test/{n}")));
    let found = |tab: &Tab| fixture::run(&CHECK, &Facts::new(&tab.history(), None)).len();
    assert_eq!(found(tab.moment(PageMoment::Route, "https://acme.test/login")), 1);
    assert_eq!(found(tab.moment(PageMoment::Route, "https://acme.test/account")), 0);
}

#[test]
fn an_unread_call_is_identified_by_its_frame() {
    let visit = |tab: &mut Tab, url: &str| {
        tab.page(url).version("2.2.119").call("init", json!([{"$": "deep"}])).socket(SocketMoment::New);
        tab.frame_out("hello", json!({"uniqueId": "ada", "identities": ["Ada"]}))
            .frame_in("youAre", json!(["S1", "c"]));
    };
    let mut tab = Tab::new();
    visit(&mut tab, "https://acme.test/");
    tab.moment(PageMoment::Route, "https://acme.test/account/logout.php");
    assert_eq!(found(&CHECK, &tab).len(), 1);
    let mut tab = Tab::new();
    visit(&mut tab, "https://acme.test/");
    visit(&mut tab, "https://acme.test/logout");
    assert_eq!(found(&CHECK, &tab), [], "the page still names the same visitor");
}

#[test]
fn a_page_that_asks_whether_to_log_out_still_knows_its_visitor() {
    let mut tab = logged_in();
    tab.version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
    tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "bob"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn a_session_that_ends_at_a_login_page_is_found() {
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://acme.test/login").version("2.2.119");
    assert_eq!(found(&CHECK, &tab), []);
    tab.call("init", json!([{}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1);
    tab.page("https://acme.test/").version("2.2.119").call("init", json!([{"uniqueId": "ada"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), [], "the same person came back");
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.moment(PageMoment::Route, "https://acme.test/#/account");
    tab.moment(PageMoment::Route, "https://acme.test/#/login");
    assert_eq!(found(&CHECK, &tab).len(), 1);
    tab.moment(PageMoment::Route, "https://acme.test/#/account");
    assert_eq!(found(&CHECK, &tab), [], "it asked for the password and went on");
    tab.moment(PageMoment::Route, "https://acme.test/#/login");
    tab.moment(PageMoment::Route, "https://acme.test/#/account");
    assert_eq!(found(&CHECK, &tab), [], "and did so again");
}

#[test]
fn a_login_page_of_a_site_that_names_its_visitors_only_once_is_fine() {
    let mut tab = Tab::connected(json!({}));
    tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
    tab.page("https://acme.test/login").version("2.2.119").call("init", json!([{}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn two_hosts_with_the_same_visitor_are_one_site() {
    let tab = |short_id| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://login.acme.test/logout").stored("shortId", Some(short_id));
        found(&CHECK, &tab).len()
    };
    assert_eq!((tab("\"S1\""), tab("\"S2\"")), (1, 0));
}

#[test]
fn two_hosts_with_the_same_cookie_of_a_visitor_are_one_site_where_no_short_id_shows() {
    let tab = |key: &str, seen: &str, short_id: Option<&str>| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.cookie(key, "\"2026-11-26T13:15:34.477Z\"").page("https://login.acme.test/logout").cookie(key, seen);
        tab.stored("shortId", short_id);
        found(&CHECK, &tab).len()
    };
    let time = "\"2026-11-26T13:15:34.477Z\"";
    assert_eq!(tab("lastConnectedAt", time, None), 1);
    assert_eq!(tab("lastConnectedAt", "\"2026-11-26T13:15:34.478Z\"", None), 0, "another visitor's");
    assert_eq!(tab("region", time, None), 0, "many visitors share it");
    assert_eq!(tab("lastConnectedAt", time, Some("\"S2\"")), 0, "another short ID");
}

#[test]
fn a_site_that_names_its_visitors_after_init_has_not_logged_out_yet() {
    let mut tab = Tab::connected(json!({"uniqueId": {"$": "undefined"}}));
    tab.call("updateConnection", json!([{"uniqueId": "ada"}]));
    tab.page("https://acme.test/2").version("2.2.119");
    tab.call("init", json!([{"uniqueId": {"$": "undefined"}}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), [], "it has not asked its server yet");
    tab.call("updateConnection", json!([{"uniqueId": "bob"}]));
    assert_eq!(found(&CHECK, &tab), [], "`unique-id-changed` reports it");
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.call("updateConnection", json!([{"uniqueId": "ada", "tags": ["#VIP"]}]));
    tab.page("https://acme.test/2").version("2.2.119");
    tab.call("init", json!([{"uniqueId": {"$": "undefined"}}])).connect("S1");
    assert_eq!(found(&CHECK, &tab).len(), 1, "`init` had named the visitor");
}

#[test]
fn an_update_of_other_values_keeps_an_undefined_id() {
    let after = |update: serde_json::Value| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([update]));
        found(&CHECK, &tab).len()
    };
    let undefined = json!({"$": "undefined"});
    assert_eq!(after(json!({"uniqueId": undefined, "tags": ["#CART"]})), 0);
    assert_eq!(after(json!({"uniqueId": undefined, "metadata": {"page": "cart"}})), 0);
    assert_eq!(after(json!({"uniqueId": undefined, "tags": [], "identities": [undefined]})), 1);
    assert_eq!(after(json!({"uniqueId": "", "tags": ["#GUEST"]})), 1, "an empty ID is sent");
}

#[test]
fn the_same_person_may_come_back_with_more_or_in_another_order() {
    let back = |first: serde_json::Value, second: serde_json::Value| {
        let mut tab = Tab::connected(first);
        tab.page("https://acme.test/2").version("2.2.119");
        tab.call("init", json!([{"uniqueId": ""}])).connect("S1");
        tab.call("updateConnection", json!([second]));
        found(&CHECK, &tab).len()
    };
    assert_eq!(back(json!({"uniqueId": "ada"}), json!({"uniqueId": "ada", "identities": ["Ada"]})), 0);
    let named = json!({"identities": ["Ada Marsh", "ada@acme.example"]});
    assert_eq!(back(named.clone(), json!({"identities": ["Ada@acme.example", "Ada Marsh", "Acme"]})), 0);
    assert_eq!(back(named, json!({"identities": ["Bob Hill", "bob@acme.example"]})), 1);
    assert_eq!(back(json!({"uniqueId": "ada"}), json!({"uniqueId": "bob", "identities": ["Ada"]})), 1);
}

#[test]
fn a_reset_in_another_tab_ends_the_visitor() {
    let at_logout = |short_id| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.page("https://acme.test/logout").stored("shortId", Some(short_id));
        found(&CHECK, &tab).len()
    };
    assert_eq!((at_logout("\"S1\""), at_logout("\"S2\"")), (1, 0));
}

#[test]
fn a_loaded_login_page_without_an_init_is_fine() {
    let at_login = |load: fn(&mut Tab)| {
        let mut tab = Tab::connected(json!({"uniqueId": "ada", "identities": ["Ada Marsh"]}));
        load(tab.page("https://acme.test/login"));
        found(&CHECK, &tab).len()
    };
    assert_eq!(at_login(|_| {}), 0, "it has no Upscope");
    assert_eq!(at_login(|tab| _ = tab.moment(PageMoment::Load, "").later(60_000).moment(PageMoment::Hide, "")), 0);
    assert_eq!(at_login(|tab| _ = tab.version("2.2.119").later(60_000).moment(PageMoment::Hide, "")), 0);
    assert_eq!(at_login(|tab| _ = tab.version("2.2.119").call("on", json!(["connection"]))), 0);
    assert_eq!(at_login(|tab| _ = tab.version("2.2.119").call("init", json!([{}])).connect("S1")), 1);
}

#[test]
fn what_could_not_be_read_may_name_the_visitor_or_nobody() {
    for unread in [json!({"$": "accessor"}), json!({"$": "proxy", "v": {}}), json!({"$": "toJSON"})] {
        let mut tab = Tab::connected(json!({ "uniqueId": unread }));
        tab.page("https://acme.test/logout");
        assert_eq!(found(&CHECK, &tab), [], "{unread}");
        let mut tab = logged_in();
        tab.version("2.2.119").call("init", json!([{ "uniqueId": unread }])).connect("S1");
        assert_eq!(found(&CHECK, &tab), [], "{unread}");
        let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
        tab.call("updateConnection", json!([{"uniqueId": {"$": "undefined"}, "tags": unread}]));
        assert_eq!(found(&CHECK, &tab), [], "{unread}");
    }
    let mut tab = Tab::connected(json!({"uniqueId": "ada"}));
    tab.page("https://acme.test/login").version("2.2.119").call("init", json!([{"$": "deep"}])).connect("S1");
    assert_eq!(found(&CHECK, &tab), []);
}

#[test]
fn a_frame_shows_the_visitor_who_could_not_be_read() {
    let mut tab = Tab::connected(json!({"uniqueId": {"$": "accessor"}}));
    tab.frame_out("connectionUpdate", json!({"uniqueId": "ada"})).page("https://acme.test/logout");
    assert_eq!(found(&CHECK, &tab).len(), 1);
}

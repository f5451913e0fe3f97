//! What an address says of logging in and out. Path, query and fragment count, since a router may keep its address in each.

const LOGOUT: [&str; 12] = [
    "logout",
    "logoff",
    "signout",
    "signoff",
    "loggedout",
    "loggedoff",
    "signedout",
    "endsession",
    "sessionexpired",
    "sessiontimeout",
    "abmelden",
    "deconnexion",
];
const LOGIN: [&str; 7] = ["login", "logon", "signin", "signon", "wplogin", "anmelden", "connexion"];
/// Words of functions with which an agent looks at a site as a customer.
const IMPERSONATION: [&str; 9] = [
    "impersonate",
    "impersonation",
    "loginas",
    "signinas",
    "switchuser",
    "masquerade",
    "actas",
    "viewas",
    "becomeuser",
];
/// Pages about logging out, on which nobody logs out.
const HELP: [&str; 12] =
    ["help", "docs", "documentation", "support", "faq", "kb", "articles", "blog", "wiki", "guide", "guides", "manual"];
/// Parameters that name what a page does or why it is shown.
const DOING: [&str; 16] = [
    "action", "do", "act", "op", "mode", "cmd", "task", "event", "page", "view", "route", "r", "reason", "status",
    "msg", "message",
];
/// What a parameter named after a word says when it says yes.
const YES: [&str; 6] = ["", "1", "true", "yes", "ok", "success"];

/// Whether an address speaks of somebody who logs out: `/logout.php`, `#/sign-out`, `?action=logout`, `?loggedout=true`.
pub fn speaks_of_logout(url: &str) -> bool {
    speaks_of(url, &LOGOUT)
}

/// Whether an address is where people log in, as far as it says.
pub fn is_login(url: &str) -> bool {
    let parts = Parts::of(url);
    let last = |path: &[String]| {
        let names = path.iter().rev().skip_while(|name| matches!(name.as_str(), "" | "index" | "default"));
        names.take(1).any(|name| LOGIN.contains(&name.as_str()))
    };
    !parts.is_help() && !speaks_of_logout(url) && parts.paths.iter().any(|path| last(path))
}

/// Whether an address speaks of an agent who looks at the site as a customer.
pub fn speaks_of_impersonation(url: &str) -> bool {
    let parts = Parts::of(url);
    let named = |name: &String| IMPERSONATION.contains(&name.as_str());
    parts.paths.iter().flatten().any(named) || parts.pairs.iter().any(|(key, _)| named(key))
}

fn speaks_of(url: &str, words: &[&str]) -> bool {
    let parts = Parts::of(url);
    let is_word = |name: &str| words.contains(&name);
    let told = parts.paths.iter().flatten().any(|name| is_word(name))
        || parts.pairs.iter().any(|(key, value)| {
            let says_yes = is_word(key) && YES.contains(&value.to_ascii_lowercase().as_str());
            let does = DOING.contains(&key.as_str()) && components(value).last().is_some_and(|name| is_word(&name));
            says_yes || does
        });
    told && !parts.is_help()
}

/// Whether a part of a path says what is looked for here, so that a mask must leave it.
pub fn is_telling(part: &str) -> bool {
    let name = name(part);
    [&LOGOUT[..], &LOGIN, &IMPERSONATION, &HELP, &["index", "default"]]
        .iter()
        .any(|words| words.contains(&name.as_str()))
}

/// What a parameter says of logging out or of impersonation, without the rest of it.
pub fn telling_pair(pair: &str) -> Option<String> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let known = name(key);
    let word = components(value).last().filter(|name| LOGOUT.contains(&name.as_str()));
    match word {
        _ if IMPERSONATION.contains(&known.as_str()) => Some(format!("{key}=1")),
        _ if LOGOUT.contains(&known.as_str()) && YES.contains(&value.to_ascii_lowercase().as_str()) => {
            Some(pair.to_owned())
        }
        Some(word) if DOING.contains(&known.as_str()) && !components(value).any(is_help) => {
            Some(format!("{key}={word}"))
        }
        _ => None,
    }
}

/// What an address is made of: the names in its paths, and its parameters.
struct Parts {
    paths: Vec<Vec<String>>,
    pairs: Vec<(String, String)>,
}

impl Parts {
    fn of(url: &str) -> Self {
        let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
        let mut parts = Self { paths: vec![], pairs: vec![] };
        let place =
            rest.split_once("://").map_or(rest, |(_, place)| place.find(['/', '?']).map_or("", |at| &place[at..]));
        parts.add(place);
        parts.add(fragment.trim_start_matches('!'));
        parts
    }

    fn add(&mut self, place: &str) {
        let (path, query) = place.split_once('?').unwrap_or((place, ""));
        self.paths.push(path.split('/').map(name).collect());
        self.pairs.extend(query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name(key), value.to_owned())
        }));
    }

    fn is_help(&self) -> bool {
        let in_value =
            |(key, value): &(String, String)| DOING.contains(&key.as_str()) && components(value).any(is_help);
        self.paths.iter().flatten().any(|name| HELP.contains(&name.as_str())) || self.pairs.iter().any(in_value)
    }
}

fn is_help(name: String) -> bool {
    HELP.contains(&name.as_str())
}

/// The names in a value such as `user.logout` or `site/logout`.
fn components(value: &str) -> impl Iterator<Item = String> {
    value.split(['/', '.']).map(name)
}

/// A part as it is compared: in small letters, without hyphens, extension and session.
fn name(part: &str) -> String {
    let part = part.split(';').next().unwrap_or_default();
    let is_extension = |end: &str| (2..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphabetic());
    let stem = match part.rsplit_once('.') {
        Some((stem, end)) if is_extension(end) => stem,
        _ => part,
    };
    stem.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Scheme, host and port of an address.
pub fn site(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_log_out_are_known() {
        for url in [
            "https://acme.test/logout",
            "https://acme.test/account/logout.php",
            "https://acme.test/users/sign_out",
            "https://acme.test/Logout.aspx?x=1",
            "https://acme.test/#/logout",
            "https://acme.test/app#!/auth/log-out?x=1",
            "https://acme.test/#logout",
            "https://acme.test/wp-login.php?action=logout&_wpnonce=1",
            "https://acme.test/wp-login.php?loggedout=true",
            "https://acme.test/?logout",
            "https://acme.test/?logged_out=1",
            "https://acme.test/index.php?r=site/logout",
            "https://acme.test/index.php?option=com_users&task=user.logout",
            "https://acme.test/connect/endsession",
            "https://acme.test/login?reason=session_expired",
            "https://acme.test/logout;jsessionid=1",
        ] {
            assert!(speaks_of_logout(url), "{url}");
        }
    }

    #[test]
    fn addresses_about_it_are_not() {
        for url in [
            "https://logout.test/",
            "https://acme.test/help/how-to-logout",
            "https://acme.test/help/logout",
            "https://acme.test/docs#logout",
            "https://acme.test/faq.html#/logout",
            "https://acme.test/?page=help/logout",
            "https://acme.test/search?q=logout",
            "https://acme.test/login?next=/logout",
            "https://acme.test/?logout=false",
            "https://acme.test/settings/logout-devices",
            "https://acme.test/blogout",
            "about:blank",
            "",
        ] {
            assert!(!speaks_of_logout(url), "{url}");
        }
    }

    #[test]
    fn where_people_log_in_is_known() {
        for url in [
            "https://a.test/login",
            "https://a.test/users/sign_in/",
            "https://a.test/#/login",
            "https://a.test/login/index.php",
        ] {
            assert!(is_login(url), "{url}");
        }
        for url in
            ["https://a.test/login/callback", "https://a.test/help/login", "https://a.test/", "https://login.test/a"]
        {
            assert!(!is_login(url), "{url}");
        }
    }

    #[test]
    fn looking_as_a_customer_is_known() {
        assert!(speaks_of_impersonation("https://a.test/admin/users/7/impersonate"));
        assert!(speaks_of_impersonation("https://a.test/?_switch_user=ada"));
        assert!(speaks_of_impersonation("https://a.test/admin#/login-as/7"));
        assert!(!speaks_of_impersonation("https://a.test/login?as=ada"));
    }

    #[test]
    fn what_a_mask_must_leave_says_the_same() {
        assert!(is_telling("logout.php") && is_telling("help") && !is_telling("ada"));
        assert_eq!(telling_pair("task=ada.logout").as_deref(), Some("task=logout"));
        assert_eq!(telling_pair("_switch_user=ada").as_deref(), Some("_switch_user=1"));
        assert_eq!(telling_pair("loggedout=true").as_deref(), Some("loggedout=true"));
        assert_eq!(telling_pair("next=/logout"), None);
    }
}

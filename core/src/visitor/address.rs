//! Recognizes URLs for logging in and out. Path, query and fragment count, since a router may use any of them.

const LOGOUT: [&str; 19] = [
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
    // Magento and WooCommerce.
    "logoutsuccess",
    "customerlogout",
    "abmelden",
    "deconnexion",
    "d%c3%a9connexion",
    "sedeconnecter",
    "cerrarsesion",
    "encerrarsessao",
    "desconectar",
];
const LOGIN: [&str; 8] = ["login", "logon", "signin", "signon", "wplogin", "anmelden", "connexion", "iniciarsesion"];
/// Words that also mean to approve, to unsubscribe or to enroll. In a path they count only near its beginning.
const AMBIGUOUS: [&str; 3] = ["signoff", "abmelden", "anmelden"];
/// Names before an ambiguous word in a path about an account, with the languages and countries of these words.
const ACCOUNT: [&str; 14] =
    ["account", "accounts", "auth", "user", "users", "member", "session", "konto", "de", "at", "ch", "en", "us", "uk"];
/// Pages on which a visitor changes how to log in.
const SETTINGS: [&str; 4] = ["settings", "preferences", "profile", "einstellungen"];
/// Names of functions with which staff view a site as a customer.
const IMPERSONATION: [&str; 15] = [
    "impersonate",
    "impersonation",
    "loginas",
    "loginascustomer",
    "signinas",
    "switchuser",
    // The WordPress plug-in User Switching.
    "switchtouser",
    "switchtoolduser",
    "userswitched",
    "switchedback",
    "hijack",
    "masquerade",
    "actas",
    "viewas",
    "becomeuser",
];
/// Pages about logging out, which don't log anyone out.
const HELP: [&str; 15] = [
    "help",
    "docs",
    "documentation",
    "support",
    "faq",
    "kb",
    "articles",
    "blog",
    "wiki",
    "guide",
    "guides",
    "manual",
    "hilfe",
    "aide",
    "ayuda",
];
/// Parameters that name the action or the reason of a page.
const DOING: [&str; 16] = [
    "action", "do", "act", "op", "mode", "cmd", "task", "event", "page", "view", "route", "r", "reason", "status",
    "msg", "message",
];
/// Affirmative values of a parameter.
const YES: [&str; 6] = ["", "1", "true", "yes", "ok", "success"];

/// Whether a URL is for logging out: `/logout.php`, `#/sign-out`, `?action=logout`, `?loggedout=true`.
pub fn is_logout(url: &str) -> bool {
    contains_word(url, &LOGOUT)
}

/// Whether a URL is for logging in.
pub fn is_login(url: &str) -> bool {
    let parts = Parts::of(url);
    let last = |path: &[String]| {
        let end = path.iter().rposition(|name| !matches!(name.as_str(), "" | "index" | "default"));
        end.is_some_and(|end| names(path, end, &LOGIN))
    };
    let is_setting = || parts.paths.iter().flatten().any(|name| SETTINGS.contains(&name.as_str()));
    !parts.is_help() && !is_setting() && !is_logout(url) && parts.paths.iter().any(|path| last(path))
}

/// Whether the name at this place of a path is one of these words, and means logging in or out there.
fn names(path: &[String], at: usize, words: &[&str]) -> bool {
    let name = path[at].as_str();
    let is_account = |name: &String| name.is_empty() || ACCOUNT.contains(&name.as_str());
    words.contains(&name) && (!AMBIGUOUS.contains(&name) || path[..at].iter().all(is_account))
}

/// Whether a URL is for viewing the site as a customer.
pub fn is_impersonation(url: &str) -> bool {
    let parts = Parts::of(url);
    let named = |name: &String| IMPERSONATION.contains(&name.as_str());
    let acts =
        |(key, value): &(String, String)| named(key) || (is_doing(key) && components(value).any(|it| named(&it)));
    parts.paths.iter().flatten().any(named) || parts.pairs.iter().any(acts)
}

fn is_doing(key: &str) -> bool {
    DOING.contains(&key)
}

fn contains_word(url: &str, words: &[&str]) -> bool {
    let parts = Parts::of(url);
    let is_word = |name: &str| words.contains(&name);
    let told = parts.paths.iter().any(|path| (0..path.len()).any(|at| names(path, at, words)))
        || parts.pairs.iter().any(|(key, value)| {
            let says_yes = is_word(key) && YES.contains(&value.to_ascii_lowercase().as_str());
            let does = is_doing(key) && components(value).last().is_some_and(|name| is_word(&name));
            says_yes || does
        });
    told && !parts.is_help()
}

/// Whether a path segment is significant for these functions, so that a mask must not replace it.
pub fn is_significant(part: &str) -> bool {
    let name = name(part);
    [&LOGOUT[..], &LOGIN, &IMPERSONATION, &HELP, &ACCOUNT, &SETTINGS, &["index", "default"]]
        .iter()
        .any(|words| words.contains(&name.as_str()))
}

/// The significant part of a parameter, without the rest.
pub fn significant_pair(pair: &str) -> Option<String> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let known = name(key);
    let words = [&LOGOUT[..], &IMPERSONATION].concat();
    let word = components(value).last().filter(|name| words.contains(&name.as_str()));
    match word {
        _ if IMPERSONATION.contains(&known.as_str()) => Some(format!("{key}=1")),
        _ if LOGOUT.contains(&known.as_str()) && YES.contains(&value.to_ascii_lowercase().as_str()) => {
            Some(pair.to_owned())
        }
        Some(word) if is_doing(&known) && !components(value).any(is_help) => Some(format!("{key}={word}")),
        _ => None,
    }
}

/// The names in the paths of a URL, and its parameters.
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
        let in_value = |(key, value): &(String, String)| is_doing(key) && components(value).any(is_help);
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

/// Normalizes a segment for comparison: lowercase, without hyphens, extension, session and Struts' method.
fn name(part: &str) -> String {
    let part = part.split([';', '!']).next().unwrap_or_default();
    let is_extension = |end: &str| (2..=6).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphabetic());
    let stem = match part.rsplit_once('.') {
        Some((stem, end)) if is_extension(end) => stem,
        _ => part,
    };
    stem.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Scheme, host and port of a URL.
pub fn site(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logout_urls_are_recognized() {
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
            "https://acme.test/account/logout.action",
            "https://acme.test/secure/Logout!default.jspa",
            "https://acme.test/customer/account/logoutSuccess/",
            "https://acme.test/my-account/customer-logout/",
            "https://acme.test/d%C3%A9connexion",
            "https://acme.test/cerrar-sesion",
            "https://acme.test/de/abmelden",
            "https://acme.test/account/sign-off",
        ] {
            assert!(is_logout(url), "{url}");
        }
    }

    #[test]
    fn pages_about_logging_out_are_not_logout_urls() {
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
            "https://acme.test/newsletter/abmelden",
            "https://acme.test/projects/42/sign-off",
            "https://acme.test/hilfe/abmelden",
            "https://acme.test/aide/deconnexion",
            "about:blank",
            "",
        ] {
            assert!(!is_logout(url), "{url}");
        }
    }

    #[test]
    fn login_urls_are_recognized() {
        for url in [
            "https://a.test/login",
            "https://a.test/users/sign_in/",
            "https://a.test/#/login",
            "https://a.test/login/index.php",
            "https://a.test/de/anmelden",
        ] {
            assert!(is_login(url), "{url}");
        }
        for url in [
            "https://a.test/login/callback",
            "https://a.test/help/login",
            "https://a.test/",
            "https://login.test/a",
            "https://a.test/settings/login",
            "https://a.test/kurse/42/anmelden",
        ] {
            assert!(!is_login(url), "{url}");
        }
    }

    #[test]
    fn impersonation_is_recognized() {
        assert!(is_impersonation("https://a.test/admin/users/7/impersonate"));
        assert!(is_impersonation("https://a.test/?_switch_user=ada"));
        assert!(is_impersonation("https://a.test/admin#/login-as/7"));
        assert!(is_impersonation("https://a.test/wp-login.php?action=switch_to_user&user_id=7"));
        assert!(is_impersonation("https://a.test/wp-admin/?user_switched=true"));
        assert!(!is_impersonation("https://a.test/login?as=ada"));
    }

    #[test]
    fn significant_parts_keep_their_meaning() {
        assert!(is_significant("logout.php") && is_significant("help") && !is_significant("ada"));
        assert_eq!(significant_pair("task=ada.logout").as_deref(), Some("task=logout"));
        assert_eq!(significant_pair("_switch_user=ada").as_deref(), Some("_switch_user=1"));
        assert_eq!(significant_pair("loggedout=true").as_deref(), Some("loggedout=true"));
        assert_eq!(significant_pair("action=switch_to_user").as_deref(), Some("action=switchtouser"));
        assert_eq!(significant_pair("next=/logout"), None);
    }
}

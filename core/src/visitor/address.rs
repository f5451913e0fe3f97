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
/// Names of the page of a folder.
const INDEX: [&str; 2] = ["index", "default"];
/// Parameters that name the action or the reason of a page.
const DOING: [&str; 16] = [
    "action", "do", "act", "op", "mode", "cmd", "task", "event", "page", "view", "route", "r", "reason", "status",
    "msg", "message",
];
/// Affirmative values of a parameter.
const YES: [&str; 6] = ["", "1", "true", "yes", "ok", "success"];

/// What a URL is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Login,
    Logout,
    Other,
}

/// What a URL is for. A URL for both is for logging out.
pub fn purpose(url: &str) -> Purpose {
    let parts = Parts::of(url);
    match () {
        () if parts.says_logout() && !parts.is_help() => Purpose::Logout,
        () if parts.ends_with_login() && !parts.is_setting() && !parts.is_help() => Purpose::Login,
        () => Purpose::Other,
    }
}

/// Whether a URL is for logging out: `/logout.php`, `#/sign-out`, `?action=logout`, `?loggedout=true`.
pub fn is_logout(url: &str) -> bool {
    purpose(url) == Purpose::Logout
}

/// Whether a URL is for logging in.
pub fn is_login(url: &str) -> bool {
    purpose(url) == Purpose::Login
}

/// Whether a URL is for viewing the site as a customer.
pub fn is_impersonation(url: &str) -> bool {
    let parts = Parts::of(url);
    let acts = |(key, value): (Name, &str)| {
        key.is_one_of(&IMPERSONATION) || does(key, value, |it| it.is_one_of(&IMPERSONATION))
    };
    parts.names().any(|name| name.is_one_of(&IMPERSONATION)) || parts.pairs().any(acts)
}

/// Whether a path segment is significant for these functions, so that a mask must not replace it.
pub fn is_significant(part: &str) -> bool {
    let name = Name::of(part);
    [&LOGOUT[..], &LOGIN, &IMPERSONATION, &HELP, &ACCOUNT, &SETTINGS, &INDEX].iter().any(|words| name.is_one_of(words))
}

/// The significant part of a parameter, without the rest.
pub fn significant_pair(pair: &str) -> Option<String> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let known = Name::of(key);
    let last = components(value).last();
    let word = last.and_then(|name| name.find(&LOGOUT).or_else(|| name.find(&IMPERSONATION)));
    match word {
        _ if known.is_one_of(&IMPERSONATION) => Some(format!("{key}=1")),
        _ if known.is_one_of(&LOGOUT) && is_yes(value) => Some(pair.to_owned()),
        Some(word) if known.is_one_of(&DOING) && !components(value).any(|name| name.is_one_of(&HELP)) => {
            Some(format!("{key}={word}"))
        }
        _ => None,
    }
}

/// The parts of a URL that count: each a path with its query.
struct Parts<'a> {
    of_server: &'a str,
    of_fragment: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
        let of_server =
            rest.split_once("://").map_or(rest, |(_, place)| place.find(['/', '?']).map_or("", |at| &place[at..]));
        Self { of_server, of_fragment: fragment.trim_start_matches('!') }
    }

    /// Each path with its query.
    fn places(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        [self.of_server, self.of_fragment].into_iter().map(|place| place.split_once('?').unwrap_or((place, "")))
    }

    /// The names in the paths.
    fn names(&self) -> impl Iterator<Item = Name<'a>> {
        self.places().flat_map(|(path, _)| path.split('/')).map(Name::of)
    }

    /// The parameters.
    fn pairs(&self) -> impl Iterator<Item = (Name<'a>, &'a str)> {
        let pairs = self.places().flat_map(|(_, query)| query.split('&')).filter(|pair| !pair.is_empty());
        pairs.map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (Name::of(key), value)
        })
    }

    fn says_logout(&self) -> bool {
        let in_pair = |(key, value): (Name, &str)| {
            let says_yes = key.is_one_of(&LOGOUT) && is_yes(value);
            says_yes || key.is_one_of(&DOING) && components(value).last().is_some_and(|name| name.is_one_of(&LOGOUT))
        };
        self.places().any(|(path, _)| names_logout(path)) || self.pairs().any(in_pair)
    }

    fn ends_with_login(&self) -> bool {
        self.places().any(|(path, _)| {
            let is_index = |name: &Name| name.is("") || name.is_one_of(&INDEX);
            let mut names = path.rsplit('/').map(Name::of).skip_while(is_index);
            let word = names.next().and_then(|last| last.find(&LOGIN));
            word.is_some_and(|word| !AMBIGUOUS.contains(&word) || names.all(Name::is_of_account))
        })
    }

    fn is_setting(&self) -> bool {
        self.names().any(|name| name.is_one_of(&SETTINGS))
    }

    fn is_help(&self) -> bool {
        let in_value = |(key, value): (Name, &str)| does(key, value, |name| name.is_one_of(&HELP));
        self.names().any(|name| name.is_one_of(&HELP)) || self.pairs().any(in_value)
    }
}

/// Whether a name in a path means logging out there.
fn names_logout(path: &str) -> bool {
    let mut is_near_beginning = true;
    path.split('/').map(Name::of).any(|name| {
        let word = name.find(&LOGOUT);
        let is_meant = word.is_some_and(|word| is_near_beginning || !AMBIGUOUS.contains(&word));
        is_near_beginning &= name.is_of_account();
        is_meant
    })
}

/// Whether a parameter names an action or a reason that `is_meant`.
fn does(key: Name, value: &str, is_meant: impl Fn(Name) -> bool) -> bool {
    key.is_one_of(&DOING) && components(value).any(is_meant)
}

/// A segment of a path or a key, without extension, session and Struts' method. It is compared without case, hyphens and underscores.
#[derive(Clone, Copy)]
struct Name<'a>(&'a str);

impl<'a> Name<'a> {
    fn of(part: &'a str) -> Self {
        let part = part.split([';', '!']).next().unwrap_or_default();
        let is_extension = |end: &str| (2..=6).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphabetic());
        match part.rsplit_once('.') {
            Some((stem, end)) if is_extension(end) => Self(stem),
            _ => Self(part),
        }
    }

    fn is(self, word: &str) -> bool {
        let letters = self.0.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
        letters.map(|byte| byte.to_ascii_lowercase()).eq(word.bytes())
    }

    /// The word that equals the name.
    fn find(self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.is(word))
    }

    fn is_one_of(self, words: &[&'static str]) -> bool {
        self.find(words).is_some()
    }

    /// Whether it may stand before an ambiguous word that means logging in or out.
    fn is_of_account(self) -> bool {
        self.is("") || self.is_one_of(&ACCOUNT)
    }
}

/// The names in a value such as `user.logout` or `site/logout`.
fn components(value: &str) -> impl Iterator<Item = Name<'_>> {
    value.split(['/', '.']).map(Name::of)
}

fn is_yes(value: &str) -> bool {
    YES.iter().any(|yes| value.eq_ignore_ascii_case(yes))
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

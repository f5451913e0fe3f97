//! Recognizes URLs for logging in and out. Path, query and fragment count, since a router may use any of them.

mod words;

use percent_encoding::percent_decode_str;
use words::{
    ACCOUNT, AMBIGUOUS, DOING, HELP, IMPERSONATION, INDEX, LOGIN, LOGOUT, LOGS, SALESFORCE, SEARCHING, SETTINGS, YES,
};

/// The purpose of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Login,
    /// Logging out: `/logout.php`, `#/sign-out`, `?action=logout`, `?loggedout=true`.
    Logout,
    Other,
}

/// The purpose of a URL. A URL for both logging in and logging out counts as one for logging out.
pub fn purpose(url: &str) -> Purpose {
    let parts = Parts::of(url);
    match () {
        () if parts.says_logout() && !parts.is_help() => Purpose::Logout,
        () if parts.ends_with_login() && !parts.is_setting() && !parts.is_help() => Purpose::Login,
        () => Purpose::Other,
    }
}

/// Whether a URL is for logging in.
pub fn is_login(url: &str) -> bool {
    purpose(url) == Purpose::Login
}

/// Whether a URL is for viewing the site as a customer.
pub fn is_impersonation(url: &str) -> bool {
    let parts = Parts::of(url);
    let acts =
        |(key, value): (Name, &str)| key.is_one_of(IMPERSONATION) || does(key, value, |it| it.is_one_of(IMPERSONATION));
    parts.names().any(|name| name.is_one_of(IMPERSONATION)) || parts.pairs().any(acts)
}

/// Whether visitors change their login or their name on the page of a URL.
pub fn is_setting(url: &str) -> bool {
    Parts::of(url).is_setting()
}

/// The part of a path segment that is significant for these functions, which a mask must keep.
pub fn significant_part(part: &str) -> Option<&str> {
    let name = Name::of(part);
    let known = [LOGOUT, LOGIN, IMPERSONATION, HELP, LOGS, ACCOUNT, SETTINGS, INDEX];
    known.iter().any(|words| name.is_one_of(words)).then(|| without_suffix(part))
}

/// The significant part of a parameter, without the rest.
pub fn significant_pair(pair: &str) -> Option<String> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let known = Name::of(key);
    let last = components(value).last();
    let word = last.and_then(|name| name.find(LOGOUT).or_else(|| name.find(IMPERSONATION)));
    match word {
        _ if known.is_one_of(IMPERSONATION) => Some(format!("{key}=1")),
        _ if known.is_one_of(LOGOUT) && is_yes(value) => Some(pair.to_owned()),
        _ if is_page_of_drupal(known, value) => Some(pair.to_owned()),
        Some(word) if known.is_one_of(DOING) && !components(value).any(|name| name.is_one_of(HELP)) => {
            Some(format!("{key}={word}"))
        }
        _ => None,
    }
}

/// The path and the query of a URL without its fragment, or of a fragment: `/a?b=c`. A fragment may have only
/// parameters: `logout=1`.
pub fn path_and_query(place: &str) -> (&str, Option<&str>) {
    let first = place.find(['/', '?', '=']).map(|at| place.as_bytes()[at]);
    match place.split_once('?') {
        _ if first == Some(b'=') => ("", Some(place)),
        Some((path, query)) => (path, Some(query)),
        None => (place, None),
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
        let places = [self.of_server, self.of_fragment].into_iter().map(path_and_query);
        places.map(|(path, query)| (path, query.unwrap_or_default()))
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
        // The parameters of a list of events select those to show.
        let acts = !self.names().any(|name| name.is_one_of(LOGS));
        let names_action = |(key, value): (Name, &str)| {
            key.is_one_of(DOING) && components(value).last().is_some_and(|name| name.is_one_of(LOGOUT))
        };
        let says_yes = |(key, value): (Name, &str)| key.is_one_of(LOGOUT) && is_yes(value);
        let opens = |(path, query): (&str, &str)| acts && is_index(path) && query.split('&').any(opens_logout);
        self.places().any(|place| names_logout(place.0) || opens(place))
            || self.pairs().any(|pair| says_yes(pair) || (acts && names_action(pair)))
    }

    fn ends_with_login(&self) -> bool {
        self.places().any(|(path, _)| {
            let mut names = path.rsplit('/').map(Name::of).skip_while(|name| name.is_index());
            let word = names.next().and_then(|last| last.find(LOGIN));
            word.is_some_and(|word| !AMBIGUOUS.contains(&word) || names.all(Name::is_of_account))
        })
    }

    fn is_setting(&self) -> bool {
        self.names().any(|name| name.is_one_of(SETTINGS))
    }

    fn is_help(&self) -> bool {
        let in_value = |(key, value): (Name, &str)| does(key, value, |name| name.is_one_of(HELP));
        self.names().any(|name| name.is_one_of(HELP)) || self.pairs().any(in_value)
    }
}

/// Whether a path is that of a folder: `/`, `/shop/index.php`.
fn is_index(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| Name::of(last).is_index())
}

/// Whether a parameter is Drupal's for logging out, where the URLs of pages are not rewritten.
fn opens_logout(pair: &str) -> bool {
    pair.split_once('=').is_some_and(|(key, value)| is_page_of_drupal(Name::of(key), value))
}

fn is_page_of_drupal(key: Name, value: &str) -> bool {
    key.is(SEARCHING) && components(value).map(|name| name.0).eq(["user", "logout"])
}

/// Whether a name in a path means logging out there.
fn names_logout(path: &str) -> bool {
    let mut is_near_beginning = true;
    path.split('/').map(Name::of).any(|name| {
        let word = name.find(LOGOUT);
        let is_meant = word.is_some_and(|word| is_near_beginning || !AMBIGUOUS.contains(&word));
        is_near_beginning &= name.is_of_account();
        is_meant
    })
}

/// Whether the value of a parameter names an action or a reason for which `is_meant` is true.
fn does(key: Name, value: &str, is_meant: impl Fn(Name) -> bool) -> bool {
    key.is_one_of(DOING) && components(value).any(is_meant)
}

/// A segment of a path or a key, without suffix and extension. It is compared decoded, without case, hyphens,
/// underscores and blanks.
#[derive(Clone, Copy)]
struct Name<'a>(&'a str);

impl<'a> Name<'a> {
    fn of(part: &'a str) -> Self {
        let part = without_suffix(part);
        let is_extension = |end: &str| (2..=6).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphabetic());
        match part.rsplit_once('.') {
            Some((stem, end)) if is_extension(end) && !part.eq_ignore_ascii_case(SALESFORCE) => Self(stem),
            _ => Self(part),
        }
    }

    fn is(self, word: &str) -> bool {
        let letters = percent_decode_str(self.0).filter(|byte| !matches!(byte, b'-' | b'_' | b' '));
        letters.map(|byte| byte.to_ascii_lowercase()).eq(word.bytes())
    }

    /// The word that equals the name.
    fn find(self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.is(word))
    }

    fn is_one_of(self, words: &[&'static str]) -> bool {
        self.find(words).is_some()
    }

    fn is_index(self) -> bool {
        self.is("") || self.is_one_of(INDEX)
    }

    /// Whether the name may precede an ambiguous word that means logging in or out.
    fn is_of_account(self) -> bool {
        self.is("") || self.is_one_of(ACCOUNT)
    }
}

/// The names in a value such as `user.logout`, `site/logout` or `site%2Flogout`.
fn components(value: &str) -> impl Iterator<Item = Name<'_>> {
    value.split(['/', '.']).flat_map(|part| part.split("%2F")).flat_map(|part| part.split("%2f")).map(Name::of)
}

/// A segment of a path without its session ID, Struts' method or the IDs that some servers add after a comma.
fn without_suffix(part: &str) -> &str {
    part.split([';', '!', ',']).next().unwrap_or_default()
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
mod tests;

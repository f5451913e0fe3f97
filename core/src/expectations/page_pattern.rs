//! Patterns for pages: match patterns with a path, and for routes with a fragment.

use crate::host::{split, split_port, without_user};
use crate::match_pattern::{covers_parts, is_site, parts};
use serde::Deserialize;

/// Maximum length of a pattern, in bytes.
const MAX: usize = 500;

/// A pattern of pages: scheme and host as in [`match_pattern`](crate::match_pattern), then a path in which `*` is any
/// text. A port, a query or a fragment is compared only if the pattern has one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PagePattern(String);

/// The parts of a pattern or of a URL that are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Scheme and host, if it has both.
    site: Option<(&'a str, &'a str)>,
    port: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl PagePattern {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the page at `url` matches.
    pub fn matches(&self, url: &str) -> bool {
        self.place().matches(&Place::of(url))
    }

    /// Its parts, to compare them with those of many URLs.
    pub(super) fn place(&self) -> Place<'_> {
        Place::of(&self.0)
    }
}

impl TryFrom<String> for PagePattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || {
            "expected a pattern such as `https://*.example.com/orders/*` or `*://*.example.com/app#/cart`".to_owned()
        };
        let (scheme, authority) = split(&text).ok_or_else(expected)?;
        let (host, _) = split_port(authority).ok_or_else(expected)?;
        let has_path = text[scheme.len() + "://".len() + authority.len()..].starts_with('/');
        if text.len() > MAX || !has_path || !is_site(&format!("{scheme}://{host}/*")) {
            return Err(expected());
        }
        Ok(Self(text))
    }
}

impl<'a> Place<'a> {
    /// The parts of a pattern or a URL.
    pub fn of(url: &'a str) -> Self {
        let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, part)| (rest, Some(part)));
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, part)| (rest, Some(part)));
        let path = rest.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        Self { site: parts(url), port: port(url), path: path.unwrap_or("/"), query, fragment }
    }

    /// Whether a URL matches this pattern.
    pub fn matches(&self, url: &Place) -> bool {
        let part = |pattern: Option<&str>, part: Option<&str>| {
            pattern.is_none_or(|pattern| is_glob(pattern, part.unwrap_or_default()))
        };
        self.covers_site(url)
            && is_glob(self.path, url.path)
            && part(self.query, url.query)
            && part(self.fragment, url.fragment)
    }

    /// Whether this pattern matches pages of the site of `url`, whatever their path.
    pub fn covers_site(&self, url: &Place) -> bool {
        self.site.zip(url.site).is_some_and(|(pattern, site)| covers_parts(pattern, site))
            && self.port.is_none_or(|wanted| url.port == Some(wanted))
    }

    /// Whether this pattern matches every page of its site.
    pub fn is_whole_site(&self) -> bool {
        self.path == "/*" && self.query.is_none() && self.fragment.is_none()
    }
}

/// The port of a URL, if it names one.
fn port(url: &str) -> Option<&str> {
    let (_, authority) = split(url)?;
    let (_, port) = split_port(without_user(authority))?;
    (!port.is_empty()).then_some(port)
}

/// Whether `text` matches `pattern`, in which `*` is any text. The time is at most proportional to the product of both
/// lengths.
fn is_glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_fragment_are_compared() {
        for (pattern, url, is_meant) in [
            ("https://acme.com/*", "https://acme.com", true),
            ("https://acme.com/*", "https://acme.com/a?b#c", true),
            ("https://acme.com/", "https://acme.com/?utm=1", true),
            ("https://acme.com/", "https://acme.com/a", false),
            ("*://*.acme.com/orders/*", "http://shop.acme.com/orders/7", true),
            ("*://*.acme.com/orders/*", "http://shop.acme.com/orders", false),
            ("https://acme.com/*/edit", "https://acme.com/a/b/edit", true),
            ("https://acme.com/*/edit", "https://acme.com/a/edit/", false),
            ("https://acme.com/a*a", "https://acme.com/a", false),
            ("https://acme.com/app?tab=*", "https://acme.com/app?tab=1#x", true),
            ("https://acme.com/app?tab=*", "https://acme.com/app", false),
            ("https://acme.com/*#/cart*", "https://acme.com/app#/cart/1", true),
            ("https://acme.com/*#/cart*", "https://acme.com/app", false),
            ("http://127.0.0.1:8080/*", "http://127.0.0.1:8080/", true),
            ("http://127.0.0.1:8080/*", "http://127.0.0.1:9090/", false),
            ("http://127.0.0.1/*", "http://127.0.0.1:9090/", true),
            ("https://acme.com/*", "https://acme.com@evil.test/", false),
            ("https://acme.com/*", "about:blank", false),
        ] {
            let pattern = PagePattern::try_from(pattern.to_owned()).unwrap();
            assert_eq!(pattern.matches(url), is_meant, "{} {url}", pattern.as_str());
        }
    }

    #[test]
    fn other_patterns_are_rejected() {
        let long = format!("https://acme.com/{}", "a".repeat(MAX));
        for bad in [
            "",
            "acme.com",
            "https://acme.com",
            "https://acme.com#/a",
            "https://ACME.com/",
            "ftp://acme.com/",
            "https://a*.com/",
            &long,
        ] {
            assert!(PagePattern::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}

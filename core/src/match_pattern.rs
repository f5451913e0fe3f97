//! Match patterns of the form that the extension creates: a scheme, a host, every path.

use crate::host::{ipv6, split, split_port, without_user};

/// Maximum length of a pattern, in bytes.
const MAX: usize = 300;

/// Whether the page at the URL `address` matches `pattern`: `https://acme.com/*`, `*://acme.com/*` (http and https),
/// `https://*.acme.com/*` (the host and its subdomains). Port and path of the URL are ignored.
pub fn covers(pattern: &str, address: &str) -> bool {
    parts(pattern).zip(parts(address)).is_some_and(|(pattern, address)| covers_parts(pattern, address))
}

/// Like [`covers`], for the [`parts`] of both.
pub(crate) fn covers_parts((scheme, host): (&str, &str), (its_scheme, its_host): (&str, &str)) -> bool {
    let same_scheme = scheme == its_scheme || (scheme == "*" && matches!(its_scheme, "http" | "https"));
    let same_host = match host.strip_prefix("*.") {
        Some(base) => its_host == base || its_host.strip_suffix(base).is_some_and(|below| below.ends_with('.')),
        None => host == "*" || host == its_host,
    };
    same_scheme && same_host
}

/// The pattern of typed text: a pattern unchanged, or a host such as `acme.com` or `*.acme.com` for http and https.
pub fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    let pattern = if text.contains("://") { text.to_owned() } else { format!("*://{text}/*") };
    let (scheme, rest) = pattern.split_once("://")?;
    let host = rest.strip_suffix("/*").or(rest.strip_suffix('/')).unwrap_or(rest).to_ascii_lowercase();
    let pattern = format!("{scheme}://{host}/*");
    let is_whole = !host.trim_start_matches("*.").split('.').any(str::is_empty);
    (is_whole && is_site(&pattern)).then_some(pattern)
}

/// Whether `pattern` covers whole sites: http, https or both, a lowercase host or its subdomains, every path. A port or
/// a path would suggest a narrower match than [`covers`] makes.
pub fn is_site(pattern: &str) -> bool {
    let Some((scheme, rest)) = pattern.split_once(':') else { return false };
    let Some(host) = rest.strip_prefix("//").and_then(|rest| rest.strip_suffix("/*")) else { return false };
    let named = host.strip_prefix("*.").unwrap_or(host);
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    let is_host = host == "*" || ipv6(host).is_some() || (!named.is_empty() && named.bytes().all(is_name));
    is_host && pattern.len() <= MAX && matches!(scheme, "http" | "https" | "*")
}

/// The host of a web URL, without its port.
pub fn host(address: &str) -> Option<&str> {
    parts(address)
        .filter(|(scheme, host)| matches!(*scheme, "http" | "https") && !host.is_empty())
        .map(|(_, host)| host)
}

/// Scheme and host, without user and port.
pub(crate) fn parts(text: &str) -> Option<(&str, &str)> {
    let (scheme, authority) = split(text)?;
    let host = without_user(authority);
    Some((scheme, split_port(host).map_or(host, |(host, _)| host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_has_a_host() {
        for (address, is) in [
            ("https://acme.com/path?to#it", Some("acme.com")),
            ("http://ada@127.0.0.1:8080", Some("127.0.0.1")),
            ("http://[::1]:80/", Some("[::1]")),
            ("about:blank", None),
            ("file:///tmp/a.html", None),
            ("chrome-extension://abc/popup.html", None),
        ] {
            assert_eq!(host(address), is, "{address}");
        }
    }

    #[test]
    fn a_host_without_a_scheme_is_accepted() {
        for (text, pattern) in [
            ("acme.com", Some("*://acme.com/*")),
            (" *.Acme.com ", Some("*://*.acme.com/*")),
            ("https://acme.com", Some("https://acme.com/*")),
            ("http://127.0.0.1/*", Some("http://127.0.0.1/*")),
            ("[::1]", Some("*://[::1]/*")),
            ("*://*/*", Some("*://*/*")),
            ("", None),
            ("two words", None),
            ("a..b", None),
            ("a.*.com", None),
            ("https://acme.com/path", None),
            ("javascript://acme.com/*", None),
            ("acme.com:8080", None),
        ] {
            assert_eq!(typed(text).as_deref(), pattern, "{text}");
        }
    }

    #[test]
    fn only_scheme_and_host_are_compared() {
        for (pattern, address, covered) in [
            ("https://acme.com/*", "https://acme.com/a?b#c", true),
            ("https://acme.com/*", "https://acme.com", true),
            ("https://acme.com/*", "http://acme.com/", false),
            ("https://acme.com/*", "https://www.acme.com/", false),
            ("https://acme.com/*", "https://acme.com.evil.test/", false),
            ("https://acme.com/*", "https://acme.com@evil.test/", false),
            ("https://acme.com/*", "https://evil.test/?https://acme.com/", false),
            ("*://acme.com/*", "http://acme.com:8080/", true),
            ("*://acme.com/*", "file://acme.com/", false),
            ("http://127.0.0.1/*", "http://127.0.0.1:4000/x", true),
            ("http://[::1]/*", "http://[::1]:80/x", true),
            ("https://*.acme.com/*", "https://app.acme.com/", true),
            ("https://*.acme.com/*", "https://acme.com/", true),
            ("https://*.acme.com/*", "https://badacme.com/", false),
            ("*://*/*", "https://any.test/", true),
            ("nonsense", "https://acme.com/", false),
            ("https://acme.com/*", "about:blank", false),
        ] {
            assert_eq!(covers(pattern, address), covered, "{pattern} {address}");
        }
    }

    #[test]
    fn a_site_has_no_port_or_path() {
        let good = ["https://acme.com/*", "*://*.acme.com/*", "http://127.0.0.1/*", "http://[::1]/*", "*://*/*"];
        for site in good {
            assert!(is_site(site), "{site}");
        }
        let long = format!("https://{}/*", "a".repeat(MAX));
        for other in [
            "",
            "acme.com",
            "https://acme.com",
            "https://acme.com/",
            "https://acme.com/a/*",
            "https://acme.com:8443/*",
            "https://me@acme.com/*",
            "https://ACME.com/*",
            "https://*/",
            "https:///*",
            "https://*./*",
            "https://a*.acme.com/*",
            "https://acme.com\\@evil.test/*",
            "ftp://acme.com/*",
            "<all_urls>",
            &long,
        ] {
            assert!(!is_site(other), "{other}");
        }
    }
}

//! Match patterns, as far as the extension makes them itself: a scheme, a host, every path.

/// Whether the page at `address` matches `pattern`: `https://acme.com/*`, `*://acme.com/*` (http and https),
/// `https://*.acme.com/*` (the host and all below it). A port in the address does not count, nor does the path.
pub fn covers(pattern: &str, address: &str) -> bool {
    let (Some((scheme, host)), Some((its_scheme, its_host))) = (parts(pattern), parts(address)) else { return false };
    let same_scheme = scheme == its_scheme || (scheme == "*" && matches!(its_scheme, "http" | "https"));
    let same_host = match host.strip_prefix("*.") {
        Some(base) => its_host == base || its_host.strip_suffix(base).is_some_and(|below| below.ends_with('.')),
        None => host == "*" || host == its_host,
    };
    same_scheme && same_host
}

/// Scheme and host, without user and port.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    // An IPv6 address has colons inside its brackets.
    match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => Some((scheme, host)),
        _ => Some((scheme, host)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_and_host_count_and_nothing_else() {
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
}

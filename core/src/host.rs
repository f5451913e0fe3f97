//! Hosts: the authority of a URL, valid host names, and private networks.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The scheme and the authority (user, host and port) of a URL.
pub fn split(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?.split(['/', '?', '#']).next()?))
}

/// Host and port of an authority.
pub fn without_user(authority: &str) -> &str {
    authority.rsplit('@').next().unwrap_or_default()
}

/// Host and port, the port with its colon. `None` if the text after the colon is not a port.
pub fn split_port(authority: &str) -> Option<(&str, &str)> {
    // The colons of an IPv6 address are within its brackets.
    let end_of_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let colon = authority[end_of_host..].find(':').map_or(authority.len(), |colon| end_of_host + colon);
    let (host, port) = authority.split_at(colon);
    let is_port = port.is_empty() || port[1..].parse::<u16>().is_ok();
    is_port.then_some((host, port))
}

/// The IPv6 address in brackets; `None` for any other host.
pub fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// Whether a text is a host: an IP address, or labels of letters, digits and hyphens separated by dots.
pub fn is_host(host: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(is_letter);
    ipv6(host).is_some() || host.split('.').all(is_name)
}

/// Whether a lowercase host is this machine or in a private network, by its name or IP address.
pub fn is_near(host: &str) -> bool {
    if let Some(number) = ipv6(host) {
        return number.is_loopback() || number.is_unique_local() || number.is_unicast_link_local();
    }
    // Leading zeros are refused. Browsers read them as octal, so `010.1.2.3` is a public address.
    if let Ok(number) = host.parse::<Ipv4Addr>() {
        return number.is_loopback() || number.is_private() || number.is_link_local();
    }
    let ends = [".localhost", ".local", ".internal", ".home.arpa", ".test"];
    // A name without a dot is local. If it begins with a digit it may be an IP address.
    let is_own = !host.contains('.') && host.starts_with(|first: char| first.is_ascii_alphabetic());
    is_own || ends.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_stands_between_user_and_port() {
        for (address, host, port) in [
            ("https://acme.com/path?to#it", "acme.com", ""),
            ("http://ada@127.0.0.1:8080", "127.0.0.1", ":8080"),
            ("http://[::1]:80/", "[::1]", ":80"),
            ("*://*.acme.com/*", "*.acme.com", ""),
        ] {
            let (_, authority) = split(address).unwrap();
            assert_eq!(split_port(without_user(authority)), Some((host, port)), "{address}");
        }
        assert_eq!((split("about:blank"), split_port("acme.com:port")), (None, None));
    }

    #[test]
    fn numbers_are_read_as_a_browser_reads_them() {
        for near in
            ["127.9.9.9", "10.1.2.3", "172.31.0.1", "169.254.1.1", "[::1]", "[fd12::1]", "[fe80::1]", "box", "a.test"]
        {
            assert!(is_host(near) && is_near(near), "{near}");
        }
        for far in
            ["8.8.8.8", "172.32.0.1", "[2001:db8::1]", "[fc::1]", "010.1.2.3", "134744072", "10.evil.org", "acme.com"]
        {
            assert!(is_host(far) && !is_near(far), "{far}");
        }
        for bad in ["", "[zz]", "[::1", "a..b", "a_b", "*.acme.com"] {
            assert!(!is_host(bad), "{bad}");
        }
    }
}

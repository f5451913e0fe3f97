//! Shortened URLs.

use inspector_core::host::{split, without_user};
use inspector_core::visitor::watch_link::{HOST, HOST_OF_VERSION_2};

/// The host and port of a website's URL; other URLs unchanged.
pub fn host(url: &str) -> &str {
    match split(url) {
        Some(("http" | "https", authority)) => without_user(authority),
        _ => url,
    }
}

/// What follows the host, without a query; `/` if there is nothing.
pub fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    path.split_once('?').map_or(path, |(path, _)| path)
}

/// Whether a link reported by a page is clickable: only links to the vendor's sites are.
pub fn is_vendors(link: &str) -> bool {
    link.starts_with("https://") && !link.contains('@') && [HOST, HOST_OF_VERSION_2].contains(&host(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_includes_the_port() {
        assert_eq!(host("https://app.acme.com/a?b#c"), "app.acme.com");
        assert_eq!(host("http://me:secret@localhost:8080"), "localhost:8080");
        assert_eq!(host("about:blank"), "about:blank");
    }

    #[test]
    fn a_path_has_no_host_and_no_query() {
        assert_eq!(path("https://app.acme.com/a/b?token=1#c"), "/a/b");
        assert_eq!((path("https://app.acme.com"), path("https://app.acme.com/app#/cart")), ("/", "/app#/cart"));
    }

    #[test]
    fn only_vendor_links_are_clickable() {
        assert!(is_vendors("https://upscope.com/w/Q7XK"));
        assert!(is_vendors("https://upscope.io/w/Q7XK"));
        for other in [
            "http://upscope.com/w/1",
            "https://upscope.com.evil.org/w/1",
            "https://upscope.com@evil.org/w/1",
            "https://evil.org/upscope.com",
            "javascript:alert(1)",
            "https://upscope.com\\.evil.org/",
        ] {
            assert!(!is_vendors(other), "{other}");
        }
    }
}

//! The links at which an agent watches a visitor.

/// The host of the vendor's links.
pub const HOST: &str = "upscope.com";

/// The host of the links of SDK 2.x.
pub const HOST_OF_VERSION_2: &str = "upscope.io";

/// The link for a short ID, which must need no escape.
pub fn watch_link(host: &str, short_id: &str) -> String {
    format!("https://{host}/w/{short_id}")
}

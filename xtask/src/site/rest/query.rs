//! The documented search tokens. Several tokens, separated by spaces, must all match: a guess.

use super::shape::{text, texts};
use crate::site::visitor::Visitor;

/// Whether a search finds a visitor.
pub(super) fn matches(visitor: &Visitor, search: &str) -> bool {
    search.split_whitespace().all(|token| holds(visitor, token))
}

fn holds(visitor: &Visitor, token: &str) -> bool {
    let unique_id = visitor.unique_id.as_ref().map(text).unwrap_or_default();
    let (identities, tags) = (texts(visitor.identities.as_ref()), texts(visitor.tags.as_ref()));
    if let Some(id) = token.strip_prefix("id:") {
        return unique_id == id;
    }
    if let Some(id) = token.strip_prefix("integration_id:") {
        return visitor.integration_ids.iter().any(|own| own == id);
    }
    match token {
        "online" => visitor.is_online,
        "-online" => !visitor.is_online,
        _ if token.starts_with("ip:") => token == "ip:127.0.0.1",
        _ if token.starts_with('#') => tags.iter().any(|tag| tag == token),
        _ if token.len() == 4 && token.bytes().all(|byte| byte.is_ascii_digit()) => {
            visitor.lookup_code.as_ref().map(text).as_deref() == Some(token)
        }
        _ if token.contains('@') => unique_id == token || identities.iter().any(|identity| identity == token),
        _ => {
            let word = token.to_lowercase();
            identities.iter().chain([&unique_id]).any(|own| own.to_lowercase().contains(&word))
        }
    }
}

/// A parameter of a form-encoded query.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.clone().find(|(own, _)| *own == name).map(|(_, value)| decoded(value))
}

fn decoded(value: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), value.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        let (byte, left) = match (first, hex) {
            (b'%', Some(byte)) => (byte, &after[2..]),
            (b'+', _) => (b' ', after),
            (plain, _) => (*plain, after),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

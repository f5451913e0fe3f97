//! The argument of a call that sets the visitor's values.

use crate::visitor::Field;
use crate::visitor::page_value::PageValue;

/// Whether the SDK reads the visitor's values from the argument of this call.
pub fn sets_values(name: &str) -> bool {
    matches!(name, "init" | "updateConnection")
}

/// Reads an argument of the call `name`. The SDK takes each value from the argument of `init` and `updateConnection` by
/// its key, so if the argument may be a proxy, each of the visitor's values may be another one than its target has. A
/// proxy without visible keys may have any keys, so it stays a proxy. A key that is `undefined` counts as absent.
pub fn argument(name: &str, value: PageValue) -> PageValue {
    match value {
        PageValue::Proxied(seen) if sets_values(name) => match *seen {
            PageValue::Map(entries, cut) if !entries.is_empty() => {
                PageValue::Map(entries.into_iter().map(proxied_value).collect(), cut)
            }
            seen => PageValue::Proxied(Box::new(seen)),
        },
        value => value,
    }
}

/// A value that wasn't read at all is unchanged.
fn proxied_value((key, value): (String, PageValue)) -> (String, PageValue) {
    let is_value = Field::ALL.iter().any(|field| field.key() == key);
    let is_read = !matches!(value, PageValue::Undefined) && !value.needs_page_code();
    let value = if is_value && is_read { PageValue::Proxied(Box::new(value)) } else { value };
    (key, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(name: &str, value: Value) -> Value {
        argument(name, PageValue::decode(value)).encode()
    }

    #[test]
    fn each_value_of_an_argument_that_may_be_a_proxy_may_be_another_one() {
        let seen = json!({"apiKey": "k", "uniqueId": {"dep": 1}, "tags": {"$": "proxy", "v": ["#A"]}, "metadata": {"$": "undefined"}});
        let given = json!({
            "apiKey": "k", "uniqueId": {"$": "proxy", "v": {"dep": 1}}, "tags": {"$": "proxy", "v": ["#A"]},
            "metadata": {"$": "undefined"},
        });
        let proxy = json!({"$": "proxy", "v": seen});
        assert_eq!(read("updateConnection", proxy.clone()), given);
        assert_eq!(read("customMessage", proxy.clone()), proxy);
        assert_eq!(read("init", seen.clone()), seen);
    }

    #[test]
    fn a_proxy_without_visible_keys_may_have_any() {
        let proxy = json!({"$": "proxy", "v": {}});
        assert_eq!(read("init", proxy.clone()), proxy);
    }
}

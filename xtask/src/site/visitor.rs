//! What the server knows about one visitor, and how a connection's words change it.

use serde::Serialize;
use serde_json::{Map, Value};

/// A visitor as the server keeps it. Values are kept as they arrived, malformed ones included: whether a
/// `uniqueId` went out as a number is what a test asks. `None` is "never set, or removed".
///
/// Field names follow the REST API's visitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Visitor {
    pub short_id: String,
    pub unique_id: Option<Value>,
    pub identities: Option<Value>,
    pub tags: Option<Value>,
    /// In the order added. Only strings can be added.
    pub integration_ids: Vec<String>,
    pub metadata: Option<Value>,
    pub lookup_code: Option<Value>,
    pub call_name: Option<Value>,
    pub agent_prompt: Option<Value>,
    /// The live chat the page's SDK found.
    pub integration: Option<Value>,
    /// Whether page settings override account settings.
    pub js_configuration: bool,
    pub api_key: Option<String>,
    pub sdk_version: Option<String>,
    pub last_url: Option<String>,
    pub is_online: bool,
    pub is_in_session: bool,
    /// Every connection this visitor ever had, by number.
    pub connections: Vec<u64>,
    /// The keys that arrived as `null`, in order, repeats included.
    pub removed: Vec<String>,
}

impl Visitor {
    /// A visitor nothing is known about.
    pub fn new(short_id: impl Into<String>) -> Visitor {
        Visitor { short_id: short_id.into(), ..Visitor::default() }
    }

    /// Takes over a `connectionUpdate`, or the visitor's part of a `hello`: absent keys are kept, `null`
    /// removes, `integrationIds` add up (docs/sdk-reference.md#identification and docs/sdk-reference.md#integration-ids).
    pub fn merge(&mut self, update: &Map<String, Value>) {
        for (key, value) in update {
            match key.as_str() {
                "uniqueId" => set(&mut self.unique_id, value),
                "identities" => set(&mut self.identities, value),
                "tags" => set(&mut self.tags, value),
                "metadata" => set(&mut self.metadata, value),
                "lookupCode" => set(&mut self.lookup_code, value),
                "callName" => set(&mut self.call_name, value),
                "agentPrompt" => set(&mut self.agent_prompt, value),
                "integrationIds" => self.merge_integration_ids(value),
                _ => continue,
            }
            if value.is_null() {
                self.removed.push(key.clone());
            }
        }
    }

    /// Takes over what only a `hello` says.
    pub fn greet(&mut self, hello: &Map<String, Value>) {
        let text = |key: &str| hello.get(key).and_then(Value::as_str).map(str::to_owned);
        self.api_key = text("apiKey");
        self.sdk_version = text("version");
        self.last_url = text("currentUrl");
        self.js_configuration = hello.get("jsConfiguration") == Some(&Value::Bool(true));
        self.integration = hello.get("integration").cloned();
        self.merge(hello);
    }

    /// Entry by entry, in order: `system:` clears that system, anything else is added.
    fn merge_integration_ids(&mut self, value: &Value) {
        let entries = match value {
            Value::Null => return self.integration_ids.clear(),
            Value::Array(entries) => entries.as_slice(),
            single => std::slice::from_ref(single),
        };
        for entry in entries.iter().filter_map(Value::as_str) {
            match entry.split_once(':') {
                Some((system, "")) => self.clear_system(system),
                _ if self.integration_ids.iter().any(|known| known == entry) => {}
                _ => self.integration_ids.push(entry.to_owned()),
            }
        }
    }

    fn clear_system(&mut self, system: &str) {
        self.integration_ids.retain(|known| known.split_once(':').is_none_or(|(own, _)| own != system));
    }
}

fn set(field: &mut Option<Value>, value: &Value) {
    *field = (!value.is_null()).then(|| value.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merged(updates: &[Value]) -> Visitor {
        let mut visitor = Visitor::new("A1");
        for update in updates {
            visitor.merge(update.as_object().expect("an update is an object"));
        }
        visitor
    }

    #[test]
    fn absent_keys_are_kept_and_null_removes() {
        let visitor = merged(&[json!({"uniqueId": "7", "tags": ["#VIP"]}), json!({"uniqueId": null})]);
        assert_eq!(visitor.unique_id, None);
        assert_eq!(visitor.tags, Some(json!(["#VIP"])));
        assert_eq!(visitor.removed, ["uniqueId"]);
    }

    #[test]
    fn values_are_kept_as_they_came() {
        let visitor = merged(&[json!({"uniqueId": 7, "identities": "Ada"})]);
        assert_eq!(visitor.unique_id, Some(json!(7)));
        assert_eq!(visitor.identities, Some(json!("Ada")));
    }

    #[test]
    fn integration_ids_add_up() {
        let visitor = merged(&[json!({"integrationIds": ["chat:1"]}), json!({"integrationIds": ["crm:2", "chat:1"]})]);
        assert_eq!(visitor.integration_ids, ["chat:1", "crm:2"]);
    }

    #[test]
    fn a_bare_system_clears_that_system_in_order() {
        let visitor =
            merged(&[json!({"integrationIds": ["chat:1", "crm:2"]}), json!({"integrationIds": ["chat:", "chat:9"]})]);
        assert_eq!(visitor.integration_ids, ["crm:2", "chat:9"]);
        let visitor = merged(&[json!({"integrationIds": ["chat:9", "chat:"]})]);
        assert!(visitor.integration_ids.is_empty());
    }

    #[test]
    fn null_removes_every_integration_id() {
        let visitor = merged(&[json!({"integrationIds": ["chat:1"]}), json!({"integrationIds": null})]);
        assert!(visitor.integration_ids.is_empty());
        assert_eq!(visitor.removed, ["integrationIds"]);
    }
}

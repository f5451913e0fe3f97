//! A visitor at the server, and how frames change it.

use serde::Serialize;
use serde_json::{Map, Value};

/// A visitor. Values are stored as they arrived, including malformed ones, because tests check, for example, whether a
/// `uniqueId` was sent as a number. `None` is "never set, or removed".
///
/// The field names are those of the REST API.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Visitor {
    pub short_id: String,
    pub unique_id: Option<Value>,
    pub identities: Option<Value>,
    pub tags: Option<Value>,
    /// In the order of adding. Only strings can be added.
    pub integration_ids: Vec<String>,
    pub metadata: Option<Value>,
    pub lookup_code: Option<Value>,
    pub call_name: Option<Value>,
    pub agent_prompt: Option<Value>,
    /// The live chat that the page's SDK detected.
    pub integration: Option<Value>,
    /// Whether page settings override account settings.
    pub js_configuration: bool,
    pub api_key: Option<String>,
    pub sdk_version: Option<String>,
    pub last_url: Option<String>,
    pub is_online: bool,
    pub is_in_session: bool,
    /// The numbers of all connections of this visitor.
    pub connections: Vec<u64>,
    /// The keys that arrived as `null`, in order, with repetitions.
    pub removed: Vec<String>,
}

impl Visitor {
    /// A visitor without values.
    pub fn new(short_id: impl Into<String>) -> Visitor {
        Visitor { short_id: short_id.into(), ..Visitor::default() }
    }

    /// Applies a `connectionUpdate`, or the visitor in a `hello`: absent keys are unchanged, `null` removes,
    /// `integrationIds` accumulate (docs/sdk-reference.md#identification and docs/sdk-reference.md#integration-ids).
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

    /// Applies what only a `hello` contains.
    pub fn greet(&mut self, hello: &Map<String, Value>) {
        let text = |key: &str| hello.get(key).and_then(Value::as_str).map(str::to_owned);
        self.api_key = text("apiKey");
        self.sdk_version = text("version");
        self.last_url = text("currentUrl");
        self.js_configuration = hello.get("jsConfiguration") == Some(&Value::Bool(true));
        self.integration = hello.get("integration").cloned();
        self.merge(hello);
    }

    /// In order: `system:` clears that system, any other entry is added.
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

//! Reads Chromium's accessibility tree.

use std::collections::HashMap;

use serde_json::Value;

use super::text;
use crate::drive::Seen;

/// The boolean states, by the protocol's names.
const STATES: [&str; 6] = ["checked", "disabled", "focused", "pressed", "readonly", "selected"];

/// The nodes of `Accessibility.getFullAXTree` in reading order. Ignored nodes are replaced by their children.
pub fn read(nodes: &[Value]) -> Vec<Seen> {
    let by_id: HashMap<&str, &Value> = nodes.iter().map(|node| (id(&node["nodeId"]), node)).collect();
    let mut all = Vec::new();
    if let Some(root) = nodes.first() {
        walk(root, 0, &by_id, &mut all);
    }
    all
}

fn id(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn walk(node: &Value, depth: usize, by_id: &HashMap<&str, &Value>, all: &mut Vec<Seen>) {
    let role = text(&node["role"]["value"]);
    // The pieces of a text node repeat its text.
    if role == "InlineTextBox" {
        return;
    }
    let ignored = node["ignored"] == true;
    if !ignored {
        all.push(seen(node, role, depth));
    }
    let children = node["childIds"].as_array().into_iter().flatten();
    for child in children.filter_map(|child| by_id.get(id(child))) {
        walk(child, depth + usize::from(!ignored), by_id, all);
    }
}

fn seen(node: &Value, role: String, depth: usize) -> Seen {
    let value = &node["value"]["value"];
    let (name, description) = (text(&node["name"]["value"]), text(&node["description"]["value"]));
    Seen {
        role: if role == "StaticText" { "text".to_owned() } else { role },
        // Neither Firefox nor screen readers treat a tooltip that repeats the name as a description.
        description: if description == name { String::new() } else { description },
        name,
        value: value
            .as_str()
            .map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned),
        states: states(node),
        text: String::new(),
        depth,
        node: node["backendDOMNodeId"].as_i64(),
    }
}

/// Some are `true`, others the text `"true"`.
fn states(node: &Value) -> Vec<String> {
    let properties = node["properties"].as_array().into_iter().flatten();
    let state = |property: &Value| {
        let (name, value) = (property["name"].as_str()?, &property["value"]["value"]);
        let holds = *value == true || value == "true";
        match name {
            "expanded" => Some(if holds { "expanded" } else { "collapsed" }.to_owned()),
            // `grammar` and `spelling` are also invalid.
            "invalid" => (value != "false" && *value != false).then(|| name.to_owned()),
            _ => (STATES.contains(&name) && holds).then(|| name.to_owned()),
        }
    };
    properties.filter_map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_ignored_gives_its_place_to_what_is_in_it() {
        let nodes = [
            json!({ "nodeId": "1", "role": { "value": "RootWebArea" }, "childIds": ["2"] }),
            json!({ "nodeId": "2", "ignored": true, "role": { "value": "none" }, "childIds": ["3"] }),
            json!({ "nodeId": "3", "role": { "value": "checkbox" }, "name": { "value": "On" },
                "description": { "value": "On" }, "backendDOMNodeId": 7,
                "properties": [{ "name": "checked", "value": { "value": "true" } }, { "name": "invalid", "value": { "value": "false" } }] }),
        ];
        let all = read(&nodes);
        assert_eq!(all.len(), 2);
        assert_eq!((&*all[1].role, &*all[1].name, all[1].depth, all[1].node), ("checkbox", "On", 1, Some(7)));
        assert_eq!((&*all[1].description, &*all[1].states), ("", &["checked".to_owned()][..]));
    }
}

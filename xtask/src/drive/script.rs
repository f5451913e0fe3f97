//! The JavaScript that the drivers run in pages: wrapped code of tests, and helpers.

use anyhow::{Result, anyhow, bail};
use serde_json::Value;

/// The outcome of wrapped code.
pub enum Outcome {
    /// It ran. The text is the result in the format of [`wrap_expression`] and [`wrap_body`].
    Ran(String),
    /// It has a syntax error and did not run.
    DoesNotParse(String),
}

impl Outcome {
    /// The value of the code, or its exception.
    pub fn value(self) -> Result<Value> {
        match self {
            Outcome::Ran(text) => unwrap(&text),
            Outcome::DoesNotParse(why) => bail!("{why}"),
        }
    }
}

/// Wraps an expression so that its awaited value or its exception is one JSON text, which both browsers return alike.
pub fn wrap_expression(code: &str) -> String {
    wrap(&format!("(\n{code}\n)"))
}

/// Wraps the body of an async function in the same way.
pub fn wrap_body(code: &str) -> String {
    wrap(&format!("(async () => {{\n{code}\n}})()"))
}

fn wrap(inner: &str) -> String {
    // Line breaks around the code, which may end in a line comment. `JSON` is passed, because the code may replace it.
    format!(
        "(async () => {{ const {{ stringify }} = JSON; \
         try {{ const value = await {inner}; return stringify({{ value }}); }} \
         catch (thrown) {{ return stringify({{ thrown: thrown instanceof Object && 'message' in thrown \
         ? `${{thrown.name}}: ${{thrown.message}}` : String(thrown) }}); }} }})()"
    )
}

/// Reads the result of wrapped code: its value (`null` for `undefined`), or an error with the exception's message.
fn unwrap(text: &str) -> Result<Value> {
    let mut outcome: Value =
        serde_json::from_str(text).map_err(|error| anyhow!("unreadable answer {text:?}: {error}"))?;
    if let Some(thrown) = outcome.get("thrown") {
        bail!("{}", thrown.as_str().unwrap_or("something without a message was thrown"));
    }
    Ok(outcome.get_mut("value").map_or(Value::Null, Value::take))
}

/// `text` as a JavaScript string literal.
pub fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

/// The element that a driver has stored (`PageDriver::store_element`), as an expression.
pub const STORED_ELEMENT: &str = "globalThis[Symbol.for('stored element')]";

/// The first element that matches `css`, as an expression.
pub fn found_by(css: &str) -> String {
    format!("document.querySelector({})", quote(css))
}

/// An expression for `{x, y}`, the point in CSS pixels where a click on `element` would go. It throws if there is none:
/// the element is missing, has no size, is disabled or covered.
pub fn click_point(element: &str) -> String {
    format!(
        "(() => {{
            const element = {element};
            if (!element?.isConnected) throw new Error('no such element');
            if (element.matches(':disabled')) throw new Error('it is disabled');
            element.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
            const box = [...element.getClientRects()].find((rect) => rect.width && rect.height);
            if (!box) throw new Error('it has no size');
            const x = box.x + box.width / 2, y = box.y + box.height / 2;
            let hit = document.elementFromPoint(x, y);
            while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit)
                hit = hit.shadowRoot.elementFromPoint(x, y);
            const labelled = hit?.closest('label')?.control;
            if (!element.contains(hit) && labelled !== element)
                throw new Error('hidden behind ' + (hit ? hit.outerHTML.slice(0, 80) : 'the edge of the window'));
            return {{ x, y }};
        }})()"
    )
}

/// An expression that focuses `element` and selects its text, so that typing replaces it.
pub fn focus_and_select(element: &str) -> String {
    format!(
        "(() => {{
            const element = {element};
            if (!element?.isConnected) throw new Error('no such element');
            element.focus();
            if (document.activeElement !== element) throw new Error('it does not take the focus');
            if (element.select) element.select(); else getSelection().selectAllChildren(element);
            return true;
        }})()"
    )
}

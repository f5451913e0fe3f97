//! The JavaScript that the drivers run in pages: how a test's code is wrapped, and small helpers.

use anyhow::{Result, anyhow, bail};
use serde_json::Value;

/// What came of running wrapped code in a document.
pub enum Outcome {
    /// It ran; the text is what [`wrap_expression`] or [`wrap_body`] made of the result.
    Ran(String),
    /// It does not parse; nothing ran.
    DoesNotParse(String),
}

impl Outcome {
    /// The value that the code gave, or what it threw.
    pub fn value(self) -> Result<Value> {
        match self {
            Outcome::Ran(text) => unwrap(&text),
            Outcome::DoesNotParse(why) => bail!("{why}"),
        }
    }
}

/// Wraps an expression so that its awaited value, or what it threw, comes back as one JSON text: the
/// only form that both browsers hand over alike.
pub fn wrap_expression(code: &str) -> String {
    wrap(&format!("(\n{code}\n)"))
}

/// Wraps the body of an async function in the same way.
pub fn wrap_body(code: &str) -> String {
    wrap(&format!("(async () => {{\n{code}\n}})()"))
}

fn wrap(inner: &str) -> String {
    // Newlines around the code: it may end in a line comment, and it may replace `JSON`.
    format!(
        "(async () => {{ const {{ stringify }} = JSON; \
         try {{ const value = await {inner}; return stringify({{ value }}); }} \
         catch (thrown) {{ return stringify({{ thrown: thrown instanceof Object && 'message' in thrown \
         ? `${{thrown.name}}: ${{thrown.message}}` : String(thrown) }}); }} }})()"
    )
}

/// Reads what the wrapped code gave: its value (`null` for `undefined`), or an error with the thrown message.
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

/// The element that a driver has put by (`PageDriver::hold`), as an expression.
pub const HELD: &str = "globalThis[Symbol.for('held')]";

/// The first element that `css` finds, as an expression.
pub fn found_by(css: &str) -> String {
    format!("document.querySelector({})", quote(css))
}

/// An expression giving `{x, y}`, the point in CSS pixels where a person would click what `element` gives, or
/// throwing why there is none: not there, without size, disabled, or something else in front of it.
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

/// An expression that focuses what `element` gives and selects all its text, as a person does before typing over it.
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

//! What a visitor does on a page, by CSS selectors. The scripts run in the relay's world, so the page can't disturb
//! them.

use anyhow::{Context, Result, bail};

use crate::browser::Browser;

/// Finds an element and returns its center, or why a person couldn't click it.
const FIND: &str = r#"(selector) => {
  let found;
  try { found = document.querySelector(selector); } catch { return "it is no CSS selector"; }
  if (!found) return "no element of the page matches it";
  found.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const box = found.getBoundingClientRect();
  if (!box.width || !box.height || getComputedStyle(found).visibility !== "visible") return "it is not visible";
  if (found.matches(":disabled")) return "it is disabled";
  const x = box.left + box.width / 2, y = box.top + box.height / 2, top = document.elementFromPoint(x, y);
  if (top && !found.contains(top) && !top.contains(found)) return "something covers it";
  return JSON.stringify([x, y]);
}"#;

/// Whether an element is visible.
const IS_VISIBLE: &str = r#"(selector) => {
  let found;
  try { found = document.querySelector(selector); } catch { return "it is no CSS selector"; }
  const box = found?.getBoundingClientRect();
  return box?.width && box.height && getComputedStyle(found).visibility === "visible" ? "" : "nothing that is visible matches it";
}"#;

/// Focuses a field and selects its text, which typing then replaces.
const FOCUS: &str = r#"(selector) => {
  let found;
  try { found = document.querySelector(selector); } catch { return "it is no CSS selector"; }
  if (!found) return "no element of the page matches it";
  if (typeof found.select !== "function" || found.matches(":disabled, :read-only")) return "it is no field that takes a text";
  found.focus();
  found.select();
  return document.activeElement === found ? "" : "it takes no focus";
}"#;

/// Clicks the first element of a selector.
///
/// # Errors
/// If a person couldn't do it.
pub fn click(browser: &Browser, selector: &str) -> Result<()> {
    let found = browser.call(FIND, selector)?;
    let Ok([x, y]) = serde_json::from_str::<[f64; 2]>(&found) else { bail!("{found}") };
    browser.click_at(x, y)
}

/// Replaces the text of a field.
///
/// # Errors
/// If a person couldn't do it.
pub fn fill(browser: &Browser, selector: &str, text: &str) -> Result<()> {
    succeed(&browser.call(FOCUS, selector)?)?;
    browser.type_text(text)
}

/// # Errors
/// If no element of the selector is visible.
pub fn see(browser: &Browser, selector: &str) -> Result<()> {
    succeed(&browser.call(IS_VISIBLE, selector)?)
}

/// The URL that the page shows.
///
/// # Errors
/// If the page is just being left.
pub fn url(browser: &Browser) -> Result<String> {
    browser.call("() => location.href", "").context("reading the URL of the page")
}

fn succeed(problem: &str) -> Result<()> {
    if problem.is_empty() { Ok(()) } else { bail!("{problem}") }
}

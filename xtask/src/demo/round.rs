//! A round without a display: inspect, edit and verify with the real toolbar button, with screenshots. The server's
//! record shows whether it succeeded.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::drive::{Browser, Kind, Options, Page};
use crate::site::{Site, Visitor};
use crate::{build, sh};

/// The demo's page: a shop that identifies its customers and shows all of its calls to Upscope.
pub const PAGE: &str = "/demo";

/// The time limit of each step.
const LIMIT: Duration = Duration::from_secs(15);

/// The tag that the round adds.
const TAG: &str = "#CALLED-SUPPORT";

/// The page's SDK has completed the handshake and stored the visitor's short ID.
const CONNECTED: &str = "!!window.Upscope?._version && Upscope.q.push !== Array.prototype.push \
     && JSON.parse(localStorage.getItem('__upscope:shortId'))";

/// Runs the round in each browser. Fails if it failed in one of them.
pub fn run(kinds: &[Kind]) -> Result<()> {
    println!("\nNo display here, so one round without a window, judged by the test server:");
    let folder = sh::root().join("dist/demo");
    fs::create_dir_all(&folder)?;
    let mut failed = Vec::new();
    for kind in kinds {
        println!("\n{kind}");
        if let Err(error) = play(*kind, &folder) {
            println!("  FAILED: {error:#}");
            failed.push(kind.to_string());
        }
    }
    ensure!(failed.is_empty(), "the round did not work in {}", failed.join(" and "));
    println!("\nThe round worked in {}.", kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(" and "));
    Ok(())
}

fn play(kind: Kind, folder: &Path) -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::launch(kind, &Options::new(build::extension_dir()))?;
    let pictures = Pictures { browser: &browser, folder, prefix: kind.to_string().to_lowercase() };
    let played = inspect_edit_verify(&site, &browser, &pictures);
    if played.is_err() {
        let said = browser.console().unwrap_or_default();
        said.iter().for_each(|line| println!("  console: {line}"));
    }
    played
}

fn inspect_edit_verify(site: &Site, browser: &Browser, pictures: &Pictures) -> Result<()> {
    let page = browser.open(&site.url(PAGE))?;
    let short_id = text(&page.wait_for("the page's handshake", CONNECTED, LIMIT)?);
    let before = site.wait_for("the visitor", LIMIT, |record| record.visitor(&short_id).cloned())?;
    println!("  The shop told Upscope that {} is here; the server knows the visitor as {short_id}.", who(&before));
    pictures.take(&page, "1-page")?;

    let popup = browser.click_toolbar(&page)?;
    popup.wait_for("the popup to say `connected`", "!!document.querySelector('[data-state=connected]')", LIMIT)?;
    ensure!(value(&popup, "shortId")? == json!(short_id), "the popup shows another short ID");
    ensure!(
        value(&popup, "uniqueId")? == before.unique_id.clone().unwrap_or_default(),
        "the popup shows another unique ID"
    );
    let tags = value(&popup, "tags")?;
    println!(
        "  The toolbar button opened the popup: connected, unique ID {}, tags {tags}.",
        value(&popup, "uniqueId")?
    );
    pictures.take(&popup, "2-before")?;

    add_tag(&popup)?;
    println!("  In the popup, {TAG} was typed; the call to be made is shown before it is made.");
    pictures.take(&popup, "3-editing")?;

    popup.click("[data-action=apply]")?;
    let read_back = "!!document.querySelector('[data-outcome=read-back][data-outcome-field=tags]')";
    popup.wait_for("the popup to say that the tags were read back", read_back, LIMIT)?;
    pictures.take(&popup, "4-after")?;

    let mut wanted = tags;
    wanted.as_array_mut().context("the tags are a list")?.push(json!(TAG));
    let now = site.wait_for("the new tag", LIMIT, |record| {
        record.visitor(&short_id).filter(|visitor| visitor.tags.as_ref() == Some(&wanted)).cloned()
    })?;
    ensure!(now.unique_id == before.unique_id, "the edit changed the unique ID as well");
    println!("  Applied: the popup read the new tags back, and the server holds {wanted}.");
    println!("  Pictures, light and dark:");
    pictures.paths().iter().for_each(|path| println!("    {}", path.display()));
    Ok(())
}

/// Opens the editor of the tags and adds one.
fn add_tag(popup: &Page) -> Result<()> {
    popup.click("[data-field=tags] [data-action=edit]")?;
    popup.type_text("[data-field=tags] :is([data-new-item], .adding input)", TAG)?;
    popup.press("Enter")?;
    let preview = "document.querySelector(':is([data-preview], #preview)')";
    popup.wait_for("the preview of the call", &format!("{preview}?.textContent.includes({})", json!(TAG)), LIMIT)?;
    // For the screenshot.
    popup.eval(&format!("{preview}.scrollIntoView({{ block: 'end', behavior: 'instant' }})")).map(drop)
}

/// A field's value, by the popup's stable attribute.
fn value(popup: &Page, field: &str) -> Result<Value> {
    let read = format!("document.querySelector('[data-field={field}]')?.dataset.value ?? null");
    let Value::String(json) = popup.eval(&read)? else { bail!("the popup does not know {field}") };
    Ok(serde_json::from_str(&json)?)
}

fn who(visitor: &Visitor) -> String {
    let names = visitor.identities.as_ref().and_then(|names| names.get(0));
    names.map_or_else(|| "somebody".to_owned(), text)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes each screenshot in light and in dark.
struct Pictures<'a> {
    browser: &'a Browser,
    folder: &'a Path,
    prefix: String,
}

impl Pictures<'_> {
    fn take(&self, page: &Page, name: &str) -> Result<()> {
        for (dark, scheme) in [(true, "dark"), (false, "light")] {
            self.browser.set_dark(dark)?;
            let reached = format!("matchMedia('(prefers-color-scheme: {scheme})').matches");
            page.wait_for(&format!("the {scheme} scheme"), &reached, LIMIT)?;
            // The transitions of the color change have ended.
            page.eval(
                "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))).then(() => 0)",
            )?;
            page.screenshot(&self.folder.join(format!("{}-{name}-{scheme}.png", self.prefix)))?;
        }
        Ok(())
    }

    /// This browser's screenshots, in order.
    fn paths(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let own =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&self.prefix));
        let mut paths: Vec<_> = entries.filter(own).collect();
        paths.sort();
        let root = sh::root();
        paths.into_iter().map(|path| path.strip_prefix(root).map(Path::to_owned).unwrap_or(path)).collect()
    }
}

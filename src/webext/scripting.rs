//! `chrome.scripting`: one-time injections, and the content scripts of recorded sites.

use super::{object, property, settle};
use crate::errors::BrowserError;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = executeScript)]
    fn execute_script(injection: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = getRegisteredContentScripts)]
    fn registered_scripts() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = registerContentScripts)]
    fn register_scripts(scripts: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = updateContentScripts)]
    fn update_scripts(scripts: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts)]
    fn unregister_scripts() -> Result<Promise, JsValue>;
}

/// The frames of an injection.
pub enum Frames<'a> {
    /// Every accessible frame of the tab. Other frames are ignored.
    All,
    /// The document with this ID.
    Document(&'a str),
    /// The frame with this ID, with any document.
    One(i64),
}

/// The result in one frame.
pub struct InjectionResult {
    /// 0 is the main frame. Firefox's IDs exceed 32 bits (*seen*).
    pub frame: i64,
    pub document_id: Option<String>,
    /// `undefined` if the function threw or returned a value that can't be cloned.
    pub result: JsValue,
}

/// A function that was injected into frames of a tab. The result can be awaited more than once.
#[derive(Clone)]
pub struct PageRun(Promise);

impl PageRun {
    /// Starts `function(...arguments)` in the page's MAIN world at once, even while the page is loading.
    pub fn start(tab: i32, frames: Frames<'_>, function: &Function, arguments: &Array) -> Result<Self, BrowserError> {
        let only = match frames {
            Frames::All => ("allFrames", JsValue::TRUE),
            Frames::Document(id) => ("documentIds", Array::of1(&id.into()).into()),
            Frames::One(id) => ("frameIds", Array::of1(&(id as f64).into()).into()),
        };
        let injection = object([
            ("target", object([("tabId", tab.into()), only])),
            ("world", "MAIN".into()),
            ("injectImmediately", JsValue::TRUE),
            ("func", function.into()),
            ("args", arguments.into()),
        ]);
        Ok(Self(execute_script(&injection)?))
    }

    /// Waits until every frame has answered. For the browser's own pages, Firefox returns no frames and Chromium an
    /// error (*seen*).
    pub async fn results(&self) -> Result<Vec<InjectionResult>, BrowserError> {
        let results = settle(Ok(self.0.clone())).await?;
        // For its own pages, Firefox returns `undefined` in place of a result, without an error.
        Ok(Array::from(&results).iter().filter(JsValue::is_object).map(injected).collect())
    }
}

/// Runs `function(...arguments)` in the page's MAIN world and waits until every frame has answered.
pub async fn run_in_page(
    tab: i32,
    frames: Frames<'_>,
    function: &Function,
    arguments: &Array,
) -> Result<Vec<InjectionResult>, BrowserError> {
    PageRun::start(tab, frames, function, arguments)?.results().await
}

/// A content script that runs in every frame before the page's first script.
pub struct SiteScript {
    pub id: &'static str,
    /// The path in the extension.
    pub file: &'static str,
    /// Whether it runs in the MAIN world instead of the ISOLATED world.
    pub in_page: bool,
}

/// Registers exactly these scripts for the pages that match `matches`, also after a restart of the browser. Scripts
/// that are already registered stay unchanged, because registering them again delays the next page load.
pub async fn register<const N: usize>(scripts: [SiteScript; N], matches: &Array) -> Result<(), BrowserError> {
    let registered = Array::from(&settle(registered_scripts()).await?);
    let done = match (matches.length(), registered.length()) {
        (0, 0) => return Ok(()),
        (0, _) => settle(unregister_scripts()).await,
        (_, 0) => settle(register_scripts(&definitions(scripts, matches))).await,
        _ if registered.iter().all(|script| same(&property(&script, "matches").into(), matches)) => return Ok(()),
        _ => settle(update_scripts(&definitions(scripts, matches))).await,
    };
    done.map(drop)
}

fn definitions<const N: usize>(scripts: [SiteScript; N], matches: &Array) -> JsValue {
    let definition = |script: SiteScript| {
        object([
            ("id", script.id.into()),
            ("js", Array::of1(&script.file.into()).into()),
            ("matches", matches.into()),
            ("allFrames", JsValue::TRUE),
            ("matchOriginAsFallback", JsValue::TRUE),
            ("runAt", "document_start".into()),
            ("world", if script.in_page { "MAIN" } else { "ISOLATED" }.into()),
            ("persistAcrossSessions", JsValue::TRUE),
        ])
    };
    scripts.into_iter().map(definition).collect::<Array>().into()
}

/// Whether two lists have the same items, in any order.
fn same(a: &Array, b: &Array) -> bool {
    a.length() == b.length() && a.iter().all(|item| b.includes(&item, 0))
}

fn injected(result: JsValue) -> InjectionResult {
    InjectionResult {
        frame: property(&result, "frameId").as_f64().unwrap_or(0.0) as i64,
        document_id: property(&result, "documentId").as_string(),
        result: property(&result, "result"),
    }
}

//! `scripting`: a function into a page once, and the scripts that stand in every page of some sites.

use super::{BrowserError, object, property};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = executeScript)]
    fn execute_script(injection: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = getRegisteredContentScripts)]
    async fn registered_scripts() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = registerContentScripts)]
    async fn register_scripts(scripts: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = updateContentScripts)]
    async fn update_scripts(scripts: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts)]
    async fn unregister_scripts() -> Result<JsValue, JsValue>;
}

/// Where a function is to run.
pub enum Frames<'a> {
    /// Every frame of the tab that the extension may reach; others are left out without an error.
    All,
    /// The document with this id, or none.
    Document(&'a str),
    /// The frame with this id, whatever document it holds.
    One(i64),
}

/// What one frame gave back.
pub struct Injected {
    /// 0 is the page itself. Firefox's ids go beyond 32 bits (*seen*).
    pub frame: i64,
    pub document_id: Option<String>,
    /// `undefined` where the function threw or gave back what cannot be copied.
    pub result: JsValue,
}

/// A function that was injected into frames of a tab. The result can be awaited more than once.
#[derive(Clone)]
pub struct PageRun(Promise);

impl PageRun {
    /// Starts `function(…arguments)` in the page's own world, at once, even while the page is still loading.
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

    /// Waits until every frame has answered. Pages of the browser itself give no frames in Firefox, and an error in
    /// Chromium (*seen*).
    pub async fn results(&self) -> Result<Vec<Injected>, BrowserError> {
        let results = JsFuture::from(self.0.clone()).await?;
        // For its own pages Firefox answers with `undefined` in the place of a result, and without an error.
        Ok(Array::from(&results).iter().filter(JsValue::is_object).map(injected).collect())
    }
}

/// Runs `function(…arguments)` in the page's own world and waits until every frame has answered.
pub async fn run_in_page(
    tab: i32,
    frames: Frames<'_>,
    function: &Function,
    arguments: &Array,
) -> Result<Vec<Injected>, BrowserError> {
    PageRun::start(tab, frames, function, arguments)?.results().await
}

/// A script that runs in every frame of some sites before the page's own first script.
pub struct SiteScript {
    pub id: &'static str,
    /// Its path in the extension.
    pub file: &'static str,
    /// Whether it runs in the page's own world and not in the extension's.
    pub in_page: bool,
}

/// Lets these scripts, and no others, run on the pages that match `matches`, now and after the browser's next start.
/// Registering what stands already is cheap for us and dear for the next page load, so it is left alone.
pub async fn register<const N: usize>(scripts: [SiteScript; N], matches: &Array) -> Result<(), BrowserError> {
    let registered = Array::from(&registered_scripts().await?);
    let done = match (matches.length(), registered.length()) {
        (0, 0) => return Ok(()),
        (0, _) => unregister_scripts().await,
        (_, 0) => register_scripts(&definitions(scripts, matches)).await,
        _ if registered.iter().all(|script| same(&property(&script, "matches").into(), matches)) => return Ok(()),
        _ => update_scripts(&definitions(scripts, matches)).await,
    };
    done.map(drop).map_err(BrowserError::from)
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

/// Whether two lists hold the same texts, in any order.
fn same(a: &Array, b: &Array) -> bool {
    a.length() == b.length() && a.iter().all(|item| b.includes(&item, 0))
}

fn injected(result: JsValue) -> Injected {
    Injected {
        frame: property(&result, "frameId").as_f64().unwrap_or(0.0) as i64,
        document_id: property(&result, "documentId").as_string(),
        result: property(&result, "result"),
    }
}

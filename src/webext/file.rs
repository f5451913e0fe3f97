//! Files: handed to the person, and chosen by them.

use super::error_text;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, Url};

#[wasm_bindgen]
extern "C" {
    /// A file that the person chose or dropped.
    pub type File;

    #[wasm_bindgen(method, getter)]
    pub fn name(this: &File) -> String;

    /// In bytes.
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &File) -> f64;

    #[wasm_bindgen(method, catch, js_name = text)]
    async fn read_text(this: &File) -> Result<JsValue, JsValue>;
}

impl File {
    /// Its text, read as UTF-8.
    pub async fn text(&self) -> Result<String, String> {
        let text = self.read_text().await.map_err(|error| error_text(&error))?;
        Ok(text.as_string().unwrap_or_default())
    }
}

/// Has the browser save `text` as a file of this name, with the downloads of any page: no permission is needed.
pub fn save(name: &str, text: &str) -> Result<(), String> {
    let told = |error: JsValue| error_text(&error);
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).map_err(told)?;
    let url = Url::create_object_url_with_blob(&blob).map_err(told)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a").map_err(told)?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    // The address is not taken back: the browser may read it after this task, and it ends with the page.
    link.click();
    Ok(())
}

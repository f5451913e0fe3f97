//! Files: downloads, and files that the person chooses.

use super::{property, settle};
use crate::errors::{BrowserError, FileError};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, HtmlInputElement, Url};

#[wasm_bindgen]
extern "C" {
    /// A file that the person chose or dropped.
    pub type File;

    #[wasm_bindgen(method, getter)]
    pub fn name(this: &File) -> String;

    /// The size in bytes.
    #[wasm_bindgen(method, getter)]
    fn size(this: &File) -> f64;

    #[wasm_bindgen(method, catch, js_name = text)]
    fn read_text(this: &File) -> Result<Promise, JsValue>;
}

impl File {
    /// The file that the person chose. Empties the input, so that the same file can be chosen again.
    pub fn chosen(input: &HtmlInputElement) -> Option<Self> {
        let file = Self::first_of(input);
        input.set_value("");
        file
    }

    /// The first file of a file input or of a drop's `dataTransfer`.
    pub fn first_of(holder: &JsValue) -> Option<Self> {
        let file = Reflect::get_u32(&property(holder, "files"), 0).ok().filter(JsValue::is_object)?;
        Some(file.unchecked_into())
    }

    /// Reads the file as UTF-8 text, if it has at most `max` bytes.
    pub async fn text(&self, max: usize) -> Result<String, FileError> {
        if self.size() > max as f64 {
            return Err(FileError::TooLarge);
        }
        let text = settle(self.read_text()).await?;
        Ok(text.as_string().unwrap_or_default())
    }
}

/// Downloads `text` as a file. A link with `download` needs no permission.
pub fn save(name: &str, text: &str) -> Result<(), BrowserError> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(BrowserError::NoDocument)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    // The URL isn't revoked: the browser may read it after this task. It is released with the page.
    link.click();
    Ok(())
}

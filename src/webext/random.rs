//! Cryptographically secure random numbers.

use js_sys::Uint32Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(array: &Uint32Array);
}

/// A random number, at most [`MAX_SAFE_INTEGER`](inspector_core::js_number::MAX_SAFE_INTEGER).
pub fn number() -> u64 {
    let array = Uint32Array::new_with_length(2);
    fill(&array);
    (u64::from(array.get_index(0)) << 21) | u64::from(array.get_index(1) >> 11)
}
